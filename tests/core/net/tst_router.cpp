// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/router.h"

#include "core/net/responsehead.h"
#include "tests/support/suite.h"

#include <QTest>

using namespace qd::net;

class TestRouter final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheRoute_data();
    void findsTheRoute();
    void namesTheMethodsOfAPath();
    void keepsSocketsAndRequestsApart();
    void replacesARoute();
    void decodesPercentEscapes();
    void writesTheResponseHead();
};

void TestRouter::findsTheRoute_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("params");
    const auto row = [](const char *path, const char *pattern, const char *params = "") {
        QTest::newRow(path) << QString::fromLatin1(path) << QString::fromLatin1(pattern) << QString::fromLatin1(params);
    };
    row("/", "/");
    row("/api/v2/alerts", "/api/v2/alerts");
    row("/in/k/api/v2/alerts", "/in/{key}/api/v2/alerts", "key=k;");
    row("/in/k/heartbeat/db", "/in/{key}/heartbeat/{name}", "key=k;name=db;");
    row("/in/k/heartbeat/special", "/in/{key}/heartbeat/special", "key=k;");
    row("/in/a%2Fb/heartbeat/%C3%A4", "/in/{key}/heartbeat/{name}", "key=a/b;name=\xe4;");
    row("/in/%6b/he%61rtbeat/x", "/in/{key}/heartbeat/{name}", "key=k;name=x;");
    row("/in/../heartbeat/x", "/in/{key}/heartbeat/{name}", "key=..;name=x;"); // a name like any other, no structure
    row("/in//heartbeat/x", "");
    row("/in/k/heartbeat/", "");
    row("/in/k/heartbeat/x/", "");
    row("/in/k/heartbeat/%zz", "");
    row("/in/k/heartbeat/%00", "");
    row("/in/k/heartbeat/%4", "");
    row("/in/k%2Fheartbeat/x", "");
    row("in/k/heartbeat/x", "");
    row("", "");
    row("*", "");
}

void TestRouter::findsTheRoute()
{
    QFETCH(QString, path);
    QFETCH(QString, pattern);
    QFETCH(QString, params);
    Router router;
    for (const char *p : {"/", "/in/{key}/heartbeat/{name}", "/in/{key}/heartbeat/special", "/api/v2/alerts",
                          "/in/{key}/api/v2/alerts"})
        router.add(Router::Route{Method::Post, p, {}, {}});
    const auto match = router.find(Method::Post, path.toStdString(), false);
    QCOMPARE(match.route ? QString::fromStdString(match.route->pattern) : QString(), pattern);
    QString got;
    for (const auto &[name, value] : match.params)
        got += QString::fromStdString(name) + QLatin1Char('=') + QString::fromStdString(value) + QLatin1Char(';');
    QCOMPARE(got, params);
}

void TestRouter::namesTheMethodsOfAPath()
{
    Router router;
    router.add(Router::Route{Method::Get, "/in/{key}/heartbeat/{name}", {}, {}});
    router.add(Router::Route{Method::Post, "/in/{key}/heartbeat/{name}", {}, {}});
    QCOMPARE(router.find(Method::Put, "/in/k/heartbeat/x", false).allow, std::string("GET, POST"));
    QCOMPARE(router.find(Method::Put, "/in/k/heartbeat", false).allow, std::string());
    QVERIFY(router.find(Method::Head, "/in/k/heartbeat/x", false).route);
}

void TestRouter::keepsSocketsAndRequestsApart()
{
    Router router;
    router.add(WebSocketRoute{"/in/{key}/cloudevents", {}, {}});
    router.add(Router::Route{Method::Post, "/in/{key}/cloudevents", {}, {}});
    const auto upgrade = router.find(Method::Get, "/in/k/cloudevents", true);
    QVERIFY(upgrade.socket && !upgrade.route);
    QCOMPARE(valueOf(upgrade.params, "key"), std::string_view("k"));
    QVERIFY(router.find(Method::Post, "/in/k/cloudevents", false).route);
    QVERIFY(!router.find(Method::Get, "/in/k/cloudevents", false).route);
    QVERIFY(!router.find(Method::Get, "/in/k/other", true).socket);
}

void TestRouter::replacesARoute()
{
    Router router;
    router.add(Router::Route{Method::Get, "/x", {}, {1}});
    router.add(Router::Route{Method::Get, "/x", {}, {2}});
    QCOMPARE(router.find(Method::Get, "/x", false).route->options.bodyLimit, std::size_t(2));
}

void TestRouter::decodesPercentEscapes()
{
    std::string out;
    QVERIFY(percentDecode("a%20b+c%2B", out));
    QCOMPARE(out, std::string("a b+c+"));
    QVERIFY(percentDecode("a+b", out, true));
    QCOMPARE(out, std::string("a b"));
    QVERIFY(!percentDecode("%", out));
    QVERIFY(!percentDecode("%2", out));
    QVERIFY(!percentDecode("%g0", out));
    QVERIFY(!percentDecode("a%00", out));
}

void TestRouter::writesTheResponseHead()
{
    std::string out = "left over";
    writeHead(out, {404, "text/plain", "gone", {{"X-A", "b"}}}, false, qd::Instant{784111777LL * 1'000'000'000});
    QCOMPARE(out, std::string("HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 4\r\n"
                              "Content-Type: text/plain\r\nX-Content-Type-Options: nosniff\r\nX-A: b\r\n"
                              "Connection: close\r\n\r\n"));
}

QD_TEST(TestRouter)
#include "tst_router.moc"
