// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/intervening.h"
#include "core/state/timeline.h"

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <span>

namespace qd::state {

using events::Verdict;

namespace {

/// Who answers a call answers for its alerts as well, in the same record: that is no override.
bool answersCall(const State &state, const events::AlertsAcknowledged &e)
{
    return std::any_of(state.escalations.begin(), state.escalations.end(), [&](const Escalation &x) {
        return x.acknowledgedAt == state.time && x.acknowledgedBy == e.by.person && !x.group.empty();
    });
}

constexpr std::int64_t kSlot = kAlarmSlot.ns;
constexpr std::size_t kSlotsKept = 8640; // a day of 10-second slots

/// Numbers that are few in most deliveries: folding such a one asks for no memory on their account.
template <typename T>
using Few = boost::container::small_vector<T, 96>;

/// Texts of a batch to symbols, each looked up once. They are first asked for roughly in their order, so memory is asked for some ahead.
class Translator {
public:
    Translator(State &state, const ReportBatch &batch) : m_state(state), m_batch(batch), m_known(batch.ends.size(), kUnknown) {}
    /// `likely`: what it probably is, as the alert before has the same label; to compare costs less than to look up.
    Symbol operator()(std::uint32_t text, Symbol likely = 0)
    {
        if (text == 0)
            return 0;
        if (m_known[text] == kUnknown) {
            const std::string_view said = m_batch.at(text);
            if (likely != 0 && m_state.symbols.text(likely) == said)
                return m_known[text] = likely;
            if (text >= m_ahead)
                lookAhead(text);
            m_known[text] = text >= m_first ? m_state.symbols.intern(said, m_hashes[text - m_first]) : m_state.symbols.intern(said);
        }
        return m_known[text];
    }

private:
    static constexpr Symbol kUnknown = 0xffffffff;
    static constexpr std::uint32_t kAhead = 64;

    void lookAhead(std::uint32_t from)
    {
        m_first = from;
        m_ahead = std::min(from + kAhead, static_cast<std::uint32_t>(m_known.size()));
        std::array<std::uint32_t, kAhead> wanted;
        std::size_t count = 0;
        for (std::uint32_t text = from; text < m_ahead; ++text)
            if (m_known[text] == kUnknown)
                wanted[count++] = m_hashes[text - from] = SymbolTable::hashOf(m_batch.at(text));
        m_state.symbols.prefetch(std::span(wanted).first(count));
    }

