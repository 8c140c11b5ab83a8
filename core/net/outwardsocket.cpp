// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/outwardsocket.h"

#include "core/base/log.h"
#include "core/net/chaincheck.h"

#include <QFile>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

namespace qd::net {

namespace {
constexpr int kGoodbyeMs = 1000;
constexpr int kReasonLimit = 123; ///< RFC 6455 section 5.5: 125 bytes less the code

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

QList<QSslCipher> allowedCiphers()
{
    QList<QSslCipher> ciphers;
    for (const QSslCipher &cipher : QSslConfiguration::supportedCiphers()) {
        const QString name = cipher.name();
        const bool aead = name.contains(QLatin1String("GCM")) || name.contains(QLatin1String("CHACHA20"));
        if (aead && (name.startsWith(QLatin1String("ECDHE")) || name.startsWith(QLatin1String("TLS_"))))
            ciphers.append(cipher);
    }
    return ciphers;
}
} // namespace

OutwardSocket::OutwardSocket(QObject *parent) : QObject(parent)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &OutwardSocket::onDeadline);
    connect(&m_ping, &QTimer::timeout, this, &OutwardSocket::onPingDue);
}

OutwardSocket::~OutwardSocket()
{
    drop();
}

void OutwardSocket::open(OutwardOptions options)
{
    drop();
    m_options = std::move(options);
    m_roots.clear();
    m_deadline.start(static_cast<int>(m_options.connectTimeout.millis()));
    // Every answer comes from the event loop, also that of a hopeless attempt.
    QMetaObject::invokeMethod(this, [this, attempt = ++m_attempt] {
        if (attempt == m_attempt)
            connectSocket();
    }, Qt::QueuedConnection);
}

void OutwardSocket::connectSocket()
{
    const QUrl &url = m_options.url;
    const bool secure = url.scheme() == QLatin1String("wss");
    if (!url.isValid() || url.host().isEmpty() || (!secure && url.scheme() != QLatin1String("ws")))
        return fail(Code::Invalid, "only ws and wss addresses are allowed here");
    if (!url.userInfo().isEmpty())
        return fail(Code::Invalid, "an address must not hold a user or password; give them separately");
    if (!m_options.authorization.isEmpty() && !secure && !isLoopback(url.host()))
        return fail(Code::Invalid, "a secret is not sent over an unprotected connection; use wss");

    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->setMaxAllowedIncomingMessageSize(m_options.maxMessage);
    m_socket->setMaxAllowedIncomingFrameSize(m_options.maxFrame);
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    tls.setCiphers(allowedCiphers());
    if (!m_options.caFile.isEmpty()) {
        QFile file(m_options.caFile);
        if (file.open(QIODevice::ReadOnly))
            m_roots = file.readAll();
        if (const auto count = countRoots(std::string_view(m_roots.constData(), m_roots.size())); !count)
            return fail(count.error().code, count.error().message, m_options.caFile);
        tls.setCaCertificates(QSslCertificate::fromData(m_roots, QSsl::Pem));
    }
    m_socket->setSslConfiguration(tls);

    connect(m_socket, &QWebSocket::connected, this, &OutwardSocket::onConnected);
    connect(m_socket, &QWebSocket::disconnected, this, &OutwardSocket::onDisconnected);
    connect(m_socket, &QWebSocket::aboutToClose, this, [this] { m_goodbye = true; });
    connect(m_socket, &QWebSocket::textMessageReceived, this, &OutwardSocket::textReceived);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, &OutwardSocket::binaryReceived);
    connect(m_socket, &QWebSocket::pong, this, [this] { m_sincePong.restart(); });
    connect(m_socket, &QWebSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        fail(Code::Invalid, "the peer's certificate cannot be trusted; check it and the CA file",
             errors.isEmpty() ? QString() : errors.first().errorString());
    });
    connect(m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, [this] {
        if (!m_goodbye)
            fail(Code::Unavailable, m_open ? "the connection broke" : "the connection could not be opened",
                 m_socket->errorString());
    });

    QNetworkRequest request(url);
    for (const auto &[name, value] : std::as_const(m_options.headers))
        request.setRawHeader(name, value);
    if (!m_options.authorization.isEmpty()) {
        const std::string_view text = m_options.authorization.revealText();
        request.setRawHeader("Authorization", QByteArray(text.data(), static_cast<qsizetype>(text.size())));
    }
    QWebSocketHandshakeOptions handshake;
    handshake.setSubprotocols(m_options.subprotocols);
    m_socket->open(request, handshake);

    // QWebSocket hides its socket, but the socket is its child, and only it tells when TLS stands.
    if (auto *socket = m_socket->findChild<QSslSocket *>(QString(), Qt::FindDirectChildrenOnly)) {
        connect(socket, &QSslSocket::encrypted, this,
                [this, socket] { onEncrypted(socket->sslConfiguration().peerCertificateChain()); });
    } else if (secure) {
        fail(Code::Internal, "this Qt hides the socket whose certificate must be checked");
    }
}

