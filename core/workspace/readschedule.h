// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/fields.h"

/// The tables that say who is on call and whose what is.
namespace qd::workspace {

inline constexpr std::size_t kSchedulesLimit = 1000; ///< each is looked at again when its handoff comes

void readSchedule(Fields in, Draft &draft);
void readOwner(Fields in, Draft &draft);

/// Windows of the week under `key`, at most 20.
[[nodiscard]] std::vector<DayWindow> windowsOf(Fields &in, const char *key);

/// "room:NAME" and "webhook:NAME": nobody of the workspace, but a place that can be told.
[[nodiscard]] bool isChannel(std::string_view target);

} // namespace qd::workspace
