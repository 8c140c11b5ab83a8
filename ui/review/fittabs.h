// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QStringList>

namespace qd::widgets {
class CountTabs;
}

namespace qd::review {

/// Shows as many of the tabs as there is room for, the current one always; the others are folded into the menu behind them, and reached by the keys that
/// go through them all.
void fitTabs(widgets::CountTabs &tabs, const QStringList &words, int room, const style::Theme &theme);

} // namespace qd::review
