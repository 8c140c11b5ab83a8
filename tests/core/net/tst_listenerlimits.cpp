// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/listener.h"
#include "tests/core/net/rawclient.h"
#include "tests/core/net/served.h"
#include "tests/support/suite.h"

#include <QElapsedTimer>
#include <QTest>
#include <atomic>
#include <random>

using namespace qd::net;

namespace {
std::string headerOfSize(std::size_t size)
{
    std::string header = "GET /hello HTTP/1.1\r\nHost: x\r\nX-Fill: ";
    header.append(size - header.size() - 4, 'a');
    return header + "\r\n\r\n";
}

std::string post(const std::string &fields, const std::string &body = {})
{
    return "POST /echo HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n" + body;
}

const std::string kHello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";
} // namespace

/// The limits of contract.md, "Inbound", each at its edge, and the abuse of trust.md's HTTP suite.
class TestListenerLimits final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesAHeaderOfTheLimitAndNotAByteMore();
    void endsAnEndlessHeader_data();
    void endsAnEndlessHeader();
    void takesABodyOfTheLimitAndNotAByteMore();
    void refusesAnAnnouncedBodyUnread();
    void refusesAChunkedBodyAtTheLimit();
    void holdsEachRouteToItsOwnLimit();
    void refusesAmbiguousFraming_data();
    void refusesAmbiguousFraming();
    void refusesWhatIsNotHttp_data();
    void refusesWhatIsNotHttp();
    void refusesEncodedBodies();
    void endsASlowHeader();
    void endsASlowBody();
    void endsAnIdleConnectionWithoutAWord();
    void answersForAHandlerThatDoesNot();
    void dropsAReaderThatDoesNotRead();
    void refusesConnectionsAboveTheLimit();
    void refusesConnectionsOfOneAddress();
    void readersTakeNoPlaceOfThoseWhoReport_data();
    void readersTakeNoPlaceOfThoseWhoReport();
    void aReaderHasOnePlaceHoweverOftenItAsks();
    void boundsAllBodiesTogether();
    void answersOthersDuring100SlowConnections();
    void survivesNoise();
};

void TestListenerLimits::takesAHeaderOfTheLimitAndNotAByteMore()
{
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient exact(served.listener->port());
    exact.send(headerOfSize(kHeaderLimit));
    QCOMPARE(exact.answer().status, 200);
    exact.send(headerOfSize(kHeaderLimit) + headerOfSize(kHeaderLimit)); // pipelined, the buffer is full
    QCOMPARE(exact.answer().status, 200);
    QCOMPARE(exact.answer().status, 200);
    RawClient more(served.listener->port());
    more.send(headerOfSize(kHeaderLimit + 1));
    QCOMPARE(more.answer().status, 431);
    QVERIFY(more.isClosedWithin());
    QTRY_COMPARE(served.refused(431), 1);
}

void TestListenerLimits::endsAnEndlessHeader_data()
{
    QTest::addColumn<QString>("start");
    QTest::addColumn<QString>("more");
    QTest::newRow("request line") << "GET /" << "aaaaaaaaaaaaaaaa";
    QTest::newRow("field") << "GET / HTTP/1.1\r\nX: " << "aaaaaaaaaaaaaaaa";
    QTest::newRow("fields") << "GET / HTTP/1.1\r\n" << "X-A: b\r\n";
    QTest::newRow("folded") << "GET / HTTP/1.1\r\nX: a\r\n" << " a\r\n";
}

void TestListenerLimits::endsAnEndlessHeader()
{
    QFETCH(QString, start);
    QFETCH(QString, more);
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send(start.toStdString());
    std::string piece;
    while (piece.size() < 4096)
        piece += more.toStdString();
    for (int i = 0; i < 6; ++i)
        client.send(piece);
    // The parser folds 4 KiB at most; how the bytes fall into reads decides which of the two limits is met first.
    const int status = client.answer().status;
    QVERIFY(status == 431 || (status == 400 && start.contains(QLatin1String("X: a"))));
    QVERIFY(client.isClosedWithin());
}

void TestListenerLimits::takesABodyOfTheLimitAndNotAByteMore()
{
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    const std::string body(kBodyLimit, 'b');
    RawClient client(served.listener->port());
    client.send(post("Content-Length: " + std::to_string(body.size()) + "\r\n", body));
    QVERIFY(client.answer().body == body);
    client.send(post("Content-Length: " + std::to_string(body.size() + 1) + "\r\n", body + "b"));
    QCOMPARE(client.answer().status, 413);
    QVERIFY(client.isClosedWithin());
    QTRY_COMPARE(served.refused(413), 1);
}

