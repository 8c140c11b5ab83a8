// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/matcher.h"

#include <re2/re2.h>

namespace qd::triage {

MatcherSet::MatcherSet(MatcherSet &&) noexcept = default;
MatcherSet &MatcherSet::operator=(MatcherSet &&) noexcept = default;
MatcherSet::~MatcherSet() = default;

Result<MatcherSet> MatcherSet::make(const std::vector<Matcher> &matchers)
{
    MatcherSet out;
    out.m_matchers = matchers;
    for (const Matcher &m : matchers) {
        std::unique_ptr<re2::RE2> pattern;
        if (m.isRegex) {
            if (m.value.size() > kPatternLimit)
                return fail(Code::TooLarge, "The pattern for label " + m.name + " is longer than 1024 bytes; shorten it.");
            re2::RE2::Options options;
            options.set_log_errors(false);
            options.set_max_mem(kPatternMemory);
            pattern = std::make_unique<re2::RE2>(m.value, options);
            if (!pattern->ok())
                return fail(Code::Invalid, "The pattern \"" + m.value + "\" for label " + m.name + " is not valid: " + pattern->error());
        }
        out.m_patterns.push_back(std::move(pattern));
        out.m_text += (out.m_text.empty() ? "" : ", ") + m.name + (m.isEqual ? (m.isRegex ? "=~" : "=") : (m.isRegex ? "!~" : "!=")) + "\"" + m.value + "\"";
    }
    return out;
}

bool MatcherSet::holdsOne(std::size_t i, std::string_view value, bool *failed) const
{
    const Matcher &m = m_matchers[i];
    if (!m.isRegex)
        return (value == m.value) == m.isEqual;
    if (value.size() > kSubjectLimit) {
        if (failed)
            *failed = true;
        return false;
    }
    return re2::RE2::FullMatch(re2::StringPiece(value.data(), value.size()), *m_patterns[i]) == m.isEqual;
}

bool MatcherSet::holds(const std::function<std::string_view(std::string_view)> &label, bool *failed) const
{
    for (std::size_t i = 0; i < m_matchers.size(); ++i)
        if (!holdsOne(i, label(m_matchers[i].name), failed))
            return false;
    return true;
}

} // namespace qd::triage
