// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/clouddelivery.h"

#include <atomic>

namespace qd::sources {

namespace {

/// Waits for the answers of all parts, then passes on one.
class Gather {
public:
    explicit Gather(Done done) : m_done(std::move(done)) {}

    /// The answer to one part: settles its events, then counts.
    [[nodiscard]] static Done part(const std::shared_ptr<Gather> &all, const std::shared_ptr<SeenIds> &seen = {}, std::vector<std::uint64_t> ids = {})
    {
        ++all->m_open;
        return [all, seen, ids = std::move(ids)](Result<> result) {
            for (const std::uint64_t id : ids)
                seen->settle(id, result);
            all->finish(std::move(result));
        };
    }

    void finish(Result<> result)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (!result && m_result)
                m_result = std::move(result);
        }
        if (--m_open == 0)
            m_done(m_result);
    }

private:
    Done m_done;
    std::mutex m_mutex;
    Result<> m_result;
    std::atomic<int> m_open{1};
};

} // namespace

void deliver(CloudEvents events, const Intake &intake, const std::shared_ptr<SeenIds> &seen, const Done &done)
{
    const auto all = std::make_shared<Gather>(done);
    const std::string connection = events.reports.connection;
    for (auto &[id, change] : events.changes)
        intake.change(std::move(change), Gather::part(all, seen, {id}));
    for (auto &[id, heartbeat] : events.heartbeats)
        intake.heartbeat(std::move(heartbeat), Gather::part(all, seen, {id}));
    if (events.reports.size() > 0 || !events.reports.quarantined.empty())
        intake.reports(std::move(events.reports), Gather::part(all, seen, std::move(events.alerts)));
    else
        intake.sourceSeen(connection, Path::CloudEvent, events.reports.receivedAt);
    for (const std::uint64_t id : events.repeated)
        seen->wait(id, Gather::part(all));
    all->finish({});
}

} // namespace qd::sources
