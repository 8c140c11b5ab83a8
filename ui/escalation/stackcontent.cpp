// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/stackcontent.h"

#include "ui/escalation/nextup.h"
#include "ui/widgets/timetext.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>

namespace qd::escalation {

using widgets::ageText;
using widgets::countdownText;
using widgets::shownClock;
using widgets::shownMinutes;
using widgets::waitText;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(qd::escalation::Stack)
};

QString deliveryWord(const view::PageRow &page)
{
    if (page.delivery == QLatin1String("confirmed"))
        return Words::tr("delivered");
    if (page.delivery == QLatin1String("sent"))
        return Words::tr("sent");
    if (page.delivery == QLatin1String("failed"))
        return Words::tr("not delivered");
    if (page.delivery == QLatin1String("withheld"))
        return Words::tr("withheld");
    if (page.delivery == QLatin1String("bundled"))
        return Words::tr("bundled");
    if (page.delivery == QLatin1String("unknown"))
        return Words::tr("unknown");
    return page.reason.isEmpty() ? Words::tr("on its way") : Words::tr("trying again");
}

/// By which way each person of a step was called, and how far it got.
void pageRows(const view::EscalationStep &step, const QString &id, Rows &rows)
{
    for (std::size_t n = 0; n < step.pages.size(); ++n) {
        const view::PageRow &page = step.pages[n];
        RowContent row;
        row.id = QStringLiteral("%1:page%2").arg(id).arg(n);
        row.dim = true;
        if (n == static_cast<std::size_t>(kPagesShown)) {
            row.text = Words::tr("and %1 more").arg(step.pages.size() - n);
            rows.push_back(row);
            return;
        }
        row.text = page.channel.isEmpty() ? page.person : Words::tr("%1 by %2").arg(page.person, page.channel);
        row.aside = page.reason;
        row.trailing = deliveryWord(page);
        // What did not get through is not to be overlooked.
        row.dim = page.delivery != QLatin1String("failed") && page.reason.isEmpty();
        row.spoken = page.reason.isEmpty() ? Words::tr("%1: %2").arg(row.text, row.trailing) : Words::tr("%1: %2, %3").arg(row.text, row.trailing, page.reason);
        rows.push_back(row);
    }
}

} // namespace

QString roleName(Role role)
{
    switch (role) {
    case Role::Commander: return Words::tr("Commander");
    case Role::Deputy: return Words::tr("Deputy");
    case Role::Scribe: return Words::tr("Scribe");
    case Role::Communications: return Words::tr("Communications");
    case Role::Liaison: return Words::tr("Liaison (legal/PR)");
    case Role::Expert: return Words::tr("Expert");
    case Role::Responder: return Words::tr("Responder");
    case Role::Observer: return Words::tr("Observer");
    case Role::Reporter: break;
    }
    return Words::tr("Reporter");
}

Rows nextUpRows(const view::ViewModel &view, Instant now)
{
    Rows rows;
    int number = 1;
    for (const NextUp &item : nextUp(view, now)) {
        RowContent row;
        row.id = QStringLiteral("next:") + item.id + item.key + item.text;
        row.lead = QString::number(number++);
        row.text = item.text;
        row.aside = item.aside;
        row.key = item.key;
        const bool waits = item.key == QLatin1String("E"); // since somebody was called; everything else was due then
        if (item.due && item.overdue && waits)
            row.trailing = waitText(now - item.due);
        else if (item.due)
            row.trailing = countdownText(item.due - now);
        row.late = item.due && item.overdue && !waits;
        row.urgent = item.overdue;
        rows.push_back(row);
    }
    return rows;
}

Rows roleRows(const view::ViewModel &view, Instant now)
{
    Rows rows;
    for (const auto &r : view.stack.roles) {
        RowContent row;
        row.id = r.own.isEmpty() ? QStringLiteral("role:%1:%2").arg(static_cast<int>(r.role)).arg(rows.size()) : QStringLiteral("role:own:") + r.own;
        row.lead = r.own.isEmpty() ? roleName(r.role) : r.own;
        if (r.person.isEmpty()) {
            row.tag = Words::tr("open");
            row.spoken = Words::tr("%1: open. Return takes or assigns it").arg(row.lead);
        } else {
            row.text = r.person;
            row.aside = r.you ? Words::tr("(you)") : QString();
            row.strong = r.role == Role::Commander;
            row.trailing = r.since ? ageText(now - r.since) : QString();
        }
        rows.push_back(row);
    }
    if (!view.stack.rolesTold) {
        RowContent row;
        row.id = QStringLiteral("untold");
        row.text = rows.empty() ? Words::tr("not known from its files") : Words::tr("other roles: not known from its files");
        row.dim = true;
        rows.push_back(row);
    }
    return rows;
}

