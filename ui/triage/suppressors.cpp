// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/suppressors.h"

#include <QHash>
#include <algorithm>

namespace qd::triage {

QString Suppressor::name() const
{
    if (const qsizetype behind = by.indexOf(view::kSuppressorBehind); behind >= 0)
        return by.mid(behind + view::kSuppressorBehind.size());
    const QString prefix = QStringLiteral("inhibition/");
    return by.startsWith(prefix) ? by.mid(prefix.size()) : by;
}

std::vector<Suppressor> suppressorsOf(const std::vector<view::AlertRow> &suppressed)
{
    QHash<QString, int> counts;
    for (const view::AlertRow &row : suppressed)
        if (!row.suppressedBy.isEmpty())
            ++counts[row.suppressedBy];
    std::vector<Suppressor> out;
    for (auto it = counts.begin(); it != counts.end(); ++it)
        out.push_back({it.key(), it.value()});
    std::sort(out.begin(), out.end(), [](const Suppressor &a, const Suppressor &b) { return a.count != b.count ? a.count > b.count : a.by < b.by; });
    return out;
}

} // namespace qd::triage
