// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/nextup.h"

#include <QCoreApplication>
#include <algorithm>

namespace qd::escalation {

namespace {

/// What Return on the row asks the window to do, by the name of its action.
const QString kEnter = QStringLiteral("Enter"), kHandover = QStringLiteral("do.handover."), kObject = QStringLiteral("do.object."),
              kStandDown = QStringLiteral("do.standdown."), kStatus = QStringLiteral("do.status."), kTake = QStringLiteral("do.take."), kShift = QStringLiteral("do.shift.");

QString say(const char *text)
{
    return QCoreApplication::translate("qd::escalation::NextUp", text);
}

} // namespace

std::vector<NextUp> nextUp(const view::ViewModel &view, Instant now)
{
    std::vector<NextUp> late, soon, gaps;
    const view::Leading &leading = view.stack.leading;
    if (!leading.claimant.isEmpty())
        late.push_back({leading.claimIsYours ? say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "you take command, unless somebody objects"))
                                             : say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "%1 takes command")).arg(leading.claimant),
                        leading.claimReason, kEnter, leading.claimUntil, false, kObject});
    if (leading.offerToYou)
        late.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "%1 offers you command")).arg(leading.offerFrom), {}, kEnter, {}, true, kHandover});
    else if (!leading.offerTo.isEmpty())
        gaps.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "command is offered to %1, who has not read back yet")).arg(leading.offerTo), {}, kEnter, {}, false, kHandover});
    for (const view::ShiftOffer &s : view.shifts) {
        if (s.toYou)
            late.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "%1 offers you the shift")).arg(s.from), s.summary, kEnter, {}, false, kShift});
        else
            gaps.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "the shift is offered to %1, who has not read back yet")).arg(s.to), {}, kEnter, {}, false, kShift});
    }
    if (leading.refired > 0)
        late.push_back({QCoreApplication::translate("qd::escalation::NextUp", "%n alert(s) of it fire again since it was resolved: reopen it, or declare a new one?", nullptr, leading.refired),
                        {}, kEnter, {}, false, kStatus});
    if (leading.maybeOver)
        soon.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "nothing of it fires any more: stand down?")), {}, kEnter, {}, false, kStandDown});
    for (const auto &card : view.stack.escalations) {
        if (card.state == QLatin1String("exhausted")) {
            late.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "nobody answered for %1; every step was called")).arg(card.about),
                            card.policy, QStringLiteral("E"), {}, true, card.id});
        }
        if (card.state != QLatin1String("running"))
            continue;
        for (const auto &step : card.steps) {
            if (step.state == QLatin1String("called") && step.at) {
                late.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "%1 has not answered for %2")).arg(step.targets, card.about),
                                {}, QStringLiteral("E"), step.at, true, card.id});
            }
        }
    }
    for (const auto &c : view.stack.slas)
        (c.breached ? late : soon).push_back({say(c.respond ? (c.breached ? QT_TRANSLATE_NOOP("qd::escalation::NextUp", "SLA breached: nobody has answered") : QT_TRANSLATE_NOOP("qd::escalation::NextUp", "SLA at risk: nobody has answered"))
                                                  : c.breached ? QT_TRANSLATE_NOOP("qd::escalation::NextUp", "SLA breached: it is not resolved") : QT_TRANSLATE_NOOP("qd::escalation::NextUp", "SLA at risk: it is not resolved")),
                                              c.rule, kEnter, c.due, c.breached, c.respond ? kTake : kStandDown});
    for (const auto &p : view.stack.promises) {
        if (p.kept || p.due - now > kSoon)
            continue;
        (p.due <= now ? late : soon).push_back({say(p.id.isEmpty() ? QT_TRANSLATE_NOOP("qd::escalation::NextUp", "update due to %1") : QT_TRANSLATE_NOOP("qd::escalation::NextUp", "update promised to %1")).arg(p.audience), p.text,
                                                QStringLiteral("C"), p.due, p.due <= now, p.id});
    }
    for (const auto &t : view.stack.tasks) {
        if (!t.done && t.due && t.due <= now)
            late.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "ask %1: %2")).arg(t.assignee, t.text), {}, {}, t.due, true, t.id});
    }
    for (const auto &r : view.stack.roles) {
        if (!r.person.isEmpty())
            continue;
        if (r.role == Role::Commander)
            late.insert(late.begin(), {say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "nobody is in command; take it")), {}, kEnter, {}, true, kTake});
        else if (r.role == Role::Deputy)
            gaps.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "no deputy yet")), {}, {}, {}, false, {}});
        else if (r.role == Role::Scribe)
            gaps.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "no scribe yet")), {}, {}, {}, false, {}});
        else if (r.role == Role::Communications)
            gaps.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "nobody for communications yet")), {}, {}, {}, false, {}});
    }
    for (const auto &p : view.stack.polls) {
        if (!p.open)
            continue;
        const bool waitsForYou = p.asksYou && std::any_of(p.seats.begin(), p.seats.end(), [](const view::PollSeat &s) { return s.you && s.answer.isEmpty(); });
        if (waitsForYou)
            late.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "go or no-go: %1")).arg(p.question), p.by, QStringLiteral("Y"), {}, false, QStringLiteral("poll:%1").arg(p.number)});
        else if (p.yours && p.silent.isEmpty())
            late.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "everybody has answered, decide: %1")).arg(p.question), {}, QStringLiteral("D"), {}, false, QStringLiteral("poll:%1").arg(p.number)});
    }
    std::stable_sort(soon.begin(), soon.end(), [](const NextUp &a, const NextUp &b) { return a.due < b.due; });
    std::vector<NextUp> out = std::move(late);
    out.insert(out.end(), soon.begin(), soon.end());
    out.insert(out.end(), gaps.begin(), gaps.end());
    if (out.size() > kNextUpRows)
        out.resize(kNextUpRows);
    return out;
}

} // namespace qd::escalation