Rows escalationRows(const view::EscalationCard &card, Instant now)
{
    Rows rows;
    const bool running = card.state == QLatin1String("running");
    if (card.observed) {
        RowContent row;
        row.id = card.id + QStringLiteral(":observed");
        row.text = Words::tr("observing: nobody is really called");
        row.dim = true;
        rows.push_back(row);
    }
    if (!card.suspect.isEmpty()) {
        RowContent row;
        row.id = card.id + QStringLiteral(":suspect");
        row.text = Words::tr("likely consequence of %1").arg(card.suspect);
        row.aside = card.path;
        row.dim = true;
        rows.push_back(row);
    }
    if (card.folded) {
        RowContent row;
        row.id = card.id + QStringLiteral(":folded");
        row.text = Words::tr("folded: the next page waits");
        row.trailing = Words::tr("until %1").arg(shownClock(card.foldedUntil));
        rows.push_back(row);
    }
    bool nextFound = false;
    for (const auto &step : card.steps) {
        RowContent row;
        row.id = QStringLiteral("%1:%2").arg(card.id).arg(step.number);
        row.text = QStringLiteral("%1 · %2").arg(step.number).arg(step.targets);
        const QString at = step.at ? shownClock(step.at) : QString();
        if (step.state == QLatin1String("called") || step.state == QLatin1String("observed")) {
            row.strong = running && step.state == QLatin1String("called");
            row.trailing = (step.state == QLatin1String("called") ? Words::tr("called %1") : Words::tr("would have been called %1")).arg(at);
            if (running && step.until > step.at && now < step.until)
                row.progress = static_cast<double>((now - step.at).ns) / static_cast<double>((step.until - step.at).ns);
        } else if (step.state == QLatin1String("waiting")) {
            row.dim = true;
            if (!running)
                row.trailing = Words::tr("not needed");
            else if (card.folded || !card.heldBy.isEmpty())
                row.trailing = Words::tr("waits");
            else if (step.at > now)
                row.trailing = Words::tr("in %1").arg(countdownText(step.at - now));
            else
                row.trailing = step.at ? Words::tr("due") : QString();
            if (running && !nextFound) {
                row.key = QStringLiteral("E");
                row.spoken = Words::tr("step %1, %2, %3; E escalates now").arg(QString::number(step.number), step.targets, row.trailing);
                nextFound = true;
            }
        } else if (step.state == QLatin1String("acknowledged")) {
            row.trailing = Words::tr("acknowledged %1").arg(step.answeredAt ? shownClock(step.answeredAt) : at);
            row.strong = true;
        } else if (step.state == QLatin1String("failed")) {
            row.trailing = Words::tr("call failed %1").arg(at);
            row.late = true;
        } else if (step.state == QLatin1String("missed")) {
            row.trailing = Words::tr("missed");
            row.dim = true;
        } else {
            row.trailing = step.state;
        }
        rows.push_back(row);
        pageRows(step, row.id, rows);
    }
    if (card.state == QLatin1String("acknowledged")) {
        RowContent row;
        row.id = card.id + QStringLiteral(":ack");
        row.text = card.acknowledgedBy.isEmpty() ? Words::tr("acknowledged") : Words::tr("acknowledged by %1").arg(card.acknowledgedBy);
        row.trailing = card.acknowledgedAt ? shownClock(card.acknowledgedAt) : QString();
        row.tick = RowContent::Tick::Done;
        rows.push_back(row);
    } else if (card.state == QLatin1String("exhausted")) {
        RowContent row;
        row.id = card.id + QStringLiteral(":exhausted");
        row.text = card.observed ? Words::tr("the last step is over") : Words::tr("every step was called, nobody answered");
        row.strong = true;
        row.key = QStringLiteral("E");
        rows.push_back(row);
    }
    return rows;
}

