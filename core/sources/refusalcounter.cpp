// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/refusalcounter.h"

#include <vector>

namespace qd::sources {

RefusalCounter::RefusalCounter(const Clock &clock, Tell tell, Span interval) : m_clock(clock), m_tell(std::move(tell)), m_interval(interval) {}

void RefusalCounter::count(int status, std::string reason)
{
    const Instant now = m_clock.now();
    {
        const std::lock_guard lock(m_runs->mutex);
        Run &run = m_runs->byStatus[status];
        if (run.count++ == 0)
            run.first = now;
        run.last = now;
        run.reason = std::move(reason);
    }
    flush();
}

void RefusalCounter::flush(bool all)
{
    const Instant now = m_clock.now();
    std::vector<std::pair<int, Run>> due;
    {
        const std::lock_guard lock(m_runs->mutex);
        for (auto &[status, run] : m_runs->byStatus) {
            // A clock set back must not hold refusals back for ever.
            const bool waited = !run.told || now - run.told >= m_interval || now < run.told;
            if (run.count == 0 || (!all && !waited))
                continue;
            due.emplace_back(status, run);
            run.count = 0;
            run.told = now;
        }
    }
    for (auto &[status, run] : due)
        m_tell(status, run.reason, run.count, run.first, run.last, [runs = m_runs, status = status, told = run](const Result<> &taken) {
            if (taken)
                return;
            const std::lock_guard lock(runs->mutex);
            Run &again = runs->byStatus[status];
            if (again.count == 0) {
                again.reason = told.reason;
                again.last = told.last;
            }
            again.first = told.first;
            again.count += told.count;
        });
}

} // namespace qd::sources
