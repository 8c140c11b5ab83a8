// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace qd::app {

struct BenchOptions {
    bool json = false; ///< figures as JSON instead of a table
    std::string keep;  ///< folder where reference journals are kept from one bench to the next; empty: made anew and removed
    std::uint64_t events = 0; ///< events in a reference journal, or alerts of ingest, for quick runs; 0: as specified
};

/// One benchmark: prints its figures and, from the same run, the references they are compared with. Returns the exit code.
struct Bench {
    std::string_view name;
    std::string_view about; ///< one line
    int (*run)(const BenchOptions &options);
};

/// Every benchmark there is; `bench --list` prints their names.
[[nodiscard]] std::span<const Bench> benches();

} // namespace qd::app
