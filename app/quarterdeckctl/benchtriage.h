// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/bench.h"

namespace qd::app {

/// Alerts a second through a workspace full of rules, from bytes to what follows in the State; nothing is written. Beside it
/// the same without rules, and a bare parse.
int benchTriage(const BenchOptions &options);

} // namespace qd::app
