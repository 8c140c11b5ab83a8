// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/fittabs.h"

#include "ui/widgets/counttabs.h"

#include <QFontMetrics>

namespace qd::review {

void fitTabs(widgets::CountTabs &tabs, const QStringList &words, int room, const style::Theme &theme)
{
    const QFontMetrics metrics(theme.font(style::Type::Body));
    const auto wide = [&](int tab) { return metrics.horizontalAdvance(words[tab] + (tabs.count(tab) < 0 ? QStringLiteral(" ") : QStringLiteral(" 00"))) + 4 * theme.step() + 1; }; // what counts nothing needs no room for a figure
    const auto count = static_cast<int>(words.size());
    int left = room - 3 * theme.step() - (tabs.current() < count ? wide(tabs.current()) : 0), others = 0;
    for (int tab = 0; tab < count; ++tab)
        others += tab == tabs.current() ? 0 : wide(tab);
    if (others > left)
        left -= tabs.moreWidth(count); // what says that there are more stands there, too
    for (int tab = 0; tab < count; ++tab) {
        tabs.setOffered(tab, true);
        if (tab != tabs.current())
            left -= wide(tab);
        tabs.setFolded(tab, tab != tabs.current() && left < 0);
    }
}

} // namespace qd::review
