// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/viewbuilder.h"

#include "core/comms/nextupdate.h"
#include "core/comms/reach.h"
#include "core/comms/template.h"
#include "core/oncall/held.h"
#include "core/topology/picture.h"
#include "core/triage/inhibitions.h"
#include "core/triage/reports.h"
#include "ui/seat/lookas.h"
#include "ui/seat/text.h"

#include <algorithm>

namespace qd::seat {

using state::Alert;
using state::State;

namespace {
constexpr std::int64_t kSlotSeconds = 10;
} // namespace

void ViewBuilder::reset()
{
    m_texts.clear();
    m_known.clear();
    m_readersOf.clear();
    m_directory.reset();
    m_review.reset();
    m_listed.clear();
    m_reviews.clear();
    m_evidence.forget();
}

const QString &ViewBuilder::text(const State &state, Symbol symbol)
{
    if (symbol >= m_texts.size()) {
        m_texts.resize(state.symbols.size());
        m_known.resize(state.symbols.size());
    }
    if (!m_known[symbol]) {
        m_texts[symbol] = qstr(state.text(symbol));
        m_known[symbol] = true;
    }
    return m_texts[symbol];
}

QString ViewBuilder::name(const State &state, const std::string &id) const
{
    return id.empty() ? QString() : qstr(state.workspace->nameOf(id));
}

std::shared_ptr<view::ViewModel> ViewBuilder::make(const State &state, const Looking &looking)
{
    auto out = std::make_shared<view::ViewModel>();
    out->seq = state.seq;
    out->made = looking.now;
    strip(state, looking, *out);
    alerts(state, looking, *out);
    incidents(state, looking, *out);
    detail(state, looking, *out);
    timeline(state, looking, *out);
    recorded(state, *out);
    alarmRate(state, *out);
    map(state, looking, *out);
    consequences(state, *out);
    stack(state, looking, *out);
    calls(state, looking, *out);
    onDuty(state, looking, *out);
    silences(state, *out);
    overrides(state, looking, *out);
    heartbeats(state, looking, *out);
    workspace(state, *out);
    if (!looking.isPast) {
        reviews(state, *out);
        review(state, looking, *out);
        wall(state, *out);
    }
    if (looking.as) {
        sealFor(*out, state, *looking.as);
        out->strip.lookedAs = qstr(governance::nameOf(*looking.as));
    }
    if (!looking.isPast)
        directory(state, looking, *out);
    return out;
}

void ViewBuilder::strip(const State &state, const Looking &looking, view::ViewModel &out)
{
    view::Strip &s = out.strip;
    s.link = looking.link;
    s.linkProblem = looking.linkProblem;
    s.recorded = looking.recorded;
    s.unrecordedReason = looking.unrecordedReason;
    s.notice = looking.notice;
    s.practice = state.workspace->practice;
    s.runMode = qstr(word(state.workspace->mode)).toUpper();
    s.person = looking.person;
    s.quarantined = static_cast<int>(state.quarantinedTotal);
    s.refused = static_cast<int>(state.refusedTotal);

    const std::int64_t slot = looking.now.ns / 1'000'000'000 / kSlotSeconds;
    out.rate.assign(60, 0);
    for (auto it = state.alerts.opened.rbegin(); it != state.alerts.opened.rend(); ++it) {
        const std::int64_t age = (slot - it->first) * kSlotSeconds;
        if (age > 3600)
            break;
        if (age >= 0 && age < 3600)
            out.rate[static_cast<std::size_t>(59 - age / 60)] += static_cast<int>(it->second);
    }
    s.last10 = static_cast<int>(state::alarmsLately(state.alerts, looking.now));
    s.flood = state.flood.active;
    s.storm = looking.storm;

    for (const state::Source &src : state.sources) {
        view::Feed f;
        f.name = qstr(src.connection.name);
        f.kind = qstr(src.connection.kind);
        f.chat = isChat(src.connection.kind);
        f.lastSeen = src.lastSeen;
        if (const auto h = looking.heard.find(src.connection.name); h != looking.heard.end() && h->second > f.lastSeen)
            f.lastSeen = h->second;
        if (const auto waiting = looking.pending.find(src.connection.name); waiting != looking.pending.end())
            f.pending = waiting->second;
        f.period = src.connection.interval;
        f.problem = qstr(src.problem);
        const Span patience = triage::patience(src);
        const bool live = src.state == "live";
        f.state = src.silent                                                                     ? QStringLiteral("silent")
            : !src.problem.empty()                                                               ? QStringLiteral("failed")
            : isPager(src.connection.kind)                                                       ? QStringLiteral("fresh") // it says nothing by itself
            : !live && !f.lastSeen                                                               ? QStringLiteral("awaiting")
            : !live && patience.ns > 0 && f.lastSeen && looking.now - f.lastSeen > patience      ? QStringLiteral("late")
                                                                                                 : QStringLiteral("fresh");
        if ((live || isPager(src.connection.kind)) && f.state == QLatin1String("fresh"))
            f.lastSeen = looking.now;
        QStringList allowed;
        for (const auto &[write, word] : {std::pair{Write::Silences, "silences"}, {Write::Acks, "acks"}, {Write::Rooms, "rooms"},
                                          {Write::Posts, "posts"}, {Write::Pages, "pages"}, {Write::Publish, "publish"},
                                          {Write::Notes, "notes"}, {Write::Reassigns, "reassigns"}, {Write::Issues, "issues"}})
            if (allows(src.armed, write))
                allowed << QLatin1String(word);
        f.arming = allowed.isEmpty() ? QStringLiteral("observe") : allowed.join(QStringLiteral(", "));
        s.armed = s.armed || !allowed.isEmpty();
        for (const auto &silence : src.silences)
            s.overrides += silence.state == "active" ? 1 : 0;
        s.feeds.push_back(std::move(f));
    }
    for (const auto &placed : state.suppressors.all)
        s.overrides += placed.isActive() ? 1 : 0;
    for (const state::Glass &g : state.access.glass)
        if (g.standsAt(looking.now)) {
            QStringList where, told;
            for (const auto *list : {&g.services, &g.incidents})
                for (const std::string &each : *list)
                    where << qstr(each);
            for (const std::string &each : g.told)
                told << name(state, each);
            s.glass.push_back({g.number, name(state, g.person), qstr(word(g.right)), where.join(QStringLiteral(", ")), g.since, g.until, told, qstr(g.person) == looking.person});
        }
    std::stable_sort(s.glass.begin(), s.glass.end(), [](const view::Glass &a, const view::Glass &b) { return a.until < b.until; });
}

view::AlertRow ViewBuilder::row(const State &state, const Alert &a, const oncall::Held &held, Instant now)
{
    view::AlertRow r;
    r.key = text(state, a.set) + QLatin1Char('/') + qstr(fingerprintText(a.fingerprint));
    r.title = text(state, a.title);
    r.service = text(state, a.service);
    if (a.owner != 0)
        r.owner = name(state, std::string(state.text(a.owner)));
    r.group = text(state, a.group);
    r.incident = text(state, a.incident);
    r.source = text(state, a.set);
    r.suppressedBy = text(state, a.suppressedBy);
    if (a.suppression == Suppression::Inhibited && a.status == AlertStatus::Firing)
        r.suppressedBy += inhibitor(state, a);
    r.severity = a.severity;
    r.status = a.status;
    r.workflow = a.workflow;
    r.suppression = a.suppression;
    r.startsAt = a.startsAt;
    r.endsAt = a.status == AlertStatus::Resolved ? a.endsAt : Instant{};
    r.reports = a.reports;
    r.occurrence = a.occurrence;
    if (a.firstOut)
        if (const auto g = state.alerts.groups.find(a.group); g != state.alerts.groups.end())
            r.firstOut = g->second.members > 1;
    r.chattering = a.flapping;
    r.standing = now - a.startsAt > state.workspace->standingAfter;
    r.ours = a.path == Path::Own;
    r.held = a.status == AlertStatus::Firing && held.of(state, a) != nullptr;
    r.hidden = !state.annotation(a, kHiddenMark).empty();
    r.lookalike = !state.annotation(a, kLookalikeMark).empty();
    return r;
}

const QString &ViewBuilder::inhibitor(const State &state, const Alert &a)
{
    const bool isOurs = a.own == Suppression::Inhibited;
    const auto [it, isNew] = m_inhibitors.try_emplace({isOurs ? 0 : a.set, isOurs ? a.ownBecause : a.reportedBy});
    if (!isNew)
        return it->second;
    const std::string key = !isOurs ? std::string(state.text(a.set)) + "/" + std::string(state.text(a.reportedBy))
        : a.ownBecause < state.alerts.because.size() ? triage::Inhibitions::sourceIn(state.alerts.because[a.ownBecause]) : std::string();
    const Alert *source = key.empty() ? nullptr : state.alert(key);
    if (!source || source->status != AlertStatus::Firing) // another one may have taken its place: then the rule says it
        return it->second;
    it->second = view::kSuppressorBehind + text(state, source->title);
    if (const std::string_view instance = state.label(*source, "instance"); !instance.empty() && state.text(source->title).find(instance) == std::string_view::npos)
        it->second += QLatin1Char(' ') + qstr(instance);
    return it->second;
}

std::shared_ptr<const view::Quiet> ViewBuilder::quiet(const State &state, const Alert &a)
{
    auto &known = m_quiet[a.suppressedBy];
    if (!known) {
        view::Quiet q;
        if (const state::Suppressor *s = state.suppressors.find(state.text(a.suppressedBy)))
            q = {qstr(s->reason), name(state, s->owner.empty() ? s->by : s->owner), s->from, s->until, s->oneShot};
        known = std::make_shared<const view::Quiet>(std::move(q));
    }
    return known;
}

void ViewBuilder::alarmRate(const State &state, view::ViewModel &out)
{
    constexpr std::int64_t slotsAMinute = 60 / kSlotSeconds;
    for (const auto &[slot, opened] : state.alerts.opened) {
        const std::int64_t minute = slot / slotsAMinute;
        if (out.alarmRate.minutes.empty() || out.alarmRate.minutes.back().minute != minute)
            out.alarmRate.minutes.push_back({minute, 0});
        out.alarmRate.minutes.back().opened += static_cast<int>(opened);
    }
    for (const state::FloodPast &f : state.flood.past)
        out.alarmRate.floods.push_back({f.began, f.ended});
    if (state.flood.active)
        out.alarmRate.floods.push_back({state.flood.since, {}});
}

void ViewBuilder::alerts(const State &state, const Looking &looking, view::ViewModel &out)
{
    std::vector<std::uint32_t> active, standing, suppressed, shelf, resolved;
    m_quiet.clear();
    m_inhibitors.clear();
    const auto &all = state.alerts.all;
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        const Alert &a = all[i];
        if (a.severity == AlertSeverity::None)
            continue; // a heartbeat such as Watchdog
        if (a.status == AlertStatus::Resolved)
            resolved.push_back(i);
        else if (a.suppression == Suppression::Shelved || a.suppression == Suppression::Snoozed)
            shelf.push_back(i);
        else if (a.suppression != Suppression::None)
            suppressed.push_back(i);
        else if (looking.now - a.startsAt > state.workspace->standingAfter)
            standing.push_back(i);
        else
            active.push_back(i);
    }
    const auto worse = [&](std::uint32_t x, std::uint32_t y) {
        const Alert &a = all[x], &b = all[y];
        const auto rank = [](AlertSeverity s) { return s == AlertSeverity::Unknown ? 3 : static_cast<int>(s); }; // beside warning: shown, never last
        if (rank(a.severity) != rank(b.severity))
            return rank(a.severity) > rank(b.severity);
        return a.startsAt != b.startsAt ? a.startsAt > b.startsAt : x < y;
    };
    std::sort(active.begin(), active.end(), worse);
    std::sort(suppressed.begin(), suppressed.end(), worse);
    std::sort(standing.begin(), standing.end(), [&](auto x, auto y) { return all[x].startsAt < all[y].startsAt; });
    const auto newest = [&](auto x, auto y) { return all[x].resolvedAt != all[y].resolvedAt ? all[x].resolvedAt > all[y].resolvedAt : x < y; };
    const std::size_t shown = std::min(resolved.size(), kResolvedShown);
    std::partial_sort(resolved.begin(), resolved.begin() + static_cast<std::ptrdiff_t>(shown), resolved.end(), newest);
    resolved.resize(shown);
    const oncall::Held held(state);
    const auto rows = [&](const std::vector<std::uint32_t> &from, std::vector<view::AlertRow> &to) {
        to.reserve(from.size());
        for (const std::uint32_t i : from)
            to.push_back(row(state, all[i], held, looking.now));
    };
    rows(active, out.active);
    rows(standing, out.standing);
    rows(suppressed, out.suppressed);
    rows(shelf, out.shelf);
    for (std::size_t i = 0; i < shelf.size(); ++i)
        out.shelf[i].quiet = quiet(state, all[shelf[i]]);
    // What lies there longest is what was forgotten.
    std::stable_sort(out.shelf.begin(), out.shelf.end(), [](const auto &a, const auto &b) { return a.quiet->since < b.quiet->since; });
    rows(resolved, out.resolved);

