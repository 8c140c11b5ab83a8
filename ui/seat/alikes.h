// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"
#include "ui/view/alerts.h"

namespace qd::seat {

/// triage::alike of the alerts with these keys, as the window shows it. View thread.
[[nodiscard]] view::Alike alikeOf(const state::State &state, const QStringList &alertKeys);

} // namespace qd::seat
