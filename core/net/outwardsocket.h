// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/net/limits.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <QUrl>
#include <utility>

class QSslCertificate;
class QWebSocket;

namespace qd::net {

struct OutwardOptions {
    QUrl url; ///< ws or wss; never with a user or password in it
    QStringList subprotocols = {};
    QString caFile = {};      ///< PEM roots that replace the system's
    Secret authorization = {}; ///< the whole value of the Authorization header, "Bearer …"; only over wss or to loopback
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    std::size_t maxMessage = kWebSocketMessage;
    std::size_t maxFrame = kWebSocketFrame;
    std::size_t maxOutgoing = kWebSocketOutgoing;
    Span connectTimeout = kRequestTime;
    Span pingInterval = kPingInterval;
    Span pongDeadline = kPingInterval * kPingMisses; ///< without a pong for so long the connection counts as dead
};

/// One outward WebSocket on Qt WebSockets: a source's feed, a chat platform. It adds what QWebSocket leaves open: limits
/// before the first byte, a watchdog that pings whatever the traffic, an end to close() after one second, and a check
/// that the peer's certificate chain ends in a root of ours (CVE-2023-34410; Qt 6.4.2 takes system roots as well).
///
/// Lives in one thread with an event loop. One connection at a time; open() again after closed() or failed().
/// Every open() ends in exactly one closed() or failed(). Nothing it logs or reports holds a URL's user or query.
class OutwardSocket final : public QObject {
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OutwardSocket)

public:
    explicit OutwardSocket(QObject *parent = nullptr);
    ~OutwardSocket() override;

    /// Ends a connection that is still there, without a signal.
    void open(OutwardOptions options);
    /// False when there is no open connection; when too much waits unsent the connection also fails.
    bool sendText(const QString &text);
    bool sendBinary(const QByteArray &bytes);
    /// Says goodbye; the connection is cut after one second if the peer does not answer.
    void close(quint16 code = 1000, const QString &reason = {});
    /// Cuts the connection at once, without a signal.
    void abort();

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] QString subprotocol() const; ///< "" when none was agreed

Q_SIGNALS:
    void opened();
    void textReceived(const QString &text);
    void binaryReceived(const QByteArray &bytes);
    /// The peer or we said goodbye.
    void closed(quint16 code, const QString &reason);
    /// There never was a connection, or it broke. Invalid: TLS or the address is wrong, trying again cannot help.
    void failed(const qd::Error &error);

private:
    void connectSocket();
    void onEncrypted(const QList<QSslCertificate> &chain);
    void onConnected();
    void onDisconnected();
    void onPingDue();
    void onDeadline();
    bool hasRoom();
    void fail(Code code, std::string message, const QString &detail = {});
    void drop();

    OutwardOptions m_options;
    QWebSocket *m_socket = nullptr; ///< our child, one a connection
    QByteArray m_roots;             ///< PEM; empty = the system's
    QTimer m_deadline;              ///< of connecting, and of the goodbye
    QTimer m_ping;
    QElapsedTimer m_sincePong;
    unsigned m_attempt = 0; ///< counts open() and abort(), so that a queued start of an older one is ignored
    bool m_open = false;
    bool m_goodbye = false; ///< a close frame has come or gone
};

} // namespace qd::net
