// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/websocket.h"
#include "tests/core/net/rawclient.h"
#include "tests/core/net/served.h"
#include "tests/core/net/testcertificates.h"
#include "tests/support/suite.h"

#include <QFile>
#include <QNetworkRequest>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>
#include <atomic>

using namespace qd::net;

namespace {
const char *const kUpgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// A listener with an echo at /ws/{name}.
struct SocketEcho : Served {
    explicit SocketEcho(ListenOptions options = {}) : Served(std::move(options))
    {
        WebSocketRoute route{"/ws/{name}", {"cloudevents.json", "other"}, {}};
        route.factory = [this](const Request &request, std::shared_ptr<WebSocketPeer> accepted) {
            {
                const std::lock_guard lock(mutex);
                name = request.param("name");
                peer = accepted;
            }
            ++opened;
            return WebSocketHandlers{[weak = std::weak_ptr(accepted)](std::string payload, bool binary) {
                                         if (const auto p = weak.lock()) {
                                             if (binary)
                                                 p->sendBinary(std::move(payload));
                                             else
                                                 p->sendText(std::move(payload));
                                         }
                                     },
                                     [this](std::uint16_t code, const std::string &) { closedWith = code; }};
        };
        route.admit = [](const Request &request) -> std::optional<Response> {
            if (request.param("name") == "stranger")
                return refusal(401, "no such key");
            return std::nullopt;
        };
        listener->webSocket(std::move(route));
    }
    ~SocketEcho() { listener->stop(); }

    QUrl url(const char *path = "/ws/a") const
    {
        QString text = QString::fromStdString(listener->url()).replace(QStringLiteral("http"), QStringLiteral("ws"));
        return QUrl(text + QString::fromLatin1(path));
    }

    std::string name;                    ///< guarded by mutex
    std::shared_ptr<WebSocketPeer> peer; ///< guarded by mutex
    std::atomic<int> opened = 0;
    std::atomic<int> closedWith = 0;
};

struct SocketClient {
    QWebSocket socket;
    QSignalSpy connected{&socket, &QWebSocket::connected};
    QSignalSpy disconnected{&socket, &QWebSocket::disconnected};
    QSignalSpy texts{&socket, &QWebSocket::textMessageReceived};
    QSignalSpy binaries{&socket, &QWebSocket::binaryMessageReceived};

    bool open(const QUrl &url, const QStringList &subprotocols = {})
    {
        QWebSocketHandshakeOptions options;
        options.setSubprotocols(subprotocols);
        socket.open(QNetworkRequest(url), options);
        return connected.wait(qd::tests::kPatience);
    }
};
} // namespace

class TestWebSocket final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void echoesTextAndBinary();
    void agreesOnASubprotocol_data();
    void agreesOnASubprotocol();
    void endsAnOversizedMessageWith1009();
    void takesAMessageOfTheLimit();
    void refusesInvalidUtf8With1007();
    void answersPings();
    void pingsAndDropsASilentPeer();
    void closesWithCodeAndReason();
    void sendsWhatIsQueuedBeforeItCloses();
    void dropsASlowReader();
    void checksTheOrigin_data();
    void checksTheOrigin();
    void refusesHandshakes_data();
    void refusesHandshakes();
    void tellsOfTheEndWhenItStops();
    void speaksTls();
};

void TestWebSocket::echoesTextAndBinary()
{
    SocketEcho echo;
    QVERIFY(echo.listener->start());
    SocketClient client;
    QVERIFY(client.open(echo.url("/ws/b%20c")));
    QTRY_COMPARE(echo.opened.load(), 1);
    QCOMPARE(echo.name, std::string("b c"));
    client.socket.sendTextMessage(QStringLiteral("h\u00e9llo"));
    client.socket.sendBinaryMessage(QByteArray("\0\1\2", 3));
    QTRY_COMPARE(client.texts.count(), 1);
    QTRY_COMPARE(client.binaries.count(), 1);
    QCOMPARE(client.texts[0][0].toString(), QStringLiteral("h\u00e9llo"));
    QCOMPARE(client.binaries[0][0].toByteArray(), QByteArray("\0\1\2", 3));
    QCOMPARE(echo.listener->connectionCount(), std::size_t(1));
    client.socket.close();
    QTRY_COMPARE(echo.closedWith.load(), 1000);
    const std::lock_guard lock(echo.mutex);
    echo.peer.reset();
}

void TestWebSocket::agreesOnASubprotocol_data()
{
    QTest::addColumn<QStringList>("offered");
    QTest::addColumn<QString>("agreed");
    QTest::newRow("none") << QStringList{} << QString();
    QTest::newRow("one") << QStringList{QStringLiteral("cloudevents.json")} << QStringLiteral("cloudevents.json");
    QTest::newRow("ours decides") << QStringList{QStringLiteral("other"), QStringLiteral("cloudevents.json")}
                                  << QStringLiteral("cloudevents.json");
    QTest::newRow("unknown") << QStringList{QStringLiteral("cloudevents.avro")} << QString();
}

