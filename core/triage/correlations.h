// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/triage/matcherindex.h"

#include <deque>

namespace qd::triage {

/// Which alerts belong together by the workspace's correlation rules: those that match and share the rule's labels, once enough
/// opened within its time. Counts openings, repeated ones of the same alert too, as far as the State knows them; what opened
/// before a group's last member resolved does not count towards its next episode. One thread.
class Correlations {
public:
    explicit Correlations(const Workspace &workspace);
    [[nodiscard]] bool isEmpty() const { return m_rules.empty(); }
    /// Made anew from the State: what opened lately.
    void fill(const state::State &state);
    /// These alerts were just opened, ascending: what follows.
    [[nodiscard]] events::Events opened(const state::State &state, const std::vector<std::uint32_t> &alerts);

private:
    struct Opening {
        Instant at;
        std::uint32_t alert = 0;
    };
    struct Bucket {
        std::string name;                            ///< of the group
        std::deque<Opening> openings;                ///< oldest first, one an alert; older ones of the same alert are stale
        std::unordered_map<Symbol, Instant> services; ///< when the last alert of each opened
        std::vector<std::uint32_t> fresh;            ///< of this call
    };
    void note(const state::State &state, std::uint32_t alert, std::vector<std::pair<std::uint32_t, Bucket *>> &touched);
    [[nodiscard]] bool isReached(const state::State &state, const CorrelationRule &rule, const Bucket &bucket, Instant from, std::string &words) const;

    const std::vector<CorrelationRule> m_rules;
    MatcherIndex m_index;
    std::vector<std::map<std::vector<Symbol>, Bucket>> m_buckets; ///< by rule
    std::vector<std::uint32_t> m_matched;
};

} // namespace qd::triage
