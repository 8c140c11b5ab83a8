// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace qd::app {

/// The reference load of every ingest figure: distinct alerts of some 450 bytes (benchload.h), a thousand a request.
inline constexpr std::size_t kReferenceAlerts = 100'000;
inline constexpr std::size_t kReferenceBatch = 1000;
inline constexpr std::size_t kReferenceConnections = 4;

struct Stage {
    const char *name;
    double nsPerAlert;
};

/// What an alert costs on its way from HTTP bytes to committed record, stage by stage, with every part in this process.
struct Ledger {
    std::vector<Stage> stages;
    double alertsPerSecond = 0; ///< all stages together, loader included
    double rawSqlitePerSecond = 0, bareParsePerSecond = 0;
    std::uint64_t commits = 0, journalBytes = 0;
    std::size_t residentGrowth = 0;
};

/// `bodies`: alertBodies(alerts, kReferenceBatch).
[[nodiscard]] Result<Ledger> ledgerOf(const std::vector<std::string> &bodies, std::size_t alerts);

/// Raw SQLite: seconds of each of `rows` commits of `bytes` each (WAL, FULL, 8 KB pages), and nothing else done.
[[nodiscard]] Result<std::vector<double>> rawCommits(std::size_t rows, std::size_t bytes);

} // namespace qd::app