void OutwardSocket::onEncrypted(const QList<QSslCertificate> &chain)
{
    if (m_roots.isEmpty())
        return; // Qt has checked against the system's roots, and those are the ones meant
    std::vector<Bytes> certificates;
    for (const QSslCertificate &certificate : chain) {
        const QByteArray der = certificate.toDer();
        certificates.emplace_back(der.begin(), der.end());
    }
    const auto good = checkChain(certificates, std::string_view(m_roots.constData(), m_roots.size()),
                                 m_options.url.host().toStdString());
    if (!good)
        fail(good.error().code, good.error().message, QString::fromStdString(good.error().detail));
}

void OutwardSocket::onConnected()
{
    m_deadline.stop();
    m_open = true;
    m_sincePong.start();
    m_ping.start(static_cast<int>(m_options.pingInterval.millis()));
    Q_EMIT opened();
}

void OutwardSocket::onDisconnected()
{
    if (!m_goodbye)
        return fail(Code::Unavailable, m_open ? "the connection broke" : "the connection could not be opened",
                    m_socket->errorString());
    const auto code = static_cast<quint16>(m_socket->closeCode());
    const QString reason = m_socket->closeReason();
    drop();
    Q_EMIT closed(code, reason);
}

void OutwardSocket::onPingDue()
{
    if (m_sincePong.elapsed() >= m_options.pongDeadline.millis())
        return fail(Code::Unavailable, "the peer no longer answers pings");
    m_socket->ping();
}

void OutwardSocket::onDeadline()
{
    if (m_goodbye)
        onDisconnected();
    else
        fail(Code::Unavailable, "no connection in time");
}

bool OutwardSocket::hasRoom()
{
    if (!m_open || m_goodbye)
        return false;
    if (static_cast<std::size_t>(m_socket->bytesToWrite()) <= m_options.maxOutgoing)
        return true;
    fail(Code::Unavailable, "the peer reads too slowly");
    return false;
}

bool OutwardSocket::sendText(const QString &text)
{
    if (!hasRoom())
        return false;
    m_socket->sendTextMessage(text);
    return true;
}

bool OutwardSocket::sendBinary(const QByteArray &bytes)
{
    if (!hasRoom())
        return false;
    m_socket->sendBinaryMessage(bytes);
    return true;
}

void OutwardSocket::close(quint16 code, const QString &reason)
{
    if (!m_open || m_goodbye)
        return;
    m_ping.stop();
    m_deadline.start(kGoodbyeMs);
    m_socket->close(static_cast<QWebSocketProtocol::CloseCode>(code), reason.left(kReasonLimit / 4));
}

void OutwardSocket::abort()
{
    ++m_attempt;
    drop();
}

QString OutwardSocket::subprotocol() const
{
    return m_socket ? m_socket->subprotocol() : QString();
}

void OutwardSocket::fail(Code code, std::string message, const QString &detail)
{
    drop();
    Q_EMIT failed(Error{code, std::move(message), detail.toStdString()});
}

void OutwardSocket::drop()
{
    m_deadline.stop();
    m_ping.stop();
    m_open = false;
    m_goodbye = false;
    if (QWebSocket *socket = std::exchange(m_socket, nullptr)) {
        socket->disconnect(this);
        for (QObject *child : socket->children())
            child->disconnect(this);
        socket->abort();
        socket->deleteLater(); // we may have been called by one of its signals
    }
}

} // namespace qd::net
