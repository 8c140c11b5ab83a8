// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/link/protocol.h"

#include <functional>
#include <memory>
#include <string>

namespace qd::link {

/// What a seat is told, all on the client's own thread, in order.
struct SeatHandlers {
    std::function<void()> onConnected;
    std::function<void(const Status &)> onStatus;
    std::function<void(const desk::RecordPtr &)> onRecord;
    /// Where it is set, a seat that follows from the first record gets the State of the core's newest snapshot instead of the
    /// records up to it, which then begin after it. Where there is none, it gets the records.
    std::function<void(state::State &&)> onSnapshot;
    /// The line is lost, or could not be had; said once for each stretch without a line, then tried again by itself.
    std::function<void(const Error &why)> onLost;
    /// The core now follows another log than before (another home, a restored copy), or something was erased or struck: forget
    /// every record and the snapshot, they come anew from the first.
    std::function<void()> onReset;
};

/// A seat's side of the protocol: connects, follows, calls, and after any cut connects again and goes on from the record after
/// its last one. Owns one thread. Any thread may call its functions; none of them blocks.
class SeatClient final {
public:
    struct Options {
        Span reconnectBase = millis(100), reconnectCap = seconds(2);
        std::uint64_t snapshotAtMost = 0; ///< the snapshot to begin with is the newest at or before this record; 0: the newest
    };
    using Answer = std::function<void(Result<std::string> json)>;

    /// Starts at once. `random` must outlive it.
    SeatClient(std::string path, SeatHandlers handlers, Random &random);
    SeatClient(std::string path, SeatHandlers handlers, Random &random, Options options);
    ~SeatClient(); ///< calls under way are answered with Unavailable; no handler runs afterwards
    SeatClient(const SeatClient &) = delete;
    SeatClient &operator=(const SeatClient &) = delete;

    /// Records from this one on. Until called, none come.
    void follow(std::uint64_t from);

    /// `params` is JSON text. The answer comes exactly once, on the client's thread; Unavailable when there is no line.
    void call(std::string method, std::string params, Answer answer, std::string as = {});

    [[nodiscard]] bool isConnected() const;

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace qd::link
