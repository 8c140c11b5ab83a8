// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/matcherindex.h"

#include <algorithm>

namespace qd::triage {

using state::Alert;
using state::State;

MatcherIndex::MatcherIndex(std::vector<std::shared_ptr<const MatcherSet>> sets) : m_sets(std::move(sets)), m_rest(m_sets.size())
{
    std::map<std::string, std::uint32_t> names;
    for (std::uint32_t n = 0; n < m_sets.size(); ++n) {
        if (!m_sets[n])
            continue;
        const auto &matchers = m_sets[n]->matchers();
        // An equality is found by hash; a pattern that needs a value comes second.
        std::size_t anchor = matchers.size();
        for (std::size_t i = 0; i < matchers.size(); ++i)
            if (!m_sets[n]->holdsOne(i, "") && (anchor == matchers.size() || (matchers[anchor].isRegex && !matchers[i].isRegex && matchers[i].isEqual)))
                anchor = i;
        if (anchor == matchers.size()) {
            m_always.push_back(n);
        } else {
            Anchor &a = m_anchors[matchers[anchor].name];
            if (!matchers[anchor].isRegex && matchers[anchor].isEqual)
                a.equal[matchers[anchor].value].push_back(n);
            else
                a.patterns.emplace_back(n, anchor);
        }
        for (std::size_t i = 0; i < matchers.size(); ++i) {
            if (i == anchor)
                continue;
            const auto [at, isNew] = names.emplace(matchers[i].name, static_cast<std::uint32_t>(m_names.size()));
            if (isNew)
                m_names.push_back(matchers[i].name);
            m_rest[n].push_back({i, at->second, {}});
        }
    }
    m_nameSymbols.resize(m_names.size());
}

MatcherIndex::Anchor *MatcherIndex::anchorOf(const State &state, Symbol name)
{
    if (name >= m_byName.size()) {
        m_byName.resize(std::max<std::size_t>(name + 1, state.symbols.size()));
        m_asked.resize(m_byName.size());
    }
    if (!m_asked[name]) {
        m_asked[name] = true;
        const auto at = m_anchors.find(state.text(name));
        m_byName[name] = at == m_anchors.end() ? nullptr : &at->second;
    }
    return m_byName[name];
}

const std::vector<std::uint32_t> &MatcherIndex::candidates(const State &state, Anchor &anchor, Symbol value)
{
    if (const auto known = anchor.known.find(value); known != anchor.known.end())
        return known->second;
    if (++m_remembered > kRemembered) {
        m_remembered = 0;
        for (auto &[name, each] : m_anchors)
            each.known.clear();
        for (auto &rest : m_rest)
            for (Rest &each : rest)
                each.known.clear();
    }
    std::vector<std::uint32_t> &out = anchor.known[value];
    const std::string_view text = state.text(value);
    if (const auto equal = anchor.equal.find(std::string(text)); equal != anchor.equal.end())
        out = equal->second;
    m_tried += anchor.patterns.size();
    for (const auto &[set, matcher] : anchor.patterns)
        if (m_sets[set]->holdsOne(matcher, text))
            out.push_back(set);
    return out;
}

Symbol MatcherIndex::nameOf(const State &state, std::uint32_t name)
{
    if (m_nameSymbols[name] == 0 && m_symbols != state.symbols.size()) {
        // New texts came: what was not there may be now.
        for (std::size_t i = 0; i < m_names.size(); ++i)
            if (m_nameSymbols[i] == 0)
                m_nameSymbols[i] = state.symbols.find(m_names[i]);
        m_symbols = state.symbols.size();
    }
    return m_nameSymbols[name];
}

bool MatcherIndex::holds(const State &state, const Alert &a, std::uint32_t set)
{
    ++m_tried;
    for (Rest &rest : m_rest[set]) {
        const Symbol name = nameOf(state, rest.name);
        Symbol value = 0;
        if (name != 0)
            for (std::size_t i = a.firstPair; i < std::size_t{a.firstPair} + a.labels; ++i)
                if (state.alerts.pairs[i].name == name) {
                    value = state.alerts.pairs[i].value;
                    break;
                }
        const MatcherSet &matchers = *m_sets[set];
        if (!matchers.matchers()[rest.matcher].isRegex) {
            if (!matchers.holdsOne(rest.matcher, state.text(value)))
                return false;
            continue;
        }
        auto known = rest.known.find(value);
        if (known == rest.known.end()) {
            ++m_remembered;
            known = rest.known.emplace(value, matchers.holdsOne(rest.matcher, state.text(value))).first;
        }
        if (!known->second)
            return false;
    }
    return true;
}

void MatcherIndex::match(const State &state, const Alert &a, std::vector<std::uint32_t> &out)
{
    out.clear();
    for (const std::uint32_t set : m_always)
        if (holds(state, a, set))
            out.push_back(set);
    if (!m_anchors.empty())
        for (std::size_t i = a.firstPair; i < std::size_t{a.firstPair} + a.labels; ++i) {
            const state::Pair &pair = state.alerts.pairs[i];
            if (Anchor *anchor = anchorOf(state, pair.name))
                for (const std::uint32_t set : candidates(state, *anchor, pair.value))
                    if (holds(state, a, set))
                        out.push_back(set);
        }
    std::sort(out.begin(), out.end());
}

} // namespace qd::triage
