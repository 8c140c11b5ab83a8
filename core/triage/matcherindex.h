// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"
#include "core/triage/matcher.h"

#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

namespace qd::triage {

/// Which of many matcher sets an alert matches, without trying them all: each set is found by one label it cannot do without
/// (an equality or a pattern that does not match ""), and what a pattern says of a value is asked once a distinct value. Sets
/// without such a label are tried always. Belongs to one State: its symbols must not change their meaning. One thread.
class MatcherIndex {
public:
    static constexpr std::size_t kRemembered = 1u << 20; ///< answers kept; beyond it all are asked again

    /// Sets by number from 0 on; null ones match nothing.
    explicit MatcherIndex(std::vector<std::shared_ptr<const MatcherSet>> sets = {});

    MatcherIndex(MatcherIndex &&) = default;
    MatcherIndex &operator=(MatcherIndex &&) = default;
    MatcherIndex(const MatcherIndex &) = delete;
    MatcherIndex &operator=(const MatcherIndex &) = delete;

    [[nodiscard]] std::size_t size() const { return m_sets.size(); }
    /// How often a set was asked whether an alert matches it, since it was made: what it costs.
    [[nodiscard]] std::uint64_t asked() const { return m_tried; }
    /// The numbers of the sets the alert's labels match, ascending.
    void match(const state::State &state, const state::Alert &alert, std::vector<std::uint32_t> &out);

private:
    struct Anchor {
        std::unordered_map<std::string, std::vector<std::uint32_t>> equal;
        std::vector<std::pair<std::uint32_t, std::size_t>> patterns; ///< set and which of its matchers
        std::unordered_map<Symbol, std::vector<std::uint32_t>> known; ///< by value
    };
    struct Rest {
        std::size_t matcher = 0;
        std::uint32_t name = 0;                    ///< in m_names
        std::unordered_map<Symbol, bool> known;    ///< of a pattern, by value
    };

    [[nodiscard]] Anchor *anchorOf(const state::State &state, Symbol name);
    [[nodiscard]] const std::vector<std::uint32_t> &candidates(const state::State &state, Anchor &anchor, Symbol value);
    [[nodiscard]] bool holds(const state::State &state, const state::Alert &alert, std::uint32_t set);
    [[nodiscard]] Symbol nameOf(const state::State &state, std::uint32_t name);

    std::vector<std::shared_ptr<const MatcherSet>> m_sets;
    std::map<std::string, Anchor, std::less<>> m_anchors;
    std::vector<std::uint32_t> m_always;
    std::vector<std::vector<Rest>> m_rest; ///< what is to be checked of a candidate
    std::vector<std::string> m_names;
    std::vector<Symbol> m_nameSymbols;     ///< 0: not in the State when last looked for
    std::size_t m_symbols = 0;             ///< how many there were then
    std::vector<Anchor *> m_byName;        ///< by symbol
    std::vector<bool> m_asked;
    std::size_t m_remembered = 0;
    std::uint64_t m_tried = 0;
};

} // namespace qd::triage
