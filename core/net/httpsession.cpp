// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/connection.h"
#include "core/net/requestparser.h"
#include "core/net/responsehead.h"

#include <array>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <cstring>

namespace qd::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using ErrorCode = boost::system::error_code;

namespace {

constexpr std::size_t kBodyStep = 256 * kKibi; ///< how much a body grows ahead of what has arrived
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

/// One connection: reads a request, waits for its answer, writes it, goes on to the next. At most one request is under
/// way; further pipelined ones wait in the buffer. Network thread.
template <typename Stream>
class HttpSession final : public Connection, public std::enable_shared_from_this<HttpSession<Stream>> {
public:
    static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;

    HttpSession(std::shared_ptr<ListenerCore> core, std::unique_ptr<Slot> slot, Stream stream, Remote remote)
        : m_core(std::move(core)), m_slot(std::move(slot)), m_stream(std::move(stream)), m_remote(std::move(remote))
        , m_limits(m_core->options.limits), m_capacity(m_limits.header + kKibi), m_in(new char[m_capacity])
    {}

    ~HttpSession() override { releaseBody(); }

    void start()
    {
        m_slot->attach(this->weak_from_this());
        if constexpr (kTls) {
            m_phase = Phase::Handshake;
            m_deadline = after(m_limits.headerTime);
            m_stream.async_handshake(asio::ssl::stream_base::server, [self = this->shared_from_this()](ErrorCode ec) {
                if (ec)
                    self->close();
                else if (self->m_phase == Phase::Handshake)
                    self->begin(true);
            });
        } else {
            begin(true);
        }
    }

    void tick(SteadyPoint now) override
    {
        if (now < m_deadline)
            return;
        switch (m_phase) {
        case Phase::Idle:
            if (!m_first)
                return close();
            [[fallthrough]];
        case Phase::Head: return refuse(408, "the request's header took too long");
        case Phase::Body: return refuse(408, "the request's body took too long");
        case Phase::Waiting:
            m_core->refused(503, "no answer within the total time", m_remote.address);
            m_keepAlive = false;
            return write(refusal(503, "no answer in time; the request may still take effect, send it again"));
        case Phase::Handshake:
        case Phase::Writing:
        case Phase::Draining:
        case Phase::Closed: return close();
        }
    }

    void shutDown() override { close(); }

private:
    enum class Phase { Handshake, Idle, Head, Body, Waiting, Writing, Draining, Closed };

    Tcp::socket &socket()
    {
        if constexpr (kTls)
            return m_stream.next_layer();
        else
            return m_stream;
    }

    void begin(bool first)
    {
        m_phase = Phase::Idle;
        m_first = first;
        m_deadline = after(first ? m_limits.headerTime : m_limits.idleTime);
        m_request = Request{};
        m_parser.emplace(m_request);
        m_headerBytes = 0;
        m_bodyGot = 0;
        m_head = false;
        m_route = nullptr;
        ++m_number;
        if (m_begin < m_end)
            onInput();
        else
            read();
    }

    void read()
    {
        if (m_reading || m_phase == Phase::Closed)
            return;
        if (m_begin > 0) {
            std::memmove(m_in.get(), m_in.get() + m_begin, m_end - m_begin);
            m_end -= m_begin;
            m_begin = 0;
        }
        if (m_end == m_capacity)
            return refuse(400, "a chunk's header or trailer is too long");
        m_reading = true;
        m_stream.async_read_some(asio::buffer(m_in.get() + m_end, m_capacity - m_end),
                                 [self = this->shared_from_this()](ErrorCode ec, std::size_t n) {
                                     self->m_reading = false;
                                     self->m_end += n;
                                     self->onRead(ec);
                                 });
    }

    void onRead(ErrorCode ec)
    {
        switch (m_phase) {
        case Phase::Idle:
        case Phase::Head:
        case Phase::Body:
            if (ec)
                close(); // the sender gave up; there is nobody to tell
            else
                onInput();
            return;
        case Phase::Draining:
            m_begin = m_end = 0;
            if (ec)
                close();
            else
                read();
            return;
        default: // a refusal is being written; what still comes is of no interest
            m_begin = m_end = 0;
            return;
        }
    }

