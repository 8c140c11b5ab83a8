// SPDX-License-Identifier: GPL-3.0-or-later
// For this folder's .cpp files only: it brings Asio with it.
#pragma once

#include "core/net/iothreadimpl.h"
#include "core/net/router.h"

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <map>
#include <optional>
#include <unordered_map>

namespace qd::net {

using Tcp = boost::asio::ip::tcp;
using TlsStream = boost::asio::ssl::stream<Tcp::socket>;
using SteadyPoint = std::chrono::steady_clock::time_point;

[[nodiscard]] inline SteadyPoint after(Span span)
{
    return std::chrono::steady_clock::now() + std::chrono::nanoseconds(span.ns);
}

/// What the listener knows of one accepted connection. Network thread only.
class Connection {
public:
    virtual ~Connection() = default;
    /// Looks at its deadlines.
    virtual void tick(SteadyPoint now) = 0;
    /// The listener stops: close at once and call no handler any more (but a WebSocket's onClosed).
    virtual void shutDown() = 0;
};

/// A connection's place among Limits::connections, given back when it dies.
class Slot final {
public:
    Slot(std::shared_ptr<class ListenerCore> core, std::uint64_t number, std::string address);
    ~Slot();
    Slot(const Slot &) = delete;
    Slot &operator=(const Slot &) = delete;

    /// The session that now stands for this connection (a WebSocket takes over from HTTP).
    void attach(std::weak_ptr<Connection> connection);
    /// From now on it is one of the readers' share; false: all of that is taken. Stays so until the connection ends.
    [[nodiscard]] bool join();
    [[nodiscard]] bool isReader() const { return m_isReader; }

private:
    std::shared_ptr<ListenerCore> m_core;
    std::uint64_t m_number;
    std::string m_address;
    bool m_isReader = false;
};

/// What every session of one listener shares. Network thread only, but for `count` and `readers`.
class ListenerCore final : public std::enable_shared_from_this<ListenerCore> {
public:
    ListenerCore(std::shared_ptr<IoThread::Impl> io, const Clock &clock, ListenOptions options);

    [[nodiscard]] Result<> listen();
    void stop();
    void refused(int status, std::string_view reason, const std::string &remote) const;

    const std::shared_ptr<IoThread::Impl> io;
    const Clock &clock;
    const ListenOptions options;
    Router router;
    bool stopped = false;
    std::size_t bodyBytes = 0; ///< of unfinished bodies
    std::atomic<std::size_t> count{0};
    std::atomic<std::size_t> readers{0}; ///< of the readers' share
    std::atomic<std::uint16_t> boundPort{0};

private:
    friend class Slot;
    [[nodiscard]] Result<> loadCertificate();
    void accept();
    void admit(Tcp::socket socket);
    void scheduleTick();

    std::unique_ptr<boost::asio::ssl::context> m_tls;
    Tcp::acceptor m_acceptor;
    boost::asio::steady_timer m_ticker;
    boost::asio::steady_timer m_retry;
    bool m_ticking = false;
    std::uint64_t m_nextNumber = 1;
    std::unordered_map<std::uint64_t, std::weak_ptr<Connection>> m_connections;
    std::map<std::string, std::size_t> m_perAddress;
};

/// Where a connection came from, in the form handlers and limits use.
struct Remote {
    std::string address;
    bool isLoopback = false;
};

/// Serves HTTP on an accepted connection until it ends. Network thread.
void serveHttp(std::shared_ptr<ListenerCore> core, std::unique_ptr<Slot> slot, Tcp::socket socket, Remote remote);
void serveHttp(std::shared_ptr<ListenerCore> core, std::unique_ptr<Slot> slot, TlsStream stream, Remote remote);

/// Answers the handshake of an upgrade request that `route` has admitted and serves the WebSocket until it ends.
void serveWebSocket(std::shared_ptr<ListenerCore> core, std::unique_ptr<Slot> slot, Tcp::socket socket, Request request,
                    const WebSocketRoute &route);
void serveWebSocket(std::shared_ptr<ListenerCore> core, std::unique_ptr<Slot> slot, TlsStream stream, Request request,
                    const WebSocketRoute &route);

} // namespace qd::net
