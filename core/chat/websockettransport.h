// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/transport.h"
#include "core/net/outwardsocket.h"

namespace qd::chat {

/// A Transport over net::OutwardSocket: text frames only, a subprotocol the server must agree to. What TLS, limits and
/// watchdogs guarantee is the socket's; ws:// is refused unless the host is this machine.
class WebSocketTransport final : public Transport {
    Q_OBJECT
public:
    /// The connection's address, checked: ws or wss, a host, no user or password in it, ws only to loopback.
    [[nodiscard]] static Result<QUrl> checkUrl(const std::string &url);

    WebSocketTransport(QUrl url, QString subprotocol, QString caFile, std::size_t maxFrame);

    void open() override;
    void send(std::string_view frame) override;
    void close() override;
    void abort() override;

private:
    void end(const Error &why);

    QUrl m_url;
    QString m_subprotocol;
    QString m_caFile;
    std::size_t m_maxFrame;
    bool m_ended = false;
    net::OutwardSocket m_socket{this};
};

} // namespace qd::chat
