// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/bench.h"

namespace qd::app {

/// J1's events, decoded beforehand, into a State; beside copying as many bytes as they have encoded.
int benchFold(const BenchOptions &options);
/// J1 from disk into a State; beside raw SQLite reading the same rows, SHA-256 and AES-256-GCM over the same bytes.
int benchReplay(const BenchOptions &options);

} // namespace qd::app
