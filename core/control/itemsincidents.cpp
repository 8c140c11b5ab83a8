// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/items.h"

#include "core/comms/reach.h"
#include "core/desk/topics.h"
#include "core/review/copies.h"
#include "core/review/evidence.h"

#include <algorithm>
#include <map>

namespace qd::control {

namespace {

json::array linesJson(std::string_view text)
{
    json::array out;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        out.emplace_back(json::string_view(line));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
    return out;
}

json::array optionsJson(const std::vector<state::DecisionOption> &options)
{
    json::array out;
    for (const auto &o : options)
        out.push_back(json::object{{"text", o.text}, {"effect", o.effect}, {"risk", o.risk}, {"reversible", o.reversible}, {"time", o.time}, {"owner", o.owner}, {"chosen", o.chosen}});
    return out;
}

std::string_view deliveryOf(const state::State &s, std::uint64_t outbox)
{
    const auto it = s.outbox.find(outbox);
    return outbox != 0 && it != s.outbox.end() ? word(it->second.delivery) : std::string_view();
}

json::object escalationItem(const state::Escalation &x)
{
    json::array steps;
    for (const auto &step : x.steps)
        steps.push_back(json::object{{"step", step.number},
                                     {"round", step.round},
                                     {"people", textsJson(step.people)},
                                     {"unreachable", textsJson(step.unreachable)},
                                     {"at", timeJson(step.at)},
                                     {"until", timeJson(step.until)},
                                     {"late", step.late}});
    return json::object{{"escalation", x.number},
                        {"policy", x.policy},
                        {"service", x.service},
                        {"about", x.about},
                        {"outcome", x.outcome.empty() ? x.isFolded() ? "folded" : x.heldBy.empty() ? "running" : "held" : x.outcome},
                        {"incident", x.incident},
                        {"group", x.group},
                        {"targets", textsJson(x.targets)},
                        {"heldBy", x.heldBy},
                        {"suspect", x.suspect},
                        {"path", textsJson(x.path)},
                        {"fold", x.fold.until ? json::value(json::object{{"rule", x.fold.rule}, {"suspect", x.fold.suspect}, {"since", timeJson(x.fold.since)},
                                                                         {"until", timeJson(x.fold.until)}, {"endedAt", timeJson(x.fold.endedAt)}})
                                              : json::value(nullptr)},
                        {"observed", x.observed},
                        {"startedAt", timeJson(x.startedAt)},
                        {"acknowledgedBy", x.acknowledgedBy},
                        {"acknowledgedAt", timeJson(x.acknowledgedAt)},
                        {"endedAt", timeJson(x.endedAt)},
                        {"steps", std::move(steps)}};
}

json::array escalationsOf(const state::State &s, std::string_view incident)
{
    json::array out;
    for (const auto &x : s.escalations)
        if (x.incident == incident)
            out.push_back(escalationItem(x));
    return out;
}

using Parts = std::map<std::string, std::vector<std::string>>; ///< of each incident those that are part of the work on it

json::object incidentItem(const state::State &s, const state::Incident &i, const Parts &partsOf)
{
    const auto parts = partsOf.find(i.id);
    json::object roles;
    for (const auto &[role, held] : i.roles)
        roles[word(role)] = json::object{{"person", held.person}, {"since", timeJson(held.since)}};
    for (const auto &own : i.ownRoles)
        roles[own.title] = json::object{{"person", own.held.person}, {"since", timeJson(own.held.since)}};
    json::array handedOver;
    for (const auto &h : i.handedOver)
        handedOver.push_back(json::object{{"role", h.role}, {"person", h.person}, {"assumedAt", timeJson(h.since)}, {"handedOverAt", timeJson(h.until)}});
    json::array rooms, tasks, hypotheses, decisions, promises, updates;
    for (const auto &r : i.rooms)
        rooms.push_back(json::object{{"connection", r.connection}, {"room", r.address}, {"created", r.created}, {"attached", r.attached}, {"isPrivate", r.isPrivate}, {"leftAt", timeJson(r.leftAt)}, {"archivedAt", timeJson(r.archivedAt)},
                                     {"topicAgain", timeJson(desk::topicAgain(s, i, r))}});
    for (const auto &t : i.tasks)
        tasks.push_back(json::object{{"task", t.number}, {"person", t.person}, {"text", t.text}, {"at", timeJson(t.at)},
                                     {"due", timeJson(t.due)}, {"doneAt", timeJson(t.doneAt)}, {"acceptedAt", timeJson(t.acceptedAt)},
                                     {"acceptedBy", t.acceptedBy}, {"note", t.note}, {"acceptBy", timeJson(t.acceptBy())},
                                     {"unaccepted", t.acceptBy() && t.acceptBy() <= s.time}});
    for (const auto &h : i.hypotheses)
        hypotheses.push_back(json::object{{"hypothesis", h.number}, {"text", h.text}, {"by", h.by}, {"at", timeJson(h.at)},
                                          {"refuted", h.refuted}, {"confirmed", h.confirmed}, {"reason", h.reason},
                                          {"settledAt", timeJson(h.settledAt)}});
    for (const auto &d : i.decisions)
        decisions.push_back(json::object{{"decision", d.number}, {"text", d.text}, {"by", d.by}, {"at", timeJson(d.at)}, {"poll", d.poll}, {"rejected", linesJson(d.rejected)},
                                         {"options", optionsJson(d.options)}});
    for (const auto &p : i.promises)
        promises.push_back(json::object{{"promise", p.number}, {"audience", p.audience}, {"text", p.text}, {"at", timeJson(p.at)},
                                        {"due", timeJson(p.due)}, {"keptAt", timeJson(p.keptAt)}, {"missedAt", timeJson(p.missedAt)},
                                        {"chasedAt", timeJson(p.chasedAt)}});
    for (const auto &u : i.updates) {
        json::object values;
        for (const auto &[name, value] : u.values)
            values[name] = value;
        updates.push_back(json::object{{"update", u.number}, {"template", u.updateTemplate}, {"audience", u.audience}, {"text", u.text},
                                       {"by", u.by}, {"at", timeJson(u.at)}, {"delivery", textJson(comms::howFar(s, u))}, {"values", std::move(values)},
                                       {"byHand", textsJson(u.byHand)}, {"to", textsJson(u.to)}, {"unheard", u.unheard}});
    }
    return {
        {"id", i.id},
        {"title", i.title},
        {"severity", wordJson(i.severity)},
        {"status", wordJson(i.status)},
        {"kind", i.kind},
        {"service", i.service},
        {"serviceKnown", i.service.empty() || s.workspace->service(i.service) != nullptr},
        {"declaredBy", i.declaredBy},
        {"declaredAt", timeJson(i.declaredAt)},
        {"impactSince", timeJson(i.impactSince)},
        {"mitigatedAt", timeJson(i.mitigatedAt)},
        {"resolvedAt", timeJson(i.resolvedAt)},
        {"commander", i.holder(Role::Commander)},
        {"roles", std::move(roles)},
        {"handedOver", std::move(handedOver)},
        {"alerts", textsJson(i.alerts)},
        {"rooms", std::move(rooms)},
        {"tasks", std::move(tasks)},
        {"hypotheses", std::move(hypotheses)},
        {"decisions", std::move(decisions)},
        {"promises", std::move(promises)},
        {"updates", std::move(updates)},
        {"escalations", escalationsOf(s, i.id)},
        {"command", leadingJson(i)},
        {"closing", closingJson(i)},
        {"mergedInto", i.merged.into},
        {"splitFrom", i.splitFrom},
        {"parent", i.parent},
        {"follows", i.follows},
        {"factsExpected", i.factsExpected},
        {"factsArrived", i.factsArrived},
        {"factsMissing", review::factsMissing(i)},
        {"parts", parts == partsOf.end() ? json::array() : textsJson(parts->second)},
        {"reckoned", reckoningJson(i.reckoned)},
        {"updatesDue", clocksJson(s, i)},
        {"sla", slaJson(s, i)},
        {"links", linksJson(i)},
        {"moments", momentsJson(i)},
        {"polls", pollsJson(i)},
        {"evidence", evidenceJson(i)},
        {"holding", holdingJson(s, i)},
        {"holdingHashes", holdingHashesJson(s, i)},
    };
}

/// `cite`: what a claim of a review points at it by.
json::object entryItem(const state::State &s, std::string_view incident, const state::Entry &e, const std::string &cite)
{
    json::array reactions;
    for (const auto &r : e.reactions)
        reactions.push_back(json::object{{"emoji", r.emoji}, {"sender", r.sender}});
    return {
        {"seq", e.seq},
        {"at", timeJson(e.at)},
        {"recordedAt", timeJson(e.recordedAt)},
        {"incident", textJson(incident)},
        {"kind", textJson(state::word(e.kind))},
        {"actor", e.actor},
        {"via", wordJson(e.via)},
        {"text", e.text},
        {"reference", e.reference},
        {"cite", cite},
        {"about", e.about},
        {"messageId", e.messageId},
        {"room", e.room},
        {"thread", e.thread},
        {"revisions", textsJson(e.revisions)},
        {"revisedAt", timeJson(e.revisedAt)},
        {"reactions", std::move(reactions)},
        {"removed", e.removed},
        {"claims", e.claims},
        {"verified", e.verified},
        {"replayed", e.replayed},
        {"recordedLate", e.recordedLate},
        {"origin", e.origin},
        {"knownAt", timeJson(e.knownAt)},
        {"until", timeJson(e.until)},
        {"delivery", textJson(deliveryOf(s, e.outbox))},
    };
}

} // namespace

json::array escalationItems(const state::State &s)
{
    json::array out;
    for (const auto &x : s.escalations) {
        json::object item = escalationItem(x);
        json::array held; // what became of its pages at a pager of record
        for (const state::HeldOutside *h : s.pagers.ofCall(x.number))
            held.push_back(json::object{{"set", h->set}, {"id", h->what.id}, {"number", h->what.number}, {"status", textJson(events::word(h->what.status))}, {"url", textJson(h->what.url)}});
        item["heldOutside"] = std::move(held);
        out.push_back(std::move(item));
    }
    return out;
}

json::array incidentItems(const state::State &s)
{
    Parts parts;
    for (const auto &[number, incident] : s.incidents)
        if (!incident.parent.empty())
            parts[incident.parent].push_back(incident.id);
    json::array out;
    for (const auto &[number, incident] : s.incidents)
        out.push_back(incidentItem(s, incident, parts));
    return out;
}

json::array timelineItems(const state::State &s)
{
    // As it happened: by its own time, which a message or a change asserts, and by record where that is the same.
    std::vector<std::pair<std::pair<std::int64_t, std::uint64_t>, json::object>> lines;
    for (const auto &[number, incident] : s.incidents)
        for (std::size_t n = 0; n < incident.timeline.size(); ++n) {
            const state::Entry &e = incident.timeline[n];
            lines.emplace_back(std::pair(e.at.ns, e.seq), entryItem(s, incident.id, e, review::referenceOf(incident, n)));
        }
    for (const auto &e : s.log)
        lines.emplace_back(std::pair(e.at.ns, e.seq), entryItem(s, {}, e, {}));
    for (const auto &c : s.changes) {
        state::Entry e;
        e.seq = c.seq;
        e.at = c.at;
        e.kind = state::EntryKind::Change;
        e.actor = c.by.empty() ? c.source : c.by;
        e.text = c.service.empty() ? c.title : c.service + ": " + c.title;
        e.reference = c.link;
        lines.emplace_back(std::pair(c.at.ns, c.seq), entryItem(s, {}, e, "change/" + std::to_string(c.seq)));
    }
    std::stable_sort(lines.begin(), lines.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    json::array out;
    out.reserve(lines.size());
    for (auto &[place, line] : lines)
        out.push_back(std::move(line));
    return out;
}

/// One that was never to be sent: its connection was not armed for it.
json::object withheldItem(const state::Withheld &w)
{
    const bool isRoom = w.what.effect == events::Effect::CreateRoom || w.what.effect == events::Effect::AttachRoom;
    return {{"number", 0},
            {"effect", textJson(events::word(w.what.effect))},
            {"connection", w.what.connection},
            {"incident", w.what.incident},
            {"room", isRoom ? w.what.text : std::string()},
            {"person", w.what.person},
            {"subject", ""},
            {"text", isRoom ? std::string() : w.what.text},
            {"delivery", "withheld"},
            {"messageId", ""},
            {"reason", w.what.reason},
            {"attempts", 0},
            {"looked", ""},
            {"resent", false},
            {"queuedAt", timeJson(w.at)},
            {"movedAt", timeJson(w.at)}};
}

json::array deliveryItems(const state::State &s)
{
    json::array out;
    std::vector<const state::Withheld *> withheld; // these have no number, which sorts them first
    for (const auto &w : s.withheld)
        withheld.push_back(&w);
    for (const auto &[number, incident] : s.incidents)
        for (const auto &w : incident.withheld)
            withheld.push_back(&w);
    std::stable_sort(withheld.begin(), withheld.end(), [](const auto *a, const auto *b) { return a->seq < b->seq; });
    for (const auto *w : withheld)
        out.push_back(withheldItem(*w));
    for (const auto &[number, o] : s.outbox)
        out.push_back(json::object{{"number", number},
                                   {"effect", textJson(events::word(o.what.effect))},
                                   {"connection", o.what.connection},
                                   {"incident", o.what.incident},
                                   {"room", o.what.room},
                                   {"person", o.what.person},
                                   {"subject", o.what.subject},
                                   {"text", o.what.text},
                                   {"delivery", wordJson(o.delivery)},
                                   {"messageId", o.messageId},
                                   {"reason", o.reason},
                                   {"attempts", o.attempts},
                                   {"looked", textJson(word(o.looked))},
                                   {"resent", o.resent},
                                   {"insteadOf", o.what.instead == 0 ? json::value(nullptr) : json::value(o.what.instead)},
                                   {"instead", o.insteadIn.empty() && o.insteadAt ? "withheld: " + o.insteadWhy : o.insteadIn},
                                   {"insteadAt", timeJson(o.insteadAt)},
                                   {"again", timeJson(desk::topicAgain(s, o))},
                                   {"queuedAt", timeJson(o.queuedAt)},
                                   {"movedAt", timeJson(o.movedAt)}});
    return out;
}

} // namespace qd::control
