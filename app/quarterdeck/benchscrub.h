// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <cstdint>

namespace qd::app {

/// What a step through the past of an incident costs, from the key to the painted window: the seat folds to the moment and makes its view, the panels take it in
/// and paint. The real window, without a screen and without a core; the record is made here, of so many lines (0: 50,000). Writes its figures as one line of
/// JSON, with references of the same run. Returns the exit code. `quarterdeckctl bench scrub` calls it.
int benchScrub(style::Theme &theme, std::uint64_t lines);

} // namespace qd::app
