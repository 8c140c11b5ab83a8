// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/frameclient.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <cstring>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

namespace qd::net {

namespace {
using Steady = std::chrono::steady_clock;
constexpr std::size_t kReadStep = 256 * kKibi;

/// What is left until `deadline`, as poll wants it; -1 for ever.
int left(bool forEver, Steady::time_point deadline)
{
    if (forEver)
        return -1;
    const auto ms = std::chrono::ceil<std::chrono::milliseconds>(deadline - Steady::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(ms, 0, INT_MAX));
}
} // namespace

struct FrameClient::Impl {
    ~Impl()
    {
        if (socket >= 0)
            ::close(socket);
        if (waker >= 0)
            ::close(waker);
    }

    /// A whole frame at the front of the buffer, if there is one.
    Result<std::optional<Frame>> take()
    {
        const std::size_t have = end - begin;
        if (have < kFrameHead)
            return std::nullopt;
        const auto *h = reinterpret_cast<const std::uint8_t *>(buffer.data()) + begin;
        const std::size_t size = std::size_t{h[0]} << 24 | std::size_t{h[1]} << 16 | std::size_t{h[2]} << 8 | h[3];
        if (size > kFramePayload)
            return fail(Code::TooLarge, "the core sent a frame above the limit of the control socket");
        if (have < kFrameHead + size) {
            want = kFrameHead + size;
            return std::nullopt;
        }
        Frame frame{h[4], std::string(buffer.data() + begin + kFrameHead, size)};
        begin += kFrameHead + size;
        want = 0;
        if (begin == end) {
            begin = end = 0;
            if (buffer.size() > 4 * kMebi)
                buffer = {}; // a snapshot has passed; what follows is small
        }
        return std::optional<Frame>(std::move(frame));
    }

    Result<> receive()
    {
        if (begin > 0 && (begin == end || buffer.size() - end < kReadStep)) {
            std::memmove(buffer.data(), buffer.data() + begin, end - begin);
            end -= begin;
            begin = 0;
        }
        // Room for the frame under way, but memory follows what arrives, not what is announced.
        const std::size_t need = end + std::clamp(want > end ? want - end : 0, kReadStep, std::max(kReadStep, end));
        if (buffer.size() < need)
            buffer.resize(need);
        const ssize_t n = ::recv(socket, buffer.data() + end, buffer.size() - end, MSG_DONTWAIT);
        if (n > 0) {
            end += static_cast<std::size_t>(n);
            return {};
        }
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return {};
        return fail(Code::Unavailable, "the core has gone", n < 0 ? std::strerror(errno) : "end of stream");
    }

    int socket = -1;
    int waker = -1;
    std::mutex sending;
    bool broken = false; ///< a frame was sent in part; guarded by `sending`
    std::vector<char> buffer;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t want = 0; ///< bytes the frame at the front needs, 0 = unknown
};

FrameClient::FrameClient(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
FrameClient::~FrameClient() = default;

Result<std::unique_ptr<FrameClient>> FrameClient::connect(const std::string &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return fail(Code::Invalid, "the path of the control socket is too long: " + path);
    std::memcpy(address.sun_path, path.data(), path.size());
    auto impl = std::make_unique<Impl>();
    impl->socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    impl->waker = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (impl->socket < 0 || impl->waker < 0)
        return fail(Code::Io, "cannot open a socket", std::strerror(errno));
    if (::connect(impl->socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        const int why = errno;
        const Code code = why == ENOENT ? Code::NotFound : why == EACCES ? Code::Forbidden : Code::Unavailable;
        return fail(code, "no core answers at " + path, std::strerror(why));
    }
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(impl->socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != ::geteuid())
        return fail(Code::Forbidden, "the core at " + path + " belongs to another user");
    return std::unique_ptr<FrameClient>(new FrameClient(std::move(impl)));
}

Result<> FrameClient::send(std::uint8_t type, std::string_view payload, Span timeout)
{
    if (payload.size() > kFramePayload)
        return fail(Code::TooLarge, "the frame is above the limit of the control socket");
    const auto n = static_cast<std::uint32_t>(payload.size());
    std::array<std::uint8_t, kFrameHead> head{static_cast<std::uint8_t>(n >> 24), static_cast<std::uint8_t>(n >> 16),
                                         static_cast<std::uint8_t>(n >> 8), static_cast<std::uint8_t>(n), type};
    const auto deadline = Steady::now() + std::chrono::nanoseconds(timeout.ns);
    const std::lock_guard lock(m_impl->sending);
    if (m_impl->broken)
        return fail(Code::Unavailable, "the connection to the core is broken");
    std::size_t sent = 0;
    const std::size_t total = kFrameHead + payload.size();
    while (sent < total) {
        std::array<iovec, 2> parts{};
        std::size_t count = 0;
        if (sent < kFrameHead)
            parts[count++] = {head.data() + sent, kFrameHead - sent};
        const std::size_t skip = sent < kFrameHead ? 0 : sent - kFrameHead;
        if (skip < payload.size())
            parts[count++] = {const_cast<char *>(payload.data()) + skip, payload.size() - skip};
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = count;
        const ssize_t written = ::sendmsg(m_impl->socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (written > 0) {
            sent += static_cast<std::size_t>(written);
            continue;
        }
        if (written < 0 && errno == EINTR)
            continue;
        pollfd waiting{m_impl->socket, POLLOUT, 0};
        if (written < 0 && errno == EAGAIN) {
            const int wait = left(timeout.ns < 0, deadline);
            if (wait != 0 && ::poll(&waiting, 1, wait) >= 0)
                continue;
        }
        m_impl->broken = true;
        return fail(Code::Unavailable, "the core does not take what is sent to it", std::strerror(errno));
    }
    return {};
}

Result<std::optional<Frame>> FrameClient::read(Span timeout)
{
    const bool forEver = timeout.ns < 0;
    const auto deadline = Steady::now() + std::chrono::nanoseconds(forEver ? 0 : timeout.ns);
    while (true) {
        auto frame = m_impl->take();
        if (!frame || *frame)
            return frame;
        std::array<pollfd, 2> waiting{pollfd{m_impl->socket, POLLIN, 0}, pollfd{m_impl->waker, POLLIN, 0}};
        const int wait = left(forEver, deadline);
        const int ready = ::poll(waiting.data(), waiting.size(), wait);
        if (ready < 0 && errno != EINTR)
            return fail(Code::Io, "cannot wait for the core", std::strerror(errno));
        if (ready > 0 && waiting[1].revents != 0) {
            std::uint64_t count = 0;
            [[maybe_unused]] const ssize_t drained = ::read(m_impl->waker, &count, sizeof count);
            return std::nullopt;
        }
        if (ready > 0 && waiting[0].revents != 0) {
            if (auto received = m_impl->receive(); !received)
                return tl::unexpected(received.error());
        } else if (ready == 0 && wait == 0) {
            return std::nullopt;
        }
    }
}

void FrameClient::wake()
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t n = ::write(m_impl->waker, &one, sizeof one);
}

} // namespace qd::net
