// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/outwardsocket.h"
#include "core/net/chaincheck.h"
#include "tests/core/net/served.h"
#include "tests/core/net/testcertificates.h"
#include "tests/support/suite.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace qd::net;

namespace {
/// A WebSocket server of which every byte is the test's.
class RawServer final : public QTcpServer {
public:
    QTcpSocket *peer = nullptr;
    QByteArray request;
    QByteArray received; ///< after the handshake
    bool answers = true;

    RawServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            peer = nextPendingConnection();
            connect(peer, &QTcpSocket::readyRead, this, &RawServer::onRead);
        });
    }
    [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("ws://127.0.0.1:%1/x?token=s3cret").arg(serverPort())); }

private:
    void onRead()
    {
        if (request.contains("\r\n\r\n")) {
            received += peer->readAll();
            return;
        }
        request += peer->readAll();
        if (!answers || !request.contains("\r\n\r\n"))
            return;
        const auto at = request.toLower().indexOf("sec-websocket-key:") + 18;
        const QByteArray key = request.mid(at, request.indexOf("\r\n", at) - at).trimmed();
        peer->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Accept: "
                    + QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1)
                          .toBase64()
                    + "\r\n\r\n");
    }
};

struct Client {
    OutwardSocket socket;
    QSignalSpy opened{&socket, &OutwardSocket::opened};
    QSignalSpy texts{&socket, &OutwardSocket::textReceived};
    QSignalSpy binaries{&socket, &OutwardSocket::binaryReceived};
    QSignalSpy closed{&socket, &OutwardSocket::closed};
    std::vector<qd::Error> failures;

    Client()
    {
        QObject::connect(&socket, &OutwardSocket::failed, &socket,
                         [this](const qd::Error &error) { failures.push_back(error); });
    }
};

OutwardOptions to(const QUrl &url)
{
    OutwardOptions options;
    options.url = url;
    return options;
}

/// An echo of ours, with the headers it saw.
struct Echo : Served {
    explicit Echo(ListenOptions options = {}) : Served(std::move(options))
    {
        WebSocketRoute route{"/ws", {"xmpp"}, {}};
        route.admit = [this](const Request &request) -> std::optional<Response> {
            const std::lock_guard lock(mutex);
            seen = request.headers;
            return std::nullopt;
        };
        route.factory = [this](const Request &, std::shared_ptr<WebSocketPeer> accepted) {
            {
                const std::lock_guard lock(mutex);
                peer = accepted;
            }
            return WebSocketHandlers{[accepted](std::string payload, bool binary) {
                                         accepted->send(std::make_shared<const std::string>(std::move(payload)), binary);
                                     },
                                     {}};
        };
        listener->webSocket(std::move(route));
    }
    ~Echo() { listener->stop(); }
    [[nodiscard]] QUrl url() const
    {
        return QUrl(QString::fromStdString(listener->url()).replace(QStringLiteral("http"), QStringLiteral("ws"))
                    + QStringLiteral("/ws"));
    }
    Fields seen;                         ///< guarded by mutex
    std::shared_ptr<WebSocketPeer> peer; ///< guarded by mutex
};
} // namespace

class TestOutwardSocket final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void carriesTextAndBinary();
    void sendsItsHeadersAndSecret();
    void keepsSecretsOffOpenConnections();
    void refusesOddUrls_data();
    void refusesOddUrls();
    void failsOnceWhenNobodyAnswers();
    void failsWhenTheHandshakeIsRefused();
    void failsWhenTheHandshakeTakesTooLong();
    void endsOnAMessageAboveTheLimit();
    void endsOnAFrameAboveTheLimit();
    void pingsWhateverTheTrafficAndGivesUp();
    void cutsAPeerThatDoesNotSayGoodbye();
    void tellsAGoodbyeFromABreak();
    void staysSilentAfterAbort();
    void opensAgain();
    void trustsOnlyTheConfiguredRoots();
    void checksChainsItself();
    void failsWhenThePeerDoesNotRead();
};

