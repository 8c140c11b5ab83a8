// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/frameserver.h"

#include "core/base/log.h"
#include "core/net/iothreadimpl.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/error.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <deque>
#include <map>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

namespace qd::net {

namespace asio = boost::asio;
using Local = asio::local::stream_protocol;
using ErrorCode = boost::system::error_code;

namespace {

constexpr std::size_t kPayloadStep = 1 * kMebi; ///< how much a payload grows ahead of what has arrived
constexpr std::size_t kGather = 64;             ///< frames in one write

class Session final : public FrameSession, public std::enable_shared_from_this<Session> {
public:
    Session(std::shared_ptr<IoThread::Impl> io, Local::socket socket, const FrameLimits &limits, std::uint64_t number,
            std::uint32_t pid, std::shared_ptr<std::atomic<std::size_t>> all, std::function<void()> onCrowded, std::function<void()> onGone)
        : m_io(std::move(io)), m_socket(std::move(socket)), m_limits(limits), m_number(number), m_pid(pid), m_all(std::move(all))
        , m_onCrowded(std::move(onCrowded)), m_onGone(std::move(onGone))
    {}

    ~Session() override { *m_all -= m_unsent; }

    void start(const FrameFactory &factory)
    {
        m_handlers = factory(shared_from_this());
        readOn();
    }

    void send(std::uint8_t type, std::string payload) override
    {
        send(type, std::make_shared<const std::string>(std::move(payload)));
    }

    void send(std::uint8_t type, std::shared_ptr<const std::string> payload) override
    {
        if (m_gone || m_doomed)
            return;
        const std::size_t size = payload->size() + kFrameHead;
        if (payload->size() > m_limits.payload)
            return doom("a frame of ours is above the limit of the control socket");
        const std::size_t all = m_all->fetch_add(size) + size;
        if (m_unsent.fetch_add(size) + size > m_limits.outgoing)
            return doom("the peer on the control socket reads too slowly");
        if (all > m_limits.allOutgoing)
            asio::post(m_io->context, [self = shared_from_this()] {
                if (!self->m_gone)
                    self->m_onCrowded();
            });
        asio::post(m_io->context, [self = shared_from_this(), type, payload = std::move(payload)] {
            if (self->m_gone)
                return;
            const auto n = static_cast<std::uint32_t>(payload->size());
            self->m_queue.push_back({{static_cast<std::uint8_t>(n >> 24), static_cast<std::uint8_t>(n >> 16),
                                      static_cast<std::uint8_t>(n >> 8), static_cast<std::uint8_t>(n), type},
                                     payload});
            self->write();
        });
    }

    void close() override
    {
        asio::post(m_io->context, [self = shared_from_this()] {
            self->m_goodbye = true;
            self->write();
        });
    }

    void hold(bool held) override
    {
        asio::post(m_io->context, [self = shared_from_this(), held] {
            self->m_held = held;
            self->readOn();
        });
    }

    [[nodiscard]] std::size_t unsent() const { return m_unsent; }

    [[nodiscard]] std::uint32_t peerPid() const override { return m_pid; }
    [[nodiscard]] std::uint64_t number() const override { return m_number; }

    /// The end, once. Network thread.
    void finish(const Error &why)
    {
        if (m_gone.exchange(true))
            return;
        ErrorCode ignored;
        m_socket.close(ignored);
        const auto onClosed = std::move(m_handlers.onClosed);
        m_handlers = {};
        if (!m_writing) // else the write under way still needs the first of them, and ends at once
            m_queue.clear();
        *m_all -= m_unsent.exchange(0);
        m_onGone();
        if (onClosed)
            onClosed(why);
    }

private:
    struct Outgoing {
        std::array<std::uint8_t, kFrameHead> head;
        std::shared_ptr<const std::string> payload;
    };

    /// From now on nothing more is queued for this peer, whoever sends.
    void doom(const char *why)
    {
        if (!m_doomed.exchange(true))
            asio::post(m_io->context, [self = shared_from_this(), why] { self->finish({Code::TooLarge, why}); });
    }

    /// The next frame, unless the peer is to wait for its answers first.
    void readOn()
    {
        if (m_reading || m_gone || m_held || m_unsent > m_limits.unread)
            return;
        m_reading = true;
        readHead();
    }

    void readHead()
    {
        asio::async_read(m_socket, asio::buffer(m_head), [self = shared_from_this()](ErrorCode ec, std::size_t) {
            if (self->ended(ec))
                return;
            const auto &h = self->m_head;
            const std::size_t size = std::size_t{h[0]} << 24 | std::size_t{h[1]} << 16 | std::size_t{h[2]} << 8 | h[3];
            if (size > std::min(self->m_limits.incoming, self->m_limits.payload))
                return self->finish({Code::TooLarge, "a frame on the control socket is above the limit",
                                     std::to_string(size) + " bytes announced"});
            self->m_payload.clear();
            self->readPayload(size, 0);
        });
    }

