// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/link/feed.h"

#include <map>
#include <mutex>
#include <vector>

namespace qd::link {

/// A log in memory that can be appended to, for tests of its readers.
class MemoryFeed {
public:
    [[nodiscard]] Feed feed()
    {
        Feed f;
        f.follow = [this](desk::Desk::Follower follower, std::uint64_t &first) {
            const std::lock_guard lock(m_mutex);
            first = m_records.size();
            m_followers[++m_last] = std::move(follower);
            return m_last;
        };
        f.unfollow = [this](std::uint64_t n) {
            const std::lock_guard lock(m_mutex);
            m_followers.erase(n);
        };
        f.replay = [this](std::uint64_t from, std::uint64_t to, const Feed::Each &each) -> Result<> {
            for (std::uint64_t seq = from; seq <= to; ++seq) {
                desk::RecordPtr record;
                {
                    const std::lock_guard lock(m_mutex);
                    if (seq == m_broken)
                        return fail(Code::Corrupt, "Record " + std::to_string(seq) + " is damaged.");
                    if (seq > m_records.size())
                        return {};
                    record = m_records[seq - 1];
                }
                if (!each(*record))
                    return {};
            }
            return {};
        };
        f.head = [this] {
            const std::lock_guard lock(m_mutex);
            return std::uint64_t{m_records.size()};
        };
        f.recording = [this] {
            const std::lock_guard lock(m_mutex);
            return m_recording;
        };
        f.onRecording = [this](std::function<void(const desk::Recording &)> told) {
            const std::lock_guard lock(m_mutex);
            m_told.push_back(std::move(told));
        };
        f.heard = [] { return std::vector<Heard>{{"am", Instant{7}}}; };
        return f;
    }

    /// From now on this record reads otherwise, as after a strike; who followed is not told.
    void readAs(std::uint64_t seq, events::Events events)
    {
        const std::lock_guard lock(m_mutex);
        desk::Record r = *m_records.at(seq - 1);
        r.events = std::move(events);
        m_records[seq - 1] = std::make_shared<const desk::Record>(std::move(r));
    }
    void append(events::Events events)
    {
        const std::lock_guard lock(m_mutex);
        desk::Record r;
        r.seq = m_records.size() + 1;
        r.time = Instant{1'700'000'000'000'000'000} + seconds(static_cast<std::int64_t>(r.seq));
        r.events = std::move(events);
        m_records.push_back(std::make_shared<const desk::Record>(std::move(r)));
        for (auto &[n, follower] : m_followers)
            follower(m_records.back());
    }

    /// What is left of a record of which keys were destroyed; followers are not told.
    void replace(std::uint64_t seq, events::Events left)
    {
        const std::lock_guard lock(m_mutex);
        desk::Record r = *m_records.at(seq - 1);
        r.events = std::move(left);
        m_records[seq - 1] = std::make_shared<const desk::Record>(std::move(r));
    }

    void record(bool recorded, std::string reason)
    {
        std::vector<std::function<void(const desk::Recording &)>> told;
        {
            const std::lock_guard lock(m_mutex);
            m_recording = {recorded, std::move(reason)};
            told = m_told;
        }
        for (auto &t : told)
            t({});
    }

    void breakAt(std::uint64_t seq) { m_broken = seq; }

private:
    std::mutex m_mutex;
    std::vector<desk::RecordPtr> m_records;
    std::map<std::uint64_t, desk::Desk::Follower> m_followers;
    std::vector<std::function<void(const desk::Recording &)>> m_told;
    desk::Recording m_recording;
    std::uint64_t m_last = 0, m_broken = 0;
};

} // namespace qd::link
