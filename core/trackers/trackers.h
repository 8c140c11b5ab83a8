// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/events/calls.h"
#include "core/events/review.h"
#include "core/trackers/dialect.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace qd::trackers {

inline constexpr Span kTryAgainFirst = seconds(2), kTryAgainCap = minutes(5);
inline constexpr int kTriesInDoubt = 3;          ///< of something that may have arrived: it is looked for before each
inline constexpr std::size_t kWaitingMost = 1000; ///< entries of a connection; more are refused for now
inline constexpr std::size_t kReadAtATime = 30;  ///< issues read a round, those read longest ago first
inline constexpr Span kReadEvery = minutes(1), kReadLeast = seconds(1); ///< unless the connection says otherwise
inline constexpr Span kAskedToWait = minutes(1), kWaitAtMost = hours(1); ///< where a tracker names no time; whatever time it names

/// An action that is an issue of a connection's, as the State has it.
struct TrackedAction {
    std::string incident, connection, key;
    std::uint32_t action = 0;
    std::string title, status, assignee; ///< as last seen
    bool closed = false;
    Instant due, changedAt;
};

/// One outbox entry. `marker` is made from the log's origin and the entry's number, so that every process that ever tries it uses the same.
struct Entry {
    events::OutboxQueued what;
    std::string marker;
    bool maybeSent = false;
    std::string recalled = {}; ///< why it is not tried again; "": it is
    bool isAnew = false;       ///< it was handed over before and reads otherwise now: if it waits still, it is written so
};

/// The edge for trackers and libraries: carries out what the outbox says, one after another a connection, and reads again what is tracked. A thread a connection,
/// which may wait for networks, so that one that hangs holds up none of the others and nothing else at all. Any thread may call.
/// What may have arrived is looked for by its marker before it is sent again. A tracker that asks to be left alone is.
class Trackers final {
public:
    struct Way {
        std::function<void(net::HttpRequest, net::HttpClient::Callback)> http;
        /// How far an entry got; `id`: the key (or page id) and address of what was made, with a blank between.
        std::function<void(std::uint64_t number, Delivery, std::string id, std::string reason)> moved;
        /// What a tracker says of an action, when that is another than it was.
        std::function<void(events::ActionSeen)> seen;
        /// How a connection is: "live", or "trouble" and why. Said when it changes.
        std::function<void(std::string connection, std::string state, std::string problem)> reported;
    };

    Trackers(Way way, const Clock &clock); ///< `clock` must outlive it
    ~Trackers(); ///< waits for no answer: what is under way is let go of, and may have arrived; nothing is said afterwards
    Trackers(const Trackers &) = delete;
    Trackers &operator=(const Trackers &) = delete;

    /// Starts a connection, or starts it anew with other settings: what waits for it goes on, and what was under way is looked for first, once it was answered.
    /// Other kinds are ignored. Neither this nor stop() waits for an answer.
    void start(const Connection &connection, Secret token, Writes armed);
    void stop(const std::string &connection);
    void arm(const std::string &connection, Writes writes);
    /// What is tracked now, of every connection.
    void setTracked(std::vector<TrackedAction> all);
    /// Unavailable: there is no such connection yet, or too much waits for it.
    [[nodiscard]] Result<> write(Entry entry);
    /// It may not be written any more, and `why`: what waits fails with that; what is being written is left to its answer and not tried again.
    /// Of what may have arrived is said that nobody knows.
    void recall(const std::string &connection, std::uint64_t number, const std::string &why);

private:
    struct Line;
    struct Core;
    std::unique_ptr<Core> m_core;
};

} // namespace qd::trackers
