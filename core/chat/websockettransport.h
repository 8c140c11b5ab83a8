// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/transport.h"
#include "core/net/outwardsocket.h"

#include <memory>

namespace qd::chat {

/// What a platform's line is opened with.
struct WebSocketLine {
    QUrl url;
    QString subprotocol = {};  ///< "" = none
    bool mustAgree = true;     ///< the server has to confirm the subprotocol; otherwise it may leave it unsaid
    QString caFile = {};       ///< PEM roots instead of the system's
    std::shared_ptr<const Secret> authorization = {}; ///< the value of the handshake's Authorization header
    QByteArray origin = {};    ///< an Origin header, for servers that ask every client for one
    std::size_t maxFrame = net::kWebSocketMessage;
    Span pingInterval = net::kPingInterval;
    Span pongDeadline = net::kPingInterval * net::kPingMisses;
};

/// A Transport over net::OutwardSocket: text frames only. What TLS, limits and watchdogs guarantee is the socket's; ws:// is
/// refused unless the host is this machine.
class WebSocketTransport final : public Transport {
    Q_OBJECT
public:
    /// The connection's address, checked: ws or wss, a host, no user or password in it, ws only to loopback.
    [[nodiscard]] static Result<QUrl> checkUrl(const std::string &url);

    explicit WebSocketTransport(WebSocketLine line);

    void open() override;
    void send(std::string_view frame) override;
    void close() override;
    void abort() override;
    int closeCode() const override { return m_code; }

private:
    void end(const Error &why);

    WebSocketLine m_line;
    bool m_ended = false;
    int m_code = 0;
    net::OutwardSocket m_socket{this};
};

} // namespace qd::chat
