// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/correlations.h"

#include <algorithm>

namespace qd::triage {

using state::Alert;
using state::State;

namespace {

std::vector<std::shared_ptr<const MatcherSet>> setsOf(const std::vector<CorrelationRule> &rules)
{
    std::vector<std::shared_ptr<const MatcherSet>> out;
    for (const CorrelationRule &rule : rules) {
        auto made = MatcherSet::make(rule.match);
        out.push_back(made ? std::make_shared<const MatcherSet>(std::move(*made)) : nullptr);
    }
    return out;
}

/// How often the alert opened since `from`: now, and as far as its kept transitions tell (they alternate, the last is this one).
std::uint32_t openings(const State &state, std::uint32_t alert, Instant from)
{
    std::uint32_t count = 1;
    const auto times = state.alerts.transitions(alert);
    const bool fires = state.alerts.all[alert].status == AlertStatus::Firing;
    for (std::size_t back = fires ? 3 : 4; back <= times.size(); back += 2)
        count += times[times.size() - back] >= from ? 1 : 0;
    return count;
}

Symbol labelOf(const State &state, const Alert &a, Symbol name)
{
    for (std::size_t i = a.firstPair; name != 0 && i < std::size_t{a.firstPair} + a.labels; ++i)
        if (state.alerts.pairs[i].name == name)
            return state.alerts.pairs[i].value;
    return 0;
}

} // namespace

Correlations::Correlations(const Workspace &workspace)
    : m_rules(workspace.correlations), m_index(setsOf(m_rules)), m_buckets(m_rules.size())
{
}

void Correlations::fill(const State &state)
{
    for (auto &buckets : m_buckets)
        buckets.clear();
    if (m_rules.empty())
        return;
    Span longest;
    for (const CorrelationRule &rule : m_rules)
        longest = std::max(longest, rule.within);
    std::vector<std::pair<Instant, std::uint32_t>> lately;
    for (std::uint32_t i = 0; i < state.alerts.all.size(); ++i)
        if (const Alert &a = state.alerts.all[i]; a.openedAt && state.time - a.openedAt <= longest)
            lately.emplace_back(a.openedAt, i);
    std::sort(lately.begin(), lately.end());
    std::vector<std::pair<std::uint32_t, Bucket *>> touched;
    for (const auto &[at, alert] : lately)
        note(state, alert, touched);
    for (const auto &[rule, bucket] : touched)
        bucket->fresh.clear();
}

void Correlations::note(const State &state, std::uint32_t alert, std::vector<std::pair<std::uint32_t, Bucket *>> &touched)
{
    const Alert &a = state.alerts.all[alert];
    m_index.match(state, a, m_matched);
    for (const std::uint32_t n : m_matched) {
        const CorrelationRule &rule = m_rules[n];
        std::vector<Symbol> key;
        for (const std::string &label : rule.by)
            key.push_back(label == "service" && labelOf(state, a, state.symbols.find(label)) == 0 ? a.service : labelOf(state, a, state.symbols.find(label)));
        Bucket &b = m_buckets[n][key];
        if (b.name.empty()) {
            b.name = "correlation/" + rule.id;
            for (std::size_t i = 0; i < key.size(); ++i)
                b.name += (i == 0 ? ": " : ", ") + rule.by[i] + "=" + std::string(state.text(key[i]));
        }
        while (!b.openings.empty() && state.time - b.openings.front().at > rule.within)
            b.openings.pop_front();
        b.openings.push_back({a.openedAt, alert});
        b.services[a.service] = a.openedAt;
        if (b.fresh.empty())
            touched.emplace_back(n, &b);
        b.fresh.push_back(alert);
    }
}

bool Correlations::isReached(const State &state, const CorrelationRule &rule, const Bucket &b, Instant from, std::string &words) const
{
    std::uint32_t services = 0, count = 0;
    for (const auto &[service, at] : b.services)
        services += at >= from ? 1 : 0;
    if (services < rule.services)
        return false;
    for (auto it = b.openings.rbegin(); it != b.openings.rend() && it->at >= from && count < rule.count; ++it)
        if (state.alerts.all[it->alert].openedAt == it->at)
            count += openings(state, it->alert, from);
    if (count < rule.count)
        return false;
    words = std::to_string(count) + " openings of " + std::to_string(services) + (services == 1 ? " service" : " services") + " within " + toText(rule.within);
    return true;
}

events::Events Correlations::opened(const State &state, const std::vector<std::uint32_t> &alerts)
{
    std::vector<std::pair<std::uint32_t, Bucket *>> touched;
    for (const std::uint32_t alert : alerts)
        note(state, alert, touched);
    events::Events out;
    for (const auto &[n, bucket] : touched) {
        const CorrelationRule &rule = m_rules[n];
        std::vector<std::uint32_t> members;
        events::AlertsCorrelated e;
        const Symbol name = state.symbols.find(bucket->name);
        const auto group = name == 0 ? state.alerts.correlated.end() : state.alerts.correlated.find(name);
        const bool isKnown = group != state.alerts.correlated.end();
        if (isKnown && group->second.firing > 0) {
            members = std::move(bucket->fresh);
            e.because = {"correlation/" + rule.id, {"its group is there since " + toRfc3339(group->second.openedAt)}, {}};
        } else {
            Instant from = state.time - rule.within;
            if (isKnown && group->second.endedAt >= from)
                from = group->second.endedAt + nanos(1); // what is over absorbs nothing
            std::string words;
            if (isReached(state, rule, *bucket, from, words)) {
                for (const Opening &o : bucket->openings)
                    if (const Alert &a = state.alerts.all[o.alert]; o.at >= from && a.openedAt == o.at && a.status == AlertStatus::Firing)
                        members.push_back(o.alert);
                e.because = {"correlation/" + rule.id, {words}, {}};
            }
        }
        bucket->fresh.clear();
        // Of several rules the first in the workspace keeps an alert.
        std::erase_if(members, [&](std::uint32_t m) { return state.alerts.all[m].correlation != 0; });
        if (members.empty())
            continue;
        std::sort(members.begin(), members.end());
        members.erase(std::unique(members.begin(), members.end()), members.end());
        e.rule = rule.id;
        e.group = bucket->name;
        e.act = rule.act;
        std::map<Symbol, std::uint32_t> sets;
        for (const std::uint32_t m : members) {
            const Alert &a = state.alerts.all[m];
            const auto [at, isNew] = sets.emplace(a.set, static_cast<std::uint32_t>(e.names.size()));
            if (isNew)
                e.names.emplace_back(state.text(a.set));
            e.set.push_back(at->second);
            e.fingerprint.push_back(a.fingerprint);
        }
        out.emplace_back(std::move(e));
    }
    return out;
}

} // namespace qd::triage
