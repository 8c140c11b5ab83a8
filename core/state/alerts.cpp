// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/alerts.h"

#include "core/base/hash.h"
#include "core/state/state.h"
#include "core/state/timeline.h"

#include <algorithm>
#include <unordered_set>

namespace qd::state {

namespace {

std::uint32_t hashOf(Symbol set, std::uint64_t fingerprint)
{
    return Hash::of(fingerprint + set);
}

/// Which alerts stay, by index.
std::vector<bool> staying(const State &state)
{
    const AlertTable &t = state.alerts;
    std::unordered_set<Symbol> open;
    for (const auto &[number, incident] : state.incidents)
        if (incident.isOpen())
            open.insert(state.symbols.find(incident.id));
    std::vector<bool> stays(t.all.size(), true);
    std::vector<std::pair<Instant, std::uint32_t>> over;
    for (std::uint32_t i = 0; i < t.all.size(); ++i) {
        const Alert &a = t.all[i];
        if (a.status != AlertStatus::Resolved || (a.incident != 0 && open.contains(a.incident)))
            continue;
        const Instant since = a.resolvedAt ? a.resolvedAt : a.lastSeen;
        if (state.time - since >= AlertTable::kResolvedKept)
            stays[i] = false;
        else
            over.emplace_back(since, i);
    }
    if (over.size() > AlertTable::kResolvedAtMost) {
        const auto last = over.begin() + static_cast<std::ptrdiff_t>(over.size() - AlertTable::kResolvedAtMost);
        std::nth_element(over.begin(), last, over.end());
        for (auto it = over.begin(); it != last; ++it)
            stays[it->second] = false;
    }
    return stays;
}

void sweep(State &state)
{
    AlertTable &t = state.alerts;
    const std::vector<bool> stays = staying(state);
    std::vector<std::uint32_t> moved(t.all.size(), AlertTable::npos);
    std::vector<std::uint32_t> reasons(t.because.size(), 0);
    std::vector<Alert> all;
    std::vector<Pair> pairs;
    std::size_t rows = 0, labels = 0;
    for (std::uint32_t i = 0; i < t.all.size(); ++i)
        if (stays[i]) {
            ++rows;
            labels += std::size_t{t.all[i].labels} + t.all[i].annotations;
        }
    // As much as will come before the next time.
    all.reserve(rows + std::max<std::size_t>(AlertTable::kSweepAt, rows / 2));
    pairs.reserve(labels + labels / 2);
    BecauseTable because;
    std::unordered_set<Symbol> groups;
    const auto reason = [&](std::uint32_t old) -> std::uint32_t {
        if (old == 0 || old >= t.because.size())
            return 0;
        if (reasons[old] == 0)
            reasons[old] = because.intern(t.because[old]);
        return reasons[old];
    };
    for (std::uint32_t i = 0; i < t.all.size(); ++i) {
        if (!stays[i])
            continue;
        moved[i] = static_cast<std::uint32_t>(all.size());
        Alert &a = all.emplace_back(t.all[i]);
        const auto first = t.pairs.begin() + a.firstPair;
        a.firstPair = static_cast<std::uint32_t>(pairs.size());
        pairs.insert(pairs.end(), first, first + a.labels + a.annotations);
        a.because = reason(a.because);
        a.endedBecause = reason(a.endedBecause);
        a.ownBecause = reason(a.ownBecause);
        groups.insert(a.group);
    }
    std::unordered_map<std::uint32_t, std::vector<Instant>> flaps;
    for (auto &[index, times] : t.flaps)
        if (moved[index] != AlertTable::npos)
            flaps.emplace(moved[index], std::move(times));
    std::erase_if(t.groups, [&](const auto &g) { return g.second.firing == 0 && !groups.contains(g.first); });
    for (auto &[symbol, group] : t.groups)
        group.firstOut = group.firstOut < moved.size() ? moved[group.firstOut] : AlertTable::npos;
    std::erase_if(t.correlated, [&](const auto &c) { return c.second.firing == 0 && state.time - c.second.endedAt >= AlertTable::kResolvedKept; });
    for (auto &[symbol, group] : t.correlated)
        group.firstOut = group.firstOut < moved.size() ? moved[group.firstOut] : AlertTable::npos;
    t.forgotten += t.all.size() - all.size();
    t.all = std::move(all);
    t.pairs = std::move(pairs);
    t.because = std::move(because);
    t.flaps = std::move(flaps);
    t.loose = 0;
    t.reindex();
}

} // namespace

void sweepWhenDue(State &state)
{
    if (state.alerts.loose >= std::max<std::uint64_t>(AlertTable::kSweepAt, state.alerts.all.size() / 2))
        sweep(state);
}

std::uint32_t AlertTable::find(Symbol set, std::uint64_t fingerprint) const
{
    return m_index.find(hashOf(set, fingerprint), [&](std::uint32_t i) { return all[i].fingerprint == fingerprint && all[i].set == set; });
}

void AlertTable::lookAhead(Symbol set, std::span<const std::uint64_t> fingerprints, std::size_t at) const
{
    constexpr std::size_t kSlotAhead = 8, kRowAhead = 4;
    if (at + kSlotAhead < fingerprints.size())
        m_index.prefetch(hashOf(set, fingerprints[at + kSlotAhead]));
    if (at + kRowAhead < fingerprints.size())
        if (const std::uint32_t row = m_index.likely(hashOf(set, fingerprints[at + kRowAhead])); row != npos)
            for (std::size_t line = 0; line < sizeof(Alert); line += 64)
                __builtin_prefetch(reinterpret_cast<const char *>(&all[row]) + line);
}

std::uint32_t AlertTable::add(Symbol set, std::uint64_t fingerprint)
{
    const auto index = static_cast<std::uint32_t>(all.size());
    Alert a;
    a.set = set;
    a.fingerprint = fingerprint;
    a.status = AlertStatus::Resolved; // until its verdict says otherwise
    all.push_back(a);
    m_index.insert(hashOf(set, fingerprint), index);
    return index;
}

// Most alerts end once and never come again: that one transition is their end itself and is not written down before there is a second.
std::span<const Instant> AlertTable::transitions(std::uint32_t index) const
{
    if (const auto it = flaps.find(index); it != flaps.end())
        return it->second;
    const Alert &a = all[index];
    return {&a.resolvedAt, a.status == AlertStatus::Resolved && a.resolvedAt ? std::size_t{1} : std::size_t{0}};
}

void AlertTable::keepTransitions(std::uint32_t index)
{
    if (const auto all = transitions(index); !all.empty())
        flaps.try_emplace(index, all.begin(), all.end());
}

void AlertTable::noteTransition(std::uint32_t index, Instant at)
{
    const bool ends = all[index].status == AlertStatus::Firing;
    if (ends && !flaps.contains(index))
        return; // its end will say it
    keepTransitions(index);
    auto &times = flaps[index];
    times.push_back(at);
    if (times.size() > kFlapsKept)
        times.erase(times.begin());
}

void AlertTable::countName(Symbol set, Symbol alertname, int by)
{
    const std::uint64_t key = (std::uint64_t{set} << 32) | alertname;
    const auto it = firingNamed.try_emplace(key, 0).first;
    if (by > 0)
        ++it->second;
    else if (it->second > 0)
        --it->second;
    if (it->second == 0)
        firingNamed.erase(it);
}

Symbol nameOf(const State &state, const Alert &alert)
{
    static constexpr std::string_view kName = "alertname";
    const auto &pairs = state.alerts.pairs;
    for (std::size_t i = alert.firstPair; i < std::size_t{alert.firstPair} + alert.labels; ++i)
        if (state.symbols.text(pairs[i].name) == kName)
            return pairs[i].value;
    return 0;
}

void countNames(State &state)
{
    state.alerts.firingNamed.clear();
    for (const Alert &a : state.alerts.all)
        if (a.status == AlertStatus::Firing)
            state.alerts.countName(a.set, nameOf(state, a), 1);
}

void AlertTable::reindex()
{
    m_index = HashIndex();
    m_index.reserve(all.size());
    flapping.clear();
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        m_index.insert(hashOf(all[i].set, all[i].fingerprint), i);
        if (all[i].flapping)
            flapping.push_back(i);
    }
}

} // namespace qd::state
