// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/bench.h"

namespace qd::app {

/// Full-text search over the reference journal: milliseconds a query by its kind, what the index costs to build and hold,
/// beside a plain scan of the same text in memory.
[[nodiscard]] int benchSearch(const BenchOptions &options);

} // namespace qd::app
