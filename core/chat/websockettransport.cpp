// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/websockettransport.h"

#include <QHostAddress>

namespace qd::chat {

Result<QUrl> WebSocketTransport::checkUrl(const std::string &text)
{
    const QUrl url(QString::fromStdString(text), QUrl::StrictMode);
    const bool plain = url.scheme() == QLatin1String("ws");
    if (!url.isValid() || url.host().isEmpty() || (!plain && url.scheme() != QLatin1String("wss")))
        return fail(Code::Invalid, "the chat server's address must look like wss://chat.example.org/path");
    if (!url.userInfo().isEmpty())
        return fail(Code::Invalid, "the chat server's address must not hold a user or password; give them as options");
    const bool local = url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
    if (plain && !local)
        return fail(Code::Forbidden, "ws:// is only for a server on this machine; use wss:// for " + url.host().toStdString());
    return url;
}

WebSocketTransport::WebSocketTransport(WebSocketLine line)
    : m_line(std::move(line))
{
    connect(&m_socket, &net::OutwardSocket::opened, this, [this] {
        const QString agreed = m_socket.subprotocol();
        if (agreed != m_line.subprotocol && (m_line.mustAgree || !agreed.isEmpty())) {
            m_socket.abort();
            return end({Code::Invalid, "the server at " + m_line.url.host().toStdString() + " does not speak the chat protocol \""
                                           + m_line.subprotocol.toStdString() + "\"; check the address"});
        }
        Q_EMIT opened();
    });
    connect(&m_socket, &net::OutwardSocket::textReceived, this, [this](const QString &text) { Q_EMIT frame(text.toUtf8()); });
    connect(&m_socket, &net::OutwardSocket::closed, this, [this](quint16 code) {
        m_code = code;
        end({Code::Unavailable, "the chat server closed the connection"});
    });
    connect(&m_socket, &net::OutwardSocket::failed, this, [this](const Error &error) { end(error); });
}

void WebSocketTransport::open()
{
    net::OutwardOptions options;
    options.url = m_line.url;
    if (!m_line.subprotocol.isEmpty())
        options.subprotocols = {m_line.subprotocol};
    if (!m_line.origin.isEmpty())
        options.headers.append({"Origin", m_line.origin});
    if (m_line.authorization)
        options.authorization = m_line.authorization->duplicate();
    options.caFile = m_line.caFile;
    options.maxMessage = m_line.maxFrame;
    options.maxFrame = m_line.maxFrame;
    options.pingInterval = m_line.pingInterval;
    options.pongDeadline = m_line.pongDeadline;
    m_socket.open(std::move(options));
}

void WebSocketTransport::send(std::string_view frame)
{
    m_socket.sendText(QString::fromUtf8(frame.data(), static_cast<qsizetype>(frame.size())));
}

void WebSocketTransport::close()
{
    m_socket.close();
}

void WebSocketTransport::abort()
{
    m_ended = true;
    m_socket.abort();
}

void WebSocketTransport::end(const Error &why)
{
    if (!std::exchange(m_ended, true))
        Q_EMIT closed(why);
}

} // namespace qd::chat
