// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/dump.h"

#include <map>
#include <sstream>

namespace qd::tests {

using namespace qd::state;

namespace {

/// Writes values as text, each in a form that cannot be mistaken for another.
class Dumper {
public:
    explicit Dumper(const State &state) : m_state(state) {}

    template <typename... T>
    void line(const std::string &head, const T &...values)
    {
        m_out << head;
        ((m_out << ' ', value(values)), ...);
        m_out << '\n';
    }
    [[nodiscard]] std::string text() const { return m_out.str(); }
    [[nodiscard]] std::string name(Symbol s) const { return std::string(m_state.text(s)); }

private:
    template <typename T>
    void value(const T &v)
    {
        if constexpr (std::is_same_v<T, std::string>) {
            m_out << '"';
            for (const char c : v)
                if (c == '"' || c == '\\' || c == '\n')
                    m_out << '\\' << static_cast<int>(c);
                else
                    m_out << c;
            m_out << '"';
        } else if constexpr (std::is_same_v<T, bool>) {
            m_out << (v ? 'y' : 'n');
        } else if constexpr (std::is_enum_v<T>) {
            m_out << static_cast<int>(v);
        } else if constexpr (std::is_arithmetic_v<T>) {
            m_out << +v;
        } else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, Span>) {
            m_out << v.ns;
        } else if constexpr (std::is_same_v<T, Reaction>) {
            value(v.emoji);
            value(v.sender);
        } else if constexpr (HasFields<T>) {
            m_out << '{';
            T::visitFields(v, [&](int number, const char *, const auto &member) {
                m_out << number << ':';
                value(member);
                m_out << ' ';
            });
            m_out << '}';
        } else if constexpr (requires { typename T::mapped_type; }) {
            m_out << '[';
            for (const auto &[key, mapped] : v) {
                value(key);
                m_out << '=';
                value(mapped);
                m_out << ' ';
            }
            m_out << ']';
        } else {
            m_out << '[';
            for (const auto &element : v) {
                value(element);
                m_out << ' ';
            }
            m_out << ']';
        }
    }
    const State &m_state;
    std::ostringstream m_out;
};

template <typename Entries>
void dumpEntries(Dumper &d, const std::string &head, const Entries &entries)
{
    for (const Entry &e : entries)
        d.line(head, e.seq, e.at, e.kind, e.actor, e.text, e.reference, e.via, e.messageId, e.room, e.revisions, e.reactions, e.removed, e.verified,
               e.replayed, e.recordedLate, e.outbox, e.recordedAt, e.revisedAt, e.thread, e.origin, e.knownAt, e.until, e.about, static_cast<int>(e.turn), e.reasonAt, e.role, e.saidUntil);
}

void dumpAlerts(Dumper &d, const State &s)
{
    const AlertTable &t = s.alerts;
    d.line("alerts", t.all.size(), t.firing, t.expiryBound, t.loose, t.forgotten);
    for (const Alert &a : t.all) {
        d.line("alert", s.key(a), a.startsAt, a.endsAt, a.updatedAt, a.openedAt, a.lastSeen, a.resolvedAt, a.acknowledgedAt, a.openedSeq, a.seenBy,
               d.name(a.title), d.name(a.service), d.name(a.group), d.name(a.owner), d.name(a.incident), d.name(a.suppressedBy),
               d.name(a.acknowledgedBy), d.name(a.acknowledgeReason), d.name(a.link), a.labels, a.annotations, a.occurrence, a.reports, a.status,
               a.severity, a.workflow, a.suppression, a.endedBy, a.path, a.firstOut, a.because, a.endedBecause,
               a.reported, d.name(a.reportedBy), a.own, d.name(a.ownBy), a.ownBecause, a.flapping, d.name(a.correlation));
        for (std::size_t i = a.firstPair; i < a.firstPair + std::size_t{a.labels} + a.annotations; ++i)
            d.line("  pair", d.name(t.pairs[i].name), d.name(t.pairs[i].value));
    }
    std::map<std::string, const Group *> groups;
    for (const auto &[symbol, group] : t.groups)
        groups.emplace(d.name(symbol), &group);
    for (const auto &[name, g] : groups)
        d.line("group", name, g->firing, g->members, g->episode, g->firstOut, g->openedAt, g->endedAt, d.name(g->mergedInto));
    std::map<std::string, const Group *> correlated;
    for (const auto &[symbol, group] : t.correlated)
        correlated.emplace(d.name(symbol), &group);
    for (const auto &[name, g] : correlated)
        d.line("correlated", name, g->firing, g->members, g->episode, g->firstOut, g->openedAt, g->endedAt);
    d.line("flapping", t.flapping);
    d.line("because", t.because.all());
    for (const auto &[slot, count] : t.opened)
        d.line("opened", slot, count);
    for (const auto &[index, times] : std::map<std::uint32_t, std::vector<Instant>>(t.flaps.begin(), t.flaps.end()))
        d.line("flaps", index, times);
}

void dumpIncident(Dumper &d, const Incident &i)
{
    d.line("incident", i.id, i.changed, i.title, i.service, i.kind, i.declaredBy, i.severity, i.status, i.declaredAt, i.impactSince, i.mitigatedAt, i.resolvedAt,
           i.alerts, i.alertNames, i.parent);
    for (const JoinedAlert &j : i.joined)
        d.line("  joined", d.name(j.set), j.fingerprint, d.name(j.title), d.name(j.service), j.startsAt);
    for (const JoinedAlert &l : i.linked)
        d.line("  linked", d.name(l.set), l.fingerprint, d.name(l.title), d.name(l.service), l.startsAt);
    for (const Pair &label : i.labels)
        d.line("  label", d.name(label.name), d.name(label.value));
    d.line("  leading", i.leading);
    d.line("  closing", i.closing);
    d.line("  merged", i.merged);
    d.line("  reckoned", i.reckoned, i.splitFrom, i.follows);
    if (i.factsExpected != 0 || i.factsArrived != 0)
        d.line("  facts", i.factsExpected, i.factsArrived);
    d.line("  outward", i.cadences, i.outward, i.links, i.sla, i.severityAt, i.worst);
    for (const auto &[role, held] : i.roles)
        d.line("  role", role, held.person, held.since);
    if (!i.ownRoles.empty() || !i.handedOver.empty())
        d.line("  own roles", i.ownRoles, i.handedOver);
    for (const Task &t : i.tasks)
        d.line("  task", t.number, t.person, t.text, t.at, t.due, t.doneAt, t.acceptedAt, t.acceptedBy, t.note);
    for (const Hypothesis &h : i.hypotheses)
        d.line("  hypothesis", h.number, h.text, h.by, h.reason, h.at, h.settledAt, h.refuted, h.confirmed);
    for (const Decision &x : i.decisions)
        d.line("  decision", x.number, x.text, x.by, x.at, x.poll);
    d.line("  moments and polls", i.moments, i.polls);
    if (i.review.isOpen() || !i.review.actions.empty())
        d.line("  review", i.review);
    for (const PromiseTo &p : i.promises)
        d.line("  promise", p.number, p.audience, p.text, p.at, p.due, p.keptAt);
    for (const Update &u : i.updates)
        d.line("  update", u);
    for (const Room &r : i.rooms)
        d.line("  room", r.connection, r.address, r.created, r.lastMessageId, r.lastServerTime, r.attached, r.leftAt, r.archivedAt, r.invited, r.isPrivate, r.channel);
    for (const Withheld &w : i.withheld)
        d.line("  withheld", w.seq, w.at, w.what);
    dumpEntries(d, "  entry", i.timeline);
    std::map<std::string, std::size_t> messages; // a snapshot gives them back line by line
    i.messages.each([&](std::string_view name, std::size_t line) { messages.emplace(name, line); });
    for (const auto &[name, line] : messages)
        d.line("  message", name, line);
}

void dumpCalls(Dumper &d, const State &s)
{
    for (const Escalation &x : s.escalations) {
        d.line("escalation", x.number, x.policy, x.incident, x.service, x.about, x.outcome, x.observed, x.startedAt, x.acknowledgedAt, x.endedAt,
               x.acknowledgedBy, x.because, x.hurried);
        d.line("  waits", x.group, x.severity, x.heldBy, x.suspect, x.path, x.suspectBecause, x.fold);
        for (const Step &step : x.steps)
            d.line("  step", step.number, step.round, step.people, step.at, step.until, step.late, step.unreachable, step.channels);
    }
    d.line("outbox", s.lastOutbox);
    for (const auto &[number, o] : s.outbox)
        d.line("  effect", number, o.what, o.delivery, o.messageId, o.reason, o.queuedAt, o.movedAt, o.attempts, o.looked, o.resent, o.insteadAt, o.insteadIn, o.insteadWhy, o.again, o.recalled, o.recalledAt);
}

} // namespace