    void onInput()
    {
        if (m_phase == Phase::Idle) {
            m_phase = Phase::Head;
            m_total = after(m_limits.totalTime);
            if (!m_first)
                m_deadline = after(m_limits.headerTime);
        }
        if (m_phase == Phase::Head)
            parseHead();
        else
            parseChunks();
    }

    /// Feeds the parser what is buffered; false when it wants more.
    bool feed(ErrorCode &ec)
    {
        const std::size_t n = m_parser->put(asio::const_buffer(m_in.get() + m_begin, m_end - m_begin), ec);
        m_begin += n;
        if (m_phase == Phase::Head)
            m_headerBytes += n;
        const bool more = ec == http::error::need_more;
        if (more)
            ec = {};
        return !more;
    }

    void parseHead()
    {
        ErrorCode ec;
        const bool enough = feed(ec);
        if (ec)
            return refuse(400, "this is not HTTP/1.1: " + ec.message());
        if (m_headerBytes + (enough ? 0 : m_end - m_begin) > m_limits.header)
            return refuse(431, "the request's header is too large");
        if (!m_parser->is_header_done())
            return read();
        onHead();
    }

    void onHead()
    {
        m_deadline = m_total;
        m_request.remote = m_remote.address;
        m_request.isLoopback = m_remote.isLoopback;
        m_request.receivedAt = m_core->clock.now();
        m_head = m_request.method == Method::Head;
        if (const char *fault = m_parser->framingFault())
            return refuse(400, fault);
        m_keepAlive = m_parser->keep_alive();
        const bool upgrade = m_parser->upgrade() && m_request.method == Method::Get
            && boost::beast::iequals(m_request.header("upgrade"), "websocket");
        Router::Match match = m_core->router.find(m_request.method, m_request.path, upgrade);
        m_request.params = std::move(match.params);
        if (upgrade)
            return onUpgrade(match.socket);
        if (!match.route)
            return refuseRoute(match);
        m_route = match.route;
        if (m_route->options.isForReaders && !m_slot->join())
            return refuse(503, whyNoReader(), {{"Retry-After", std::to_string(kReadersWait.millis() / 1000)}});
        if (const auto coding = m_request.header("content-encoding");
            !coding.empty() && !boost::beast::iequals(coding, "identity"))
            return refuse(415, "send the body without content encoding");
        const auto length = m_parser->content_length();
        if (length && *length > m_route->options.bodyLimit)
            return refuse(413, "the body is larger than " + std::to_string(m_route->options.bodyLimit) + " bytes");
        if (m_route->options.admit) {
            if (auto response = m_route->options.admit(m_request)) {
                m_core->refused(response->status, "not admitted", m_remote.address);
                m_keepAlive = m_keepAlive && m_parser->is_done();
                return write(std::move(*response));
            }
        }
        if (m_parser->is_done())
            return dispatch();
        m_phase = Phase::Body;
        if (length)
            m_request.body.reserve(*length); // address space only: pages come as bytes arrive
        else
            m_parser->body_limit(m_route->options.bodyLimit);
        const auto expect = m_request.header("expect");
        if (expect.empty())
            return readBody();
        if (!boost::beast::iequals(expect, "100-continue"))
            return refuse(417, "no such expectation can be met");
        asio::async_write(m_stream, asio::buffer(kContinue),
                          [self = this->shared_from_this()](ErrorCode ec, std::size_t) {
                              if (ec)
                                  self->close();
                              else if (self->m_phase == Phase::Body)
                                  self->readBody();
                          });
    }

    [[nodiscard]] std::string whyNoReader() const
    {
        return "all " + std::to_string(m_limits.readersShare()) + " places for readers of status pages are taken; the other " + std::to_string(m_limits.connections - m_limits.readersShare())
            + " are kept for alerts. Try again in " + std::to_string(kReadersWait.millis() / 1000) + " seconds";
    }

