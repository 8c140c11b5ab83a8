// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/clouddelivery.h"

#include <atomic>

namespace qd::sources {

namespace {

/// Waits for the answers of all parts, then passes on one.
class Gather {
public:
    explicit Gather(Done done) : m_done(std::move(done)) {}

    [[nodiscard]] static Done part(const std::shared_ptr<Gather> &all, std::function<void()> whenCommitted = {})
    {
        ++all->m_open;
        return [all, whenCommitted = std::move(whenCommitted)](Result<> result) {
            if (result && whenCommitted)
                whenCommitted();
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

bool SeenIds::has(const std::string &id) const
{
    const std::lock_guard lock(m_mutex);
    return m_ids.contains(id);
}

void SeenIds::remember(const std::string &id)
{
    const std::lock_guard lock(m_mutex);
    if (!m_ids.insert(id).second)
        return;
    m_order.push_back(id);
    if (m_order.size() > kLimit) {
        m_ids.erase(m_order.front());
        m_order.pop_front();
    }
}

void deliver(CloudEvents events, const Intake &intake, const std::shared_ptr<SeenIds> &seen, const Done &done)
{
    const auto all = std::make_shared<Gather>(done);
    const std::string connection = events.reports.connection;
    for (auto &change : events.changes) {
        const std::string id = connection + " " + change.id;
        if (!seen->has(id))
            intake.change(std::move(change), Gather::part(all, [seen, id] { seen->remember(id); }));
    }
    for (auto &heartbeat : events.heartbeats)
        intake.heartbeat(std::move(heartbeat), Gather::part(all));
    if (events.reports.size() > 0 || !events.reports.quarantined.empty())
        intake.reports(std::move(events.reports), Gather::part(all));
    else
        intake.sourceSeen(connection, Path::CloudEvent, events.reports.receivedAt);
    all->finish({});
}

} // namespace qd::sources
