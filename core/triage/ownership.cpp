// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/ownership.h"

#include "core/triage/matcher.h"

#include <algorithm>

namespace qd::triage {

Owner ownerOf(const Workspace &workspace, const std::function<std::string_view(std::string_view)> &label, std::optional<IncidentSeverity> severity)
{
    Owner out;
    for (const OwnerRule &rule : workspace.owners) {
        const bool isOfSeverity = rule.severities.empty() || (severity && std::find(rule.severities.begin(), rule.severities.end(), *severity) != rule.severities.end());
        const auto matchers = MatcherSet::make(rule.match);
        bool failed = false;
        if (matchers && matchers->holds(label, &failed)) {
            if (!isOfSeverity) {
                out.ruledOut.push_back("ownership rule " + rule.id + ": " + (severity ? "not for " + std::string(word(*severity)) : std::string("it asks for a severity, and what calls is no incident")));
                continue;
            }
            out.rule = &rule;
            out.words = "ownership rule " + rule.id + (rule.match.empty() ? ": matches everything" : ": " + matchers->text());
            if (!rule.severities.empty())
                out.words += ", " + std::string(word(*severity));
            return out;
        }
        if (!isOfSeverity)
            continue; // what it asks for besides decides nothing
        if (!matchers)
            out.problems.push_back("ownership rule " + rule.id + ": " + matchers.error().message);
        else if (failed)
            out.problems.push_back("ownership rule " + rule.id + ": a label value is too long to be matched; the rule is passed over");
    }
    return out;
}

} // namespace qd::triage