Rows inForceRows(const view::ViewModel &view, Instant now)
{
    Rows rows;
    int more = 0;
    for (const view::SilenceRow &s : view.silences) {
        if (!s.active || (s.until && s.until <= now))
            continue;
        if (rows.size() >= static_cast<std::size_t>(kInForce)) {
            ++more;
            continue;
        }
        RowContent row;
        row.id = QStringLiteral("inforce:%1:%2").arg(s.source, s.id);
        row.text = s.id.section(QLatin1Char('/'), 0, 0) == s.id ? s.matchers : s.id + QStringLiteral(" · ") + s.matchers;
        row.aside = s.comment.isEmpty() ? s.by : s.by + QStringLiteral(": ") + s.comment;
        row.trailing = s.until ? countdownText(s.until - now) : Words::tr("no set time");
        row.dim = s.idle;
        rows.push_back(row);
    }
    for (const view::ScheduleChange &c : view.scheduleChanges) {
        if (c.until <= now)
            continue;
        if (rows.size() >= static_cast<std::size_t>(kInForce)) {
            ++more;
            continue;
        }
        RowContent row;
        row.id = QStringLiteral("inforce:schedule:%1").arg(c.number);
        row.text = c.what;
        row.aside = c.reason.isEmpty() ? c.by : c.by + QStringLiteral(": ") + c.reason;
        row.trailing = c.from > now ? Words::tr("in %1").arg(countdownText(c.from - now)) : countdownText(c.until - now);
        row.dim = c.from > now;
        rows.push_back(row);
    }
    if (more > 0) {
        RowContent row;
        row.id = QStringLiteral("inforce:more");
        row.text = Words::tr("and %1 more").arg(more);
        row.dim = true;
        rows.push_back(row);
    }
    return rows;
}

Rows taskRows(const view::ViewModel &view, Instant now)
{
    std::vector<const view::TaskRow *> open, done;
    for (const auto &t : view.stack.tasks)
        (t.done ? done : open).push_back(&t);
    std::stable_sort(open.begin(), open.end(), [](auto *a, auto *b) {
        const auto due = [](const view::TaskRow *t) { return t->due ? t->due.ns : INT64_MAX; };
        return due(a) < due(b);
    });
    std::stable_sort(done.begin(), done.end(), [](auto *a, auto *b) { return a->doneAt > b->doneAt; });
    Rows rows;
    for (const auto *t : open) {
        RowContent row;
        row.id = QStringLiteral("task:") + t->id;
        row.lead = t->assignee;
        row.text = t->text;
        row.tick = RowContent::Tick::Open;
        row.aside = t->acceptedBy.isEmpty() ? t->acceptBy && t->acceptBy <= now ? Words::tr("nobody is on it, half its time is over") : Words::tr("nobody is on it") : Words::tr("taken on by %1").arg(t->acceptedBy);
        if (t->due) {
            row.trailing = countdownText(t->due - now);
            row.late = t->due <= now;
            row.urgent = rows.empty();
        }
        rows.push_back(row);
    }
    for (std::size_t i = 0; i < done.size() && i < kDoneTasks; ++i) {
        RowContent row;
        row.id = QStringLiteral("task:") + done[i]->id;
        row.lead = done[i]->assignee;
        row.text = done[i]->text;
        row.tick = RowContent::Tick::Done;
        row.trailing = Words::tr("done");
        row.dim = true;
        rows.push_back(row);
    }
    if (done.size() > kDoneTasks) {
        RowContent row;
        row.id = QStringLiteral("tasks:more");
        row.text = Words::tr("and %1 more done").arg(done.size() - kDoneTasks);
        row.dim = true;
        rows.push_back(row);
    }
    return rows;
}

Rows hypothesisRows(const view::ViewModel &view)
{
    Rows rows;
    for (const bool refuted : {false, true}) {
        for (const auto &h : view.stack.hypotheses) {
            if (h.refuted != refuted)
                continue;
            RowContent row;
            row.id = QStringLiteral("hypothesis:") + h.id;
            row.text = QStringLiteral("? ") + h.text;
            row.struck = row.dim = h.refuted;
            row.strong = h.confirmed;
            const QString state = h.refuted ? Words::tr("refuted") : h.confirmed ? Words::tr("confirmed") : QString();
            row.aside = QStringList{state, h.by, h.at && !h.refuted ? shownMinutes(h.at) : QString()}
                            .filter(QRegularExpression(QStringLiteral(".")))
                            .join(QStringLiteral(" · "));
            row.spoken = Words::tr("hypothesis %1, %2").arg(h.text, row.aside);
            rows.push_back(row);
        }
    }
    return rows;
}

