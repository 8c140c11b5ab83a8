// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/governance/glass.h"

#include "ui/governance/kept.h"
#include "ui/widgets/timetext.h"

#include <QCoreApplication>
#include <algorithm>

namespace qd::governance {

namespace {

struct GlassSaid {
    Q_DECLARE_TR_FUNCTIONS(qd::governance::Glass)
};

} // namespace

QString glassWords(const view::Glass &glass)
{
    return GlassSaid::tr("%1 for %2").arg(roleWords(glass.role), glass.where.isEmpty() ? GlassSaid::tr("everything") : glass.where);
}

GlassLine glassLine(const view::Strip &strip, Instant now)
{
    QStringList held;
    const view::Glass *first = nullptr;
    for (const view::Glass &glass : strip.glass)
        if (glass.you) {
            first = first == nullptr ? &glass : first;
            held << glassWords(glass);
        }
    if (first == nullptr)
        return {};
    const QString told = first->told.isEmpty() ? GlassSaid::tr("nobody") : first->told.join(QStringLiteral(", "));
    return {GlassSaid::tr("THE GLASS IS BROKEN: you may %1.").arg(held.join(QStringLiteral("; "))),
            GlassSaid::tr("Until %1 %2, %3 left. Told: %4. What you do with it is recorded; Alt+Shift+E gives it back.")
                .arg(widgets::shownClock(first->until), widgets::zoneName(), widgets::shortAge(first->until - now), told)};
}

QString glassEnded(const view::Strip &before, const view::Strip &now)
{
    QStringList ended;
    for (const view::Glass &glass : before.glass)
        if (glass.you && std::none_of(now.glass.begin(), now.glass.end(), [&](const view::Glass &each) { return each.number == glass.number; }))
            ended << glassWords(glass);
    return ended.isEmpty() ? QString() : GlassSaid::tr("The right you took is over: %1. What you may do is again what the workspace says.").arg(ended.join(QStringLiteral("; ")));
}

} // namespace qd::governance
