// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/text.h"
#include "ui/seat/viewbuilder.h"

#include <QCoreApplication>
#include <algorithm>

namespace qd::seat {

namespace {

QString changeText(const QString &kind, const QString &who, const QString &whom)
{
    if (kind == QLatin1String("temporary"))
        return QCoreApplication::translate("qd::seat::ViewBuilder", "only %1").arg(who);
    if (kind == QLatin1String("add"))
        return QCoreApplication::translate("qd::seat::ViewBuilder", "%1 also").arg(who);
    if (kind == QLatin1String("remove"))
        return QCoreApplication::translate("qd::seat::ViewBuilder", "not %1").arg(whom);
    return QCoreApplication::translate("qd::seat::ViewBuilder", "%1 in place of %2").arg(who, whom);
}

} // namespace

void ViewBuilder::onDuty(const state::State &state, const Looking &looking, view::ViewModel &out)
{
    const std::string me = looking.person.toStdString();
    for (const state::ShiftHandover &h : state.shifts.all)
        if (h.isOpen() && !me.empty() && (h.to == me || h.from == me))
            out.shifts.push_back({h.number, name(state, h.from), name(state, h.to), qstr(h.brief), qstr(h.summary), qstr(h.watch), h.at, h.to == me});
    for (const state::StandingOverride &o : state.rota.overrides) {
        // What a calendar says is the plan, not a change of it.
        if (o.what.until <= looking.now || o.source.rfind("calendar/", 0) == 0)
            continue;
        out.strip.overrides += o.what.from <= looking.now ? 1 : 0;
        QStringList who;
        for (const std::string &person : o.what.people)
            who << name(state, person);
        const std::string_view kind = word(o.what.kind);
        out.scheduleChanges.push_back({o.what.number, qstr(o.schedule),
                                       name(state, o.schedule) + QStringLiteral(": ") + changeText(QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size())), who.join(QStringLiteral(", ")), name(state, o.what.replaces)),
                                       name(state, o.by), qstr(o.reason), o.what.from, o.what.until});
    }
    std::stable_sort(out.scheduleChanges.begin(), out.scheduleChanges.end(), [](const auto &a, const auto &b) { return a.until < b.until; });
}

} // namespace qd::seat
