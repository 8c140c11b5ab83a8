// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/alike.h"

#include <algorithm>
#include <map>
#include <set>

namespace qd::triage {

using state::Alert;
using state::Pair;
using state::State;

namespace {

bool hasLabel(const State &state, const Alert &alert, const Pair &label)
{
    const auto first = state.alerts.pairs.begin() + alert.firstPair;
    return std::find(first, first + alert.labels, label) != first + alert.labels;
}

std::uint32_t bitsOf(const State &state, const Alert &alert, const std::vector<Pair> &common)
{
    std::uint32_t has = 0;
    for (std::size_t i = 0; i < common.size(); ++i)
        if (hasLabel(state, alert, common[i]))
            has |= std::uint32_t{1} << i;
    return has;
}

} // namespace

Alike alike(const State &state, const std::vector<std::string> &keys)
{
    static_assert(Alike::kCommonMost <= 32, "a bit each");
    Alike out;
    const auto &all = state.alerts.all;
    std::set<std::uint32_t> chosen;
    for (const std::string &key : keys) {
        const std::uint32_t index = state.alertIndex(key);
        if (index == state::AlertTable::npos || !chosen.insert(index).second)
            continue;
        const Alert &a = all[index];
        if (out.known++ == 0)
            out.common.assign(state.alerts.pairs.begin() + a.firstPair, state.alerts.pairs.begin() + a.firstPair + a.labels);
        else
            std::erase_if(out.common, [&](const Pair &label) { return !hasLabel(state, a, label); });
    }
    if (out.common.size() > Alike::kCommonMost)
        out.common.resize(Alike::kCommonMost);

    std::map<std::pair<std::uint32_t, std::uint64_t>, std::size_t> seen; // what they have and who reports them: where each stands in others
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        if (all[i].status != AlertStatus::Firing || chosen.contains(i))
            continue;
        const std::uint32_t has = bitsOf(state, all[i], out.common);
        if (has == 0)
            continue;
        const auto [it, isNew] = seen.try_emplace({has, all[i].seenBy}, out.others.size());
        if (isNew) {
            out.others.push_back({has, {}, 0});
            for (const state::Source *source : state.seenBy(all[i]))
                out.others.back().by.push_back(source->connection.name);
        }
        ++out.others[it->second].count;
    }
    return out;
}

} // namespace qd::triage
