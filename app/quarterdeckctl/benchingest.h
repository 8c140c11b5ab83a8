// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/bench.h"

namespace qd::app {

/// 100,000 distinct alerts by `POST …/api/v2/alerts` in batches of 1,000 over 4 connections: alerts a second from HTTP bytes to
/// committed record, what each stage costs an alert, and in the same run raw SQLite and a bare parse to compare with.
int benchIngest(const BenchOptions &options);

} // namespace qd::app
