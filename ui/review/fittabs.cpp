// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/fittabs.h"

#include "ui/widgets/counttabs.h"

#include <QFontMetrics>

namespace qd::review {

void fitTabs(widgets::CountTabs &tabs, const QStringList &words, int room, const style::Theme &theme)
{
    const QFontMetrics metrics(theme.font(style::Type::Body));
    const auto wide = [&](int tab) { return metrics.horizontalAdvance(words[tab] + (tabs.count(tab) < 0 ? QStringLiteral(" ") : QStringLiteral(" 00"))) + 4 * theme.step(); }; // what counts nothing needs no room for a figure
    int left = room - 3 * theme.step() - (tabs.current() < words.size() ? wide(tabs.current()) : 0);
    for (int tab = 0; tab < words.size(); ++tab) {
        if (tab == tabs.current()) {
            tabs.setOffered(tab, true);
            continue;
        }
        left -= wide(tab);
        tabs.setOffered(tab, left >= 0);
    }
}

} // namespace qd::review
