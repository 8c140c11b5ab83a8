// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/workspace.h"

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace qd::triage {

/// Matchers made ready: patterns compiled once by RE2 (linear time), anchored at both ends as Alertmanager's are.
/// Immutable after construction; may be shared between threads.
class MatcherSet {
public:
    static constexpr std::size_t kPatternLimit = 1024;      ///< bytes of a pattern
    static constexpr std::size_t kSubjectLimit = 4 * 1024;  ///< bytes of a label value a pattern looks at; longer: no match, `failed`
    static constexpr std::int64_t kPatternMemory = 1 << 20; ///< bytes a compiled pattern may take

    MatcherSet(MatcherSet &&) noexcept;
    MatcherSet &operator=(MatcherSet &&) noexcept;
    ~MatcherSet();

    /// Invalid for a pattern that does not compile, naming it.
    [[nodiscard]] static Result<MatcherSet> make(const std::vector<Matcher> &matchers);

    /// True when all matchers hold. A label that is not there has the value "". `failed` is set when a value was too long to try.
    [[nodiscard]] bool holds(const std::function<std::string_view(std::string_view)> &label, bool *failed = nullptr) const;
    /// Whether matcher `i` holds for this value. A value too long to try does not hold, whatever is asked of it.
    [[nodiscard]] bool holdsOne(std::size_t i, std::string_view value, bool *failed = nullptr) const;
    [[nodiscard]] const std::vector<Matcher> &matchers() const { return m_matchers; }
    /// As text, for "why": severity="critical", team=~"pay.*".
    [[nodiscard]] const std::string &text() const { return m_text; }

private:
    MatcherSet() = default;
    std::vector<Matcher> m_matchers;
    std::vector<std::unique_ptr<re2::RE2>> m_patterns;
    std::string m_text;
};

} // namespace qd::triage