    // Bars of the timeline: what fires or fired lately, the worst first, then what somebody put on a shelf, in order of beginning.
    std::vector<std::uint32_t> bars = active;
    bars.insert(bars.end(), shelf.begin(), shelf.end());
    bars.insert(bars.end(), resolved.begin(), resolved.end());
    if (bars.size() > kSpansShown)
        bars.resize(kSpansShown);
    std::sort(bars.begin(), bars.end(), [&](auto x, auto y) { return all[x].startsAt < all[y].startsAt; });
    for (const std::uint32_t i : bars)
        out.spans.push_back({text(state, all[i].set) + QLatin1Char('/') + qstr(fingerprintText(all[i].fingerprint)), text(state, all[i].title),
                             all[i].severity, all[i].startsAt, all[i].status == AlertStatus::Resolved ? all[i].endsAt : Instant{},
                             all[i].status == AlertStatus::Firing && all[i].suppression != Suppression::None});
}

void ViewBuilder::incidents(const State &state, const Looking &looking, view::ViewModel &out)
{
    for (const auto &[number, i] : state.incidents) {
        view::IncidentRow r;
        r.id = qstr(i.id);
        r.title = qstr(i.title);
        r.service = qstr(i.service);
        r.commander = name(state, i.holder(Role::Commander));
        r.parent = qstr(i.parent);
        r.commandedByYou = !looking.person.isEmpty() && qstr(i.holder(Role::Commander)) == looking.person;
        r.severity = i.severity;
        r.status = i.status;
        r.declaredAt = i.declaredAt;
        r.impactSince = i.impactSince;
        r.resolvedAt = i.resolvedAt;
        r.drill = i.isDrill();
        r.rebuilt = i.kind == "rebuilt";
        r.factsExpected = i.factsExpected;
        r.factsArrived = i.factsArrived;
        if (!i.rooms.empty()) {
            r.room = qstr(i.rooms.front().address);
            if (const auto *s = state.source(i.rooms.front().connection))
                r.roomState = qstr(s->state);
        }
        for (const auto &key : i.alerts)
            if (const auto *a = state.alert(key); a && a->status == AlertStatus::Firing)
                ++r.alerts;
        out.incidents.push_back(std::move(r));
    }
    std::stable_sort(out.incidents.begin(), out.incidents.end(), [](const auto &a, const auto &b) {
        const bool openA = a.status <= IncidentStatus::Mitigated, openB = b.status <= IncidentStatus::Mitigated;
        if (openA != openB)
            return openA;
        if (openA && a.commandedByYou != b.commandedByYou)
            return a.commandedByYou;
        if (openA && a.severity != b.severity)
            return a.severity < b.severity;
        return a.declaredAt > b.declaredAt;
    });
    if (state.incident(looking.incident.toStdString()))
        out.focus = looking.incident;
    else if (!out.incidents.empty() && out.incidents.front().status <= IncidentStatus::Mitigated)
        out.focus = out.incidents.front().id;
}

