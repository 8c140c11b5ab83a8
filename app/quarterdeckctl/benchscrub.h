// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/bench.h"

namespace qd::app {

/// A step through the past of an incident with 50,000 lines, from the key to the painted window: measured by the window's program beside this one, without a screen.
int benchScrub(const BenchOptions &options);

} // namespace qd::app