void TestWebSocket::agreesOnASubprotocol()
{
    QFETCH(QStringList, offered);
    QFETCH(QString, agreed);
    SocketEcho echo;
    QVERIFY(echo.listener->start());
    SocketClient client;
    QVERIFY(client.open(echo.url(), offered));
    QCOMPARE(client.socket.subprotocol(), agreed);
    QTRY_COMPARE(echo.opened.load(), 1);
    const std::lock_guard lock(echo.mutex);
    QCOMPARE(echo.peer->subprotocol(), agreed.toStdString());
}

void TestWebSocket::endsAnOversizedMessageWith1009()
{
    SocketEcho echo;
    QVERIFY(echo.listener->start());
    SocketClient client;
    QVERIFY(client.open(echo.url()));
    client.socket.sendTextMessage(QString(static_cast<qsizetype>(kWebSocketMessage) + 1, QLatin1Char('x')));
    QTRY_COMPARE(client.disconnected.count(), 1);
    QCOMPARE(client.socket.closeCode(), QWebSocketProtocol::CloseCodeTooMuchData);
    QTRY_COMPARE(echo.closedWith.load(), 1009);
    QTRY_COMPARE(echo.refused(413), 1);
    QCOMPARE(client.texts.count(), 0);
}

void TestWebSocket::takesAMessageOfTheLimit()
{
    SocketEcho echo;
    QVERIFY(echo.listener->start());
    SocketClient client;
    QVERIFY(client.open(echo.url()));
    const QString message(static_cast<qsizetype>(kWebSocketMessage), QLatin1Char('x'));
    client.socket.sendTextMessage(message);
    QTRY_COMPARE(client.texts.count(), 1);
    QVERIFY(client.texts[0][0].toString() == message);
}

void TestWebSocket::refusesInvalidUtf8With1007()
{
    SocketEcho echo;
    QVERIFY(echo.listener->start());
    RawClient raw(echo.listener->port());
    raw.send("GET /ws/a HTTP/1.1\r\nHost: x\r\n" + std::string(kUpgrade) + "\r\n");
    QCOMPARE(raw.answer(true).status, 101);
    raw.send(std::string_view("\x81\x82\0\0\0\0\xff\xff", 8));
    QVERIFY(raw.isClosedWithin());
    QCOMPARE(raw.rest(), std::string("\x88\x02\x03\xef")); // close, 1007
}

void TestWebSocket::answersPings()
{
    SocketEcho echo;
    QVERIFY(echo.listener->start());
    SocketClient client;
    QVERIFY(client.open(echo.url()));
    QSignalSpy pongs(&client.socket, &QWebSocket::pong);
    client.socket.ping("are you there");
    QVERIFY(pongs.wait(qd::tests::kPatience));
    QCOMPARE(pongs[0][1].toByteArray(), QByteArray("are you there"));
}

void TestWebSocket::pingsAndDropsASilentPeer()
{
    Limits limits;
    limits.pingInterval = qd::seconds(1); // who answers has as long
    SocketEcho echo({.limits = limits});
    QVERIFY(echo.listener->start());
    RawClient raw(echo.listener->port());
    raw.send("GET /ws/a HTTP/1.1\r\nHost: x\r\n" + std::string(kUpgrade) + "\r\n");
    QCOMPARE(raw.answer(true).status, 101);
    SocketClient lively; // answers pings, so it stays
    QVERIFY(lively.open(echo.url()));
    QTRY_COMPARE(echo.opened.load(), 2);
    QTRY_COMPARE(echo.closedWith.load(), 1006);
    QVERIFY(raw.isClosedWithin());
    QCOMPARE(raw.rest().substr(0, 2), std::string("\x89\0", 2)); // a ping came before
    QCOMPARE(lively.disconnected.count(), 0);
}

void TestWebSocket::closesWithCodeAndReason()
{
    SocketEcho echo;
    QVERIFY(echo.listener->start());
    SocketClient client;
    QVERIFY(client.open(echo.url()));
    QTRY_COMPARE(echo.opened.load(), 1);
    echo.peer->close(4001, std::string(200, 'r'));
    QTRY_COMPARE(client.disconnected.count(), 1);
    QCOMPARE(int(client.socket.closeCode()), 4001);
    QCOMPARE(client.socket.closeReason(), QString(123, QLatin1Char('r')));
    QTRY_VERIFY(echo.closedWith.load() != 0);
    echo.peer->sendText("nobody hears this");
}

