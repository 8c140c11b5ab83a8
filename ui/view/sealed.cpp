// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/sealed.h"

namespace qd::view {

QStringList sealedIn(const QString &text)
{
    static const QString kBegin = QStringLiteral("[sealed: "); // as qd::holeOf() writes it
    QStringList out;
    for (qsizetype at = text.indexOf(kBegin); at >= 0; at = text.indexOf(kBegin, at + 1)) {
        const qsizetype from = at + kBegin.size(), end = text.indexOf(QLatin1Char(']'), from), comma = text.indexOf(QLatin1Char(','), from);
        if (end > 0)
            out << text.mid(from, (comma > 0 && comma < end ? comma : end) - from);
    }
    return out;
}

} // namespace qd::view
