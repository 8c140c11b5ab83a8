// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/bench.h"

namespace qd::app {

/// Fifty incident rooms on a real Prosody: 10,000 messages said while the core was stopped, until each is on its incident's timeline, once and in
/// order; then one message in every room at once. Beside them the bare reading of the same archives. Needs the Debian package prosody.
[[nodiscard]] int benchChat(const BenchOptions &options);

} // namespace qd::app