    void refuseRoute(const Router::Match &match)
    {
        if (!match.allow.empty())
            return refuse(405, "this path takes " + match.allow, {{"Allow", match.allow}});
        if (match.socket)
            return refuse(426, "this path is a WebSocket", {{"Upgrade", "websocket"}});
        refuse(404, "there is no such path");
    }

    void onUpgrade(const WebSocketRoute *route)
    {
        if (!route)
            return refuse(404, "there is no WebSocket at this path");
        if (m_begin < m_end || !m_parser->is_done())
            return refuse(400, "a WebSocket client speaks only after the handshake");
        const std::string_view origin = m_request.header("origin");
        bool allowed = true;
        if (route->originAllowed) {
            allowed = route->originAllowed(origin, m_request);
        } else if (!origin.empty()) {
            const std::size_t scheme = origin.find("://");
            allowed = scheme != origin.npos
                && boost::beast::iequals(origin.substr(scheme + 3), m_request.header("host"));
        }
        if (!allowed)
            return refuse(403, "pages of this origin may not connect");
        if (route->admit) {
            if (auto response = route->admit(m_request)) {
                m_core->refused(response->status, "not admitted", m_remote.address);
                return write(std::move(*response));
            }
        }
        m_phase = Phase::Closed; // the connection lives on in the WebSocket's session
        serveWebSocket(m_core, std::move(m_slot), std::move(m_stream), std::move(m_request), *route);
    }

    void readBody()
    {
        if (m_parser->chunked())
            return m_begin < m_end ? parseChunks() : read();
        const auto length = static_cast<std::size_t>(*m_parser->content_length());
        const std::size_t buffered = std::min(m_end - m_begin, length - m_bodyGot);
        if (buffered > 0) {
            m_request.body.append(m_in.get() + m_begin, buffered);
            m_begin += buffered;
            m_bodyGot += buffered;
        }
        readPlain(length);
    }

    /// The rest of a body of known length, read straight into its string.
    void readPlain(std::size_t length)
    {
        if (m_bodyGot == length)
            return dispatch();
        if (m_request.body.size() == m_bodyGot)
            m_request.body.resize(std::min(length, m_bodyGot + kBodyStep));
        if (!chargeBody())
            return;
        m_reading = true;
        m_stream.async_read_some(
            asio::buffer(m_request.body.data() + m_bodyGot, m_request.body.size() - m_bodyGot),
            [self = this->shared_from_this(), length](ErrorCode ec, std::size_t n) {
                self->m_reading = false;
                if (self->m_phase != Phase::Body)
                    return self->onRead(ec);
                if (ec)
                    return self->close();
                self->m_bodyGot += n;
                self->readPlain(length);
            });
    }

    void parseChunks()
    {
        while (true) {
            ErrorCode ec;
            const bool enough = feed(ec);
            if (ec == http::error::body_limit)
                return refuse(413, "the body is larger than " + std::to_string(m_route->options.bodyLimit) + " bytes");
            if (ec)
                return refuse(400, "the chunked body is broken: " + ec.message());
            if (!chargeBody())
                return;
            if (m_parser->is_done())
                return dispatch();
            if (!enough || m_begin == m_end)
                return read();
        }
    }

    /// Counts this body among those in flight; false when that was too much and the request has been refused.
    bool chargeBody()
    {
        m_core->bodyBytes += m_request.body.size() - m_charged;
        m_charged = m_request.body.size();
        if (m_core->bodyBytes <= m_limits.bodiesInFlight)
            return true;
        refuse(503, "too many bodies are under way; send it again");
        return false;
    }

    void releaseBody()
    {
        m_core->bodyBytes -= m_charged;
        m_charged = 0;
    }

    void dispatch()
    {
        m_phase = Phase::Waiting;
        m_waiting = this->shared_from_this();
        releaseBody();
        Responder responder([weak = this->weak_from_this(), number = m_number](Response response) {
            if (auto self = weak.lock()) {
                // The session may only die on the network thread: hand our hold of it over as a whole.
                const auto io = self->m_core->io;
                asio::dispatch(io->context,
                               [self = std::move(self), number, response = std::move(response)]() mutable {
                                   if (self->m_number == number && self->m_phase == Phase::Waiting)
                                       self->write(std::move(response));
                               });
            }
        });
        m_route->handler(std::move(m_request), std::move(responder));
    }