void TestOutwardSocket::carriesTextAndBinary()
{
    Echo echo;
    QVERIFY(echo.listener->start());
    Client client;
    auto options = to(echo.url());
    options.subprotocols = {QStringLiteral("unknown"), QStringLiteral("xmpp")};
    QVERIFY(!client.socket.sendText(QStringLiteral("too early")));
    client.socket.open(std::move(options));
    QTRY_COMPARE(client.opened.count(), 1);
    QVERIFY(client.socket.isOpen());
    QCOMPARE(client.socket.subprotocol(), QStringLiteral("xmpp"));
    const QString large(400'000, QLatin1Char('x'));
    QVERIFY(client.socket.sendText(QStringLiteral("h\u00e9llo")));
    QVERIFY(client.socket.sendBinary(QByteArray("\0\1", 2)));
    QTRY_COMPARE(client.texts.count(), 1);
    QTRY_COMPARE(client.binaries.count(), 1);
    QCOMPARE(client.texts[0][0].toString(), QStringLiteral("h\u00e9llo"));
    client.socket.close(1000, QStringLiteral("done"));
    QTRY_COMPARE(client.closed.count(), 1);
    QCOMPARE(client.closed[0][0].toInt(), 1000);
    QVERIFY(!client.socket.isOpen());
    QVERIFY(client.failures.empty());
}

void TestOutwardSocket::sendsItsHeadersAndSecret()
{
    Echo echo;
    QVERIFY(echo.listener->start());
    Client client;
    auto options = to(echo.url());
    options.authorization = qd::Secret("Bearer t0ken");
    options.headers = {{"X-A", "1"}};
    client.socket.open(std::move(options));
    QTRY_COMPARE(client.opened.count(), 1);
    const std::lock_guard lock(echo.mutex);
    QCOMPARE(valueOf(echo.seen, "authorization"), std::string_view("Bearer t0ken"));
    QCOMPARE(valueOf(echo.seen, "x-a"), std::string_view("1"));
}

void TestOutwardSocket::keepsSecretsOffOpenConnections()
{
    Client client;
    auto options = to(QUrl(QStringLiteral("ws://192.0.2.1/feed")));
    options.authorization = qd::Secret("Bearer t0ken");
    client.socket.open(std::move(options));
    QTRY_COMPARE(client.failures.size(), std::size_t(1));
    QCOMPARE(client.failures[0].code, qd::Code::Invalid);
}

void TestOutwardSocket::refusesOddUrls_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("http") << QStringLiteral("http://127.0.0.1/");
    QTest::newRow("empty") << QString();
    QTest::newRow("no host") << QStringLiteral("ws:///x");
    QTest::newRow("userinfo") << QStringLiteral("ws://u:p@127.0.0.1/");
}

void TestOutwardSocket::refusesOddUrls()
{
    QFETCH(QString, url);
    Client client;
    client.socket.open(to(QUrl(url)));
    QCOMPARE(client.failures.size(), std::size_t(0)); // never from within open()
    QTRY_COMPARE(client.failures.size(), std::size_t(1));
    QCOMPARE(client.failures[0].code, qd::Code::Invalid);
}

void TestOutwardSocket::failsOnceWhenNobodyAnswers()
{
    QUrl url;
    {
        RawServer server;
        url = server.url();
    }
    Client client;
    client.socket.open(to(url));
    QTRY_COMPARE(client.failures.size(), std::size_t(1));
    QCOMPARE(client.failures[0].code, qd::Code::Unavailable);
    QVERIFY(client.failures[0].detail.find("s3cret") == std::string::npos);
    QTest::qWait(50);
    QCOMPARE(client.failures.size(), std::size_t(1));
    QCOMPARE(client.closed.count(), 0);
}

void TestOutwardSocket::failsWhenTheHandshakeIsRefused()
{
    Echo echo;
    QVERIFY(echo.listener->start());
    Client client;
    QUrl url = echo.url();
    url.setPath(QStringLiteral("/other"));
    client.socket.open(to(url));
    QTRY_COMPARE(client.failures.size(), std::size_t(1));
    QCOMPARE(client.failures[0].code, qd::Code::Unavailable);
    QVERIFY(client.failures[0].detail.find("404") != std::string::npos);
    QCOMPARE(client.closed.count(), 0);
}

void TestOutwardSocket::failsWhenTheHandshakeTakesTooLong()
{
    RawServer server;
    server.answers = false;
    Client client;
    auto options = to(server.url());
    options.connectTimeout = qd::millis(150);
    client.socket.open(std::move(options));
    QTRY_COMPARE(client.failures.size(), std::size_t(1));
    QCOMPARE(client.failures[0].code, qd::Code::Unavailable);
}

void TestOutwardSocket::endsOnAMessageAboveTheLimit()
{
    Echo echo;
    QVERIFY(echo.listener->start());
    Client client;
    auto options = to(echo.url());
    options.maxMessage = 1000;
    client.socket.open(std::move(options));
    QTRY_COMPARE(client.opened.count(), 1);
    client.socket.sendText(QString(1000, QLatin1Char('x')));
    QTRY_COMPARE(client.texts.count(), 1);
    client.socket.sendText(QString(1001, QLatin1Char('x')));
    QTRY_COMPARE(client.closed.count(), 1);
    QCOMPARE(client.closed[0][0].toInt(), 1009);
    QCOMPARE(client.texts.count(), 1);
}

