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

void attach(State &state, Incident &incident, const std::vector<std::string> &keys)
{
    std::unordered_set<std::string> known(incident.alerts.begin(), incident.alerts.end());
    Joining joining(state, incident);
    for (const auto &key : keys) {
        const bool isNew = known.insert(key).second;
        if (isNew)
            incident.alerts.push_back(key);
        if (const auto index = state.alertIndex(key); index != AlertTable::npos) {
            Alert &alert = state.alerts.all[index];
            alert.incident = state.symbols.intern(incident.id);
            if (isNew)
                joining.add(alert);
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
    if (!incident && state.log.size() >= 2 * kLogKept)
        state.log.erase(state.log.begin(), state.log.begin() + kLogKept);
    Entry &e = incident ? incident->timeline.emplace_back() : state.log.emplace_back();
    e.seq = state.seq;
    e.at = state.time;
    e.kind = kind;
    e.actor = std::move(actor);
    e.text = std::move(text);
    e.recordedLate = state.isUnrecorded();
    // Every line of an incident can be referred to.
    e.reference = reference.empty() && incident ? ownReference(incident->timeline.size()) : std::move(reference);
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
    i.severity = i.worst = e.severity;
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
    i.factsExpected = e.facts;
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

namespace {
/// A correction, as a line of its own. It is none of the log's: nobody puts it otherwise.
void noteCorrected(State &state, const Incident &i, const events::Actor &by, const std::string &reason, std::string text, const char *what)
{
    Entry &line = note(state, i.id, EntryKind::Log, by.person, std::move(text) + (reason.empty() ? "" : ": " + reason), what);
    line.reference += "/" + std::to_string(i.timeline.size());
    line.via = by.via;
}
} // namespace

namespace {
/// One that was rebuilt was over when its files say.
void endByItsFacts(State &state, Incident &i, const events::ImpactCorrected &e)
{
    Instant end;
    for (const Entry &line : i.timeline)
        if (!line.origin.empty())
            end = std::max({end, line.at, line.until});
    if (!end || !i.resolvedAt)
        return;
    const Instant was = std::exchange(i.resolvedAt, std::min(end, state.time));
    noteCorrected(state, i, e.by, e.reason, "it was over at " + toRfc3339(i.resolvedAt) + ", not at " + toRfc3339(was), "until");
}
} // namespace

void apply(State &state, const events::ImpactCorrected &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    if (e.by.via == Path::Own && i->kind == "rebuilt") // nobody said it: facts were added
        return endByItsFacts(state, *i, e);
    const Instant was = i->impactSince;
    i->impactSince = e.since;
    note(state, e.incident, EntryKind::Log, e.by.person,
         "the impact began at " + toRfc3339(e.since) + ", not at " + toRfc3339(was) + (e.reason.empty() ? "" : ": " + e.reason), "impact").via = e.by.via;
}

void apply(State &state, const events::TitleCorrected &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    const std::string was = std::exchange(i->title, e.title);
    for (Escalation &x : state.escalations) // what its next steps say
        if (x.isRunning() && x.incident == i->id && x.about == was)
            x.about = e.title;
    noteCorrected(state, *i, e.by, e.reason, "it is called \"" + e.title + "\", not \"" + was + "\"", "title");
}

void apply(State &state, const events::ServiceCorrected &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    i->service = e.service;
    noteCorrected(state, *i, e.by, e.reason,
                  "it is of service " + e.service + (e.from.empty() ? "; none was named" : ", not of " + e.from)
                      + (state.workspace->service(e.service) ? "" : " (service " + e.service + " is not in the workspace)"),
                  "service");
}

namespace {

/// Who has a role from now on, or that nobody has.
void noteRole(State &state, const events::RoleAssumed &e, const std::string &role)
{
    Entry &line = note(state, e.incident, EntryKind::Role, e.by.person, e.person.empty() ? role + " is open" : e.person + " is " + role, e.person);
    line.via = e.by.via;
    line.role = role;
}

} // namespace

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
        noteRole(state, e, role);
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
    noteRole(state, e, role);
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
    i->worst = std::min(i->worst, e.severity); // SEV1 is the least number
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