void TestWebSocket::sendsWhatIsQueuedBeforeItCloses()
{
    SocketEcho echo;
    QVERIFY(echo.listener->start());
    SocketClient client;
    QVERIFY(client.open(echo.url()));
    QTRY_COMPARE(echo.opened.load(), 1);
    for (int i = 0; i < 50; ++i)
        echo.peer->sendText(std::string(10'000, 'x'));
    echo.peer->close(1000, "done");
    QTRY_COMPARE(client.disconnected.count(), 1);
    QCOMPARE(client.texts.count(), 50);
}

void TestWebSocket::dropsASlowReader()
{
    SocketEcho echo;
    QVERIFY(echo.listener->start());
    RawClient raw(echo.listener->port());
    raw.send("GET /ws/a HTTP/1.1\r\nHost: x\r\n" + std::string(kUpgrade) + "\r\n");
    QCOMPARE(raw.answer(true).status, 101);
    QTRY_COMPARE(echo.opened.load(), 1);
    const auto bytes = std::make_shared<const std::string>(kMebi, 'x');
    for (int i = 0; i < 20; ++i)
        echo.peer->send(bytes, true);
    QTRY_COMPARE(echo.closedWith.load(), 1006);
    QTRY_COMPARE(bytes.use_count() < 20, true);
}

void TestWebSocket::checksTheOrigin_data()
{
    QTest::addColumn<QString>("origin");
    QTest::addColumn<int>("status");
    QTest::newRow("no browser") << QString() << 101;
    QTest::newRow("same") << QStringLiteral("Origin: https://desk.example:8443\r\n") << 101;
    QTest::newRow("other host") << QStringLiteral("Origin: https://evil.example\r\n") << 403;
    QTest::newRow("other port") << QStringLiteral("Origin: https://desk.example\r\n") << 403;
    QTest::newRow("prefix") << QStringLiteral("Origin: https://desk.example:8443.evil.example\r\n") << 403;
    QTest::newRow("null") << QStringLiteral("Origin: null\r\n") << 403;
}

void TestWebSocket::checksTheOrigin()
{
    QFETCH(QString, origin);
    QFETCH(int, status);
    SocketEcho echo;
    QVERIFY(echo.listener->start());
    RawClient raw(echo.listener->port());
    raw.send("GET /ws/a HTTP/1.1\r\nHost: desk.example:8443\r\n" + origin.toStdString() + kUpgrade + "\r\n");
    QCOMPARE(raw.answer(status == 101).status, status);
    QTRY_COMPARE(echo.refused(403), status == 403 ? 1 : 0);
}

void TestWebSocket::refusesHandshakes_data()
{
    QTest::addColumn<QString>("request");
    QTest::addColumn<int>("status");
    const QString upgrade = QString::fromLatin1(kUpgrade);
    QTest::newRow("no upgrade") << QStringLiteral("GET /ws/a HTTP/1.1\r\nHost: x\r\n\r\n") << 426;
    QTest::newRow("unknown path") << QStringLiteral("GET /other HTTP/1.1\r\nHost: x\r\n") + upgrade + QStringLiteral("\r\n") << 404;
    QTest::newRow("not admitted") << QStringLiteral("GET /ws/stranger HTTP/1.1\r\nHost: x\r\n") + upgrade + QStringLiteral("\r\n") << 401;
    QTest::newRow("talks too early") << QStringLiteral("GET /ws/a HTTP/1.1\r\nHost: x\r\n") + upgrade + QStringLiteral("\r\nxx") << 400;
    QTest::newRow("with a body") << QStringLiteral("GET /ws/a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n") + upgrade + QStringLiteral("\r\n") << 400;
    QTest::newRow("no key") << QStringLiteral("GET /ws/a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n") << 400;
}

void TestWebSocket::refusesHandshakes()
{
    QFETCH(QString, request);
    QFETCH(int, status);
    SocketEcho echo;
    QVERIFY(echo.listener->start());
    RawClient raw(echo.listener->port());
    raw.send(request.toStdString());
    QCOMPARE(raw.answer(true).status, status);
    QCOMPARE(echo.opened.load(), 0);
    QTRY_COMPARE(echo.refused(status), 1);
}

void TestWebSocket::tellsOfTheEndWhenItStops()
{
    SocketEcho echo;
    QVERIFY(echo.listener->start());
    SocketClient client;
    QVERIFY(client.open(echo.url()));
    QTRY_COMPARE(echo.opened.load(), 1);
    echo.listener->stop();
    QCOMPARE(echo.closedWith.load(), 1001);
    QTRY_COMPARE(client.disconnected.count(), 1);
}

void TestWebSocket::speaksTls()
{
    TestCertificates authority;
    const auto files = authority.sign("IP:127.0.0.1");
    SocketEcho echo({.certificateFile = files.certificate.toStdString(), .keyFile = files.key.toStdString()});
    QVERIFY(echo.listener->start());
    QVERIFY(echo.url().scheme() == QLatin1String("wss"));
    SocketClient client;
    QSslConfiguration tls;
    tls.setCaCertificates(QSslCertificate::fromPath(authority.caFile));
    client.socket.setSslConfiguration(tls);
    QVERIFY(client.open(echo.url()));
    const QString message(200'000, QLatin1Char('x'));
    client.socket.sendTextMessage(message);
    QTRY_COMPARE(client.texts.count(), 1);
    QVERIFY(client.texts[0][0].toString() == message);
    client.socket.close();
    QTRY_COMPARE(echo.closedWith.load(), 1000);
    RawClient plain(echo.listener->port());
    plain.send("GET /ws/a HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(plain.isClosedWithin());
    Served broken({.certificateFile = "/nonexistent.pem", .keyFile = files.key.toStdString()});
    QCOMPARE(broken.listener->start().error().code, qd::Code::Invalid);
}

QD_TEST(TestWebSocket)
#include "tst_websocket.moc"
