// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/bench.h"

namespace qd::app {

/// Opening J1's home until the desk accepts and the replica answers, and a seat that attaches over a socket; beside folding the whole log and reading the same bytes.
int benchStart(const BenchOptions &options);
/// J1 and J2: random instants and single steps both ways; beside folding from the beginning.
int benchTravel(const BenchOptions &options);

} // namespace qd::app
