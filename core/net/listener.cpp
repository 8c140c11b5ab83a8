// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/listener.h"

#include "core/base/log.h"
#include "core/net/connection.h"

#include <algorithm>
#include <boost/asio/ip/v6_only.hpp>
#include <openssl/ssl.h>
#include <utility>

namespace qd::net {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

namespace {
/// Whom the limit per address counts together: an IPv4 address, or the /64 one IPv6 host can roam in.
std::string limitKey(const asio::ip::address &address)
{
    if (address.is_v4())
        return address.to_string();
    auto bytes = address.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return asio::ip::address_v6(bytes).to_string();
}

asio::ip::address unmapped(const asio::ip::address &address)
{
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    return address;
}
} // namespace

Slot::Slot(std::shared_ptr<ListenerCore> core, std::uint64_t number, std::string address)
    : m_core(std::move(core)), m_number(number), m_address(std::move(address))
{
    ++m_core->m_perAddress[m_address];
    ++m_core->count;
}

Slot::~Slot()
{
    m_core->m_connections.erase(m_number);
    if (const auto it = m_core->m_perAddress.find(m_address); --it->second == 0)
        m_core->m_perAddress.erase(it);
    --m_core->count;
    if (m_isReader)
        --m_core->readers;
}

bool Slot::join()
{
    if (!m_isReader && m_core->readers >= m_core->options.limits.readersShare())
        return false;
    if (!std::exchange(m_isReader, true))
        ++m_core->readers;
    return true;
}

void Slot::attach(std::weak_ptr<Connection> connection)
{
    m_core->m_connections[m_number] = std::move(connection);
}

ListenerCore::ListenerCore(std::shared_ptr<IoThread::Impl> thread, const Clock &c, ListenOptions o)
    : io(std::move(thread)), clock(c), options(std::move(o)), m_acceptor(io->context), m_ticker(io->context)
    , m_retry(io->context)
{}

void ListenerCore::refused(int status, std::string_view reason, const std::string &remote) const
{
    if (options.onRefused && !stopped)
        options.onRefused({status, std::string(reason), remote});
}

Result<> ListenerCore::loadCertificate()
{
    auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    SSL_CTX *native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    if (SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20") != 1)
        return fail(Code::Internal, "this OpenSSL has none of the ciphers we allow");
    ErrorCode ec;
    context->use_certificate_chain_file(options.certificateFile, ec);
    if (ec)
        return fail(Code::Invalid, "cannot use the certificate " + options.certificateFile + ": " + ec.message());
    context->use_private_key_file(options.keyFile, asio::ssl::context::pem, ec);
    if (ec)
        return fail(Code::Invalid, "cannot use the private key " + options.keyFile + ": " + ec.message());
    m_tls = std::move(context);
    return {};
}

Result<> ListenerCore::listen()
{
    if (!options.certificateFile.empty() || !options.keyFile.empty()) {
        if (auto loaded = loadCertificate(); !loaded)
            return loaded;
    }
    ErrorCode ec;
    const auto address = asio::ip::make_address(options.address, ec);
    if (ec)
        return fail(Code::Invalid, "not a numeric address to listen on: " + options.address);
    const Tcp::endpoint endpoint(address, options.port);
    m_acceptor.open(endpoint.protocol(), ec);
    if (!ec)
        m_acceptor.set_option(asio::socket_base::reuse_address(true), ec);
    if (!ec)
        m_acceptor.bind(endpoint, ec);
    if (!ec)
        m_acceptor.listen(asio::socket_base::max_listen_connections, ec);
    if (!ec)
        boundPort = m_acceptor.local_endpoint(ec).port();
    if (ec) {
        ErrorCode ignored;
        m_acceptor.close(ignored);
        return fail(Code::Io, "cannot listen on " + options.address + " port " + std::to_string(options.port) + ": "
                        + ec.message());
    }
    accept();
    return {};
}

void ListenerCore::accept()
{
    m_acceptor.async_accept([self = shared_from_this()](ErrorCode ec, Tcp::socket socket) {
        if (self->stopped)
            return;
        if (!ec) {
            self->admit(std::move(socket));
            self->accept();
            return;
        }
        // Out of descriptors, most likely: what is open goes on, new ones wait in the kernel's queue.
        log(LogLevel::Warning, "net", "cannot accept a connection: " + ec.message());
        self->m_retry.expires_after(std::chrono::milliseconds(100));
        self->m_retry.async_wait([self](ErrorCode waited) {
            if (!waited && !self->stopped)
                self->accept();
        });
    });
}

void ListenerCore::admit(Tcp::socket socket)
{
    ErrorCode ec;
    const auto endpoint = socket.remote_endpoint(ec);
    if (ec)
        return; // gone already
    const auto address = unmapped(endpoint.address());
    Remote remote{address.to_string(), address.is_loopback()};
    const Limits &limits = options.limits;
    std::string key = limitKey(address);
    const auto known = m_perAddress.find(key);
    const bool exempt = remote.isLoopback && limits.loopbackExempt;
    const bool crowd = count >= limits.connections;
    const bool pushy = !exempt && known != m_perAddress.end() && known->second >= limits.connectionsPerAddress;
    if (crowd || pushy) {
        refused(crowd ? 503 : 429, crowd ? "too many connections" : "too many connections from one address",
                remote.address);
        if (!m_tls) {
            // As much of an answer as fits without waiting for this peer.
            static constexpr std::string_view k503 = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n"
                                                     "Content-Length: 0\r\n\r\n";
            static constexpr std::string_view k429 = "HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\n"
                                                     "Content-Length: 0\r\n\r\n";
            socket.non_blocking(true, ec);
            socket.write_some(asio::buffer(crowd ? k503 : k429), ec);
        }
        socket.shutdown(Tcp::socket::shutdown_both, ec);
        return;
    }
    socket.set_option(Tcp::no_delay(true), ec);
    auto slot = std::make_unique<Slot>(shared_from_this(), m_nextNumber++, std::move(key));
    if (m_tls)
        serveHttp(shared_from_this(), std::move(slot), TlsStream(std::move(socket), *m_tls), std::move(remote));
    else
        serveHttp(shared_from_this(), std::move(slot), std::move(socket), std::move(remote));
    scheduleTick();
}

void ListenerCore::scheduleTick()
{
    // One timer looks after the deadlines of all connections, and only while there are any.
    if (m_ticking || m_connections.empty() || stopped)
        return;
    const Limits &l = options.limits;
    const std::int64_t shortest = std::min({l.headerTime.ns, l.totalTime.ns, l.idleTime.ns});
    m_ticking = true;
    m_ticker.expires_after(
        std::chrono::nanoseconds(std::clamp<std::int64_t>(shortest / 10, 5'000'000, 500'000'000)));
    m_ticker.async_wait([self = shared_from_this()](ErrorCode ec) {
        self->m_ticking = false;
        if (ec || self->stopped)
            return;
        std::vector<std::shared_ptr<Connection>> live;
        live.reserve(self->m_connections.size());
        for (const auto &[number, weak] : self->m_connections) {
            if (auto connection = weak.lock())
                live.push_back(std::move(connection));
        }
        const SteadyPoint now = std::chrono::steady_clock::now();
        for (const auto &connection : live)
            connection->tick(now);
        live.clear();
        self->scheduleTick();
    });
}

void ListenerCore::stop()
{
    if (stopped)
        return;
    std::vector<std::shared_ptr<Connection>> live;
    for (const auto &[number, weak] : m_connections) {
        if (auto connection = weak.lock())
            live.push_back(std::move(connection));
    }
    for (const auto &connection : live)
        connection->shutDown();
    stopped = true;
    ErrorCode ignored;
    m_acceptor.close(ignored);
    m_ticker.cancel();
    m_retry.cancel();
}

Listener::Listener(IoThread &thread, const Clock &clock, ListenOptions options)
    : m_core(std::make_shared<ListenerCore>(thread.impl(), clock, std::move(options)))
{}

Listener::~Listener()
{
    stop();
}

void Listener::route(Method method, std::string_view pattern, Handler handler, RouteOptions options)
{
    m_core->router.add(Router::Route{method, std::string(pattern), std::move(handler), std::move(options)});
}

void Listener::webSocket(WebSocketRoute route)
{
    m_core->router.add(std::move(route));
}

Result<> Listener::start()
{
    Result<> result;
    m_core->io->run([&] { result = m_core->listen(); });
    return result;
}

void Listener::stop()
{
    m_core->io->run([&] { m_core->stop(); });
}

std::uint16_t Listener::port() const
{
    return m_core->boundPort;
}

std::string Listener::url() const
{
    const ListenOptions &o = m_core->options;
    const bool v6 = o.address.find(':') != std::string::npos;
    return (o.certificateFile.empty() ? "http://" : "https://") + (v6 ? "[" + o.address + "]" : o.address) + ":"
        + std::to_string(port());
}

std::size_t Listener::connectionCount() const
{
    return m_core->count;
}

std::size_t Listener::readerCount() const
{
    return m_core->readers;
}

} // namespace qd::net
