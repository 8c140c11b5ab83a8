// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"

#include <map>
#include <mutex>

namespace qd::desk {

/// A commit without an answer for so long is announced as UNRECORDED.
inline constexpr Span kHangs = seconds(5);

/// What the desk tells others: committed records to its followers, whether it is being recorded, when each connection was last
/// heard. Thread-safe; nothing here decides.
class Announcer {
public:
    /// Where following begins: the last record that counts as delivered already.
    void startAfter(std::uint64_t seq) { m_delivered = seq; }
    /// On the journal's thread, in order.
    void deliver(const RecordPtr &record);
    [[nodiscard]] std::uint64_t follow(Desk::Follower follower, std::uint64_t &first);
    void unfollow(std::uint64_t number);

    void setRecording(Recording now); ///< told on, and logged, when it changed
    void onRecording(std::function<void(const Recording &)> told);
    [[nodiscard]] Recording recording() const;

    void noteHeard(const std::string &connection, Instant at);
    [[nodiscard]] std::vector<std::pair<std::string, Instant>> heard() const;

private:
    std::mutex m_followMutex;
    std::map<std::uint64_t, Desk::Follower> m_followers;
    std::uint64_t m_lastFollower = 0, m_delivered = 0;

    mutable std::mutex m_mutex;
    Recording m_recording;
    std::vector<std::function<void(const Recording &)>> m_told;
    std::map<std::string, Instant> m_heard;
};

} // namespace qd::desk
