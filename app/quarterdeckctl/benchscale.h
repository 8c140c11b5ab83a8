// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/bench.h"

namespace qd::app {

/// 1,000,000 distinct alerts into one `quarterdeckctl serve`, 100,000 at a time: does an alert cost the same when a million
/// are active as when none is? Beside each hundred thousand, the same number of bytes hashed (SHA-256, one thread), so that
/// what else the machine does shows in both.
int benchScale(const BenchOptions &options);

} // namespace qd::app
