// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"

#include "core/sources/intake.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace qd::sources {

/// Counts what is turned away at the door and tells it as run-lengths: the first of a status at once, further ones
/// together, at most once an interval for each status. What was told and could not be taken (a busy desk refuses this too)
/// is counted again and told later: a flood is never the reason that nobody hears of it. Thread-safe; `tell` is called
/// without a lock held.
class RefusalCounter final {
public:
    using Tell = decltype(Intake::refused);

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
    struct Runs {
        std::mutex mutex;
        std::map<int, Run> byStatus;
    };
    std::shared_ptr<Runs> m_runs = std::make_shared<Runs>(); ///< answers may come when the counter has gone
};

} // namespace qd::sources
