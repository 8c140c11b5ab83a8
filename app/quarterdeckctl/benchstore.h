// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/bench.h"

namespace qd::app {

/// Records of four sizes into a journal; beside raw SQLite commits of as many bytes.
int benchJournal(const BenchOptions &options);
/// `verify` over J1; beside reading and hashing the same bytes.
int benchVerify(const BenchOptions &options);

} // namespace qd::app
