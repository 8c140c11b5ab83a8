// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"

#include <QString>
#include <QStringList>
#include <vector>

/// The lists of the directory as tables of words. Pure.
namespace qd::directory {

enum class Page { Services, Schedules, Policies, Templates, Connections };
inline constexpr Page kPages[] = {Page::Services, Page::Schedules, Page::Policies, Page::Templates, Page::Connections};

struct Row {
    QString id;              ///< what the core knows it by
    QStringList cells;
    QString detail;          ///< all of it in words; may be several lines
    bool troubled = false;   ///< somebody should look at it: nobody is on call, a feed is silent
    bool operator==(const Row &) const = default;
};

struct Table {
    QStringList columns;
    int stretched = 0;       ///< the column that takes what is left
    std::vector<Row> rows;
    bool operator==(const Table &) const = default;
};

[[nodiscard]] QString titleOf(Page page);
[[nodiscard]] Table tableOf(Page page, const view::ViewModel &view, Instant now);
/// What an empty list means, in one sentence.
[[nodiscard]] QString emptyText(Page page);

} // namespace qd::directory