    void readPayload(std::size_t size, std::size_t got)
    {
        if (got == size) {
            if (m_handlers.onFrame)
                m_handlers.onFrame(m_head[4], std::move(m_payload));
            m_payload = {};
            m_reading = false;
            // Posted: what the handler asked for (hold) comes first.
            asio::post(m_io->context, [self = shared_from_this()] { self->readOn(); });
            return;
        }
        // Memory follows what arrives, not what is announced.
        const std::size_t step = std::min(size - got, kPayloadStep);
        m_payload.resize(got + step);
        asio::async_read(m_socket, asio::buffer(m_payload.data() + got, step),
                         [self = shared_from_this(), size, got](ErrorCode ec, std::size_t n) {
                             if (!self->ended(ec))
                                 self->readPayload(size, got + n);
                         });
    }

    bool ended(ErrorCode ec)
    {
        if (ec)
            finish({Code::Unavailable, "the peer on the control socket has gone", ec.message()});
        return m_gone;
    }

    void write()
    {
        if (m_writing || m_gone)
            return;
        if (m_queue.empty()) {
            if (m_goodbye)
                finish({Code::Unavailable, "the control connection was closed"});
            return;
        }
        m_writing = true;
        m_gather.clear();
        const std::size_t frames = std::min(m_queue.size(), kGather);
        std::size_t bytes = 0;
        for (std::size_t i = 0; i < frames; ++i) {
            m_gather.push_back(asio::buffer(m_queue[i].head));
            m_gather.push_back(asio::buffer(*m_queue[i].payload));
            bytes += kFrameHead + m_queue[i].payload->size();
        }
        asio::async_write(m_socket, m_gather, [self = shared_from_this(), frames, bytes](ErrorCode ec, std::size_t) {
            self->m_writing = false;
            if (self->ended(ec))
                return self->m_queue.clear();
            self->m_unsent -= bytes;
            *self->m_all -= bytes;
            self->m_queue.erase(self->m_queue.begin(), self->m_queue.begin() + static_cast<std::ptrdiff_t>(frames));
            self->write();
            self->readOn();
        });
    }

    const std::shared_ptr<IoThread::Impl> m_io;
    Local::socket m_socket;
    const FrameLimits m_limits;
    const std::uint64_t m_number;
    const std::uint32_t m_pid;
    const std::shared_ptr<std::atomic<std::size_t>> m_all; ///< unsent bytes of all sessions
    const std::function<void()> m_onCrowded;
    const std::function<void()> m_onGone;
    FrameHandlers m_handlers;
    std::array<std::uint8_t, kFrameHead> m_head{};
    std::string m_payload;
    std::deque<Outgoing> m_queue;
    std::vector<asio::const_buffer> m_gather;
    std::atomic<std::size_t> m_unsent{0};
    std::atomic<bool> m_gone{false};
    std::atomic<bool> m_doomed{false};
    bool m_reading = false, m_held = false;
    bool m_writing = false;
    bool m_goodbye = false;
};

Result<> clearStale(asio::io_context &context, const std::string &path)
{
    struct stat info {};
    if (lstat(path.c_str(), &info) != 0)
        return {};
    if (!S_ISSOCK(info.st_mode))
        return fail(Code::Invalid, "not a socket, so it is left alone: " + path);
    Local::socket probe(context);
    ErrorCode ec;
    probe.connect(Local::endpoint(path), ec);
    if (!ec)
        return fail(Code::Conflict, "another core is already listening on " + path);
    if (::unlink(path.c_str()) != 0)
        return fail(Code::Io, "cannot remove the old control socket " + path);
    return {};
}

} // namespace

struct FrameServer::Impl : std::enable_shared_from_this<FrameServer::Impl> {
    Impl(std::shared_ptr<IoThread::Impl> thread, std::string p, FrameFactory f, FrameLimits l)
        : io(std::move(thread)), path(std::move(p)), factory(std::move(f)), limits(l), acceptor(io->context)
        , retry(io->context)
    {}

    Result<> listen()
    {
        if (path.size() >= sizeof(sockaddr_un::sun_path))
            return fail(Code::Invalid, "the path of the control socket is too long, choose a shorter home: " + path);
        if (auto cleared = clearStale(io->context, path); !cleared)
            return cleared;
        ErrorCode ec;
        acceptor.open(Local(), ec);
        // The file takes its mode from the socket, so there is no moment in which others could connect.
        if (!ec && ::fchmod(acceptor.native_handle(), 0600) != 0)
            ec.assign(errno, boost::system::system_category());
        if (!ec)
            acceptor.bind(Local::endpoint(path), ec);
        if (!ec && ::chmod(path.c_str(), 0600) != 0)
            ec.assign(errno, boost::system::system_category());
        if (!ec)
            acceptor.listen(asio::socket_base::max_listen_connections, ec);
        if (ec)
            return fail(Code::Io, "cannot listen on the control socket " + path + ": " + ec.message());
        struct stat info {};
        if (::stat(path.c_str(), &info) == 0)
            inode = info.st_ino;
        accept();
        return {};
    }

