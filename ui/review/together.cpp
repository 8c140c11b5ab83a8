// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/together.h"

#include <QStringList>
#include <vector>

namespace qd::review {

namespace {

/// Lines beyond this many in what differs are not compared one by one: all of one stand before all of the other.
constexpr qsizetype kCompared = 1500;

} // namespace

QString together(const QString &recorded, const QString &mine)
{
    QStringList a = recorded.split(QLatin1Char('\n')), b = mine.split(QLatin1Char('\n'));
    QStringList head, tail;
    while (!a.isEmpty() && !b.isEmpty() && a.front() == b.front()) {
        head << a.takeFirst();
        b.removeFirst();
    }
    while (!a.isEmpty() && !b.isEmpty() && a.back() == b.back()) {
        tail.prepend(a.takeLast());
        b.removeLast();
    }
    QStringList out = head;
    if (a.size() > kCompared || b.size() > kCompared) {
        out << a << b;
    } else {
        const auto rows = static_cast<std::size_t>(a.size()), columns = static_cast<std::size_t>(b.size());
        std::vector<std::uint16_t> common((rows + 1) * (columns + 1), 0); // of what is left from here on
        const auto at = [&](std::size_t i, std::size_t j) -> std::uint16_t & { return common[i * (columns + 1) + j]; };
        for (std::size_t i = rows; i-- > 0;)
            for (std::size_t j = columns; j-- > 0;)
                at(i, j) = a[static_cast<qsizetype>(i)] == b[static_cast<qsizetype>(j)] ? static_cast<std::uint16_t>(at(i + 1, j + 1) + 1) : std::max(at(i + 1, j), at(i, j + 1));
        std::size_t i = 0, j = 0;
        while (i < rows || j < columns) {
            if (i < rows && j < columns && a[static_cast<qsizetype>(i)] == b[static_cast<qsizetype>(j)]) {
                out << a[static_cast<qsizetype>(i++)];
                ++j;
            } else if (i < rows && (j == columns || at(i + 1, j) >= at(i, j + 1))) {
                out << a[static_cast<qsizetype>(i++)];
            } else {
                out << b[static_cast<qsizetype>(j++)];
            }
        }
    }
    return (out + tail).join(QLatin1Char('\n'));
}

} // namespace qd::review
