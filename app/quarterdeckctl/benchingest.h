// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/bench.h"

namespace qd::app {

/// 100,000 distinct alerts by `POST …/api/v2/alerts` into `quarterdeckctl serve`, from HTTP bytes to committed record, beside
/// a real Alertmanager (where one is installed) taking the same from the same loader in the same run: 1,000 a request over 4
/// connections and 64 over 8; the same alerts again; memory with all of them active; one alert alone beside a raw FULL
/// commit; and what each stage costs an alert, beside raw SQLite and a bare parse.
int benchIngest(const BenchOptions &options);

} // namespace qd::app
