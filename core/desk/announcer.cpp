// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/announcer.h"

#include "core/base/log.h"

namespace qd::desk {

void Announcer::deliver(const RecordPtr &record)
{
    const std::lock_guard lock(m_followMutex);
    m_delivered = record->seq;
    for (const auto &[number, follower] : m_followers)
        follower(record);
}

std::uint64_t Announcer::follow(Desk::Follower follower, std::uint64_t &first)
{
    const std::lock_guard lock(m_followMutex);
    first = m_delivered;
    m_followers.emplace(++m_lastFollower, std::move(follower));
    return m_lastFollower;
}

void Announcer::unfollow(std::uint64_t number)
{
    const std::lock_guard lock(m_followMutex);
    m_followers.erase(number);
}

void Announcer::setRecording(Recording now)
{
    std::vector<std::function<void(const Recording &)>> told;
    {
        const std::lock_guard lock(m_mutex);
        if (m_recording.recorded == now.recorded && m_recording.reason == now.reason)
            return;
        m_recording = now;
        told = m_told;
    }
    log(now.recorded ? LogLevel::Info : LogLevel::Error, "desk", now.recorded ? "recording" : "UNRECORDED: " + now.reason);
    for (const auto &t : told)
        t(now);
}

void Announcer::onRecording(std::function<void(const Recording &)> told)
{
    const std::lock_guard lock(m_mutex);
    m_told.push_back(std::move(told));
}

Recording Announcer::recording() const
{
    const std::lock_guard lock(m_mutex);
    return m_recording;
}

void Announcer::noteHeard(const std::string &connection, Instant at)
{
    const std::lock_guard lock(m_mutex);
    m_heard[connection] = at;
}

std::vector<std::pair<std::string, Instant>> Announcer::heard() const
{
    const std::lock_guard lock(m_mutex);
    return {m_heard.begin(), m_heard.end()};
}

} // namespace qd::desk
