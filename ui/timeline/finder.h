// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/kindfilter.h"
#include "ui/view/viewmodel.h"

#include <vector>

namespace qd::timeline {

/// An event or an alert's bar in which what is looked for stands.
struct Found {
    QString id; ///< of the event; the alert's key
    Instant at; ///< of the alert: when it began
    bool isAlert = false;
};

/// Where all the words of `text` stand in what is shown, oldest first, without regard to case; nothing is found for no words. Pure.
[[nodiscard]] std::vector<Found> findIn(const view::ViewModel &view, const QString &text, const KindFilter &filter = {});

/// Which of them is next (+1) or before (-1): after `id` where it is one of them, else after the moment `at`; round at the ends. -1 without any.
[[nodiscard]] int nextFound(const std::vector<Found> &found, const QString &id, Instant at, int direction);

} // namespace qd::timeline