    State &m_state;
    const ReportBatch &m_batch;
    Few<Symbol> m_known;
    std::array<std::uint32_t, kAhead> m_hashes; ///< of the texts from m_first on, up to m_ahead, that were not known then
    std::uint32_t m_first = 0, m_ahead = 0;
};

void noteExpiry(AlertTable &alerts, const Alert &a)
{
    if (a.status == AlertStatus::Firing && a.endsAt && (!alerts.expiryBound || a.endsAt < alerts.expiryBound))
        alerts.expiryBound = a.endsAt;
}

void leave(State &state, Group &g)
{
    if (g.firing > 0 && --g.firing == 0)
        g.endedAt = state.time;
}

void end(State &state, std::uint32_t index, Instant at, EndedBy how, std::uint32_t because)
{
    Alert &a = state.alerts.all[index];
    if (a.status == AlertStatus::Resolved)
        return;
    state.alerts.noteTransition(index, state.time);
    a.status = AlertStatus::Resolved;
    a.endsAt = at;
    a.resolvedAt = state.time;
    a.endedBy = how;
    a.endedBecause = because;
    a.seenBy = 0;
    ++state.alerts.loose;
    --state.alerts.firing;
    state.alerts.countName(a.set, nameOf(state, a), -1);
    leaveGroup(state, a);
    leaveCorrelation(state, a);
    // What is over needs no keeping quiet; should it come again, the rules look at it anew.
    a.own = Suppression::None;
    a.ownBy = 0;
    a.ownBecause = 0;
    a.settleSuppression();
}

/// What the alert is called: the summary, else the alert's name, else whatever it has. `pairs` are the row's, as symbols.
Symbol titleOf(const ReportBatch &batch, std::size_t row, std::span<const Pair> pairs)
{
    const auto valueOf = [&](std::string_view name, std::size_t first, std::size_t count) -> Symbol {
        for (std::size_t i = first; i < first + count; ++i)
            if (batch.at(batch.pairs[(batch.firstPair[row] + i) * 2]) == name)
                return pairs[i].value;
        return 0;
    };
    const std::size_t labels = batch.labels[row];
    for (const std::string_view name : {"summary", "title", "description"})
        if (const Symbol s = valueOf(name, labels, batch.annotations[row]); s != 0)
            return s;
    for (const std::string_view name : {"alertname", "name", "title"})
        if (const Symbol s = valueOf(name, 0, labels); s != 0)
            return s;
    return labels > 0 ? pairs.front().value : 0;
}

/// Whether somebody would have to answer it: not a heartbeat such as Watchdog, not quiet by its source's word.
bool isAlarm(const Alert &a)
{
    return a.severity != AlertSeverity::None && a.reported == Suppression::None;
}

} // namespace

void noteOpened(State &state, const Alert &a)
{
    if (!isAlarm(a))
        return;
    auto &opened = state.alerts.opened;
    const std::int64_t slot = state.time.ns / kSlot;
    if (opened.empty() || opened.back().first != slot)
        opened.emplace_back(slot, 0);
    ++opened.back().second;
    while (opened.size() > kSlotsKept)
        opened.pop_front();
    if (state.flood.active)
        ++state.flood.alarms;
}

void noteUnopened(State &state, const Alert &a)
{
    auto &opened = state.alerts.opened;
    if (!isAlarm(a) || opened.empty() || opened.back().first != state.time.ns / kSlot)
        return;
    if (opened.back().second > 0 && --opened.back().second == 0)
        opened.pop_back();
    if (state.flood.active && state.flood.alarms > 0)
        --state.flood.alarms;
}

std::uint32_t alarmsLately(const AlertTable &alerts, Instant now)
{
    std::uint32_t count = 0;
    for (auto it = alerts.opened.rbegin(); it != alerts.opened.rend() && (now.ns / kSlot - it->first) * kSlot <= kAlarmWindow.ns; ++it)
        count += it->second;
    return count;
}

void enter(State &state, Group &g, std::uint32_t index)
{
    if (g.firing == 0) {
        if (g.members != 0)
            ++g.episode;
        g.members = 0;
        g.firstOut = index;
        g.openedAt = state.time;
        g.endedAt = {};
    }
    ++g.firing;
    ++g.members;
}

void joinGroup(State &state, std::uint32_t index)
{
    Alert &a = state.alerts.all[index];
    Group &g = state.alerts.groups[a.group];
    a.firstOut = g.firing == 0;
    enter(state, g, index);
}

void leaveGroup(State &state, const Alert &a)
{
    leave(state, state.alerts.groups[a.group]);
}

void leaveCorrelation(State &state, const Alert &a)
{
    if (a.correlation != 0)
        if (const auto it = state.alerts.correlated.find(a.correlation); it != state.alerts.correlated.end())
            leave(state, it->second);
}

void applyVerdicts(State &state, const ReportBatch &b, const events::AlertsDecided &e)
{
    if (b.size() != e.verdict.size() || e.severity.size() != e.verdict.size() || e.service.size() != e.verdict.size()
        || e.group.size() != e.verdict.size() || e.reason.size() != e.verdict.size())
        return;
    AlertTable &t = state.alerts;
    Translator symbol(state, b);
    Few<Symbol> names(e.names.size() + 1, 0);
    for (std::size_t i = 0; i < e.names.size(); ++i)
        names[i] = state.symbols.intern(e.names[i]);
    const auto nameAt = [&](std::uint32_t i) { return i < e.names.size() ? names[i] : 0; };
    const std::size_t reasonsBefore = t.because.size();
    Few<std::uint32_t> reasons;
    reasons.reserve(e.because.size());
    for (const events::Because &reason : e.because)
        reasons.push_back(t.because.intern(reason));
    t.loose += t.because.size() - reasonsBefore;
    const auto because = [&](std::size_t row) { return e.reason[row] < reasons.size() ? reasons[e.reason[row]] : 0; };

    const Source *source = state.source(b.connection);
    const Symbol set = source ? source->set : state.symbols.intern(b.connection);
    const std::uint64_t bit = state.seenBit(source);
    Few<Pair> fresh;
    bool pushesFiring = false;
    StormCount storm;
    storm.raw = b.size();

    for (std::size_t row = 0; row < b.size(); ++row) {
        t.lookAhead(set, b.fingerprint, row);
        const auto verdict = static_cast<Verdict>(e.verdict[row]);
        std::uint32_t index = t.find(set, b.fingerprint[row]);
        if (verdict == Verdict::Stale || verdict == Verdict::Unmatched) {
            if (index != AlertTable::npos)
                ++t.all[index].reports;
            continue;
        }
        const bool isNew = index == AlertTable::npos;
        if (isNew)
            index = t.add(set, b.fingerprint[row]);
        Alert &a = t.all[index];
        const Symbol wasOf = a.service;
        bool isLabelledOtherwise = false;
        a.reports = isNew || verdict == Verdict::Refired ? 1 : a.reports + 1;
        a.lastSeen = b.receivedAt;
        a.path = b.path;

        // Labels and annotations, unless they are what is there already. A resolve without annotations keeps the old ones.
        if (isNew || verdict != Verdict::Resolved || b.annotations[row] != 0) {
            const std::size_t first = std::size_t{b.firstPair[row]} * 2, count = std::size_t{b.labels[row]} + b.annotations[row];
            // Most alerts have the labels of the one before: names above all, and the values that seldom change.
            const Alert *like = !isNew ? &a : index > 0 ? &t.all[index - 1] : nullptr;
            if (like && (like->labels != b.labels[row] || like->annotations != b.annotations[row]))
                like = nullptr;
            fresh.resize(count);
            for (std::size_t i = 0; i < count; ++i)
                fresh[i].name = symbol(b.pairs[first + 2 * i], like ? t.pairs[like->firstPair + i].name : 0);
            for (std::size_t i = 0; i < count; ++i)
                fresh[i].value = symbol(b.pairs[first + 2 * i + 1], like ? t.pairs[like->firstPair + i].value : 0);
            if (isNew || a.labels != b.labels[row] || a.annotations != b.annotations[row]
                || !std::equal(fresh.begin(), fresh.end(), t.pairs.begin() + a.firstPair)) {
                t.loose += isNew ? 0 : 1;
                isLabelledOtherwise = a.labels != b.labels[row] || !std::equal(fresh.begin(), fresh.begin() + a.labels, t.pairs.begin() + a.firstPair);
                const bool isCounted = !isNew && a.status == AlertStatus::Firing;
                if (isCounted)
                    t.countName(set, nameOf(state, a), -1);
                a.firstPair = static_cast<std::uint32_t>(t.pairs.size());
                a.labels = b.labels[row];
                a.annotations = b.annotations[row];
                t.pairs.insert(t.pairs.end(), fresh.begin(), fresh.end());
                a.title = titleOf(b, row, {fresh.data(), fresh.size()});
                if (isCounted)
                    t.countName(set, nameOf(state, a), 1);
            }
        }
        if (b.link[row] != 0)
            a.link = symbol(b.link[row]);
        a.severity = static_cast<AlertSeverity>(e.severity[row]);
        if (const Instant updated{b.updatedAt[row]}; updated > a.updatedAt)
            a.updatedAt = updated;

        if (verdict == Verdict::Resolved) {
            const Instant at = std::max(b.endsAt[row] != 0 ? Instant{b.endsAt[row]} : b.receivedAt, a.startsAt);
            end(state, index, at, EndedBy::Source, because(row));
            continue;
        }
        pushesFiring = b.path == Path::Push;
        a.reported = static_cast<Suppression>(b.suppression[row]);
        a.reportedBy = symbol(b.suppressedBy[row]);
        a.settleSuppression();
        a.seenBy |= bit;
        const Instant endedBefore = a.status == AlertStatus::Resolved ? a.endsAt : Instant{};
        a.endsAt = Instant{b.endsAt[row]};
        if (verdict != Verdict::Updated) {
            if (verdict == Verdict::Refired)
                ++a.occurrence;
            const bool opens = verdict != Verdict::Reopened || isNew;
            if (opens) {
                a.startsAt = b.startsAt[row] != 0 ? Instant{b.startsAt[row]} : b.receivedAt;
                if (verdict == Verdict::Refired && a.startsAt <= endedBefore)
                    a.startsAt = b.receivedAt; // a new occurrence begins after the old one's end
                a.openedAt = state.time;
                a.openedSeq = state.seq;
                a.workflow = a.owner ? Workflow::Assigned : Workflow::New;
                a.acknowledgedAt = {};
                a.acknowledgedBy = a.acknowledgeReason = 0;
                if (verdict == Verdict::Refired)
                    a.incident = 0; // A resolved incident absorbs nothing: the new occurrence stands for itself.
                a.correlation = 0;
                noteOpened(state, a);
            }
            if (!isNew)
                t.noteTransition(index, state.time);
            a.status = AlertStatus::Firing;
            a.endedBy = EndedBy::NotEnded;
            a.resolvedAt = {};
            a.endedBecause = 0;
            a.because = because(row);
            a.service = nameAt(e.service[row]);
            a.group = nameAt(e.group[row]);
            ++t.firing;
            t.countName(set, nameOf(state, a), 1);
            joinGroup(state, index);
            storm.deduped += opens ? 1 : 0;
            storm.grouped += opens && a.firstOut ? 1 : 0;
        } else {
            a.service = nameAt(e.service[row]);
        }
        if (a.incident != 0 && (isLabelledOtherwise || a.service != wasOf))
            noteJoinedOtherwise(state, a);
        noteExpiry(t, a);
    }
    if (pushesFiring)
        notePushedFiring(state, b.connection, b.receivedAt);
    if (source) // the console's own alarms come from nowhere
        noteStorm(state, state.time, state.time, storm);
    if (state.flood.active)
        state.flood.peak = std::max(state.flood.peak, alarmsLately(t, state.time));
    sweepWhenDue(state);
}

void apply(State &state, const events::AlertsEnded &e)
{
    const Symbol set = state.symbols.find(e.set);
    const std::uint32_t because = state.alerts.because.intern(e.because);
    for (const std::uint64_t fp : e.fingerprint)
        if (const auto index = state.alerts.find(set, fp); index != AlertTable::npos)
            end(state, index, e.at, EndedBy::Absence, because);
    // Once the bound is reached: find the next one.
    if (state.alerts.expiryBound && state.alerts.expiryBound <= state.time) {
        state.alerts.expiryBound = {};
        for (const Alert &a : state.alerts.all)
            noteExpiry(state.alerts, a);
    }
    sweepWhenDue(state);
}

void apply(State &state, const events::AlertsUnseen &e)
{
    const Source *source = state.source(e.connection);
    const std::uint64_t bit = state.seenBit(source);
    if (bit != State::kSharedBit)
        for (const std::uint64_t fp : e.fingerprint)
            if (const auto index = state.alerts.find(source->set, fp); index != AlertTable::npos)
                state.alerts.all[index].seenBy &= ~bit;
}

void apply(State &state, const events::AlertsRepeated &e)
{
    const Source *source = state.source(e.connection);
    const Symbol set = source ? source->set : state.symbols.find(e.connection);
    const std::uint64_t bit = state.seenBit(source);
    bool moved = false, pushesFiring = false;
    for (std::size_t i = 0; i < e.fingerprint.size(); ++i) {
        state.alerts.lookAhead(set, e.fingerprint, i);
        const auto index = state.alerts.find(set, e.fingerprint[i]);
        if (index == AlertTable::npos)
            continue;
        Alert &a = state.alerts.all[index];
        a.reports += i < e.times.size() ? e.times[i] : 1;
        pushesFiring = pushesFiring || (a.path == Path::Push && a.status == AlertStatus::Firing);
        if (e.last > a.lastSeen)
            a.lastSeen = e.last;
        a.seenBy |= bit;
        if (i < e.endsAt.size() && a.status == AlertStatus::Firing && e.endsAt[i] > a.endsAt.ns && a.endsAt) {
            moved = moved || a.endsAt == state.alerts.expiryBound;
            a.endsAt = Instant{e.endsAt[i]};
        }
    }
    if (pushesFiring)
        notePushedFiring(state, e.connection, e.last);
    StormCount storm;
    for (std::size_t i = 0; i < e.fingerprint.size(); ++i)
        storm.raw += i < e.times.size() ? e.times[i] : 1;
    noteStorm(state, std::min(e.first, state.time), std::min(e.last, state.time), storm);
    if (moved) {
        state.alerts.expiryBound = {};
        for (const Alert &a : state.alerts.all)
            noteExpiry(state.alerts, a);
    }
}

void apply(State &state, const events::ReportsQuarantined &e)
{
    for (const auto &r : e.reports) {
        state.quarantine.push_back({state.seq, state.time, e.connection, e.path, r});
        ++state.quarantinedTotal;
    }
    while (state.quarantine.size() > State::kQuarantineKept)
        state.quarantine.pop_front();
}

void apply(State &state, const events::AlertsAcknowledged &e)
{
    Intervening override(state, e.by, InterventionKind::Acknowledged, e.keys.size(), {}, e.reason);
    if (!answersCall(state, e))
        owe(state, e.by, InterventionKind::Acknowledged, e.keys, e.reason);
    const Symbol by = state.symbols.intern(e.by.person);
    if (override && override->owner == 0)
        override->owner = by;
    for (const auto &key : e.keys) {
        const auto index = state.alertIndex(key);
        if (index == AlertTable::npos)
            continue;
        Alert &a = state.alerts.all[index];
        override.touch(a, a.owner == 0 ? TouchedAlert::kAnswer | TouchedAlert::kOwner : TouchedAlert::kAnswer);
        a.workflow = Workflow::Acknowledged;
        a.acknowledgedAt = state.time;
        a.acknowledgedBy = by;
        a.acknowledgeReason = state.symbols.intern(e.reason);
        if (a.owner == 0)
            a.owner = a.acknowledgedBy;
    }
}

void apply(State &state, const events::AlertsAssigned &e)
{
    Intervening override(state, e.by, InterventionKind::Assigned, e.keys.size(), e.person, e.reason);
    if (e.person != e.by.person) // who takes something on owes nobody a reason
        owe(state, e.by, InterventionKind::Assigned, e.keys, e.reason);
    const Symbol person = state.symbols.intern(e.person);
    if (override)
        override->owner = person;
    for (const auto &key : e.keys)
        if (const auto index = state.alertIndex(key); index != AlertTable::npos) {
            Alert &a = state.alerts.all[index];
            override.touch(a, TouchedAlert::kOwner);
            a.owner = person;
            if (a.workflow == Workflow::New)
                a.workflow = Workflow::Assigned;
        }
}

void apply(State &state, const events::AlertsClosed &e)
{
    const Intervening override(state, e.by, InterventionKind::Closed, e.keys.size(), {}, e.reason);
    owe(state, e.by, InterventionKind::Closed, e.keys, e.reason);
    const events::Because why{"closed", {"no connection reports it any more", e.by.person + " closed it" + (e.reason.empty() ? "" : ": " + e.reason)}, {}};
    const std::uint32_t because = state.alerts.because.intern(why);
    for (const auto &key : e.keys)
        if (const auto index = state.alertIndex(key); index != AlertTable::npos)
            end(state, index, state.time, EndedBy::Absence, because);
    sweepWhenDue(state);
}

void apply(State &state, const events::SilencesSeen &e)
{
    for (Source &s : state.sources)
        if (s.connection.name == e.connection)
            s.silences = e.silences;
}

} // namespace qd::state
