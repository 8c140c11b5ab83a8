// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/intervening.h"
#include "core/state/timeline.h"

#include <algorithm>
#include <charconv>
#include <unordered_set>
#include <utility>

namespace qd::state {

namespace {

constexpr std::size_t kLogKept = 5000;

template <typename T>
T *numbered(std::vector<T> &list, std::uint32_t number)
{
    const auto it = std::find_if(list.begin(), list.end(), [&](const T &t) { return t.number == number; });
    return it == list.end() ? nullptr : &*it;
}

std::string numberText(std::string_view what, std::uint32_t n)
{
    return std::string(what) + "/" + std::to_string(n);
}

void attach(State &state, Incident &incident, const std::vector<std::string> &keys)
{
    std::unordered_set<std::string> known(incident.alerts.begin(), incident.alerts.end());
    for (const auto &key : keys) {
        if (known.insert(key).second)
            incident.alerts.push_back(key);
        if (const auto index = state.alertIndex(key); index != AlertTable::npos) {
            Alert &alert = state.alerts.all[index];
            alert.incident = state.symbols.intern(incident.id);
            const std::string_view name = state.text(nameOf(state, alert));
            if (auto &names = incident.alertNames; !name.empty() && names.size() < kAlertNamesKept && std::find(names.begin(), names.end(), name) == names.end())
                names.emplace_back(name);
        }
    }
}

} // namespace

std::uint32_t incidentNumber(std::string_view id)
{
    if (!id.starts_with("INC-"))
        return 0;
    std::uint32_t n = 0;
    const auto r = std::from_chars(id.data() + 4, id.data() + id.size(), n);
    return r.ec == std::errc() && r.ptr == id.data() + id.size() ? n : 0;
}

Incident *incidentOf(State &state, std::string_view id)
{
    Incident *i = state.incidents.editIfThere(incidentNumber(id));
    if (i)
        i->changed = state.seq;
    return i;
}

Entry &note(State &state, std::string_view id, EntryKind kind, std::string actor, std::string text, std::string reference)
{
    Incident *incident = incidentOf(state, id);
    std::vector<Entry> &list = incident ? incident->timeline : state.log;
    if (!incident && list.size() >= 2 * kLogKept)
        list.erase(list.begin(), list.begin() + kLogKept);
    Entry &e = list.emplace_back();
    e.seq = state.seq;
    e.at = state.time;
    e.kind = kind;
    e.actor = std::move(actor);
    e.text = std::move(text);
    e.recordedLate = state.isUnrecorded();
    // Every line of an incident can be referred to.
    e.reference = reference.empty() && incident ? "entry/" + std::to_string(list.size()) : std::move(reference);
    return e;
}

void apply(State &state, const events::IncidentDeclared &e)
{
    const std::uint32_t n = incidentNumber(e.incident);
    if (n == 0)
        return;
    Incident &i = state.incidents.edit(n);
    i.changed = state.seq;
    i.id = e.incident;
    i.title = e.title;
    i.service = e.service;
    i.kind = e.kind.empty() ? "real" : e.kind;
    i.severity = e.severity;
    i.status = e.triage ? IncidentStatus::Triage : IncidentStatus::Active;
    if (!e.reckoned.matrix.empty())
        i.reckoned = e.reckoned;
    i.declaredAt = state.time;
    i.leading.openSince = state.time;
    i.impactSince = e.impactSince ? e.impactSince : state.time;
    i.declaredBy = e.by.person;
    if (e.until) { // over before it was written down
        i.status = IncidentStatus::Resolved;
        i.resolvedAt = e.until;
        i.leading.openSince = {};
    }
    state.lastIncident = std::max(state.lastIncident, n);
    i.follows = e.follows;
    attach(state, i, e.alerts);
    const bool unknown = !e.service.empty() && !state.workspace->service(e.service);
    note(state, e.incident, EntryKind::Declared, e.by.person,
         std::string(word(e.severity)) + (e.until ? " written down afterwards, over since " + toRfc3339(e.until).substr(0, 16) + "Z: " : std::string(e.triage ? " declared, in triage: " : " declared: ")) + e.title
             + (e.reckoned.matrix.empty() ? "" : " (" + e.reckoned.arithmetic + "; matrix " + e.reckoned.matrix + ")") + (unknown ? " (service " + e.service + " is not in the workspace)" : "")
             + (e.follows.empty() ? "" : " (follows " + e.follows + ")"))
        .via = e.by.via;
    if (e.follows.empty())
        return;
    if (Incident *before = incidentOf(state, e.follows)) {
        std::erase_if(before->closing.refired, [&](const std::string &key) { return std::find(e.alerts.begin(), e.alerts.end(), key) != e.alerts.end(); });
        note(state, e.follows, EntryKind::Command, e.by.person, "goes on as " + e.incident + ", a new incident linked to it", e.incident).via = e.by.via;
    }
}

namespace {
/// The one who had it has it no more, unless it is the same.
void handOver(Incident &i, const std::string &role, const RoleHeld &held, const std::string &to, Instant at)
{
    if (held.person.empty() || held.person == to)
        return;
    i.handedOver.push_back({role, held.person, held.since, at});
    if (i.handedOver.size() > kHandedOverKept)
        i.handedOver.erase(i.handedOver.begin());
}
} // namespace

void apply(State &state, const events::ImpactCorrected &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    const Instant was = i->impactSince;
    i->impactSince = e.since;
    note(state, e.incident, EntryKind::Log, e.by.person,
         "the impact began at " + toRfc3339(e.since) + ", not at " + toRfc3339(was) + (e.reason.empty() ? "" : ": " + e.reason), "impact").via = e.by.via;
}

void apply(State &state, const events::RoleAssumed &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    const std::string role = e.title.empty() ? std::string(word(e.role)) : e.title;
    if (!e.title.empty()) {
        const auto own = std::find_if(i->ownRoles.begin(), i->ownRoles.end(), [&](const OwnRole &r) { return r.title == e.title; });
        if (own != i->ownRoles.end())
            handOver(*i, role, own->held, e.person, state.time);
        if (own != i->ownRoles.end() && e.person.empty())
            i->ownRoles.erase(own);
        else if (own != i->ownRoles.end())
            own->held = {e.person, state.time};
        else if (!e.person.empty() && i->ownRoles.size() < kOwnRolesKept)
            i->ownRoles.push_back({e.title, {e.person, state.time}});
        note(state, e.incident, EntryKind::Role, e.by.person, e.person.empty() ? role + " is open" : e.person + " is " + role, e.person).via = e.by.via;
        return;
    }
    if (const auto held = i->roles.find(e.role); held != i->roles.end())
        handOver(*i, role, held->second, e.person, state.time);
    if (e.person.empty())
        i->roles.erase(e.role);
    else
        i->roles[e.role] = {e.person, state.time};
    if (e.role == Role::Commander) {
        // What was under way was about another commander.
        i->leading.offer = {};
        i->leading.claim = {};
        i->leading.openSince = e.person.empty() ? state.time : Instant{};
        i->leading.seenAt = {};
        if (i->leading.takenAt != state.time || i->leading.takenBy != e.person) { // it moved again, by consent
            i->leading.takenFrom.clear();
            i->leading.takenBy.clear();
        }
    }
    note(state, e.incident, EntryKind::Role, e.by.person,
         e.person.empty() ? std::string(word(e.role)) + " is open" : e.person + " is " + std::string(word(e.role)), e.person)
        .via = e.by.via;
}

void apply(State &state, const events::SeverityChanged &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    note(state, e.incident, EntryKind::Severity, e.by.person,
         std::string(word(i->severity)) + " to " + std::string(word(e.severity)) + (e.reason.empty() ? "" : ": " + e.reason)
             + (e.reckoned.matrix.empty() ? "" : " (" + e.reckoned.arithmetic + "; matrix " + e.reckoned.matrix + ")"));
    if (i->severity != e.severity)
        i->severityAt = state.time;
    i->severity = e.severity;
    if (!e.reckoned.matrix.empty())
        i->reckoned = e.reckoned; // else the questions were not answered anew
    // A severity that follows from the answers has its reason in them.
    if (e.reckoned.matrix.empty() || e.reckoned.suggested != e.severity)
        oweOf(state, e.incident, e.by, "severity " + std::string(word(e.severity)), 0, e.reason);
}

void apply(State &state, const events::StatusChanged &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    const IncidentStatus was = std::exchange(i->status, e.status);
    const bool wasOpen = was <= IncidentStatus::Mitigated;
    // What is signed on the stand-down sheet is not taken back by one key.
    if (was != e.status && i->closing.stoodDownAt != state.time)
        if (Intervening override(state, e.by, InterventionKind::StatusSet, 0, e.incident, e.reason); override) {
            override->from = word(was);
            override->keys = {std::string(word(e.status))};
        }
    if (!i->isOpen()) { // nobody could object or read back any more
        i->leading.offer = {};
        i->leading.claim = {};
    }
    if (e.status == IncidentStatus::Mitigated && (wasOpen || !i->mitigatedAt)) // else it was so before it was over
        i->mitigatedAt = state.time;
    if (e.status == IncidentStatus::Resolved && was != IncidentStatus::Closed) {
        i->resolvedAt = state.time;
        i->closing.stillFiring.clear(); // what fires now does not fire again
        for (const std::string &key : i->alerts)
            if (const Alert *a = state.alert(key); a && a->status == AlertStatus::Firing)
                i->closing.stillFiring.push_back(key);
    }
    if (e.status <= IncidentStatus::Active)
        i->mitigatedAt = {};
    if (i->isOpen() && (!wasOpen || e.status == IncidentStatus::Active)) {
        i->resolvedAt = {};
        i->closing.proposedAt = i->closing.stoodDownAt = {};
        i->closing.refired.clear();
        i->closing.roomsLeft.clear();
        i->closing.roomsArchived.clear();
        if (i->holder(Role::Commander).empty())
            i->leading.openSince = state.time;
    }
    note(state, e.incident, EntryKind::Status, e.by.person, std::string(word(e.status)) + (e.reason.empty() ? "" : ": " + e.reason)).via = e.by.via;
}

void apply(State &state, const events::AlertsAttached &e)
{
    if (Incident *i = incidentOf(state, e.incident)) {
        const Intervening override(state, e.by, InterventionKind::Attached, e.keys.size(), e.incident);
        attach(state, *i, e.keys);
        note(state, e.incident, EntryKind::Attached, e.by.person,
             std::to_string(e.keys.size()) + (e.keys.size() == 1 ? " alert joined" : " alerts joined"), e.keys.empty() ? "" : e.keys.front());
    }
}

void apply(State &state, const events::LogWritten &e)
{
    Entry &line = note(state, e.incident, EntryKind::Log, e.by.person, e.text);
    line.via = e.by.via;
    if (e.at && e.at < state.time) {
        line.at = e.at;
        line.recordedAt = state.time;
    }
}

void apply(State &state, const events::TaskAssigned &e)
{
    if (Incident *i = incidentOf(state, e.incident))
        i->tasks.push_back({e.task, e.person, e.text, state.time, e.due, {}});
    note(state, e.incident, EntryKind::Task, e.by.person, "@" + e.person + " " + e.text, numberText("task", e.task)).via = e.by.via;
}

void apply(State &state, const events::TaskDone &e)
{
    std::string text;
    if (Incident *i = incidentOf(state, e.incident))
        if (Task *t = numbered(i->tasks, e.task)) {
            t->doneAt = state.time;
            text = t->text;
        }
    note(state, e.incident, EntryKind::TaskDone, e.by.person, "done: " + text, numberText("task", e.task)).via = e.by.via;
}

void apply(State &state, const events::TaskAccepted &e)
{
    std::string text;
    if (Incident *i = incidentOf(state, e.incident))
        if (Task *t = numbered(i->tasks, e.task)) {
            t->acceptedAt = state.time;
            t->acceptedBy = e.by.person;
            text = t->text;
        }
    note(state, e.incident, EntryKind::Task, e.by.person, "on it: " + text, numberText("task", e.task)).via = e.by.via;
}

void apply(State &state, const events::HypothesisRaised &e)
{
    if (Incident *i = incidentOf(state, e.incident)) {
        Hypothesis h;
        h.number = e.hypothesis;
        h.text = e.text;
        h.by = e.by.person;
        h.at = state.time;
        i->hypotheses.push_back(std::move(h));
    }
    note(state, e.incident, EntryKind::Hypothesis, e.by.person, e.text, numberText("hypothesis", e.hypothesis)).via = e.by.via;
}

void apply(State &state, const events::HypothesisSettled &e)
{
    std::string text;
    if (Incident *i = incidentOf(state, e.incident))
        if (Hypothesis *h = numbered(i->hypotheses, e.hypothesis)) {
            h->refuted = e.refuted;
            h->confirmed = !e.refuted;
            h->reason = e.reason;
            h->settledAt = state.time;
            text = h->text;
        }
    note(state, e.incident, EntryKind::HypothesisSettled, e.by.person, (e.refuted ? "refuted: " : "confirmed: ") + text,
         numberText("hypothesis", e.hypothesis))
        .via = e.by.via;
}

void apply(State &state, const events::DecisionMade &e)
{
    std::string polled;
    if (Incident *i = incidentOf(state, e.incident)) {
        i->decisions.push_back({e.decision, e.text, e.by.person, state.time, e.poll, e.rejected});
        if (Poll *p = e.poll == 0 ? nullptr : numbered(i->polls, e.poll)) {
            p->decision = e.decision;
            polled = " (poll " + std::to_string(e.poll) + ": " + inWords(*p) + ")";
        }
    }
    std::string rejected;
    for (std::size_t at = 0; at < e.rejected.size();) {
        const std::size_t end = std::min(e.rejected.find('\n', at), e.rejected.size());
        rejected += (rejected.empty() ? "; not " : ", not ") + e.rejected.substr(at, end - at);
        at = end + 1;
    }
    note(state, e.incident, EntryKind::Decision, e.by.person, e.text + rejected + polled, numberText("decision", e.decision)).via = e.by.via;
}

void apply(State &state, const events::PromiseMade &e)
{
    if (Incident *i = incidentOf(state, e.incident))
        i->promises.push_back({e.promise, e.audience, e.text, state.time, e.due, {}});
    note(state, e.incident, EntryKind::Promise, e.by.person, "next word to " + e.audience + (e.text.empty() ? "" : ": " + e.text),
         numberText("promise", e.promise))
        .via = e.by.via;
}

void apply(State &state, const events::PromiseKept &e)
{
    if (Incident *i = incidentOf(state, e.incident))
        if (PromiseTo *p = numbered(i->promises, e.promise))
            p->keptAt = state.time;
}

void apply(State &state, const events::UpdateIssued &e)
{
    if (Incident *i = incidentOf(state, e.incident)) {
        i->updates.push_back({e.update, e.updateTemplate, e.audience, e.text, e.by.person, state.time, 0, e.values, {}});
        if (!e.byHand.empty())
            i->updates.back().byHand.push_back(e.byHand);
        heard(state, *i, e.audience, e.next);
    }
    note(state, e.incident, EntryKind::Update, e.by.person, e.text, numberText("update", e.update)).via = e.by.via;
    if (!e.byHand.empty())
        noteByHand(state, e.incident, e.update, e.byHand, e.by);
}

namespace {
/// A delayed message's stamp often has whole seconds only (XEP-0203): any moment of that second fits it, and the order of the
/// room decides, so that what was said after a message is not shown before it.
Instant inOrder(Instant stamp, Instant last)
{
    return stamp.ns % seconds(1).ns == 0 && last > stamp && last - stamp < seconds(1) ? last : stamp;
}

/// A line is changed or removed by who wrote it, whom the platform names the same both times, and by nobody else.
bool isOfItsWriter(const Entry &line, const events::MessageSeen &e)
{
    return !e.sender.empty() && e.sender == line.reference;
}

/// Whether a reaction is the one who speaks's: the same person, else the same address on the platform.
bool isOfSpeaker(const Reaction &r, const events::MessageSeen &e, const std::string &actor)
{
    if (r.bound && e.verified && !e.person.empty())
        return r.sender == e.person;
    return r.address.empty() || e.sender.empty() ? r.sender == actor : r.address == e.sender;
}

/// What a sender calls a message is another's word for it: it leads to that sender's messages alone, and to the last they gave the name.
/// By nobody's name it only says whose line somebody else asked to change.
void nameBySender(Incident &incident, const events::MessageSeen &e, const std::string &given, std::size_t line)
{
    if (given.empty() || e.sender.empty())
        return;
    for (const std::string &by : {e.sender, std::string()})
        incident.messages.put(e.connection, e.room, MessageIndex::bySender(by, given), line);
}

void revise(Entry &line)
{
    if (line.revisions.size() < kRevisionsKept)
        line.revisions.push_back(line.text);
}
} // namespace

void apply(State &state, const events::LogRevised &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    const auto line = std::find_if(i->timeline.begin(), i->timeline.end(), [&](const Entry &each) { return each.reference == e.reference && each.kind == EntryKind::Log; });
    if (line == i->timeline.end() || line->actor != e.by.person)
        return;
    revise(*line);
    line->text = e.text;
    line->revisedAt = state.time;
}

void apply(State &state, const events::MessageSeen &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    Instant at = e.serverTime;
    for (Room &r : i->rooms)
        if (r.connection == e.connection && r.address == e.room && e.kind == events::MessageKind::Message) {
            at = inOrder(e.serverTime, r.lastServerTime);
            if (at >= r.lastServerTime && !e.messageId.empty()) {
                r.lastServerTime = at;
                r.lastMessageId = e.messageId;
            }
        }
    const std::size_t target = e.target.empty() ? MessageIndex::npos : i->messages.find(e.connection, e.room, e.target);
    Entry *old = target == MessageIndex::npos ? nullptr : &i->timeline[target];
    const std::string actor = e.person.empty() ? (e.nick.empty() ? e.sender : e.nick) : e.person;
    if (old && e.wholeSet)
        std::erase_if(old->reactions, [&](const Reaction &r) { return isOfSpeaker(r, e, actor); });
    if (e.kind == events::MessageKind::Reaction || e.kind == events::MessageKind::Unreaction) {
        if (old)
            std::erase_if(old->reactions, [&](const Reaction &r) { return r.emoji == e.emoji && isOfSpeaker(r, e, actor); });
        if (old && e.kind == events::MessageKind::Reaction)
            old->reactions.push_back({e.emoji, actor, e.sender, e.verified && !e.person.empty()});
        return;
    }
    const bool changes = e.kind == events::MessageKind::Edit || e.kind == events::MessageKind::Removal;
    if (e.kind == events::MessageKind::Removal && !old)
        return;
    const bool revises = changes && old && isOfItsWriter(*old, e);
    const std::size_t line = revises ? target : i->timeline.size();
    // What a platform tells again, also after a restart of ours, is told once.
    if (!e.messageId.empty() && !i->messages.add(e.connection, e.room, e.messageId, line))
        return;
    if (e.kind == events::MessageKind::Message || e.kind == events::MessageKind::Edit)
        nameBySender(*i, e, e.givenId, line); // a correction of a correction may name either
    if (revises) {
        revise(*old);
        if (e.kind == events::MessageKind::Edit)
            old->text = e.text;
        else
            old->removed = true;
        return;
    }
    if (e.kind == events::MessageKind::Topic) {
        note(state, e.incident, EntryKind::Topic, actor, e.text).via = Path::Chat;
        return;
    }
    // An edit of something never seen is shown as the message it now is; one of somebody else's as what it is.
    const std::string claims = changes && old ? old->actor : std::string();
    Entry &entry = note(state, e.incident, EntryKind::Message, actor, e.text, e.sender);
    entry.via = Path::Chat;
    entry.messageId = e.messageId;
    entry.room = e.room;
    entry.verified = e.verified && !e.person.empty();
    entry.replayed = e.replayed;
    entry.thread = e.thread;
    entry.claims = claims;
    if (at)
        entry.at = at;
    if (e.kind == events::MessageKind::Edit && !old && !e.target.empty()) {
        if (e.givenId.empty())
            i->messages.add(e.connection, e.room, e.target, line);
        else // where senders name their messages, an edit names one by that
            nameBySender(*i, e, e.target, line);
    }
}

void apply(State &state, const events::RoomGapSeen &e)
{
    note(state, e.incident, EntryKind::Gap, "core",
         (e.what == "deletions" ? "messages that were taken back may not be marked, from " : "messages may be missing from ") + toRfc3339(e.from) + " to " + toRfc3339(e.to), e.room)
        .room = e.room;
}

void apply(State &state, const events::RoomAsked &e)
{
    note(state, e.incident, EntryKind::Room, e.by.person, "wants the room " + e.room, e.room).via = e.by.via;
}

void apply(State &state, const events::RoomLinked &e)
{
    if (Incident *i = incidentOf(state, e.incident)) {
        const auto it = std::find_if(i->rooms.begin(), i->rooms.end(),
                                     [&](const Room &r) { return r.connection == e.connection && r.address == e.room; });
        if (it == i->rooms.end())
            i->rooms.push_back({e.connection, e.room, e.created, {}, {}, e.attached});
        else
            it->leftAt = it->archivedAt = {}; // it is there again
    }
    note(state, e.incident, EntryKind::Room, "core", (e.created ? "room created: " : "room attached: ") + e.room, e.room).room = e.room;
}

void apply(State &state, const events::ChatCommandRefused &e)
{
    auto &all = state.access.strangers;
    auto it = std::find_if(all.begin(), all.end(), [&](const Stranger &s) { return s.address == e.sender && s.incident == e.incident; });
    if (it == all.end()) {
        if (all.size() >= Access::kStrangersKept)
            all.erase(std::min_element(all.begin(), all.end(), [](const Stranger &a, const Stranger &b) { return a.last < b.last; }));
        it = all.insert(all.end(), {e.sender, e.incident, {}, state.time, {}, 0});
    }
    it->reason = e.reason;
    it->last = state.time;
    ++it->count;
    note(state, e.incident, EntryKind::Refused, e.sender, e.text + " — not done: " + e.reason).via = Path::Chat;
}

std::span<const std::string_view> entryWords()
{
    static constexpr std::string_view kWords[] = {
        "declared", "role",    "severity", "status", "attached", "log",          "task",       "task-done", "hypothesis", "hypothesis-settled", "decision",
        "promise",  "promise-kept", "update", "message", "gap", "room", "page", "ack", "escalation", "change", "withheld", "refused", "alert", "source", "topic", "erased", "hold", "command", "suppression", "flood", "missed", "outward", "link", "moment", "poll", "evidence", "secret", "review"};
    return kWords;
}

std::string_view word(EntryKind kind)
{
    return entryWords()[static_cast<std::size_t>(kind)];
}

} // namespace qd::state
