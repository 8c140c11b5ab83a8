// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/kindfilter.h"
#include "ui/view/viewmodel.h"

#include <QStringList>

namespace qd::timeline {

/// A stretch of the timeline somebody chose, its edges in either order.
struct Area {
    Instant anchor, edge;
    [[nodiscard]] Instant from() const { return std::min(anchor, edge); }
    [[nodiscard]] Instant to() const { return std::max(anchor, edge); }
    bool operator==(const Area &) const = default;
};

/// What happened in it, as far as it is shown: events, and alerts that began or ended, in time order.
struct AreaContent {
    QStringList lines;
    int events = 0, began = 0, ended = 0;
};
[[nodiscard]] AreaContent contentOf(const view::ViewModel &view, const Area &area, const KindFilter &filter = {});

/// "14:02:10 – 14:16:30 UTC, 14 m 20 s: 12 events, 5 alerts began, 1 ended".
[[nodiscard]] QString headOf(const Area &area, const AreaContent &content);
/// The head and every line, for the clipboard.
[[nodiscard]] QString asText(const Area &area, const AreaContent &content);

} // namespace qd::timeline
