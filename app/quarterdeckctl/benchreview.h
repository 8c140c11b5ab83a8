// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/bench.h"

namespace qd::app {

/// Milliseconds until the review of an incident with 50,000 lines, 10,000 of them messages, can be written: opened and pre-filled, read, its two clocks laid out,
/// rendered for outside; and of a step through its past. Beside it a bare copy of its lines, in the same run.
int benchReview(const BenchOptions &options);

} // namespace qd::app
