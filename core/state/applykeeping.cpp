// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/model/marking.h"
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

/// Which text of its record a line is that was imported with it, from 1: the N of `strike --entry SEQ.N`. It is the newest line.
std::size_t numberOfFact(const Incident &incident, std::uint64_t record)
{
    std::size_t n = 0;
    for (auto e = incident.timeline.rbegin(); e != incident.timeline.rend() && e->seq == record; ++e)
        n += !e->origin.empty() || e->kind == EntryKind::Declared ? 1 : 0; // the title is a text, too
    return n;
}

/// The section whose text of this record it is; "" for none. Of several in one record the newest.
std::string sectionOfRecord(const Incident &incident, std::uint64_t record)
{
    const auto isOf = [&](const Revision &r) { return r.seq == record; };
    const auto &all = incident.review.sections;
    const auto it = std::find_if(all.rbegin(), all.rend(), [&](const Section &s) { return std::any_of(s.revisions.begin(), s.revisions.end(), isOf) || std::any_of(s.asides.begin(), s.asides.end(), isOf); });
    return it == all.rend() ? std::string() : it->id;
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
    for (const events::PageNumbers &numbers : e.pages)
        if (StatusPageState *page = pageOf(state, numbers.page)) {
            page->lastNotice = std::max(page->lastNotice, numbers.lastNotice);
            page->lastMaintenance = std::max(page->lastMaintenance, numbers.lastMaintenance);
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
    const Incident *i = state.incident(e.incident);
    const Entry *newest = i && !i->timeline.empty() && i->timeline.back().seq == e.record ? &i->timeline.back() : nullptr;
    std::string where = "record " + std::to_string(e.record), strike = strikeCommand(e.incident, e.record), reference = secretReference(e.record);
    const std::string section = i ? sectionOfRecord(*i, e.record) : std::string();
    const bool isAction = newest && newest->kind == EntryKind::Review && newest->reference.starts_with("action/");
    const bool isSection = !section.empty() && !isAction && (!newest || newest->kind == EntryKind::Review);
    if (newest && !newest->origin.empty()) { // a record has many of them
        const std::string n = std::to_string(e.record) + "." + std::to_string(numberOfFact(*i, e.record));
        where = "record " + n;
        strike = "quarterdeckctl strike --incident " + e.incident + " --entry " + n + " --reason \"held a secret\"";
    } else if (isSection || isAction) { // what else was written there, or with it, is to stay: its author takes it out
        const std::string place = isSection ? "section/" + section : newest->reference;
        const std::string named = isSection ? "the section " + section + " of the review" : "action " + place.substr(place.find('/') + 1) + " of the review";
        note(state, e.incident, EntryKind::Secret, "core", named + " seems to hold " + what + "; take it out there, and change it where it is used", place).via = Path::Own;
        return;
    } else if (newest && newest->kind == EntryKind::Review && !newest->reference.empty()) {
        where += " (" + newest->reference + ")";
    }
    note(state, e.incident, EntryKind::Secret, "core", where + " seems to hold " + what + "; strike it: " + strike, reference).via = Path::Own;
}

void apply(State &state, const events::TextStruck &e)
{
    constexpr std::size_t kPlacesNamed = 5;
    std::size_t places = 0;
    std::string reference, out;
    if (!e.texts.empty())
        reference = "seq:" + std::to_string(e.texts.front().seq);
    for (const std::uint64_t number : e.outbox) {
        const auto it = state.outbox.find(number);
        if (it == state.outbox.end())
            continue;
        if (it->second.delivery == Delivery::Confirmed && ++places <= kPlacesNamed)
            out += (out.empty() ? "; it had gone out to " : ", ") + placeOf(it->second.what);
        if (it->second.what.effect != events::Effect::CreateRoom) // it is made all the same, by its name alone
            recall(state, it->second, std::string(kItsTextWasStruck));
    }
    if (places > kPlacesNamed)
        out += " and " + std::to_string(places - kPlacesNamed) + " more";
    note(state, e.incident, EntryKind::Erased, e.by.person,
         "struck a text of record " + (e.texts.empty() ? std::string("?") : std::to_string(e.texts.front().seq))
             + (e.texts.size() > 1 ? " and " + std::to_string(e.texts.size() - 1) + " repetitions of it" : "") + because(e.reason) + out,
         reference)
        .via = e.by.via;
}

void apply(State &state, const events::LineClassed &e)
{
    if (e.incident.empty())
        return; // what is left of one whose stream is erased, which is said by itself
    std::string names;
    for (const std::string &name : e.names)
        names += (names.empty() ? " for " : ", ") + name;
    const bool isAbove = rankOf(e.level) > rankOf(DataClass::Internal) || !e.names.empty();
    note(state, e.incident, EntryKind::Outward, e.by.person,
         isAbove ? "classed record " + e.line + " as " + std::string(word(e.level)) + names + because(e.reason) : "record " + e.line + " is classed no more" + because(e.reason), "seq:" + e.line)
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
        if (const Incident *i = state.incident(c.incident); i && !joinedAlert(state, *i, state.key(a)))
            noteJoinedOtherwise(state, a); // the day on which it joined may be gone
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
