// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/governance/seatreaders.h"
#include "core/link/feed.h"
#include "core/link/protocol.h"
#include "core/net/frameserver.h"

#include <memory>
#include <string>

namespace qd::link {

/// The core's side of the seat protocol, on the control socket. A seat asks from which record it wants to follow and gets every
/// record from there, in order, without gap or repeat: from the journal while it is behind, from memory once it is not. It says
/// how far it has read; one that says nothing for kPatience with a full window is dropped, and cannot hold up anybody else.
/// Calls (JSON-RPC) are handed on as they are. Owns one thread; the network thread only passes frames.
class SeatServer final {
public:
    static constexpr std::size_t kWindow = 32u << 20; ///< bytes sent ahead of what the seat has taken
    static constexpr Span kPatience = seconds(30);
    static constexpr std::size_t kWantedAtMost = 1'000'000; ///< parts of a snapshot one seat may wait for; beyond it is dropped
    static constexpr std::uint64_t kRingWeight = 8192; ///< events and rows of the newest records that are kept in memory for seats that keep up
    static constexpr std::size_t kCallsInFlight = 64; ///< of one client; while so many wait, no further frame of its is read

    struct Options {
        std::string origin, version; ///< told to seats in Status
        std::size_t window = kWindow;
        Span patience = kPatience;
        std::size_t callsInFlight = kCallsInFlight;
        std::size_t wantedAtMost = kWantedAtMost;
        net::FrameLimits frames = {};
        /// Who sits there, as far as words that are marked are concerned: what they may not read does not leave the core, incident by incident. A snapshot's part that may hold
        /// such words is not sent either; the seat folds the records then. Without it all is sent. Any thread.
        std::function<governance::SeatReadersPtr()> reader = {};
        /// Asked when a seat begins to follow, once a line: it gets nothing before `go` was called, and no line any more after an error. May be unset.
        std::function<void(std::function<void(Result<>)> go)> beforeFollowing = {};
        /// The same of one record that came since: where `mustAsk` is true of it, no seat gets it, or one behind it, before `go` was called. Both or neither.
        std::function<bool(const desk::Record &)> mustAsk = {};
        std::function<void(const desk::Record &, std::function<void(Result<>)> go)> beforeSending = {};
    };
    using Reply = std::function<void(std::string response)>; ///< any thread, once; "" sends nothing
    using Calls = std::function<void(std::string request, Reply reply)>; ///< network thread: hand on, do not work

    /// Errors as net::FrameServer::open. `thread` and what `feed` uses must outlive it.
    [[nodiscard]] static Result<std::unique_ptr<SeatServer>> open(net::IoThread &thread, std::string path, Feed feed, Calls calls,
                                                                  Options options);
    ~SeatServer();
    SeatServer(const SeatServer &) = delete;
    SeatServer &operator=(const SeatServer &) = delete;

    [[nodiscard]] const std::string &path() const;
    /// Says whether anybody follows now; may be asked after the server is gone.
    [[nodiscard]] std::function<bool()> followed() const;

    /// As net::FrameServer::restore: somebody may have deleted the socket under us.
    [[nodiscard]] Result<bool> restore();

private:
    class Core;
    explicit SeatServer(std::shared_ptr<Core> core);
    std::shared_ptr<Core> m_core;
    std::unique_ptr<net::FrameServer> m_server;
};

} // namespace qd::link
