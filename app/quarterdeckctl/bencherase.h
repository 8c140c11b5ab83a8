// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/bench.h"

namespace qd::app {

/// What an erasure and a strike cost: every key of a home is put under a new epoch key, and a strike looks for its text's repetitions
/// first. A home of 400 days of alerts and 100,000 texts of people (`--events` for another number); beside it raw FULL commits of
/// as many bytes as the key file has.
int benchErase(const BenchOptions &options);

} // namespace qd::app