    void accept()
    {
        acceptor.async_accept([self = shared_from_this()](ErrorCode ec, Local::socket socket) {
            if (self->stopped || ec == asio::error::operation_aborted) // closed: restore() listens anew
                return;
            if (!ec) {
                self->admit(std::move(socket));
                return self->accept();
            }
            log(LogLevel::Warning, "net", "cannot accept a control connection: " + ec.message());
            self->retry.expires_after(std::chrono::milliseconds(100));
            self->retry.async_wait([self](ErrorCode waited) {
                if (!waited && !self->stopped)
                    self->accept();
            });
        });
    }

    void admit(Local::socket socket)
    {
        ucred peer{};
        socklen_t size = sizeof peer;
        if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != ::geteuid()) {
            log(LogLevel::Warning, "net", "refused a control connection of user " + std::to_string(peer.uid));
            return;
        }
        if (sessions.size() >= limits.connections) {
            log(LogLevel::Warning, "net", "refused a control connection: too many are open");
            return;
        }
        const std::uint64_t number = nextNumber++;
        auto session = std::make_shared<Session>(io, std::move(socket), limits, number,
                                                 static_cast<std::uint32_t>(peer.pid), unsent, [this] { dropTheSlowest(); },
                                                 [this, number] { sessions.erase(number); });
        sessions[number] = session;
        session->start(factory);
    }

    Result<bool> restore()
    {
        struct stat info {};
        if (stopped || (::lstat(path.c_str(), &info) == 0 && S_ISSOCK(info.st_mode) && info.st_ino == inode))
            return false;
        ErrorCode ignored;
        retry.cancel();
        acceptor.close(ignored);
        inode = 0;
        if (const auto again = listen(); !again) {
            acceptor.close(ignored);
            return tl::unexpected(again.error());
        }
        return true;
    }

    void dropTheSlowest()
    {
        const auto slowest = std::max_element(sessions.begin(), sessions.end(),
                                              [](const auto &a, const auto &b) { return a.second->unsent() < b.second->unsent(); });
        if (*unsent <= limits.allOutgoing || slowest == sessions.end())
            return;
        log(LogLevel::Warning, "net", "a control connection that reads too slowly was dropped: too much waits for all of them together");
        const auto session = slowest->second; // finish takes it out of the map
        session->finish({Code::TooLarge, "the peers on the control socket read too slowly, this one most of all"});
    }

    void stop()
    {
        if (stopped)
            return;
        stopped = true;
        ErrorCode ignored;
        acceptor.close(ignored);
        retry.cancel();
        // Only our own file: another core may have taken the path meanwhile.
        struct stat info {};
        if (inode != 0 && ::lstat(path.c_str(), &info) == 0 && info.st_ino == inode)
            ::unlink(path.c_str());
        const auto live = sessions;
        for (const auto &[number, session] : live)
            session->finish({Code::Unavailable, "the core stops"});
    }

    const std::shared_ptr<IoThread::Impl> io;
    const std::string path;
    const FrameFactory factory;
    const FrameLimits limits;
    Local::acceptor acceptor;
    asio::steady_timer retry;
    std::map<std::uint64_t, std::shared_ptr<Session>> sessions;
    const std::shared_ptr<std::atomic<std::size_t>> unsent = std::make_shared<std::atomic<std::size_t>>(0);
    std::uint64_t nextNumber = 1;
    ino_t inode = 0;
    bool stopped = false;
};

FrameServer::FrameServer(std::shared_ptr<Impl> impl) : m_impl(std::move(impl)) {}

FrameServer::~FrameServer()
{
    m_impl->io->run([this] { m_impl->stop(); });
}

Result<std::unique_ptr<FrameServer>> FrameServer::open(IoThread &thread, std::string path, FrameFactory factory,
                                                       FrameLimits limits)
{
    auto impl = std::make_shared<Impl>(thread.impl(), std::move(path), std::move(factory), limits);
    Result<> result;
    impl->io->run([&] { result = impl->listen(); });
    if (!result)
        return tl::unexpected(result.error());
    return std::unique_ptr<FrameServer>(new FrameServer(std::move(impl)));
}

Result<bool> FrameServer::restore()
{
    Result<bool> result = false;
    m_impl->io->run([&] { result = m_impl->restore(); });
    return result;
}

const std::string &FrameServer::path() const
{
    return m_impl->path;
}

} // namespace qd::net
