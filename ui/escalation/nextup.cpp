// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/nextup.h"

#include <QCoreApplication>
#include <algorithm>

namespace qd::escalation {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("qd::escalation::NextUp", text);
}

} // namespace

std::vector<NextUp> nextUp(const view::ViewModel &view, Instant now)
{
    std::vector<NextUp> late, soon, gaps;
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
    for (const auto &p : view.stack.promises) {
        if (p.kept || p.due - now > kSoon)
            continue;
        (p.due <= now ? late : soon).push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "update promised to %1")).arg(p.audience), p.text,
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
            late.insert(late.begin(), {say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "nobody is in command; take it")), {}, {}, {}, true, {}});
        else if (r.role == Role::Deputy)
            gaps.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "no deputy yet")), {}, {}, {}, false, {}});
        else if (r.role == Role::Scribe)
            gaps.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "no scribe yet")), {}, {}, {}, false, {}});
        else if (r.role == Role::Communications)
            gaps.push_back({say(QT_TRANSLATE_NOOP("qd::escalation::NextUp", "nobody for communications yet")), {}, {}, {}, false, {}});
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