namespace {

QString takenBack(const QString &reversible)
{
    return reversible == QLatin1String("yes") ? Words::tr("can be taken back") : reversible == QLatin1String("partly") ? Words::tr("can partly be taken back") : reversible == QLatin1String("no") ? Words::tr("cannot be taken back") : QString();
}

RowContent cardRow(const view::DecisionRow &decision, std::size_t n)
{
    const view::OptionCard &o = decision.options[n];
    RowContent row;
    row.id = QStringLiteral("decision:%1:card%2").arg(decision.id).arg(n);
    row.dim = !o.chosen;
    row.text = o.chosen ? Words::tr("chosen: %1").arg(o.text) : Words::tr("not: %1").arg(o.text);
    QStringList said;
    for (const auto &[name, words] : {std::pair{Words::tr("effect: %1"), &o.effect}, std::pair{Words::tr("risk: %1"), &o.risk}})
        if (!words->isEmpty())
            said << name.arg(*words);
    for (const QString &words : {takenBack(o.reversible), o.time, o.owner})
        if (!words.isEmpty())
            said << words;
    row.aside = said.join(QStringLiteral(" · "));
    row.spoken = row.aside.isEmpty() ? row.text : row.text + QStringLiteral(", ") + row.aside;
    return row;
}

} // namespace

Rows decisionRows(const view::ViewModel &view)
{
    std::vector<const view::DecisionRow *> order;
    for (const auto &d : view.stack.decisions)
        order.push_back(&d);
    std::stable_sort(order.begin(), order.end(), [](auto *a, auto *b) { return a->at > b->at; });
    Rows rows;
    std::size_t shown = 0;
    for (const auto *d : order) {
        RowContent row;
        if (shown++ == kDecisions) {
            row.id = QStringLiteral("decisions:more");
            row.text = Words::tr("and %1 earlier, on the timeline").arg(order.size() - kDecisions);
            row.dim = true;
            rows.push_back(row);
            break;
        }
        row.id = QStringLiteral("decision:") + d->id;
        row.text = QStringLiteral("! ") + d->text;
        row.aside = d->poll.isEmpty() ? d->by : Words::tr("%1, on a poll: %2").arg(d->by, d->poll);
        row.trailing = shownMinutes(d->at);
        row.strong = rows.empty();
        row.spoken = Words::tr("decision %1, %2, %3").arg(d->text, row.aside, row.trailing);
        const bool isNewest = rows.empty();
        rows.push_back(row);
        // What was weighed stands beside it, as long as it is the newest.
        for (std::size_t n = 0; isNewest && n < d->options.size(); ++n)
            rows.push_back(cardRow(*d, n));
        for (qsizetype n = 0; isNewest && n < d->rejected.size(); ++n) {
            RowContent option;
            option.id = QStringLiteral("decision:%1:not%2").arg(d->id).arg(n);
            option.dim = true;
            option.text = n < kAnswersShown ? Words::tr("not: %1").arg(d->rejected[n]) : Words::tr("and %1 more").arg(d->rejected.size() - n);
            option.spoken = option.text;
            rows.push_back(option);
            if (n == kAnswersShown)
                break;
        }
        // Who said what to the poll it was made on; of what is older the timeline tells.
        for (qsizetype n = 0; isNewest && n < d->answers.size(); ++n) {
            RowContent said;
            said.id = QStringLiteral("decision:%1:said%2").arg(d->id).arg(n);
            said.dim = true;
            said.text = n < kAnswersShown ? d->answers[n] : Words::tr("and %1 more").arg(d->answers.size() - n);
            rows.push_back(said);
            if (n == kAnswersShown)
                break;
        }
    }
    return rows;
}

Rows promiseRows(const view::ViewModel &view, Instant now)
{
    std::vector<const view::Promise *> open;
    for (const auto &p : view.stack.promises) {
        if (!p.kept)
            open.push_back(&p);
    }
    std::stable_sort(open.begin(), open.end(), [](auto *a, auto *b) { return a->due < b->due; });
    Rows rows;
    for (const auto *p : open) {
        RowContent row;
        const bool isPromised = !p->id.isEmpty();
        row.id = isPromised ? QStringLiteral("promise:") + p->id : QStringLiteral("cadence:") + p->audience;
        row.lead = p->audience;
        row.text = !p->text.isEmpty() ? p->text : isPromised ? Words::tr("update") : Words::tr("update, as the severity asks");
        row.aside = shownMinutes(p->due);
        if (isPromised)
            row.tick = RowContent::Tick::Open; // one nobody promised is ended by the update alone
        else
            row.key = QStringLiteral("C");
        row.trailing = countdownText(p->due - now);
        row.late = p->due <= now;
        row.urgent = rows.empty();
        rows.push_back(row);
    }
    return rows;
}

} // namespace qd::escalation
