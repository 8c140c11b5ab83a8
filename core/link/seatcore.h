// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/link/recordring.h"
#include "core/link/seatserver.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace qd::link {

using SeatPayload = RecordRing::Payload;
using SeatClock = std::chrono::steady_clock;

/// One connection. `next` 0 means that it does not follow.
struct Seat {
    std::shared_ptr<net::FrameSession> session;
    std::uint64_t next = 0;
    std::size_t unseen = 0; ///< bytes sent and not taken yet
    std::deque<std::pair<std::uint64_t, std::size_t>> sent;
    SeatClock::time_point progress = SeatClock::now();
    bool tellStatus = false;
    bool tellSnapshot = false;      ///< it asked which is the newest …
    std::uint64_t snapshotAtMost = 0; ///< … at or before this record; 0: any
    std::deque<std::string> wanted; ///< parts of it, not sent yet
    std::uint64_t parts = 0;        ///< frames about the snapshot sent on this line
    std::size_t calls = 0; ///< handed on and not answered yet
    bool isAsking = false, isLetIn = false; ///< beforeFollowing() was asked, and said yes
    std::uint64_t covered = 0;      ///< the head when it was asked: of records behind it beforeSending() is
    bool waits = false;             ///< for beforeSending()
    std::function<void()> then;     ///< what it asked for meanwhile

    /// What was sent and wanted until now is of before: it begins at `from` (0: it does not follow).
    void beginAt(std::uint64_t from)
    {
        next = from;
        sent.clear();
        wanted.clear();
        unseen = 0;
        waits = false;
    }
    [[nodiscard]] bool hasWork(std::uint64_t head, std::size_t window) const
    {
        const bool lacks = !wanted.empty() || (next != 0 && next <= head && !waits);
        return tellStatus || tellSnapshot || (lacks && unseen < window);
    }
};

[[nodiscard]] constexpr std::uint8_t type(FrameType t)
{
    return static_cast<std::uint8_t>(t);
}

/// What the seats' server is made of: what they say (seatserver.cpp, on the network thread) and what they are sent (seatsending.cpp, on a thread of its own).
class SeatServer::Core : public std::enable_shared_from_this<SeatServer::Core> {
public:
    Core(Feed feed, Calls calls, Options options);
    void start();
    void stop();
    net::FrameHandlers accept(const std::shared_ptr<net::FrameSession> &session);
    [[nodiscard]] bool isFollowed()
    {
        const std::lock_guard lock(m_mutex);
        return std::any_of(m_seats.begin(), m_seats.end(), [](const auto &entry) { return entry.second.next != 0; });
    }
    [[nodiscard]] const net::FrameLimits &frameLimits() const { return m_options.frames; }
    std::string path;

private:
    void take(const desk::RecordPtr &record); ///< the journal's thread
    void statusChanged();
    void onFrame(const std::shared_ptr<net::FrameSession> &session, std::uint8_t t, std::string payload); ///< network thread

    /// True when it may follow; else that is asked, once, and the frame is looked at again when it may.
    bool isLetIn(const std::shared_ptr<net::FrameSession> &session, std::uint8_t t, std::string payload); ///< network thread

    /// A record as the seats may have it. `sealedFor`: for whom that is, where it matters who reads.
    [[nodiscard]] std::string frameOf(const desk::Record &record, governance::SeatReadersPtr *sealedFor = nullptr) const;

    /// An answer, in pieces where it is larger than a frame should be. Any thread.
    void say(net::FrameSession &session, std::string response);

    /// A seat said something: `what` it means for it, while it is there; then the thread has a look.
    template <typename What>
    void heard(const net::FrameSession &session, What what) // network thread
    {
        {
            const std::lock_guard lock(m_mutex);
            const auto it = m_seats.find(session.number());
            if (it == m_seats.end())
                return;
            it->second.progress = SeatClock::now();
            what(it->second);
        }
        m_wake.notify_all();
    }
    void onSnapshot(const std::shared_ptr<net::FrameSession> &session, const std::string &payload); ///< network thread
    void answered(net::FrameSession &session); ///< any thread
    [[nodiscard]] bool hasWork() const
    {
        return std::any_of(m_seats.begin(), m_seats.end(), [this](const auto &entry) { return entry.second.hasWork(m_head, m_options.window); });
    }
    void run();

    /// Whether a record has to wait, with all behind it: it shows something, which is not recorded yet. Called with the lock held.
    bool mustWait(Seat &seat, const desk::Record &record);
    void askBeforeSending(std::unique_lock<std::mutex> &lock);
    void mayBeSent(std::uint64_t seq, const Result<> &may); ///< any thread

    /// Signs of life reach the seats before the journal gathers them.
    void lookWhoWasHeard(std::unique_lock<std::mutex> &lock);
    void dropTheStuck();

    /// Sends what one seat lacks, at most a chunk. Called with the lock held; gives it up around the slow parts.
    void serve(std::unique_lock<std::mutex> &lock, std::uint64_t number);

    /// The newest snapshot's manifest, or parts that were asked for, at most a chunk. As serve().
    void serveSnapshot(std::unique_lock<std::mutex> &lock, std::uint64_t number);

    /// Sends what the seat is to say that it took: by `mark`, the record's number or how many frames of the snapshot came.
    static void send(Seat &seat, FrameType what, std::uint64_t mark, const SeatPayload &frame)
    {
        if (seat.sent.empty())
            seat.progress = SeatClock::now();
        seat.unseen += frame->size();
        seat.sent.emplace_back(mark, frame->size());
        seat.session->send(type(what), frame);
    }
    static void sendSnapshot(Seat &seat, const SeatPayload &frame)
    {
        send(seat, FrameType::Snapshot, ++seat.parts, frame);
    }
    static void sendRecord(Seat &seat, std::uint64_t seq, const SeatPayload &frame)
    {
        seat.next = seq + 1;
        send(seat, FrameType::Record, seq, frame);
    }

    /// The newest manifest of this very log that opens; nothing when there is none.
    [[nodiscard]] Bytes newestSnapshot(std::uint64_t atMost) const; ///< at or before this record; 0: any
    void fromJournal(std::unique_lock<std::mutex> &lock, std::uint64_t number, std::uint64_t from, std::uint64_t to);

    Feed m_feed;
    Calls m_calls;
    Options m_options;
    std::string m_run;
    std::mutex m_saying; ///< held while an answer is handed to its line
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::map<std::uint64_t, Seat> m_seats;
    std::map<std::uint64_t, bool> m_asked; ///< records beforeSending() was asked of, and whether it said yes
    std::vector<std::shared_ptr<const desk::Record>> m_toAsk;
    RecordRing m_ring{kRingWeight}; ///< up to m_head
    std::uint64_t m_head = 0;
    std::uint64_t m_following = 0;
    std::vector<Heard> m_heard;
    std::string m_notice;
    SeatClock::time_point m_nextLook;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace qd::link
