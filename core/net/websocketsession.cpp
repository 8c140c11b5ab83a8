// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/connection.h"

#include <boost/asio/post.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <deque>

namespace qd::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using ErrorCode = boost::system::error_code;

namespace {

constexpr std::size_t kCloseReasonLimit = 123; ///< RFC 6455 section 5.5: 125 bytes less the code

/// The first of ours that the client offers, or "".
std::string agree(const std::vector<std::string> &ours, std::string_view offered)
{
    for (const std::string &mine : ours) {
        std::string_view rest = offered;
        while (!rest.empty()) {
            std::string_view item = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(rest.size(), item.size() + 1));
            while (!item.empty() && (item.front() == ' ' || item.front() == '\t'))
                item.remove_prefix(1);
            while (!item.empty() && (item.back() == ' ' || item.back() == '\t'))
                item.remove_suffix(1);
            if (item == mine)
                return mine;
        }
    }
    return {};
}

/// One accepted WebSocket. Everything but the WebSocketPeer calls runs on the network thread. Pings, their deadline and
/// the deadlines of both handshakes are Beast's.
template <typename Stream>
class WebSocketSession final : public Connection,
                               public WebSocketPeer,
                               public std::enable_shared_from_this<WebSocketSession<Stream>> {
public:
    WebSocketSession(std::shared_ptr<ListenerCore> core, std::unique_ptr<Slot> slot, Stream stream, Request request,
                     const WebSocketRoute &route)
        : m_core(std::move(core)), m_slot(std::move(slot)), m_ws(std::move(stream)), m_request(std::move(request))
        , m_route(route), m_remote(m_request.remote), m_io(m_core->io)
    {
        std::string offered;
        for (const auto &[name, value] : m_request.headers) {
            if (name == "sec-websocket-protocol")
                (offered += offered.empty() ? "" : ",") += value;
        }
        m_subprotocol = agree(route.subprotocols, offered);
    }

    void start()
    {
        m_slot->attach(this->weak_from_this());
        const Limits &limits = m_core->options.limits;
        websocket::stream_base::timeout timeout{};
        timeout.handshake_timeout = std::chrono::nanoseconds(limits.headerTime.ns);
        timeout.idle_timeout = std::chrono::nanoseconds(limits.pingInterval.ns * kPingMisses);
        timeout.keep_alive_pings = true; // after half of idle_timeout, which is one interval
        m_ws.set_option(timeout);
        m_ws.set_option(websocket::stream_base::decorator([this](websocket::response_type &response) {
            if (!m_subprotocol.empty())
                response.set(http::field::sec_websocket_protocol, m_subprotocol);
        }));
        m_ws.read_message_max(limits.webSocketMessage);
        m_ws.auto_fragment(false);
        for (const auto &[name, value] : m_request.headers)
            m_upgrade.insert(name, value);
        m_upgrade.method(http::verb::get);
        m_upgrade.target(m_request.path);
        m_upgrade.version(11);
        m_ws.async_accept(m_upgrade, [self = this->shared_from_this()](ErrorCode ec) { self->onAccepted(ec); });
    }

    void tick(SteadyPoint) override {}

    void shutDown() override { finish(1001, "the server stops"); }

    void sendText(std::string text) override { send(std::make_shared<const std::string>(std::move(text)), false); }
    void sendBinary(std::string bytes) override { send(std::make_shared<const std::string>(std::move(bytes)), true); }

    void send(std::shared_ptr<const std::string> bytes, bool binary) override
    {
        if (m_gone)
            return;
        const std::size_t limit = m_core->options.limits.webSocketOutgoing;
        const bool tooSlow = m_unsent.fetch_add(bytes->size()) + bytes->size() > limit;
        asio::post(m_io->context, [self = this->shared_from_this(), bytes = std::move(bytes), binary, tooSlow] {
            if (tooSlow) {
                self->m_core->refused(503, "a WebSocket peer reads too slowly", self->m_remote);
                return self->finish(1006, "the peer reads too slowly");
            }
            self->m_queue.push_back({bytes, binary});
            self->write();
        });
    }

    void close(std::uint16_t code, std::string reason) override
    {
        asio::post(m_io->context, [self = this->shared_from_this(), code, reason = std::move(reason)] {
            if (!self->m_goodbye) {
                self->m_goodbye = websocket::close_reason(static_cast<websocket::close_code>(code), reason.substr(0, kCloseReasonLimit));
                self->write();
            }
        });
    }

    [[nodiscard]] const std::string &subprotocol() const override { return m_subprotocol; }
    [[nodiscard]] const std::string &remote() const override { return m_remote; }

private:
    struct Outgoing {
        std::shared_ptr<const std::string> bytes;
        bool binary;
    };

    void onAccepted(ErrorCode ec)
    {
        if (m_gone)
            return;
        if (ec) {
            // Beast has answered 400 or 426 by itself.
            m_core->refused(400, "not a WebSocket handshake: " + ec.message(), m_remote);
            return finish(1006, {});
        }
        m_open = true;
        m_handlers = m_route.factory(m_request, this->shared_from_this());
        m_request = Request{};
        read();
        write();
    }

    void read()
    {
        m_ws.async_read(m_in, [self = this->shared_from_this()](ErrorCode ec, std::size_t) { self->onRead(ec); });
    }

    void onRead(ErrorCode ec)
    {
        if (m_gone)
            return;
        if (ec) {
            if (ec == websocket::error::message_too_big) {
                m_core->refused(413, "a WebSocket message above the limit", m_remote);
                return finish(1009, "the message is too large");
            }
            // A peer that said goodbye and hung up before our answer has said goodbye all the same.
            if (const auto &said = m_ws.reason(); ec == websocket::error::closed || said.code != websocket::close_code::none)
                return finish(said.code, std::string(said.reason.c_str()));
            return finish(1006, ec.message());
        }
        std::string payload = boost::beast::buffers_to_string(m_in.data());
        m_in.consume(m_in.size());
        if (m_in.capacity() > 64 * kKibi)
            m_in.shrink_to_fit();
        const bool binary = m_ws.got_binary();
        // The handler may let go of us; the lambda that called us keeps us alive until it returns.
        if (m_handlers.onMessage)
            m_handlers.onMessage(std::move(payload), binary);
        if (!m_gone)
            read();
    }

    void write()
    {
        if (m_writing || !m_open || m_gone)
            return;
        if (m_queue.empty()) {
            if (m_goodbye && !m_closing) {
                m_closing = true;
                m_ws.async_close(*m_goodbye, [self = this->shared_from_this()](ErrorCode ec) {
                    // A finished handshake also ends the read, but only if it was under way.
                    self->finish(ec ? std::uint16_t(1006) : self->m_goodbye->code, {});
                });
            }
            return;
        }
        if (m_closing)
            return;
        m_writing = true;
        m_ws.binary(m_queue.front().binary);
        m_ws.async_write(asio::buffer(*m_queue.front().bytes),
                         [self = this->shared_from_this()](ErrorCode ec, std::size_t) {
                             self->m_writing = false;
                             if (self->m_gone)
                                 return;
                             self->m_unsent -= self->m_queue.front().bytes->size();
                             self->m_queue.pop_front();
                             if (ec)
                                 return; // the read under way ends as well and says why
                             self->write();
                         });
    }

    /// The end, once. Whatever is still under way is cancelled.
    void finish(std::uint16_t code, std::string reason)
    {
        if (m_gone.exchange(true))
            return;
        ErrorCode ignored;
        boost::beast::get_lowest_layer(m_ws).close(ignored);
        m_slot.reset(); // the application may hold on to its peer for long
        const auto onClosed = std::move(m_handlers.onClosed);
        m_handlers = {};
        if (onClosed)
            onClosed(code, std::move(reason));
    }

    std::shared_ptr<ListenerCore> m_core;
    std::unique_ptr<Slot> m_slot;
    websocket::stream<Stream, false> m_ws; // without permessage-deflate: nobody is offered it, and a compressed bomb has nothing to go off in
    Request m_request;
    const WebSocketRoute &m_route;
    const std::string m_remote;
    const std::shared_ptr<IoThread::Impl> m_io;
    std::string m_subprotocol;
    http::request<http::empty_body> m_upgrade;
    boost::beast::flat_buffer m_in;
    WebSocketHandlers m_handlers;
    std::deque<Outgoing> m_queue;
    std::optional<websocket::close_reason> m_goodbye;
    std::atomic<std::size_t> m_unsent{0};
    std::atomic<bool> m_gone{false};
    bool m_open = false;
    bool m_writing = false;
    bool m_closing = false;
};

template <typename Stream>
void serve(std::shared_ptr<ListenerCore> core, std::unique_ptr<Slot> slot, Stream stream, Request request,
           const WebSocketRoute &route)
{
    std::make_shared<WebSocketSession<Stream>>(std::move(core), std::move(slot), std::move(stream), std::move(request),
                                               route)
        ->start();
}

} // namespace

void serveWebSocket(std::shared_ptr<ListenerCore> core, std::unique_ptr<Slot> slot, Tcp::socket socket, Request request,
                    const WebSocketRoute &route)
{
    serve(std::move(core), std::move(slot), std::move(socket), std::move(request), route);
}

void serveWebSocket(std::shared_ptr<ListenerCore> core, std::unique_ptr<Slot> slot, TlsStream stream, Request request,
                    const WebSocketRoute &route)
{
    serve(std::move(core), std::move(slot), std::move(stream), std::move(request), route);
}

} // namespace qd::net