void TestListenerLimits::refusesAnAnnouncedBodyUnread()
{
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send(post("Content-Length: 1099511627776\r\n"));
    QCOMPARE(client.answer().status, 413);
    RawClient negative(served.listener->port());
    negative.send(post("Content-Length: -1\r\n"));
    QCOMPARE(negative.answer().status, 400);
    RawClient huge(served.listener->port());
    huge.send(post("Content-Length: 99999999999999999999999\r\n"));
    QCOMPARE(huge.answer().status, 400);
}

void TestListenerLimits::refusesAChunkedBodyAtTheLimit()
{
    Served served;
    served.addUsual(10);
    QVERIFY(served.listener->start());
    RawClient exact(served.listener->port());
    exact.send(post("Transfer-Encoding: chunked\r\n", "5\r\nabcde\r\n5\r\nfghij\r\n0\r\n\r\n"));
    QCOMPARE(exact.answer().body, std::string("abcdefghij"));
    exact.send(post("Transfer-Encoding: chunked\r\n", "5\r\nabcde\r\n6\r\n"));
    QCOMPARE(exact.answer().status, 413);
    QVERIFY(exact.isClosedWithin());
}

void TestListenerLimits::holdsEachRouteToItsOwnLimit()
{
    Served served;
    served.addUsual();
    std::atomic<std::size_t> got = 0;
    served.listener->route(Method::Post, "/batch", [&](const Request &request, const Responder &responder) {
        got = request.body.size();
        responder.respond({200});
    }, {kBatchBodyLimit});
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    const std::string body(kBatchBodyLimit, 'b');
    client.send("POST /batch HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    QCOMPARE(client.answer().status, 200);
    QCOMPARE(got.load(), kBatchBodyLimit);
}

void TestListenerLimits::refusesAmbiguousFraming_data()
{
    QTest::addColumn<QString>("fields");
    QTest::newRow("both, length first") << "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n";
    QTest::newRow("both, chunked first") << "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n";
    QTest::newRow("two equal lengths") << "Content-Length: 5\r\nContent-Length: 5\r\n";
    QTest::newRow("two lengths") << "Content-Length: 5\r\nContent-Length: 6\r\n";
    QTest::newRow("list of lengths") << "Content-Length: 5, 5\r\n";
    QTest::newRow("signed length") << "Content-Length: +5\r\n";
    QTest::newRow("hex length") << "Content-Length: 0x5\r\n";
    QTest::newRow("empty length") << "Content-Length: \r\n";
    QTest::newRow("unknown coding") << "Transfer-Encoding: xchunked\r\n";
    QTest::newRow("identity coding") << "Transfer-Encoding: identity\r\n";
    QTest::newRow("coding list") << "Transfer-Encoding: gzip, chunked\r\n";
    QTest::newRow("chunked twice") << "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n";
    QTest::newRow("chunked with tail") << "Transfer-Encoding: chunked, identity\r\n";
    QTest::newRow("blank before colon") << "Content-Length : 5\r\n";
    QTest::newRow("two hosts") << "Host: y\r\nContent-Length: 5\r\n";
}

void TestListenerLimits::refusesAmbiguousFraming()
{
    QFETCH(QString, fields);
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send(post(fields.toStdString(), "0\r\n\r\n" + kHello));
    QCOMPARE(client.answer().status, 400);
    QVERIFY(client.isClosedWithin());
    QVERIFY(client.rest().empty()); // the smuggled request was not answered
    QTRY_COMPARE(served.refused(400), 1);
}

void TestListenerLimits::refusesWhatIsNotHttp_data()
{
    using namespace std::string_view_literals;
    QTest::addColumn<QByteArray>("bytes");
    const auto raw = [](std::string_view text) { return QByteArray(text.data(), static_cast<qsizetype>(text.size())); };
    QTest::newRow("binary") << raw("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"sv);
    QTest::newRow("words") << QByteArray("hello there\r\n\r\n");
    QTest::newRow("http 2 preface") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    QTest::newRow("http 0.9") << QByteArray("GET /hello\r\n\r\n");
    QTest::newRow("no host") << QByteArray("GET /hello HTTP/1.1\r\n\r\n");
    QTest::newRow("nul in path") << raw("GET /hel\0lo HTTP/1.1\r\nHost: x\r\n\r\n"sv);
    QTest::newRow("nul in field") << raw("GET /hello HTTP/1.1\r\nHost: x\r\nA: \0\r\n\r\n"sv);
    QTest::newRow("control in name") << QByteArray("GET /hello HTTP/1.1\r\nHost: x\r\nA\x01: b\r\n\r\n");
    QTest::newRow("negative chunk")
        << QByteArray("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n");
    QTest::newRow("overflowing chunk")
        << QByteArray("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n");
    QTest::newRow("chunk without size")
        << QByteArray("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\r\nabcde\r\n");
    QTest::newRow("chunk too long for its size")
        << QByteArray("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcde\r\n0\r\n\r\n");
    QTest::newRow("endless chunk extension")
        << QByteArray("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2;x=") + QByteArray(20000, 'a');
    QTest::newRow("endless trailer")
        << QByteArray("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nx: ") + QByteArray(20000, 'a');
}

void TestListenerLimits::refusesWhatIsNotHttp()
{
    QFETCH(QByteArray, bytes);
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    QCOMPARE(client.answer().status, 400);
    QVERIFY(client.isClosedWithin());
}

void TestListenerLimits::refusesEncodedBodies()
{
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send(post("Content-Encoding: identity\r\nContent-Length: 1\r\n", "x"));
    QCOMPARE(client.answer().status, 200);
    client.send(post("Content-Encoding: gzip\r\nContent-Length: 1\r\n", "x"));
    QCOMPARE(client.answer().status, 415);
}

void TestListenerLimits::endsASlowHeader()
{
    Served served({.limits = quickLimits()});
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient silent(served.listener->port());
    RawClient slow(served.listener->port());
    slow.send("GET /hello HTTP/1.1\r\nHo");
    QCOMPARE(silent.answer().status, 408);
    QCOMPARE(slow.answer().status, 408);
    QVERIFY(silent.isClosedWithin());
    QVERIFY(slow.isClosedWithin());
    QTRY_COMPARE(served.refused(408), 2);
    RawClient second(served.listener->port());
    second.send(kHello);
    QCOMPARE(second.answer().status, 200);
    second.send("GET /hel"); // the time counts for every request of a connection
    QCOMPARE(second.answer().status, 408);
}

void TestListenerLimits::endsASlowBody()
{
    Served served({.limits = quickLimits()});
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient plain(served.listener->port());
    plain.send(post("Content-Length: 10\r\n", "abc"));
    RawClient chunked(served.listener->port());
    chunked.send(post("Transfer-Encoding: chunked\r\n", "a\r\nabc"));
    QCOMPARE(plain.answer().status, 408);
    QCOMPARE(chunked.answer().status, 408);
    QVERIFY(plain.isClosedWithin());
    QVERIFY(chunked.isClosedWithin());
}

void TestListenerLimits::endsAnIdleConnectionWithoutAWord()
{
    Served served({.limits = quickLimits()});
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send(kHello);
    QCOMPARE(client.answer().status, 200);
    QVERIFY(client.isClosedWithin());
    QVERIFY(client.rest().empty());
    QVERIFY(served.refusals.empty());
}

void TestListenerLimits::answersForAHandlerThatDoesNot()
{
    Responder kept; // outlives the listener whose thread sets it
    Served served({.limits = quickLimits()});
    served.listener->route(Method::Get, "/never", [&](const Request &, Responder r) { kept = std::move(r); });
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send("GET /never HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(client.answer().status, 503);
    kept.respond({200});
    QVERIFY(client.isClosedWithin());
    QVERIFY(client.rest().empty());
}

void TestListenerLimits::dropsAReaderThatDoesNotRead()
{
    Served served({.limits = quickLimits()});
    served.listener->route(Method::Get, "/big", [](const Request &, const Responder &r) {
        r.respond({200, "text/plain", std::string(32 * kMebi, 'x')});
    });
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_COMPARE(served.listener->connectionCount(), std::size_t(1));
    QTRY_COMPARE(served.listener->connectionCount(), std::size_t(0));
}

void TestListenerLimits::refusesConnectionsAboveTheLimit()
{
    Limits limits;
    limits.connections = 4;
    Served served({.limits = limits});
    served.addUsual();
    QVERIFY(served.listener->start());
    std::vector<RawClient> clients;
    for (int i = 0; i < 4; ++i) {
        clients.emplace_back(served.listener->port());
        clients.back().send(kHello);
        QCOMPARE(clients.back().answer().status, 200);
    }
    RawClient fifth(served.listener->port());
    QVERIFY(fifth.isClosedWithin());
    QTRY_COMPARE(served.refused(503), 1);
    clients.pop_back();
    QTRY_COMPARE(served.listener->connectionCount(), std::size_t(3));
    RawClient again(served.listener->port());
    again.send(kHello);
    QCOMPARE(again.answer().status, 200);
}

void TestListenerLimits::refusesConnectionsOfOneAddress()
{
    Limits limits;
    limits.loopbackExempt = false;
    Served served({.limits = limits});
    served.addUsual();
    QVERIFY(served.listener->start());
    std::vector<RawClient> clients;
    for (std::size_t i = 0; i < kConnectionsPerAddress; ++i) {
        clients.emplace_back(served.listener->port());
        clients.back().send(kHello);
        QCOMPARE(clients.back().answer().status, 200);
    }
    RawClient pushy(served.listener->port());
    QVERIFY(pushy.isClosedWithin());
    QTRY_COMPARE(served.refused(429), 1);
    RawClient other(served.listener->port(), "127.0.0.2");
    other.send(kHello);
    QCOMPARE(other.answer().status, 200);
    // Loopback is exempt by default.
    Served usual;
    usual.addUsual();
    QVERIFY(usual.listener->start());
    std::vector<RawClient> many;
    for (std::size_t i = 0; i < kConnectionsPerAddress + 4; ++i) {
        many.emplace_back(usual.listener->port());
        many.back().send(kHello);
        QCOMPARE(many.back().answer().status, 200);
    }
}

void TestListenerLimits::readersTakeNoPlaceOfThoseWhoReport_data()
{
    QTest::addColumn<int>("readers");
    QTest::addColumn<int>("share");
    QTest::newRow("as many as are named") << 3 << 3;
    QTest::newRow("half of all") << 4 << 4;
    QTest::newRow("never more than half") << 100 << 4;
    QTest::newRow("none") << 0 << 0;
}

void TestListenerLimits::readersTakeNoPlaceOfThoseWhoReport()
{
    QFETCH(int, readers);
    QFETCH(int, share);
    Limits limits;
    limits.connections = 8;
    limits.readers = static_cast<std::size_t>(readers);
    std::mutex mutex;
    std::vector<Responder> held;
    Served served({.limits = limits});
    served.addUsual();
    RouteOptions reading;
    reading.isForReaders = true;
    served.listener->route(Method::Get, "/read", [&](const Request &, const Responder &responder) {
        const std::lock_guard lock(mutex);
        held.push_back(responder);
    }, reading);
    QVERIFY(served.listener->start());
    const auto reader = [&] {
        RawClient client(served.listener->port());
        client.send("GET /read HTTP/1.1\r\nHost: x\r\n\r\n");
        return client;
    };
    std::vector<RawClient> clients;
    for (int i = 0; i < share; ++i) {
        clients.push_back(reader());
        QTRY_COMPARE(served.listener->readerCount(), static_cast<std::size_t>(i + 1));
    }
    {
        RawClient late = reader();
        const auto refused = late.answer();
        QCOMPARE(refused.status, 503);
        QVERIFY2(refused.head.find("Retry-After: 5\r\n") != std::string::npos, refused.head.c_str());
        QVERIFY2(refused.body.find("all " + std::to_string(share) + " places for readers of status pages are taken; the other " + std::to_string(8 - share) + " are kept for alerts") != std::string::npos,
                 refused.body.c_str());
        QVERIFY(late.isClosedWithin());
        QCOMPARE(served.refused(503), 1);
    }
    QTRY_COMPARE(served.listener->connectionCount(), static_cast<std::size_t>(share));
    std::vector<RawClient> senders;
    for (int i = share; i < 8; ++i) {
        senders.emplace_back(served.listener->port());
        senders.back().send(kHello);
        QCOMPARE(senders.back().answer().status, 200);
    }
    if (share == 0)
        return;
    // Who is answered while there is a crowd leaves its place to the next.
    senders.clear();
    {
        const std::lock_guard lock(mutex);
        held.front().respond({200, "text/plain", "read"});
    }
    QCOMPARE(clients.front().answer().status, 200);
    QVERIFY(clients.front().isClosedWithin());
    {
        const RawClient gone = std::move(clients.front());
    }
    QTRY_COMPARE(served.listener->readerCount(), static_cast<std::size_t>(share - 1));
    clients.push_back(reader());
    QTRY_COMPARE(served.listener->readerCount(), static_cast<std::size_t>(share));
}

void TestListenerLimits::aReaderHasOnePlaceHoweverOftenItAsks()
{
    Limits limits;
    limits.connections = 8;
    limits.readers = 2;
    Served served({.limits = limits});
    served.addUsual();
    RouteOptions reading;
    reading.isForReaders = true;
    served.listener->route(Method::Get, "/read", [](const Request &, const Responder &responder) { responder.respond({200, "text/plain", "read"}); }, reading);
    QVERIFY(served.listener->start());
    RawClient one(served.listener->port());
    one.send(kHello); // whoever reports takes none of theirs
    QCOMPARE(one.answer().status, 200);
    QCOMPARE(served.listener->readerCount(), std::size_t(0));
    for (int i = 0; i < 3; ++i) { // and keeps its connection while half of the places are free
        one.send("GET /read HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(one.answer().status, 200);
        QCOMPARE(served.listener->readerCount(), std::size_t(1));
    }
}

void TestListenerLimits::boundsAllBodiesTogether()
{
    Limits limits;
    limits.bodiesInFlight = 2 * kMebi;
    Served served({.limits = limits});
    served.addUsual();
    QVERIFY(served.listener->start());
    const std::string most(kBodyLimit - 1, 'x');
    std::vector<RawClient> clients;
    for (int i = 0; i < 3; ++i) {
        clients.emplace_back(served.listener->port());
        clients.back().send(post("Content-Length: " + std::to_string(kBodyLimit) + "\r\n", most));
    }
    int refused = 0;
    QTRY_VERIFY((refused = served.refused(503)) > 0);
    int served200 = 0;
    for (RawClient &client : clients) {
        client.send("x");
        served200 += client.answer().status == 200;
    }
    QCOMPARE(served200, 3 - refused);
    RawClient after(served.listener->port());
    after.send(post("Content-Length: " + std::to_string(kBodyLimit) + "\r\n", most + "x"));
    QCOMPARE(after.answer().status, 200);
}

void TestListenerLimits::answersOthersDuring100SlowConnections()
{
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    std::vector<RawClient> slow;
    for (int i = 0; i < 100; ++i) {
        slow.emplace_back(served.listener->port());
        slow.back().send(i % 2 ? "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\na" : "GET /hel");
    }
    QElapsedTimer timer;
    timer.start();
    RawClient client(served.listener->port());
    for (int i = 0; i < 100; ++i) {
        slow[static_cast<std::size_t>(i)].send("a");
        client.send(kHello);
        QCOMPARE(client.answer().status, 200);
    }
    QVERIFY2(timer.elapsed() < kHeaderTime.millis(), "somebody waited until the slow ones were ended");
}

void TestListenerLimits::survivesNoise()
{
    Served served({.limits = quickLimits()});
    served.addUsual();
    QVERIFY(served.listener->start());
    std::mt19937 noise(4711); // fixed, so that a failure comes again
    const std::string seeds[] = {post("Transfer-Encoding: chunked\r\n", "4\r\nWiki\r\n0\r\nT: x\r\n\r\n"),
                                 post("Content-Length: 3\r\nExpect: 100-continue\r\n", "abc"), kHello + kHello,
                                 "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"};
    for (int i = 0; i < 400; ++i) {
        std::string bytes = seeds[noise() % std::size(seeds)];
        for (unsigned n = noise() % 4 + 1; n > 0; --n) {
            const std::size_t at = noise() % bytes.size();
            switch (noise() % 3) {
            case 0: bytes[at] = static_cast<char>(noise()); break;
            case 1: bytes.erase(at, 1 + noise() % 5); break;
            default: bytes.insert(at, bytes.substr(noise() % bytes.size(), 8)); break;
            }
        }
        RawClient client(served.listener->port());
        client.send(bytes);
    }
    RawClient client(served.listener->port());
    client.send(kHello);
    QCOMPARE(client.answer().status, 200);
}

QD_TEST(TestListenerLimits)
#include "tst_listenerlimits.moc"