void TestOutwardSocket::endsOnAFrameAboveTheLimit()
{
    RawServer server;
    Client client;
    client.socket.open(to(server.url()));
    QTRY_COMPARE(client.opened.count(), 1);
    server.peer->write(QByteArray::fromHex("827f0000000000040001")); // 256 KiB and one byte announced
    QTRY_COMPARE(client.closed.count(), 1);
    QCOMPARE(client.closed[0][0].toInt(), 1009);
}

void TestOutwardSocket::pingsWhateverTheTrafficAndGivesUp()
{
    RawServer server;
    Client client;
    auto options = to(server.url());
    options.pingInterval = qd::millis(50);
    options.pongDeadline = qd::seconds(1);
    client.socket.open(std::move(options));
    QTRY_COMPARE(client.opened.count(), 1);
    connect(&client.socket, &OutwardSocket::textReceived, &server, [&] { // a peer that talks but does not answer is gone as well
        QTimer::singleShot(20, &server, [&] { server.peer->write(QByteArray::fromHex("810161")); });
    });
    server.peer->write(QByteArray::fromHex("810161"));
    QTRY_COMPARE(client.failures.size(), std::size_t(1));
    QCOMPARE(client.failures[0].code, qd::Code::Unavailable);
    QVERIFY(client.texts.count() > 0);
    QTRY_VERIFY(server.received.size() >= 3 && static_cast<unsigned char>(server.received[0]) == 0x89);

    // A peer that answers stays.
    Echo echo;
    QVERIFY(echo.listener->start());
    Client lively;
    auto again = to(echo.url());
    again.pingInterval = qd::millis(50);
    again.pongDeadline = qd::seconds(2);
    lively.socket.open(std::move(again));
    QTRY_COMPARE(lively.opened.count(), 1);
    QTest::qWait(2'500);
    QVERIFY(lively.socket.isOpen());
}

void TestOutwardSocket::cutsAPeerThatDoesNotSayGoodbye()
{
    RawServer server;
    Client client;
    client.socket.open(to(server.url()));
    QTRY_COMPARE(client.opened.count(), 1);
    client.socket.close(1001, QStringLiteral("leaving"));
    QVERIFY(!client.socket.sendText(QStringLiteral("too late")));
    QTRY_COMPARE(client.closed.count(), 1);
    QTRY_VERIFY(server.received.startsWith(QByteArray("\x88", 1)));
    QVERIFY(client.failures.empty());
}

void TestOutwardSocket::tellsAGoodbyeFromABreak()
{
    RawServer server;
    Client client;
    client.socket.open(to(server.url()));
    QTRY_COMPARE(client.opened.count(), 1);
    server.peer->disconnectFromHost();
    QTRY_COMPARE(client.failures.size(), std::size_t(1));
    QCOMPARE(client.closed.count(), 0);
    RawServer polite;
    Client other;
    other.socket.open(to(polite.url()));
    QTRY_COMPARE(other.opened.count(), 1);
    polite.peer->write(QByteArray::fromHex("88060fa1") + "away"); // 4001
    polite.peer->flush();
    QTRY_COMPARE(other.closed.count(), 1);
    QCOMPARE(other.closed[0][0].toInt(), 4001);
    QCOMPARE(other.closed[0][1].toString(), QStringLiteral("away"));
    QVERIFY(other.failures.empty());
}

void TestOutwardSocket::staysSilentAfterAbort()
{
    Echo echo;
    QVERIFY(echo.listener->start());
    Client client;
    client.socket.open(to(echo.url()));
    client.socket.abort();
    QTest::qWait(100);
    QCOMPARE(client.opened.count(), 0);
    client.socket.open(to(echo.url()));
    QTRY_COMPARE(client.opened.count(), 1);
    client.socket.abort();
    QTest::qWait(100);
    QVERIFY(client.failures.empty());
    QCOMPARE(client.closed.count(), 0);
    QTRY_COMPARE(echo.listener->connectionCount(), std::size_t(0));
}

void TestOutwardSocket::opensAgain()
{
    Echo echo;
    QVERIFY(echo.listener->start());
    Client client;
    connect(&client.socket, &OutwardSocket::closed, &client.socket, [&] {
        if (client.opened.count() == 1)
            client.socket.open(to(echo.url())); // from within the signal
    });
    client.socket.open(to(echo.url()));
    QTRY_COMPARE(client.opened.count(), 1);
    client.socket.close();
    QTRY_COMPARE(client.opened.count(), 2);
    QVERIFY(client.socket.sendText(QStringLiteral("again")));
    QTRY_COMPARE(client.texts.count(), 1);
}

void TestOutwardSocket::trustsOnlyTheConfiguredRoots()
{
    TestCertificates authority;
    TestCertificates stranger;
    const auto attempt = [&](const TestCertificates::Signed &files, const QString &caFile) {
        Echo echo({.certificateFile = files.certificate.toStdString(), .keyFile = files.key.toStdString()});
        if (!echo.listener->start())
            return std::string("no listener");
        Client client;
        auto options = to(echo.url());
        options.caFile = caFile;
        options.authorization = qd::Secret("Bearer t0ken");
        client.socket.open(std::move(options));
        if (!QTest::qWaitFor([&] { return client.opened.count() > 0 || !client.failures.empty(); }, qd::tests::kPatience))
            return std::string("neither");
        const std::lock_guard lock(echo.mutex);
        if (!client.failures.empty() && !echo.seen.empty())
            return std::string("the secret was sent");
        return client.failures.empty() ? std::string("open") : std::string(qd::codeName(client.failures[0].code));
    };
    const auto here = authority.sign("IP:127.0.0.1");
    QCOMPARE(attempt(here, authority.caFile), std::string("open"));
    QCOMPARE(attempt(here, stranger.caFile), std::string("invalid"));
    QCOMPARE(attempt(here, {}), std::string("invalid"));
    QCOMPARE(attempt(here, here.key), std::string("invalid"));
    QCOMPARE(attempt(here, QStringLiteral("/nonexistent.pem")), std::string("invalid"));
    QCOMPARE(attempt(authority.sign("DNS:other.example"), authority.caFile), std::string("invalid"));
    QCOMPARE(attempt(authority.sign("IP:127.0.0.1", -7200, -3600), authority.caFile), std::string("invalid"));
}

void TestOutwardSocket::checksChainsItself()
{
    // What Qt 6.4.2 could let pass because a system root vouches for it must fail here: the roots given are all there is.
    TestCertificates authority;
    TestCertificates system;
    const auto read = [](const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    };
    const auto chain = [](const TestCertificates::Signed &files) {
        const QByteArray der = QSslCertificate::fromPath(files.certificate).first().toDer();
        return std::vector<qd::Bytes>{qd::Bytes(der.begin(), der.end())};
    };
    const std::string roots = read(authority.caFile);
    QVERIFY(checkChain(chain(authority.sign("IP:127.0.0.1")), roots, "127.0.0.1"));
    QVERIFY(checkChain(chain(authority.sign("DNS:chat.example")), roots, "chat.example"));
    QVERIFY(!checkChain(chain(system.sign("DNS:chat.example")), roots, "chat.example"));
    QVERIFY(!checkChain(chain(authority.sign("DNS:chat.example")), roots, "evil.example"));
    QVERIFY(!checkChain(chain(authority.sign("DNS:chat.example", -7200, -3600)), roots, "chat.example"));
    QVERIFY(!checkChain({}, roots, "chat.example"));
    QVERIFY(!checkChain({qd::Bytes{1, 2, 3}}, roots, "chat.example"));
    QVERIFY(!checkChain(chain(authority.sign("DNS:chat.example")), "no certificates", "chat.example"));
    QCOMPARE(countRoots(roots + read(system.caFile)).value(), 2);
    QVERIFY(!countRoots(roots + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
}

void TestOutwardSocket::failsWhenThePeerDoesNotRead()
{
    RawServer server;
    Client client;
    auto options = to(server.url());
    options.maxOutgoing = 100'000;
    client.socket.open(std::move(options));
    QTRY_COMPARE(client.opened.count(), 1);
    const QByteArray bytes(60'000, 'x');
    // Nothing leaves before the event loop runs, so the third finds too much waiting.
    QVERIFY(client.socket.sendBinary(bytes));
    QVERIFY(client.socket.sendBinary(bytes));
    QVERIFY(!client.socket.sendBinary(bytes));
    QCOMPARE(client.failures.size(), std::size_t(1));
    QCOMPARE(client.failures[0].code, qd::Code::Unavailable);
}

QD_TEST(TestOutwardSocket)
#include "tst_outwardsocket.moc"
