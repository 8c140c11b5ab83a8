// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"

#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace qd::sources {

/// Counts what is turned away at the door and tells it as run-lengths: the first of a status at once, further ones
/// together, at most once an interval for each status. Thread-safe; `tell` is called without a lock held.
class RefusalCounter final {
public:
    using Tell = std::function<void(int status, std::string reason, std::uint64_t count, Instant first, Instant last)>;

    RefusalCounter(const Clock &clock, Tell tell, Span interval = seconds(30));

    void count(int status, std::string reason);
    /// Tells what has waited long enough; called about every second, and once with `all` at the end.
    void flush(bool all = false);

private:
    struct Run {
        std::string reason;
        std::uint64_t count = 0;
        Instant first, last, told;
    };

    const Clock &m_clock;
    Tell m_tell;
    Span m_interval;
    std::mutex m_mutex;
    std::map<int, Run> m_runs;
};

} // namespace qd::sources
