// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/ownership.h"

#include "core/triage/matcher.h"

#include <algorithm>

namespace qd::triage {

Owner ownerOf(const Workspace &workspace, const std::function<std::string_view(std::string_view)> &label, IncidentSeverity severity)
{
    Owner out;
    for (const OwnerRule &rule : workspace.owners) {
        if (!rule.severities.empty() && std::find(rule.severities.begin(), rule.severities.end(), severity) == rule.severities.end())
            continue;
        const auto matchers = MatcherSet::make(rule.match);
        bool failed = false;
        if (matchers && matchers->holds(label, &failed)) {
            out.rule = &rule;
            out.words = "ownership rule " + rule.id + (rule.match.empty() ? ": matches everything" : ": " + matchers->text());
            if (!rule.severities.empty())
                out.words += ", " + std::string(word(severity));
            return out;
        }
        if (!matchers)
            out.problems.push_back("ownership rule " + rule.id + ": " + matchers.error().message);
        else if (failed)
            out.problems.push_back("ownership rule " + rule.id + ": a label value is too long to be matched; the rule is passed over");
    }
    return out;
}

} // namespace qd::triage
