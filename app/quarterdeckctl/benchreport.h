// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/bench.h"
#include "core/base/encoding.h"

#include <boost/json/object.hpp>
#include <filesystem>

namespace qd::app {

/// Prints figures as one JSON line or as a table of their names and numbers. Returns 0.
int report(const BenchOptions &options, const boost::json::object &figures);
/// Says what went wrong. Returns 1.
int benchFailed(const Error &error);

/// References of the machine, each over at least `bytes`: bytes a second of one thread.
struct Bandwidth {
    double copy = 0, sha256 = 0, aesGcm = 0;
};
[[nodiscard]] Bandwidth bandwidth(std::size_t bytes);

/// Seconds raw SQLite takes to read every row of a home's journal, and nothing else done. Both counted.
struct RawRead {
    double seconds = 0;
    std::uint64_t rows = 0, bytes = 0;
};
[[nodiscard]] Result<RawRead> rawRead(const std::filesystem::path &home);

} // namespace qd::app
