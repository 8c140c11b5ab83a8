// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/holds.h"
#include "core/state/timeline.h"

#include <algorithm>

namespace qd::state {

namespace {

constexpr std::size_t kErasuresKept = 10'000;

std::string because(const std::string &reason)
{
    return reason.empty() ? "" : ": " + reason;
}

} // namespace

const Erasure *Keeping::of(std::string_view stream) const
{
    for (const Erasure &e : erasures)
        for (const auto &s : e.streams)
            if (stream == s.stream || (stream.starts_with(s.stream) && stream.size() > s.stream.size() && stream[s.stream.size()] == '/'))
                return &e;
    return nullptr;
}

void apply(State &state, const events::StreamsErased &e)
{
    auto &all = state.keeping.erasures;
    all.push_back({state.seq, state.time, e.streams, e.reason, e.by.person});
    if (all.size() > kErasuresKept)
        all.erase(all.begin());
    state.lastIncident = std::max(state.lastIncident, e.lastIncident);
    state.lastOutbox = std::max(state.lastOutbox, e.lastOutbox);
    // Their numbers are taken, though what they were is gone.
    if (e.lastEscalation <= state.escalations.size() + kEscalationsAhead)
        while (state.escalations.size() < e.lastEscalation) {
            Escalation &gone = state.escalations.emplace_back();
            gone.number = static_cast<std::uint32_t>(state.escalations.size());
            gone.outcome = "erased";
        }
    for (const auto &s : e.streams)
        note(state, {}, EntryKind::Erased, e.by.person, "erased " + s.stream + because(e.reason), s.stream).via = e.by.via;
}

void apply(State &state, const events::ErasureIndexed &e)
{
    auto &all = state.keeping.index;
    all.push_back({state.seq, e.stream, e.rows, e.unlisted, e.whole});
    std::size_t rows = 0;
    for (const ErasedIndex &i : all)
        rows += i.rows.size();
    while (all.size() > kErasuresKept || (all.size() > 1 && rows > kErasedRowsKept)) {
        rows -= all.front().rows.size();
        all.erase(all.begin());
    }
}

std::string secretReference(std::uint64_t record)
{
    return "seq:" + std::to_string(record);
}

std::string strikeCommand(const std::string &incident, std::uint64_t record)
{
    return "quarterdeckctl strike " + (incident.empty() ? std::string() : "--incident " + incident + " ") + "--entry " + std::to_string(record) + " --reason \"held a secret\"";
}

void apply(State &state, const events::SecretSuspected &e)
{
    std::string what;
    for (const std::string &kind : e.kinds)
        what += (what.empty() ? "" : ", ") + kind;
    note(state, e.incident, EntryKind::Secret, "core", "record " + std::to_string(e.record) + " seems to hold " + what + "; strike it: " + strikeCommand(e.incident, e.record), secretReference(e.record)).via = Path::Own;
}

void apply(State &state, const events::TextStruck &e)
{
    std::string reference;
    if (!e.texts.empty())
        reference = "seq:" + std::to_string(e.texts.front().seq);
    note(state, e.incident, EntryKind::Erased, e.by.person,
         "struck a text of record " + (e.texts.empty() ? std::string("?") : std::to_string(e.texts.front().seq))
             + (e.texts.size() > 1 ? " and " + std::to_string(e.texts.size() - 1) + " repetitions of it" : "") + because(e.reason),
         reference)
        .via = e.by.via;
}

void apply(State &state, const events::HoldPlaced &e)
{
    release(state.keeping, e.hold);
    state.keeping.holds.push_back({e.hold, state.time, e.scope, e.matter, e.custodian, e.reason, e.by.person});
    state.keeping.lastHold = std::max(state.keeping.lastHold, e.hold);
    note(state, {}, EntryKind::Hold, e.by.person, "hold " + std::to_string(e.hold) + " on " + e.scope + " for " + e.matter, "hold/" + std::to_string(e.hold)).via = e.by.via;
}

void apply(State &state, const events::HoldReleased &e)
{
    release(state.keeping, e.hold);
    note(state, {}, EntryKind::Hold, e.by.person, "hold " + std::to_string(e.hold) + " released" + because(e.reason), "hold/" + std::to_string(e.hold)).via = e.by.via;
}

void apply(State &state, const events::ErasureRefused &e)
{
    note(state, {}, EntryKind::Refused, e.by.person, "wanted to erase " + e.what + " — not done: " + e.why, e.what).via = e.by.via;
}

void apply(State &state, const events::AlertsCarried &e)
{
    AlertTable &t = state.alerts;
    std::vector<std::uint32_t> reasons;
    for (const events::Because &b : e.because)
        reasons.push_back(t.because.intern(b));
    const auto pairsOf = [&](const std::vector<std::string> &texts) {
        for (std::size_t i = 0; i + 1 < texts.size(); i += 2)
            t.pairs.push_back({state.symbols.intern(texts[i]), state.symbols.intern(texts[i + 1])});
        return static_cast<std::uint16_t>(std::min<std::size_t>(texts.size() / 2, 0xffff));
    };
    for (const events::CarriedAlert &c : e.alerts) {
        if (c.labels.size() / 2 > 0xffff || c.annotations.size() / 2 > 0xffff)
            continue;
        const Symbol set = state.symbols.intern(c.set);
        std::uint32_t index = t.find(set, c.fingerprint);
        const bool isNew = index == AlertTable::npos;
        if (isNew)
            index = t.add(set, c.fingerprint);
        Alert &a = t.all[index];
        const bool wasFiring = !isNew && a.status == AlertStatus::Firing;
        if (wasFiring)
            t.countName(set, nameOf(state, a), -1);
        t.keepTransitions(index);
        a.firstPair = static_cast<std::uint32_t>(t.pairs.size());
        a.labels = pairsOf(c.labels);
        a.annotations = pairsOf(c.annotations);
        t.countName(set, nameOf(state, a), 1);
        ++t.loose;
        const auto text = [&](const std::string &s) { return s.empty() ? Symbol{0} : state.symbols.intern(s); };
        a.title = text(c.title);
        a.service = text(c.service);
        a.owner = text(c.owner);
        a.incident = text(c.incident);
        a.reportedBy = text(c.reportedBy);
        a.ownBy = text(c.ownBy);
        a.acknowledgedBy = text(c.acknowledgedBy);
        a.acknowledgeReason = 0; // its words stay with the day they were written on
        a.link = text(c.link);
        a.startsAt = c.startsAt;
        a.endsAt = c.endsAt;
        a.updatedAt = c.updatedAt;
        a.openedAt = c.openedAt;
        a.lastSeen = c.lastSeen;
        a.acknowledgedAt = c.acknowledgedAt;
        a.openedSeq = c.openedSeq;
        a.resolvedAt = {};
        a.occurrence = c.occurrence;
        a.reports = c.reports;
        a.because = c.because < reasons.size() ? reasons[c.because] : 0;
        a.endedBecause = 0;
        a.severity = c.severity;
        a.workflow = c.workflow;
        a.reported = c.reported;
        a.own = c.own;
        if (c.own == Suppression::None && c.reported == Suppression::None && c.suppression != Suppression::None) { // told by an earlier version
            a.reported = c.suppression;
            a.reportedBy = text(c.suppressedBy);
        }
        a.ownBecause = c.own != Suppression::None && c.ownBecause < reasons.size() ? reasons[c.ownBecause] : 0;
        a.settleSuppression();
        if (a.flapping != c.flapping) {
            a.flapping = c.flapping;
            const auto at = std::lower_bound(t.flapping.begin(), t.flapping.end(), index);
            if (a.flapping)
                t.flapping.insert(at, index);
            else if (at != t.flapping.end() && *at == index)
                t.flapping.erase(at);
        }
        if (const Symbol correlation = text(c.correlation); correlation != a.correlation || !wasFiring) {
            if (wasFiring)
                leaveCorrelation(state, a);
            a.correlation = correlation;
            if (correlation != 0)
                enter(state, t.correlated[correlation], index);
        }
        a.path = c.path;
        a.endedBy = EndedBy::NotEnded;
        a.status = AlertStatus::Firing;
        a.seenBy = 0;
        for (const auto &name : c.seenBy)
            if (const Source *source = state.source(name); source || name.empty())
                a.seenBy |= state.seenBit(source);
        if (!wasFiring) {
            a.group = text(c.group);
            ++t.firing;
            ++t.groups[a.group].firing;
        }
        a.firstOut = c.firstOut;
        if (c.firstOut)
            t.groups[a.group].firstOut = index;
        if (a.endsAt && (!t.expiryBound || a.endsAt < t.expiryBound))
            t.expiryBound = a.endsAt;
    }
    for (const events::CarriedGroup &c : e.groups) {
        Group &g = t.groups[c.name.empty() ? Symbol{0} : state.symbols.intern(c.name)];
        g.members = c.members;
        g.episode = c.episode;
        g.openedAt = c.openedAt;
        g.endedAt = {};
    }
}

} // namespace qd::state
