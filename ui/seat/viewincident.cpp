// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clocktext.h"
#include "core/comms/clocks.h"
#include "core/comms/draft.h"
#include "core/comms/outward.h"
#include "core/comms/reach.h"
#include "core/command/sla.h"
#include "core/oncall/targets.h"
#include "core/review/ended.h"
#include "ui/seat/neartext.h"
#include "ui/seat/lanes.h"
#include "ui/seat/text.h"
#include "ui/seat/viewbuilder.h"

#include <QCoreApplication>
#include <algorithm>

namespace qd::seat {

using state::Alert;
using state::Entry;
using state::EntryKind;
using state::State;

namespace {

constexpr qsizetype kRevisionsShown = 5; ///< of an edited message
constexpr qsizetype kAboutShown = 120;   ///< letters of the line that a task or a decision was made from

QString deliveryOf(const State &state, std::uint64_t outbox)
{
    const auto it = outbox == 0 ? state.outbox.end() : state.outbox.find(outbox);
    return it == state.outbox.end() ? QString() : qstr(word(it->second.delivery));
}

/// Once it arrived where it was meant to, nobody needs to know.
QString insteadOf(const State &state, std::uint64_t outbox)
{
    const auto it = outbox == 0 ? state.outbox.end() : state.outbox.find(outbox);
    return it == state.outbox.end() || it->second.delivery == Delivery::Confirmed ? QString() : qstr(it->second.insteadIn);
}

/// What a strike of this line is of. One about a secret says it itself; with what is written in the review there is nothing to strike.
QString recordOf(const Entry &e, std::size_t imported)
{
    if (e.kind == EntryKind::Secret) {
        static constexpr std::string_view kNames = "--entry ";
        const auto at = e.text.find(kNames);
        return at == std::string::npos ? QString() : qstr(e.text.substr(at + kNames.size(), e.text.find(' ', at + kNames.size()) - at - kNames.size()));
    }
    if (e.seq == 0 || e.kind == EntryKind::Erased)
        return {}; // what was taken back in a room is still in the record
    return QString::number(e.seq) + (e.origin.empty() ? QString() : QLatin1Char('.') + QString::number(imported));
}

/// "task/3" gives "3".
QString numberText(std::uint32_t n)
{
    return QString::number(n);
}

/// Which lines are key moments, or are marked as one.
void markMoments(const state::Incident &incident, std::vector<view::TimelineEntry> &list)
{
    QHash<QString, std::uint32_t> moments; // by what the line is called
    for (const state::KeyMoment &m : incident.moments) {
        if (m.withdrawnAt)
            continue;
        moments.insert(QStringLiteral("moment/%1").arg(m.number), m.number);
        if (!m.reference.empty())
            moments.insert(qstr(m.reference), m.number);
    }
    if (!moments.isEmpty())
        for (view::TimelineEntry &t : list)
            t.moment = t.reference.isEmpty() ? 0 : moments.value(t.reference);
}

view::HoldingRow holding(const State &state, const state::Incident &incident, const HoldingStatement &h, bool isNext)
{
    state::MessageVersion words;
    words.text = h.text;
    words.titles = h.titles;
    words.texts = h.texts;
    const bool isReleased = std::any_of(incident.outward.begin(), incident.outward.end(), [&](const state::OutwardMessage &m) {
        return m.holding == h.id && m.releasedAt && !m.endedAt && !m.reachedNobody; // as the desk, which releases it once
    });
    std::vector<comms::Reach> reach;
    for (const std::string &to : h.to) {
        if (to.starts_with("page:"))
            reach.push_back({to, to, incident.isDrill() ? "a drill says nothing to the public" : ""});
        else
            for (comms::Reach &each : comms::reachOf(state, incident, {to}))
                reach.push_back(std::move(each));
    }
    return {qstr(h.id), qstr(h.title), qstr(comms::inEveryLanguage(words)), qstr(comms::inWords(reach)), isReleased, isNext, qstr(comms::digestOf(h))};
}

} // namespace

view::Lane laneOf(EntryKind kind)
{
    switch (kind) {
    case EntryKind::Change: return view::Lane::Changes;
    case EntryKind::Decision:
    case EntryKind::Moment:
    case EntryKind::Poll:
    case EntryKind::Evidence:
    case EntryKind::Review:
    case EntryKind::Hypothesis:
    case EntryKind::HypothesisSettled:
    case EntryKind::Declared:
    case EntryKind::Severity:
    case EntryKind::Command:
    case EntryKind::Status: return view::Lane::Decisions;
    case EntryKind::Update:
    case EntryKind::Missed:
    case EntryKind::Outward:
    case EntryKind::Promise:
    case EntryKind::PromiseKept: return view::Lane::Updates;
    case EntryKind::Message:
    case EntryKind::Secret:
    case EntryKind::Gap:
    case EntryKind::Room:
    case EntryKind::Topic:
    case EntryKind::Refused: return view::Lane::Chat;
    case EntryKind::Alert:
    case EntryKind::Attached:
    case EntryKind::Source:
    case EntryKind::Suppression:
    case EntryKind::Flood: return view::Lane::Alerts;
    default: return view::Lane::People;
    }
}

void ViewBuilder::detail(const State &state, const Looking &looking, view::ViewModel &out)
{
    const std::uint32_t index = state.alertIndex(looking.alert.toStdString());
    if (index == state::AlertTable::npos)
        return;
    const Alert &a = state.alerts.all[index];
    out.detail.key = looking.alert;
    for (std::size_t i = 0; i < std::size_t{a.labels} + a.annotations; ++i) {
        const state::Pair p = state.alerts.pairs[a.firstPair + i];
        (i < a.labels ? out.detail.labels : out.detail.annotations).push_back({text(state, p.name), text(state, p.value)});
    }
    if (a.link != 0)
        out.detail.links.push_back({QStringLiteral("source"), text(state, a.link)});

    why(state, a, out);
}

void ViewBuilder::timeline(const State &state, const Looking &looking, view::ViewModel &out)
{
    const state::Incident *incident = state.incident(out.focus.toStdString());
    auto &list = out.timeline;
    const auto take = [&](const Entry &e, const QString &id, std::size_t imported = 0) {
        view::TimelineEntry t;
        t.id = id;
        t.text = qstr(e.text);
        if (!e.origin.empty())
            t.text += QStringLiteral(" (") + qstr(e.origin) + QLatin1Char(')');
        else if (e.recordedAt) // it stands where it happened
            t.text += QStringLiteral(" (") + QCoreApplication::translate("qd::seat::ViewBuilder", "written down %1").arg(qstr(clockText(e.recordedAt))) + QLatin1Char(')');
        t.actor = e.origin.empty() ? name(state, e.actor == "core" ? std::string() : e.actor) : qstr(e.actor); // a name in a file is nobody here
        t.lane = laneOf(e.kind);
        t.kind = qstr(word(e.kind));
        t.at = e.at;
        t.reference = qstr(momentReference(e));
        if (!e.about.empty()) {
            const auto from = std::find_if(list.rbegin(), list.rend(), [about = qstr(e.about)](const view::TimelineEntry &each) { return each.reference == about; });
            t.about = from == list.rend() || from->removed ? qstr(e.about) : from->text.simplified().left(kAboutShown);
        }
        t.message = e.kind == EntryKind::Message ? qstr(e.messageId) : QString();
        if (e.kind == EntryKind::Log && e.origin.empty() && e.refersToItself() && !e.removed && !looking.person.isEmpty() && qstr(e.actor) == looking.person)
            t.own = qstr(e.text);
        t.reply = e.isReply();
        t.edited = !e.revisions.empty();
        for (auto said = e.revisions.rbegin(); !e.removed && said != e.revisions.rend() && t.before.size() < kRevisionsShown; ++said)
            t.before << qstr(*said);
        t.removed = e.removed;
        t.record = recordOf(e, imported);
        t.claims = e.claims.empty() ? QString() : name(state, e.claims);
        t.delivery = deliveryOf(state, e.outbox);
        t.instead = insteadOf(state, e.outbox);
        for (const auto &r : e.reactions)
            t.reactions << qstr(r.emoji);
        list.push_back(std::move(t));
    };
    Instant from = looking.now - hours(24);
    if (incident) {
        from = incident->impactSince - hours(2);
        const std::size_t first = incident->timeline.size() > kEntriesShown ? incident->timeline.size() - kEntriesShown : 0;
        std::size_t begins = first, nth = 0; // the texts of one record, as `strike --entry SEQ.N` counts them
        while (begins > 0 && first < incident->timeline.size() && incident->timeline[begins - 1].seq == incident->timeline[first].seq)
            --begins;
        for (std::size_t i = begins; i < incident->timeline.size(); ++i) {
            const Entry &e = incident->timeline[i];
            if (i > begins && incident->timeline[i - 1].seq != e.seq)
                nth = 0;
            nth += !e.origin.empty() || e.kind == EntryKind::Declared ? 1 : 0;
            if (i >= first && !isEcho(state, *incident, e))
                take(e, out.focus + QLatin1Char('/') + QString::number(i), nth);
        }
        markMoments(*incident, list);
    } else {
        for (const auto &[number, i] : state.incidents)
            if (!i.timeline.empty() && i.declaredAt > from)
                take(i.timeline.front(), qstr(i.id) + QStringLiteral("/0"));
    }
    const Instant ended = incident ? review::endedAt(*incident) : Instant{}, to = ended ? ended + hours(2) : looking.now + hours(1);
    for (std::size_t i = state.log.size() > 500 ? state.log.size() - 500 : 0; i < state.log.size(); ++i)
        if (state.log[i].at >= from && state.log[i].at <= to) {
            take(state.log[i], QStringLiteral("log/%1/%2").arg(state.log[i].seq).arg(i));
            // A gap of the log itself (nothing recorded, a clock that jumped) is none of a chat room.
            if (state.log[i].kind == EntryKind::Gap)
                list.back().lane = view::Lane::People;
        }
    const std::vector<command::NearChange> near = incident ? command::nearChanges(state, *incident) : std::vector<command::NearChange>{};
    for (const auto &c : state.changes) {
        if (c.at < from || c.at > to)
            continue;
        view::TimelineEntry t;
        t.id = QStringLiteral("change/%1").arg(c.seq);
        t.record = QString::number(c.seq);
        t.text = qstr(c.title) + (c.service.empty() ? QString() : QStringLiteral(" · ") + qstr(c.service));
        if (const auto n = std::find_if(near.begin(), near.end(), [&](const command::NearChange &x) { return x.change == &c; }); n != near.end())
            t.text += QStringLiteral(" · ") + nearText(*n);
        t.actor = name(state, c.by.empty() ? c.source : c.by);
        t.lane = view::Lane::Changes;
        t.kind = QStringLiteral("change");
        t.at = c.at;
        list.push_back(std::move(t));
    }
    std::stable_sort(list.begin(), list.end(), [](const auto &a, const auto &b) { return a.at < b.at; });
}

void ViewBuilder::recorded(const State &state, view::ViewModel &out) const
{
    const Entry *newest = state.log.empty() ? nullptr : &state.log.back();
    const state::Incident *of = nullptr;
    for (const std::uint32_t number : state.incidents.unsettled()) { // whatever was just written to is among them
        const state::Incident &i = state.incidents.at(number);
        if (!i.timeline.empty() && (!newest || i.timeline.back().seq > newest->seq)) {
            newest = &i.timeline.back();
            of = &i;
        }
    }
    view::Recorded &r = out.recorded;
    if (!state.changes.empty() && (!newest || state.changes.back().seq > newest->seq)) {
        const state::Change &c = state.changes.back();
        r = {c.seq, name(state, c.by.empty() ? c.source : c.by), QStringLiteral("change"), qstr(c.title), {}, c.seen};
    } else if (newest) {
        const QString incident = of ? qstr(of->id) : QString();
        r = {newest->seq, newest->origin.empty() ? name(state, newest->actor == "core" ? std::string() : newest->actor) : qstr(newest->actor), qstr(word(newest->kind)),
             of && incident != out.focus ? QString() : qstr(newest->text), incident, newest->written()};
    }
}

view::Leading ViewBuilder::leading(const State &state, const state::Incident &i, const Looking &looking)
{
    view::Leading out;
    const state::Offer &offer = i.leading.offer;
    if (!offer.to.empty()) {
        out.offerFrom = name(state, offer.from);
        out.offerTo = name(state, offer.to);
        out.offerToYou = qstr(offer.to) == looking.person;
        out.offerFromYou = qstr(offer.from) == looking.person;
        out.brief = qstr(offer.brief);
        out.summary = qstr(offer.summary);
        out.actions = qstr(offer.actions);
        out.watch = qstr(offer.watch);
    }
    const state::Claim &claim = i.leading.claim;
    if (!claim.person.empty()) {
        out.claimant = name(state, claim.person);
        out.claimReason = qstr(claim.reason);
        out.claimUntil = claim.until;
        out.claimIsYours = qstr(claim.person) == looking.person;
    }
    out.vacant = i.leading.vacant;
    if (i.isOpen() && i.leading.calledOutAt && qstr(i.holder(Role::Deputy)) == looking.person) {
        out.calledOutAt = i.leading.calledOutAt;
        const auto said = std::find_if(i.timeline.rbegin(), i.timeline.rend(), [&](const state::Entry &e) { return e.at == i.leading.calledOutAt && e.actor == "core" && e.kind == state::EntryKind::Command && e.reference == i.holder(Role::Deputy); });
        out.callOut = said == i.timeline.rend() ? QString() : qstr(said->text);
    }
    out.maybeOverSince = i.closing.proposedAt;
    out.maybeOver = i.isOpen() && i.closing.proposedAt;
    out.refired = static_cast<int>(i.closing.refired.size());
    return out;
}

view::EscalationCard ViewBuilder::card(const State &state, const state::Escalation &x)
{
    view::EscalationCard c;
    c.id = numberText(x.number);
    const Policy *policy = state.workspace->policy(x.policy);
    c.policy = qstr(policy && !policy->name.empty() ? policy->name : x.policy);
    c.about = qstr(x.service.empty() || !x.group.empty() ? x.about : x.service);
    c.byAlerts = !x.group.empty();
    c.heldBy = qstr(x.heldBy);
    c.suspect = qstr(x.suspect);
    c.path = qstr(state::pathText(x.path));
    c.folded = x.isFolded();
    c.foldedUntil = x.fold.until;
    c.state = x.isRunning() ? QStringLiteral("running") : qstr(x.outcome);
    c.acknowledgedBy = name(state, x.acknowledgedBy);
    c.acknowledgedAt = x.acknowledgedAt;
    c.observed = x.observed;
    for (std::size_t n = 0; n < x.steps.size(); ++n) {
        const state::Step &step = x.steps[n];
        QStringList people;
        for (const auto &p : step.people)
            people << name(state, p);
        const bool answered = x.outcome == "acknowledged" && n + 1 == x.steps.size();
        c.steps.push_back({static_cast<int>(step.number), people.join(QStringLiteral(", ")),
                           answered       ? QStringLiteral("acknowledged")
                               : x.observed ? QStringLiteral("observed")
                                            : QStringLiteral("called"),
                           step.at, step.until, pages(state, x, n), answered ? x.acknowledgedAt : Instant{}});
    }
    if (x.isRunning() && policy && !x.steps.empty() && x.steps.back().number < policy->steps.size()) {
        QStringList people;
        const std::uint32_t next = x.steps.back().number + 1;
        for (const auto &p : oncall::behindStep(state, policy->steps[next - 1], x.steps.back().until, state.rota.turn(x.policy, next), x.answeredBy).people)
            people << name(state, p.person);
        c.steps.push_back({static_cast<int>(x.steps.back().number + 1), people.join(QStringLiteral(", ")), QStringLiteral("waiting"),
                           x.steps.back().until, {}});
    }
    return c;
}

view::PollRow ViewBuilder::poll(const State &state, const state::Incident &incident, const state::Poll &p, const Looking &looking) const
{
    view::PollRow r;
    r.number = p.number;
    r.question = qstr(p.question);
    r.by = name(state, p.by);
    r.at = p.at;
    r.closedAt = p.closedAt;
    r.open = p.isOpen();
    r.withdrawn = p.withdrawn;
    r.decided = p.decision != 0;
    const std::string you = looking.person.toStdString();
    r.asksYou = p.isOpen() && std::find(p.people.begin(), p.people.end(), you) != p.people.end();
    r.yours = p.isOpen() && (p.by == you || incident.holder(Role::Commander) == you);
    r.go = static_cast<int>(p.count(true));
    r.noGo = static_cast<int>(p.count(false));
    for (const std::string &person : p.silent())
        r.silent << name(state, person);
    const auto seat = [&](const std::string &person, const std::string &role, bool asked) {
        const state::PollAnswer *a = p.answerOf(person);
        r.seats.push_back({name(state, person), qstr(role), a ? (a->go ? QStringLiteral("go") : QStringLiteral("no-go")) : QString(), a ? qstr(a->text) : QString(), asked, person == you});
    };
    for (std::size_t n = 0; n < p.people.size(); ++n)
        seat(p.people[n], p.roles[n], true);
    for (const state::PollAnswer &a : p.answers)
        if (std::find(p.people.begin(), p.people.end(), a.person) == p.people.end())
            seat(a.person, {}, false);
    return r;
}

void ViewBuilder::stack(const State &state, const Looking &looking, view::ViewModel &out)
{
    // What alerts call about by themselves stands there whatever incident is looked at.
    constexpr std::size_t kCalls = 20;
    for (auto x = state.escalations.rbegin(); x != state.escalations.rend() && out.stack.escalations.size() < kCalls; ++x)
        if (!x->group.empty() && x->isRunning())
            out.stack.escalations.push_back(card(state, *x));
    const state::Incident *i = state.incident(out.focus.toStdString());
    if (!i)
        return;
    view::Stack &s = out.stack;
    s.leading = leading(state, *i, looking);
    for (const Role role : {Role::Commander, Role::Deputy, Role::Scribe, Role::Communications, Role::Liaison}) {
        const auto held = i->roles.find(role);
        if (held == i->roles.end())
            s.roles.push_back({role, {}, {}, false});
        else
            s.roles.push_back({role, name(state, held->second.person), held->second.since, qstr(held->second.person) == looking.person});
    }
    for (const state::OwnRole &own : i->ownRoles)
        s.roles.push_back({Role::Responder, name(state, own.held.person), own.held.since, qstr(own.held.person) == looking.person, qstr(own.title)});
    for (const auto &x : state.escalations)
        if (x.incident == i->id)
            s.escalations.push_back(card(state, x));
    for (const auto &t : i->tasks)
        s.tasks.push_back({numberText(t.number), name(state, t.person), qstr(t.text), t.due, t.doneAt, static_cast<bool>(t.doneAt), t.acceptedAt ? name(state, t.acceptedBy) : QString(), t.acceptBy()});
    for (const auto &h : i->hypotheses)
        s.hypotheses.push_back({numberText(h.number), qstr(h.text), name(state, h.by), h.refuted, h.confirmed, h.at});
    for (const auto &d : i->decisions) {
        view::DecisionRow row{numberText(d.number), qstr(d.text), name(state, d.by), d.at};
        row.rejected = qstr(d.rejected).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        for (const state::DecisionOption &o : d.options) {
            row.options.push_back({qstr(o.text), qstr(o.effect), qstr(o.risk), qstr(o.reversible), qstr(o.time), name(state, o.owner), o.chosen});
            if (!o.chosen && !row.rejected.isEmpty()) // those stand before what else was rejected
                row.rejected.removeFirst();
        }
        if (d.poll != 0 && d.poll <= i->polls.size()) {
            const state::Poll &p = i->polls[d.poll - 1];
            row.poll = qstr(state::inWords(p));
            for (const bool go : {false, true}) // who was against it is read first
                for (const state::PollAnswer &a : p.answers)
                    if (a.go == go)
                        row.answers << QStringLiteral("%1: %2").arg(name(state, a.person), go ? QStringLiteral("go") : QStringLiteral("no-go")) + (a.text.empty() ? QString() : QStringLiteral(", ") + qstr(a.text));
            for (const std::string &person : p.silent())
                row.answers << QCoreApplication::translate("qd::seat::ViewBuilder", "%1: no answer").arg(name(state, person));
        }
        s.decisions.push_back(std::move(row));
    }
    for (const state::Poll &p : i->polls)
        s.polls.push_back(poll(state, *i, p, looking));
    for (const command::SlaClock &c : command::slaClocks(state, *i, out.made))
        if (!c.doneAt && c.state != SlaState::OnTrack)
            s.slas.push_back({c.part == SlaPart::Respond, c.state == SlaState::Breached, qstr(c.rule->id), c.due});
    for (const auto &p : i->promises)
        if (p.keptAt)
            s.promises.push_back({numberText(p.number), qstr(p.audience), qstr(p.text), p.due, true});
    const auto clocks = comms::clocksOf(state, *i);
    for (const auto &c : clocks) {
        // Until the first word is out it is what its audience waits for; the cadence begins with it.
        if (c.promise == 0 && c.holding.empty() && std::any_of(clocks.begin(), clocks.end(), [&](const auto &first) { return !first.holding.empty() && first.audience == c.audience && first.due <= c.due; }))
            continue;
        s.promises.push_back({c.promise != 0 ? numberText(c.promise) : QString(), qstr(c.audience),
                              c.holding.empty() ? qstr(c.text) : QCoreApplication::translate("qd::seat::ViewBuilder", "first word: holding statement %1").arg(qstr(c.holding)), c.due, false, c.soonAt(), static_cast<bool>(c.chasedAt),
                              c.promise != 0 ? c.since : Instant{}});
    }
    for (const auto &u : i->updates) {
        view::UpdateRow row{numberText(u.number), qstr(u.audience), qstr(u.text), name(state, u.by), qstr(comms::howFar(state, u)), u.at, qstr(u.updateTemplate)};
        row.unheard = u.unheard;
        for (const auto &[field, value] : u.values)
            row.values.push_back({qstr(field), qstr(value)});
        for (const auto &where : u.byHand)
            row.byHand << qstr(where);
        row.instead = insteadOf(state, u.outbox);
        s.updates.push_back(std::move(row));
    }
    for (const auto &l : i->links)
        s.links.push_back({qstr(l.title), qstr(l.url)});
    for (const auto &place : comms::placesOfRooms(state, *i))
        s.places << qstr(place);
    if (i->isOpen())
        for (const HoldingStatement *h : comms::holdingFor(state, *i))
            s.holding.push_back(holding(state, *i, *h, std::any_of(clocks.begin(), clocks.end(), [&](const auto &c) { return c.holding == h->id; })));
    if (!state.workspace->pages.empty())
        for (const std::string &language : comms::languagesOf(*state.workspace))
            s.spoken.languages << qstr(language);
    for (const StatusPage &page : state.workspace->pages)
        if (!page.languages.empty())
            s.spoken.pages.insert(qstr(page.id), qstr(page.languages.front()));
    s.messages = static_cast<int>(std::count_if(i->outward.begin(), i->outward.end(), [](const auto &m) { return m.isOpen(); }));
}

} // namespace qd::seat
