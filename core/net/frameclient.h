// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/limits.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace qd::net {

struct Frame {
    std::uint8_t type = 0;
    std::string payload;
};

/// The blocking client of a FrameServer, for the command line and the GUI's view thread. send() and wake() may be called
/// from any thread; read() from one thread at a time. Never raises SIGPIPE.
class FrameClient final {
public:
    /// NotFound when there is no socket, Unavailable when nobody listens on it, Forbidden when it is not ours.
    [[nodiscard]] static Result<std::unique_ptr<FrameClient>> connect(const std::string &path);
    ~FrameClient();
    FrameClient(const FrameClient &) = delete;
    FrameClient &operator=(const FrameClient &) = delete;

    /// Waits at most `timeout` for the peer to take it. Unavailable when the peer has gone or does not read: the
    /// connection is then of no further use.
    [[nodiscard]] Result<> send(std::uint8_t type, std::string_view payload, Span timeout = seconds(10));

    /// The next frame; nullopt after `timeout` without one, or when woken. A negative timeout waits for ever.
    /// Unavailable when the peer has gone, TooLarge when it announced a frame above the limit.
    /// A frame that has arrived in part is kept for the next call.
    [[nodiscard]] Result<std::optional<Frame>> read(Span timeout);

    /// Makes the read() under way, or the next one, return nullopt at once.
    void wake();

private:
    struct Impl;
    explicit FrameClient(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace qd::net