void ViewBuilder::map(const State &state, const Looking &looking, view::ViewModel &out)
{
    const topology::Picture picture = topology::picture(state, looking.now);
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
        const topology::Node &n = picture.nodes[i];
        view::MapNode m;
        m.id = qstr(n.id);
        m.name = qstr(n.name.empty() ? n.id : n.name);
        m.team = qstr(n.team);
        if (const Team *t = state.workspace->team(n.team)) {
            m.team = qstr(t->name.empty() ? t->id : t->name);
            if (!t->members.empty())
                m.owner = name(state, t->members.front());
        }
        m.worst = n.worst;
        m.alerts = static_cast<int>(n.alerts);
        m.blast = n.blast;
        m.suspect = i == picture.suspect;
        m.changed = n.changes > 0;
        m.change = qstr(n.change);
        out.nodes.push_back(std::move(m));
    }
    for (const topology::Edge &e : picture.edges)
        out.edges.push_back({out.nodes[e.from].id, out.nodes[e.to].id, e.kind, e.onPath, e.accepted});
    // Where it began: of all that came first in their groups, what began before the others.
    const view::AlertRow *first = nullptr;
    for (const view::AlertRow &row : out.active)
        if (row.firstOut && row.status == AlertStatus::Firing && (!first || row.startsAt < first->startsAt))
            first = &row;
    const Service *began = first ? state.workspace->service(first->service.toStdString()) : nullptr; // it may be called by another name
    const QString firstOut = began ? qstr(began->id) : first ? first->service : QString();
    std::vector<std::vector<std::uint32_t>> neededBy(picture.nodes.size());
    for (const topology::Edge &e : picture.edges)
        if (e.kind != DependencyKind::Async)
            neededBy[e.to].push_back(e.from);
    std::size_t counted = 0;
    for (std::size_t i = 0; i < out.nodes.size(); ++i) {
        view::MapNode &m = out.nodes[i];
        m.firstOut = m.alerts > 0 && m.id == firstOut;
        if (m.alerts == 0 || ++counted > kRadiiShown)
            continue;
        std::vector<bool> seen(out.nodes.size());
        std::vector<std::uint32_t> open{static_cast<std::uint32_t>(i)};
        seen[i] = true;
        for (std::size_t at = 0; at < open.size(); ++at)
            for (const std::uint32_t next : neededBy[open[at]])
                if (!seen[next]) {
                    seen[next] = true;
                    open.push_back(next);
                }
        m.dependents = static_cast<int>(open.size()) - 1;
    }
    out.proposals = static_cast<int>(state.map.proposals.size());
    m_suspects.clear();
    for (std::size_t i = 0; i < picture.suspectOf.size(); ++i)
        if (const std::uint32_t suspect = picture.suspectOf[i]; suspect != topology::kNone && suspect != i)
            m_suspects.insert(out.nodes[i].id, out.nodes[suspect].id);
}

