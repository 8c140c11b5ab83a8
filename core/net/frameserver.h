// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/limits.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace qd::net {

class IoThread;

/// One framed connection on the control socket. A frame is: payload length (u32, big-endian), type (u8), payload.
/// All functions may be called from any thread, also after the peer has gone (then they do nothing). A peer that does not
/// read cannot make us grow: while more than FrameLimits::unread bytes wait unsent no further frame of its is read, above
/// `outgoing` it is dropped, and above `allOutgoing` over all peers the one that lets most wait is.
class FrameSession {
public:
    virtual ~FrameSession() = default;
    virtual void send(std::uint8_t type, std::string payload) = 0;
    /// The same bytes for many peers, without a copy each.
    virtual void send(std::uint8_t type, std::shared_ptr<const std::string> payload) = 0;
    /// After what is already queued has been sent.
    virtual void close() = 0;
    /// While held, frames of the peer are left unread, so that it waits. Frames on their way to onFrame still come.
    virtual void hold(bool held) = 0;
    [[nodiscard]] virtual std::uint32_t peerPid() const = 0;
    [[nodiscard]] virtual std::uint64_t number() const = 0; ///< counts up from 1 for each connection of a server
};

/// Called on the network thread, never at the same time.
struct FrameHandlers {
    std::function<void(std::uint8_t type, std::string payload)> onFrame;
    /// Once, at the end. TooLarge: a frame above the limit, or a reader too slow; Unavailable: the peer went away.
    std::function<void(const Error &why)> onClosed;
};

using FrameFactory = std::function<FrameHandlers(std::shared_ptr<FrameSession>)>;

/// Framed connections on a Unix stream socket, mode 0600, for processes of the same user only (checked per connection
/// with SO_PEERCRED, not only by the file's mode).
class FrameServer final {
public:
    /// Replaces a socket file that nobody listens on; Conflict when somebody does; Invalid when the path is longer than
    /// the 107 bytes a Unix socket address holds or names something that is not a socket.
    [[nodiscard]] static Result<std::unique_ptr<FrameServer>> open(IoThread &thread, std::string path,
                                                                   FrameFactory factory, FrameLimits limits = {});
    ~FrameServer(); ///< closes every connection, removes the socket file, waits until no handler runs any more
    FrameServer(const FrameServer &) = delete;
    FrameServer &operator=(const FrameServer &) = delete;

    [[nodiscard]] const std::string &path() const;

    /// Listens again when the socket file was taken away; open connections go on. True when it had to. Errors as open.
    [[nodiscard]] Result<bool> restore();

private:
    struct Impl;
    explicit FrameServer(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> m_impl;
};

} // namespace qd::net
