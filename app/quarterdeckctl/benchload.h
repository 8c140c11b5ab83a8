// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace qd::app {

class Stopwatch {
public:
    void restart() { m_start = std::chrono::steady_clock::now(); }
    [[nodiscard]] double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count(); }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// This thread's own time, which other work on the machine does not lengthen.
[[nodiscard]] double threadSeconds();

/// Bodies for POST …/api/v2/alerts: the reference alert has 6 labels, 3 annotations and about 420 bytes of JSON; all are distinct,
/// numbered from `first`.
[[nodiscard]] std::vector<std::string> alertBodies(std::size_t alerts, std::size_t batch, std::size_t first = 0);

struct Loaded {
    double seconds = 0;          ///< from the first byte to the last answer
    std::vector<double> answers; ///< seconds from a request's first byte to its answer, one each, in no order
};

/// Posts the bodies to 127.0.0.1 over keep-alive connections, one thread each, every answer awaited before the next body.
/// An error for any answer that is not 2xx.
[[nodiscard]] Result<Loaded> load(std::uint16_t port, const std::string &path, const std::vector<std::string> &bodies, std::size_t connections);

/// The value below which the share `q` of them lies (nearest rank); 0 of none.
[[nodiscard]] double quantile(std::vector<double> values, double q);
[[nodiscard]] inline double median(std::vector<double> values) { return quantile(std::move(values), 0.5); }
/// The same of seconds, in milliseconds.
[[nodiscard]] inline double millisAt(const std::vector<double> &seconds, double q) { return quantile(seconds, q) * 1e3; }

} // namespace qd::app
