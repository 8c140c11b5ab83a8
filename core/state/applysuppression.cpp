// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clocktext.h"
#include "core/state/apply.h"
#include "core/state/intervening.h"
#include "core/state/timeline.h"

#include <algorithm>
#include <unordered_set>

namespace qd::state {

namespace {

Suppressor *standing(State &state, std::string_view id)
{
    const auto it = std::find_if(state.suppressors.all.begin(), state.suppressors.all.end(), [&](const Suppressor &s) { return s.id == id && s.stands(); });
    return it == state.suppressors.all.end() ? nullptr : &*it;
}

SuppressorUse &useOf(State &state, const std::string &id)
{
    SuppressorUse &use = state.suppressors.uses[id];
    use.id = id;
    return use;
}

void end(State &state, Suppressor &s, std::string outcome)
{
    s.endedAt = state.time;
    s.outcome = std::move(outcome);
    auto &all = state.suppressors.all;
    std::size_t ended = 0;
    for (const Suppressor &each : all)
        ended += each.stands() ? 0 : 1;
    if (ended > Suppressors::kEndedKept) {
        // Not the one that ends now: who it kept quiet is looked up after this.
        const auto oldest = std::min_element(all.begin(), all.end(), [&](const Suppressor &a, const Suppressor &b) {
            const auto rank = [&](const Suppressor &each) { return std::pair(each.stands() || &each == &s, each.endedAt.ns); };
            return rank(a) < rank(b);
        });
        state.suppressors.uses.erase(oldest->id);
        all.erase(oldest);
    }
}

/// Some of its alerts, or all of it. True when nothing of it is left.
bool release(Suppressor &s, const std::vector<std::string> &keys)
{
    if (keys.empty())
        return true;
    const bool covered = !s.keys.empty();
    const std::unordered_set<std::string_view> gone(keys.begin(), keys.end());
    std::erase_if(s.keys, [&](const std::string &key) { return gone.contains(key); });
    return covered && s.keys.empty();
}

InterventionKind interventionOf(events::SuppressorKind kind)
{
    switch (kind) {
    case events::SuppressorKind::Silence: return InterventionKind::Silenced;
    case events::SuppressorKind::Shelf: return InterventionKind::Shelved;
    case events::SuppressorKind::Snooze: return InterventionKind::Snoozed;
    case events::SuppressorKind::Window: return InterventionKind::Maintenance;
    case events::SuppressorKind::Held: return InterventionKind::Held;
    }
    return InterventionKind::Silenced;
}

/// A window or time interval of the workspace, as against what a person placed.
bool isOfWorkspace(std::string_view id)
{
    return id.starts_with("maintenance/") || id.starts_with("interval/");
}

/// As people say it: the time of day alone where it is within the day.
std::string untilText(Instant from, Instant until)
{
    return until - from < hours(24) ? clockText(until) : dayClockText(until);
}

std::string inWords(const Suppressor &s)
{
    return s.id + " by " + s.owner + (s.until ? " until " + untilText(s.from, s.until) : std::string()) + (s.reason.empty() ? "" : ": " + s.reason);
}

} // namespace

const Suppressor *Suppressors::find(std::string_view id) const
{
    const auto it = std::find_if(all.rbegin(), all.rend(), [&](const Suppressor &s) { return s.id == id; });
    return it == all.rend() ? nullptr : &*it;
}

const SuppressorUse *Suppressors::use(const std::string &id) const
{
    const auto it = uses.find(id);
    return it == uses.end() ? nullptr : &it->second;
}

void dropUses(State &state)
{
    const Workspace &w = *state.workspace;
    const auto has = [](const auto &list, std::string_view id) { return std::any_of(list.begin(), list.end(), [&](const auto &x) { return x.id == id; }); };
    std::erase_if(state.suppressors.uses, [&](const auto &use) {
        const std::string_view id = use.first;
        if (id.starts_with("inhibition/"))
            return !has(w.inhibitions, id.substr(11));
        if (id.starts_with("interval/"))
            return !has(w.intervals, id.substr(9));
        return id.starts_with("maintenance/") && !has(w.maintenance, id.substr(12));
    });
}

void apply(State &state, const events::SuppressionPlaced &e)
{
    Suppressor s;
    s.id = std::string(events::word(e.kind)) + "/" + std::to_string(e.number);
    s.kind = e.kind;
    s.matchers = e.matchers;
    s.keys = e.keys;
    s.service = e.service;
    s.reason = e.reason;
    s.owner = e.owner;
    s.by = e.by.person;
    s.at = state.time;
    s.from = e.from;
    s.until = e.until;
    s.oneShot = e.oneShot;
    s.begun = e.from <= state.time;
    state.suppressors.last = std::max(state.suppressors.last, e.number);
    Intervening override(state, e.by, interventionOf(e.kind), e.keys.size(), s.id, e.reason);
    owe(state, e.by, interventionOf(e.kind), e.keys, e.reason);
    if (override) {
        override->placed.push_back(s.id);
        override->until = s.until;
    }
    note(state, {}, EntryKind::Suppression, e.by.person, inWords(s), s.id).via = e.by.via;
    state.suppressors.all.push_back(std::move(s));
}

void apply(State &state, const events::SuppressionEnded &e)
{
    Suppressor *s = standing(state, e.id);
    if (!s)
        return;
    const std::size_t before = s->keys.size();
    Intervening override(state, e.by, InterventionKind::Heard, e.keys.size(), e.id, e.reason);
    owe(state, e.by, InterventionKind::Heard, e.keys.empty() ? s->keys : e.keys, e.reason);
    if (override) {
        override->ended.push_back(e.id);
        const auto place = static_cast<std::uint16_t>(std::min<std::size_t>(override->ended.size(), 0xffff));
        for (const std::string &key : e.keys)
            if (const Alert *a = state.alert(key))
                override.touch(*a, 0, place);
    }
    const bool over = release(*s, e.keys);
    note(state, {}, EntryKind::Suppression, e.by.person,
         e.id + (over ? " ended" : ": " + std::to_string(before - s->keys.size()) + " of its alerts taken out") + (e.reason.empty() ? "" : ": " + e.reason), e.id)
        .via = e.by.via;
    if (over)
        end(state, *s, "ended by " + e.by.person);
}

void apply(State &state, const events::SuppressionKept &e)
{
    Suppressor *s = standing(state, e.id);
    if (!s)
        return;
    if (e.until)
        s->until = e.until;
    if (!e.owner.empty())
        s->owner = e.owner;
    std::map<std::string, std::size_t> incidents;
    for (const std::string &key : s->keys)
        if (const Alert *a = state.alert(key); a && a->incident != 0 && e.by.via == Path::Person)
            ++incidents[std::string(state.text(a->incident))];
    for (const auto &[incident, alerts] : incidents)
        oweOf(state, incident, e.by, "kept", alerts, e.reason);
    note(state, {}, EntryKind::Suppression, e.by.person, "keeps " + inWords(*s) + (e.reason.empty() ? "" : " (" + e.reason + ")"), e.id).via = e.by.via;
}

void apply(State &state, const events::SuppressionBegan &e)
{
    if (Suppressor *s = standing(state, e.id))
        s->begun = true;
    else if (isOfWorkspace(e.id))
        useOf(state, e.id).active = true;
    note(state, {}, EntryKind::Suppression, "core", e.id + " began", e.id);
}

void apply(State &state, const events::SuppressionExpired &e)
{
    if (isOfWorkspace(e.id)) {
        useOf(state, e.id).active = false;
    } else {
        Suppressor *s = standing(state, e.id);
        if (!s || !release(*s, e.keys))
            return;
        end(state, *s, e.keys.empty() ? "expired" : "cleared");
    }
    note(state, {}, EntryKind::Suppression, "core", e.id + (e.keys.empty() ? " expired" : " ended: its alerts have cleared"), e.id);
}

void apply(State &state, const events::AlertsSuppressed &e)
{
    AlertTable &t = state.alerts;
    const std::size_t rows = e.fingerprint.size();
    if (e.set.size() != rows || e.suppression.size() != rows || e.by.size() != rows || e.announce.size() != rows || e.reason.size() != rows)
        return;
    std::vector<Symbol> names;
    for (const std::string &name : e.names)
        names.push_back(name.empty() ? Symbol{0} : state.symbols.intern(name));
    const auto nameAt = [&](std::uint32_t i) { return i < names.size() ? names[i] : Symbol{0}; };
    const std::size_t reasonsBefore = t.because.size();
    std::vector<std::uint32_t> reasons;
    for (const events::Because &because : e.because)
        reasons.push_back(t.because.intern(because));
    t.loose += t.because.size() - reasonsBefore;
    for (std::size_t row = 0; row < rows; ++row) {
        const std::uint32_t index = t.find(nameAt(e.set[row]), e.fingerprint[row]);
        if (index == AlertTable::npos || e.suppression[row] > static_cast<std::uint8_t>(Suppression::Shelved))
            continue;
        Alert &a = t.all[index];
        const bool wasQuiet = a.suppression != Suppression::None;
        const Symbol before = a.ownBy;
        a.own = static_cast<Suppression>(e.suppression[row]);
        a.ownBy = a.own == Suppression::None ? 0 : nameAt(e.by[row]);
        a.ownBecause = a.own != Suppression::None && e.reason[row] < reasons.size() ? reasons[e.reason[row]] : 0;
        a.settleSuppression();
        if (a.own != Suppression::None && a.ownBy != before) {
            SuppressorUse &use = useOf(state, std::string(state.text(a.ownBy)));
            ++use.hits;
            use.lastHit = state.time;
        }
        // What was quiet from its first record on never was an alarm.
        if (!wasQuiet && a.suppression != Suppression::None && a.openedSeq == state.seq)
            noteUnopened(state, a);
        if (e.announce[row] != 0 && a.status == AlertStatus::Firing) {
            a.workflow = a.owner ? Workflow::Assigned : Workflow::New;
            a.acknowledgedAt = {};
            a.acknowledgedBy = a.acknowledgeReason = 0;
            noteOpened(state, a);
        }
    }
}

void apply(State &state, const events::AlertsFlapped &e)
{
    AlertTable &t = state.alerts;
    const Symbol set = state.symbols.find(e.set);
    for (const std::uint64_t fingerprint : e.fingerprint) {
        const std::uint32_t index = t.find(set, fingerprint);
        if (index == AlertTable::npos || t.all[index].flapping == e.flapping)
            continue;
        t.all[index].flapping = e.flapping;
        const auto at = std::lower_bound(t.flapping.begin(), t.flapping.end(), index);
        if (e.flapping)
            t.flapping.insert(at, index);
        else if (at != t.flapping.end() && *at == index)
            t.flapping.erase(at);
    }
}

void apply(State &state, const events::AlertsCorrelated &e)
{
    AlertTable &t = state.alerts;
    if (e.set.size() != e.fingerprint.size() || e.group.empty())
        return;
    const Symbol name = state.symbols.intern(e.group);
    for (std::size_t row = 0; row < e.fingerprint.size(); ++row) {
        const Symbol set = e.set[row] < e.names.size() ? state.symbols.find(e.names[e.set[row]]) : Symbol{0};
        const std::uint32_t index = t.find(set, e.fingerprint[row]);
        if (index == AlertTable::npos || t.all[index].status != AlertStatus::Firing || t.all[index].correlation == name)
            continue;
        Alert &a = t.all[index];
        leaveCorrelation(state, a);
        a.correlation = name;
        enter(state, t.correlated[name], index);
        if (e.act && a.group != name) {
            leaveGroup(state, a);
            a.group = name;
            joinGroup(state, index);
        }
    }
    if (t.correlated.size() > AlertTable::kCorrelatedAtMost)
        std::erase_if(t.correlated, [](const auto &c) { return c.second.firing == 0; });
}

void apply(State &state, const events::AlertsRegrouped &e)
{
    AlertTable &t = state.alerts;
    if (e.group.empty())
        return;
    const Symbol name = state.symbols.intern(e.group);
    Intervening override(state, e.by, e.merged.empty() ? InterventionKind::Split : InterventionKind::GroupsMerged, e.keys.size(), e.group, e.reason);
    if (override) {
        override->group = name;
        override->merged = e.merged;
    }
    if (e.merged.empty())
        owe(state, e.by, InterventionKind::Split, e.keys, e.reason);
    for (const std::string &key : e.keys) {
        const std::uint32_t index = state.alertIndex(key);
        if (index == AlertTable::npos || t.all[index].status != AlertStatus::Firing || t.all[index].group == name)
            continue;
        override.touch(t.all[index], TouchedAlert::kGroup);
        leaveGroup(state, t.all[index]);
        t.all[index].group = name;
        joinGroup(state, index);
    }
    for (const std::string &merged : e.merged)
        if (const Symbol from = state.symbols.find(merged); from != 0 && from != name)
            if (const auto it = t.groups.find(from); it != t.groups.end())
                it->second.mergedInto = name;
    if (const auto it = t.groups.find(name); it != t.groups.end())
        it->second.mergedInto = 0;
    note(state, {}, EntryKind::Suppression, e.by.person,
         std::to_string(e.keys.size()) + (e.keys.size() == 1 ? " alert" : " alerts") + " now in group " + e.group + (e.reason.empty() ? "" : ": " + e.reason), e.group)
        .via = e.by.via;
}

StormCount Flood::within(Instant now) const
{
    StormCount out;
    const std::int64_t second = now.ns / 1'000'000'000;
    for (const StormSecond &s : lately)
        if (s.second > second - kStormSeconds && s.second <= second)
            out += s.count;
    return out;
}

void noteStorm(State &state, Instant first, Instant last, const StormCount &count)
{
    constexpr std::int64_t kSecond = 1'000'000'000;
    Flood &f = state.flood;
    const std::int64_t from = first.ns / kSecond, to = std::max(last.ns, first.ns) / kSecond, now = state.time.ns / kSecond;
    std::erase_if(f.lately, [&](const StormSecond &s) { return s.second <= now - kStormSeconds; });
    const auto share = [&](std::uint64_t all, std::int64_t second) { // the last second has what is left over
        const auto seconds = static_cast<std::uint64_t>(to - from + 1);
        return all / seconds + (second == to ? all % seconds : 0);
    };
    for (std::int64_t second = std::max(from, now - kStormSeconds + 1); second <= to; ++second) {
        const StormCount part{share(count.raw, second), share(count.deduped, second), share(count.grouped, second)};
        const auto place = std::lower_bound(f.lately.begin(), f.lately.end(), second, [](const StormSecond &s, std::int64_t n) { return s.second < n; });
        if (place == f.lately.end() || place->second != second)
            f.lately.insert(place, StormSecond{second, part});
        else
            place->count += part;
    }
    if (!f.active)
        return;
    f.total += count;
    const StormCount rate = f.within(state.time);
    f.most = {std::max(f.most.raw, rate.raw), std::max(f.most.deduped, rate.deduped), std::max(f.most.grouped, rate.grouped)};
}

void apply(State &state, const events::FloodBegan &e)
{
    state.flood.active = true;
    state.flood.total = state.flood.most = state.flood.within(state.time);
    state.flood.since = state.time;
    state.flood.alarms = state.flood.peak = e.alarms;
    note(state, {}, EntryKind::Flood, "core", "flood: " + std::to_string(e.alarms) + " alarms in 10 minutes");
}

void apply(State &state, const events::FloodEnded &e)
{
    state.flood.active = false;
    state.flood.since = {};
    state.flood.alarms = state.flood.peak = 0;
    auto &past = state.flood.past;
    past.push_back({e.began, state.time, e.alarms, e.peak, state.flood.total, state.flood.most});
    state.flood.total = state.flood.most = {};
    // What it was goes with the incidents that were worked on in it: the list of floods is short, an incident is kept.
    const StormCount all = past.back().total, most = past.back().most;
    const std::string figures = "a flood while it was open: " + std::to_string(e.alarms) + " alarms in " + toText(state.time - e.began) + ", at most " + std::to_string(e.peak)
        + " in 10 minutes; " + std::to_string(all.raw) + " reports came in, " + std::to_string(all.deduped) + " of them no repeat, which opened " + std::to_string(all.grouped)
        + " groups; at most " + std::to_string(most.raw) + " reports a second";
    std::vector<std::string> during;
    for (const auto &[number, i] : state.incidents)
        if (i.isOpen() || i.resolvedAt >= e.began)
            during.push_back(i.id);
    for (const std::string &id : during)
        note(state, id, EntryKind::Flood, "core", figures);
    if (past.size() > Flood::kPastKept)
        past.erase(past.begin());
    note(state, {}, EntryKind::Flood, "core",
         "flood over: " + std::to_string(e.alarms) + " alarms in " + toText(state.time - e.began) + ", at most " + std::to_string(e.peak) + " in 10 minutes");
}

} // namespace qd::state
