// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace qd::app {

struct BenchOptions {
    bool json = false; ///< figures as JSON instead of a table
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