    /// Our own refusals: the sender is not trusted to go on with sense, so the connection ends.
    void refuse(int status, std::string_view reason, Fields headers = {})
    {
        m_core->refused(status, reason, m_remote.address);
        releaseBody();
        // A path that does not exist harms nobody: only what is left of a body would be in the way of the next request.
        m_keepAlive = m_keepAlive && (status == 404 || status == 405 || status == 426) && m_parser->is_done();
        Response response = refusal(status, reason);
        response.headers = std::move(headers);
        write(std::move(response));
    }

    void write(Response response)
    {
        const auto self = std::exchange(m_waiting, nullptr);
        m_phase = Phase::Writing;
        m_deadline = after(m_limits.totalTime);
        m_response = std::move(response);
        if (m_slot->isReader() && m_core->readers > m_limits.readersShare() / 2) // who reads on comes again; meanwhile another has the place
            m_keepAlive = false;
        writeHead(m_out, m_response, m_keepAlive, m_core->clock.now());
        const std::array<asio::const_buffer, 2> buffers{
            asio::buffer(m_out), m_head ? asio::const_buffer() : asio::const_buffer(asio::buffer(m_response.body))};
        asio::async_write(m_stream, buffers, [self = this->shared_from_this()](ErrorCode ec, std::size_t) {
            if (self->m_phase != Phase::Writing)
                return;
            self->m_response = {};
            if (ec)
                self->close();
            else if (self->m_keepAlive && !self->m_core->stopped)
                self->begin(false);
            else
                self->linger();
        });
    }

    /// Closing with unread bytes would make the kernel throw our answer away, so the sender gets a moment to read it.
    void linger()
    {
        m_phase = Phase::Draining;
        m_deadline = after(kLingerTime);
        if constexpr (kTls) {
            m_stream.async_shutdown([self = this->shared_from_this()](ErrorCode) { self->close(); });
        } else {
            ErrorCode ec;
            m_stream.shutdown(Tcp::socket::shutdown_send, ec);
            m_begin = m_end = 0;
            read();
        }
    }

    void close()
    {
        if (m_phase == Phase::Closed)
            return;
        const auto self = std::exchange(m_waiting, nullptr);
        m_phase = Phase::Closed;
        ErrorCode ec;
        socket().close(ec);
    }

    std::shared_ptr<ListenerCore> m_core;
    std::unique_ptr<Slot> m_slot;
    Stream m_stream;
    Remote m_remote;
    const Limits &m_limits;

    const std::size_t m_capacity;
    std::unique_ptr<char[]> m_in;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;

    Phase m_phase = Phase::Idle;
    SteadyPoint m_deadline;
    SteadyPoint m_total;
    bool m_first = true;
    bool m_reading = false;
    bool m_keepAlive = false;
    bool m_head = false;
    std::uint64_t m_number = 0;
    std::optional<RequestParser> m_parser;
    Request m_request;
    std::size_t m_headerBytes = 0;
    std::size_t m_bodyGot = 0;
    std::size_t m_charged = 0;
    const Router::Route *m_route = nullptr;
    std::shared_ptr<HttpSession> m_waiting; ///< ourselves, while only a Responder knows of us
    Response m_response;
    std::string m_out;
};

} // namespace

void serveHttp(std::shared_ptr<ListenerCore> core, std::unique_ptr<Slot> slot, Tcp::socket socket, Remote remote)
{
    std::make_shared<HttpSession<Tcp::socket>>(std::move(core), std::move(slot), std::move(socket), std::move(remote))
        ->start();
}

void serveHttp(std::shared_ptr<ListenerCore> core, std::unique_ptr<Slot> slot, TlsStream stream, Remote remote)
{
    std::make_shared<HttpSession<TlsStream>>(std::move(core), std::move(slot), std::move(stream), std::move(remote))
        ->start();
}

} // namespace qd::net
