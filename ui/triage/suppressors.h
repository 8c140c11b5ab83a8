// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/alerts.h"

#include <QString>
#include <vector>

namespace qd::triage {

/// What keeps alerts quiet: "silence/4", or one alert by a rule, "inhibition/rack · SwitchDown rack-3"; and how many it hides.
struct Suppressor {
    QString by;
    int count = 0;
    /// As people say it: the alert where it is known, else the rule's name, else what it is called.
    [[nodiscard]] QString name() const;
};

/// Who hides the most first; what no name is known of is left out. Pure.
[[nodiscard]] std::vector<Suppressor> suppressorsOf(const std::vector<view::AlertRow> &suppressed);

} // namespace qd::triage
