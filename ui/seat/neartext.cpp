// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/neartext.h"

#include "ui/seat/text.h"

#include <QCoreApplication>

namespace qd::seat {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("qd::seat::ViewBuilder", text);
}

QString hopsText(int hops)
{
    return QCoreApplication::translate("qd::seat::ViewBuilder", "%Ln hop(s) upstream", nullptr, hops);
}

} // namespace

QString nearText(const command::NearChange &near)
{
    const auto span = static_cast<int>((near.before.ns < 0 ? -near.before.ns : near.before.ns) / minutes(1).ns);
    const QString when = (near.before.ns < 0 ? translated(QT_TRANSLATE_NOOP("qd::seat::ViewBuilder", "%1 min after")) : translated(QT_TRANSLATE_NOOP("qd::seat::ViewBuilder", "%1 min before"))).arg(span);
    switch (near.near) {
    case command::Nearness::Same: return translated(QT_TRANSLATE_NOOP("qd::seat::ViewBuilder", "the same service, %1")).arg(when);
    case command::Nearness::Hard:
    case command::Nearness::Soft: {
        const QString hops = hopsText(static_cast<int>(near.hops()));
        const QString path = qstr(state::pathText(near.path));
        return near.near == command::Nearness::Hard ? QStringLiteral("%1: %2, %3").arg(hops, path, when)
                                                    : translated(QT_TRANSLATE_NOOP("qd::seat::ViewBuilder", "%1, over a soft dependency: %2, %3")).arg(hops, path, when);
    }
    case command::Nearness::Elsewhere: break;
    }
    return translated(QT_TRANSLATE_NOOP("qd::seat::ViewBuilder", "elsewhere, %1")).arg(when);
}

} // namespace qd::seat
