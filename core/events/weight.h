// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"

#include <cstdint>

namespace qd::events {

/// How much there is in a record: its events, and the rows of those that report alerts (of repeats, one for eight). For whoever
/// keeps records, or says how many came.
[[nodiscard]] std::uint64_t weightOf(const Events &events);

} // namespace qd::events