std::string dump(const State &s)
{
    Dumper d(s);
    d.line("state", s.seq, s.time, s.startedAt, s.resumedAt, s.workspaceDigest, s.lastIncident, s.quarantinedTotal, s.refusedTotal, s.ruleFailures);
    d.line("workspace", *s.workspace);
    if (!s.formerPeople.empty())
        d.line("former people", s.formerPeople);
    d.line("keeping", s.keeping);
    d.line("rota", s.rota);
    d.line("pages", s.pageBook);
    d.line("map", s.map);
    d.line("pages", s.pages);
    d.line("pagers", s.pagers);
    d.line("access", s.access);
    d.line("shifts", s.shifts);
    if (!s.patterns.empty())
        d.line("patterns", s.patterns);
    d.line("suppressors", s.suppressors.all, s.suppressors.last, s.suppressors.uses);
    d.line("overrides", s.interventions.last, s.interventions.undoing);
    for (const Intervention &o : s.interventions.all) {
        d.line("override", o.number, o.seq, o.at, o.until, o.undoneAt, o.person, o.subject, std::string(word(o.kind)), o.alerts, d.name(o.owner), d.name(o.group), o.placed, o.ended, o.merged, o.forgotten, o.reason, o.from, o.keys);
        if (o.touched)
            for (const TouchedAlert &a : *o.touched)
                d.line("  touched", a.fingerprint, a.acknowledgedAt, d.name(a.set), d.name(a.owner), d.name(a.group), d.name(a.acknowledgedBy), d.name(a.acknowledgeReason),
                       a.workflow, a.changed, a.placed);
    }
    d.line("leftOut", s.leftOut);
    for (const auto &[subject, at] : s.nagged)
        d.line("nagged", subject, at);
    d.line("flood", s.flood);
    for (const Source &x : s.sources)
        d.line("source", x.connection, d.name(x.set), x.armed, x.addedAt, x.lastSeen, x.lastFailed, x.seenSinceStart, x.state, x.problem, x.silent,
               x.deliveries, x.lastPath, x.silences);
    dumpAlerts(d, s);
    for (const auto &[number, incident] : s.incidents)
        dumpIncident(d, incident);
    dumpCalls(d, s);
    for (const auto &[key, h] : s.heartbeats)
        d.line("heartbeat", key, h.connection, h.name, h.first, h.last, h.count);
    for (const auto &[id, m] : s.monitors)
        d.line("monitor", id, m);
    for (const Change &c : s.changes)
        d.line("change", c.seq, c.at, c.seen, c.service, c.title, c.link, c.source, c.by);
    for (const Quarantined &q : s.quarantine)
        d.line("quarantined", q.seq, q.at, q.connection, q.path, q.report);
    for (const Refusal &r : s.refusals)
        d.line("refusal", r.status, r.reason, r.first, r.last, r.count);
    for (const RecordGap &g : s.recordGaps)
        d.line("gap", g.fromSeq, g.toSeq, g.since, g.until, g.reason);
    for (const GapReview &g : s.gapReviews)
        d.line("review", g.seq, g.since, g.until, g.resumed, g.missed);
    for (const Withheld &w : s.withheld)
        d.line("withheld", w.seq, w.at, w.what);
    dumpEntries(d, "log", s.log);
    return d.text();
}

std::string firstDifference(const std::string &a, const std::string &b)
{
    std::istringstream left(a), right(b);
    std::string x, y;
    while (true) {
        const bool hasX = static_cast<bool>(std::getline(left, x)), hasY = static_cast<bool>(std::getline(right, y));
        if (!hasX && !hasY)
            return {};
        if (hasX != hasY || x != y)
            return (hasX ? x : std::string("(end)")) + "\n  instead of\n" + (hasY ? y : std::string("(end)"));
    }
}

} // namespace qd::tests