void ViewBuilder::consequences(const State &state, view::ViewModel &out)
{
    QHash<QString, QString> folded; // group or incident → suspect
    for (const state::Escalation &x : state.escalations) {
        if (!x.isFolded())
            continue;
        folded.insert(qstr(x.group.empty() ? x.incident : x.group), qstr(x.fold.suspect));
        for (view::MapNode &n : out.nodes)
            n.folded += n.id == qstr(x.fold.suspect) ? 1 : 0;
    }
    if (m_suspects.isEmpty() && folded.isEmpty())
        return;
    QHash<QString, QString> aliases;
    for (const Service &s : state.workspace->services)
        for (const std::string &alias : s.aliases)
            aliases.insert(qstr(alias), qstr(s.id));
    for (auto *rows : {&out.active, &out.standing})
        for (view::AlertRow &r : *rows) {
            r.suspect = m_suspects.value(aliases.isEmpty() ? r.service : aliases.value(r.service, r.service));
            const QString under = folded.value(r.group, r.incident.isEmpty() ? QString() : folded.value(r.incident));
            r.folded = !under.isEmpty();
            if (r.folded)
                r.suspect = under;
        }
}

void ViewBuilder::workspace(const State &state, view::ViewModel &out)
{
    const Workspace &w = *state.workspace;
    for (const auto &p : w.people) {
        out.people << qstr(p.id);
        out.names.push_back({qstr(p.id), qstr(p.name.empty() ? p.id : p.name)});
    }
    std::size_t rooms = 0;
    for (const auto &[number, i] : state.incidents)
        rooms += i.isOpen() ? i.rooms.size() : 0;
    const std::string focus = out.focus.toStdString();
    const state::Incident *incident = state.incident(focus);
    const governance::Subject about{incident ? incident->service : std::string(), focus};
    if (std::string known = state.workspaceDigest + '/' + std::to_string(rooms) + '/' + focus; known != m_readersOf) {
        m_readersOf = std::move(known);
        m_readers = readersIn(state, about);
    }
    out.readers = m_readers;
    for (const auto &s : w.services)
        out.services << qstr(s.id);
    for (const auto &t : w.teams)
        out.teams << qstr(t.id);
    for (const auto &p : w.policies)
        out.policies << qstr(p.id);
    for (const auto &term : w.jargon)
        out.jargon << qstr(term);
    const auto clearanceOf = [&](const std::string &audience) { return governance::readerOf(state, {governance::Place::Kind::Audience, audience, {}, about}).level; };
    out.paper = clearanceOf("technical");
    for (const auto &each : w.templates) {
        const UpdateTemplate t = comms::spokenTo(w, each);
        view::TemplateRow r{qstr(t.id), qstr(t.name), qstr(t.audience), qstr(t.body), {}};
        for (const auto &f : t.fields)
            r.fields.push_back({qstr(f.name), qstr(f.hint), f.required});
        r.kind = t.kind;
        r.limit = static_cast<int>(t.limit);
        r.notKnown = qstr(t.notKnown);
        r.language = qstr(t.language);
        r.clearance = clearanceOf(t.audience);
        r.cadence = t.cadence;
        r.subject = qstr(t.subject);
        if (incident) {
            r.cadence = comms::cadenceFor(w, incident->severity, t);
            r.heading = qstr(comms::headingOf(w, &t, t.kind, *incident));
            const auto reach = comms::goesTo(state, *incident, t);
            r.goesTo = qstr(comms::inWords(reach));
            r.reaches = !comms::reachesNobody(state, *incident, reach);
            if (const auto may = comms::mayLeave(w, t); !may)
                r.refusal = qstr(may.error().message);
        }
        out.templates.push_back(std::move(r));
    }
}

} // namespace qd::seat
