// SPDX-License-Identifier: GPL-3.0-or-later
#include "edgebench.h"
#include "tests/support/suite.h"

#include <QSignalSpy>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;

/// CloudEvents by HTTP and WebSocket: each once, however often it is sent.
class TestInboundEvents : public EdgeBench {
    Q_OBJECT
private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

    void cloudEventsInEachHttpMode()
    {
        const auto batch = post(http, url("/cloudevents"), data("other/cloudevents_batch.json"), {{"content-type", "application/cloudevents-batch+json"}});
        QCOMPARE(batch.status, 200);
        QVERIFY(batch.body.starts_with("{\"accepted\":3,\"quarantined\":[{\"index\":3"));
        QCOMPARE(desk->changes().size(), std::size_t{1});
        QCOMPARE(desk->heartbeats().size(), std::size_t{1});
        QCOMPARE(post(http, url("/cloudevents"), firing("9"), kStructured).status, 200);
        QCOMPARE(post(http, url("/cloudevents"), firing("10")).status, 200);
        QCOMPARE(desk->batches().size(), std::size_t{3});
        QCOMPARE(post(http, url("/cloudevents"), json("{'labels':{'alertname':'B'}}"), binary("8")).status, 200);
        QCOMPARE(desk->batches().back().label(0, "alertname"), std::string_view("B"));
    }

    void anEventDeliveredTwiceIsRecordedOnce_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("mode");
        QTest::newRow("structured") << QByteArray::fromStdString(firing("1")) << QByteArray("structured");
        QTest::newRow("batched") << QByteArray::fromStdString("[" + firing("1") + "]") << QByteArray("batched");
        QTest::newRow("batched, twice in one") << QByteArray::fromStdString("[" + firing("1") + "," + firing("1") + "]") << QByteArray("batched");
        QTest::newRow("binary") << QByteArray("{\"labels\":{\"alertname\":\"B\"}}") << QByteArray("binary");
        QTest::newRow("binary change") << QByteArray("{\"title\":\"v2\"}") << QByteArray("io.quarterdeck.change");
        QTest::newRow("binary heartbeat") << QByteArray("{\"name\":\"nightly\"}") << QByteArray("io.quarterdeck.heartbeat");
    }
    void anEventDeliveredTwiceIsRecordedOnce()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, mode);
        const net::Fields headers = mode == "structured" ? kStructured : mode == "batched" ? kBatched : mode == "binary" ? binary("1") : binary("1", mode.toStdString());
        const auto first = post(http, url("/cloudevents"), body.toStdString(), headers);
        QCOMPARE(first.status, 200);
        const std::size_t seen = desk->seen().size();
        const auto again = post(http, url("/cloudevents"), body.toStdString(), headers);
        QCOMPARE(again.status, 200);
        QCOMPARE(again.body, first.body); // a sender that lost the answer gets the same one
        QCOMPARE(desk->stored(), std::size_t{1});
        if (!desk->batches().empty())
            QCOMPARE(desk->batches()[0].size(), std::size_t{1});
        QCOMPARE(desk->seen().size(), seen + 1); // a repeat is a sign of life all the same
        // The same identity in another mode is the same event; from another connection it is another's.
        QCOMPARE(post(http, url("/cloudevents"), firing("1"), kStructured).status, 200);
        QCOMPARE(desk->stored(), std::size_t{1});
        QCOMPARE(post(http, listener->url() + "/in/another/cloudevents", firing("1"), kStructured).status, 200);
        QCOMPARE(desk->stored(), std::size_t{2});
    }

    void anEventThatWasRefusedMayComeAgain()
    {
        desk->answerWith(fail(Code::Unavailable, "the queue is full"));
        QCOMPARE(post(http, url("/cloudevents"), "[" + firing("1") + "," + firing("2") + "]", kBatched).status, 503);
        desk->answerWith({});
        QCOMPARE(post(http, url("/cloudevents"), "[" + firing("2") + "," + firing("3") + "]", kBatched).status, 200);
        QCOMPARE(post(http, url("/cloudevents"), "[" + firing("1") + "," + firing("2") + "]", kBatched).status, 200);
        QCOMPARE(desk->batches().size(), std::size_t{2});
        QCOMPARE(desk->batches()[0].size(), std::size_t{2});
        QCOMPARE(desk->batches()[1].size(), std::size_t{1});
        QCOMPARE(desk->batches()[1].label(0, "alertname"), std::string_view("x1"));
    }

    /// A sender that does not wait for its answer: the second delivery is answered as the first one is.
    void aRepeatWhileTheFirstIsUnderWaySharesItsAnswer_data()
    {
        QTest::addColumn<bool>("committed");
        QTest::addColumn<int>("status");
        QTest::newRow("committed") << true << 200;
        QTest::newRow("failed") << false << 503;
    }
    void aRepeatWhileTheFirstIsUnderWaySharesItsAnswer()
    {
        QFETCH(bool, committed);
        QFETCH(int, status);
        desk->hold();
        const auto send = [this] { return post(http, url("/cloudevents"), firing("1"), kStructured); };
        auto first = std::async(std::launch::async, send);
        QTRY_COMPARE(desk->stored(), std::size_t{1});
        auto second = std::async(std::launch::async, send);
        QTRY_COMPARE(listener->connectionCount(), std::size_t{2});
        desk->release(committed ? Result<>() : Result<>(fail(Code::Unavailable, "storage failed")));
        QCOMPARE(first.get().status, status);
        const int answered = second.get().status;
        // It may have been read only after the answer to the first: then it is a delivery of its own.
        QVERIFY(answered == status || (!committed && answered == 200));
        QCOMPARE(desk->stored(), std::size_t(committed || answered == 503 ? 1 : 2));
    }

    void theOldestIdentityIsForgottenAtTheLimit()
    {
        std::string full = "[";
        for (std::size_t i = 0; i < SeenIds::kLimit; ++i)
            full += (i ? "," : "") + firing(std::to_string(i));
        QCOMPARE(post(http, url("/cloudevents"), full + "]", kBatched).status, 200);
        QCOMPARE(desk->batches()[0].size(), SeenIds::kLimit);
        QCOMPARE(post(http, url("/cloudevents"), firing("0"), kStructured).status, 200);
        QCOMPARE(desk->batches().size(), std::size_t{1}); // the last that fits is still known
        QCOMPARE(post(http, url("/cloudevents"), firing("one more"), kStructured).status, 200);
        QCOMPARE(post(http, url("/cloudevents"), firing("1"), kStructured).status, 200);
        QCOMPARE(desk->batches().size(), std::size_t{2});
        QCOMPARE(post(http, url("/cloudevents"), firing("0"), kStructured).status, 200);
        QCOMPARE(desk->batches().size(), std::size_t{3});
    }

    void webSocketTakesEventsAndSurvivesBadOnes()
    {
        QWebSocket socket;
        QSignalSpy connected(&socket, &QWebSocket::connected);
        QSignalSpy texts(&socket, &QWebSocket::textMessageReceived);
        QNetworkRequest request(QUrl(QString::fromStdString("ws" + url("/cloudevents").substr(4))));
        request.setRawHeader("Sec-WebSocket-Protocol", "cloudevents.json");
        socket.open(request);
        QTRY_COMPARE(connected.size(), 1);
        QCOMPARE(socket.subprotocol(), QStringLiteral("cloudevents.json"));
        socket.sendTextMessage(QStringLiteral("{"));
        QTRY_COMPARE(texts.size(), 1);
        QVERIFY(texts[0][0].toString().contains(QStringLiteral("\"error\"")));
        socket.sendBinaryMessage("x");
        QTRY_COMPARE(texts.size(), 2);
        QCOMPARE(desk->stored(), std::size_t{0});
        socket.sendTextMessage(QString::fromStdString(json("{'specversion':'1.0','id':'9','source':'s','type':'io.quarterdeck.alert.firing','subject':'x'}")));
        QTRY_COMPARE(desk->batches().size(), std::size_t{1});
        socket.sendTextMessage(QString::fromStdString(json("{'specversion':'1.0','id':'10','source':'s','type':'com.example'}")));
        QTRY_COMPARE(texts.size(), 3);
        QVERIFY(texts[2][0].toString().contains(QStringLiteral("\"quarantined\":[{\"index\":0")));
        QTRY_COMPARE(desk->batches().size(), std::size_t{2});
        desk->answerWith(fail(Code::Unavailable, "storage failed"));
        socket.sendTextMessage(QString::fromStdString(json("{'specversion':'1.0','id':'11','source':'s','type':'io.quarterdeck.alert.firing','subject':'x'}")));
        QTRY_COMPARE(texts.size(), 4);
        QVERIFY(texts[3][0].toString().contains(QStringLiteral("storage failed")));
        QVERIFY(texts[3][0].toString().contains(QStringLiteral("\"source\":\"s\",\"id\":\"11\"")));
        QVERIFY(texts[2][0].toString().contains(QStringLiteral("\"source\":\"s\",\"id\":\"10\"")));
        QCOMPARE(socket.state(), QAbstractSocket::ConnectedState);
    }

    void webSocketRecordsAnEventOnceHoweverOftenItIsSent()
    {
        QCOMPARE(post(http, url("/cloudevents"), firing("1"), kStructured).status, 200);
        QWebSocket socket;
        QSignalSpy connected(&socket, &QWebSocket::connected);
        QSignalSpy texts(&socket, &QWebSocket::textMessageReceived);
        QNetworkRequest request(QUrl(QString::fromStdString("ws" + url("/cloudevents").substr(4))));
        request.setRawHeader("Sec-WebSocket-Protocol", "cloudevents.json");
        socket.open(request);
        QTRY_COMPARE(connected.size(), 1);
        for (const char *id : {"1", "2", "2", "2", "3"})
            socket.sendTextMessage(QString::fromStdString(firing(id)));
        QTRY_COMPARE(desk->batches().size(), std::size_t{3});
        QCOMPARE(desk->batches()[1].label(0, "alertname"), std::string_view("x2"));
        QCOMPARE(desk->batches()[2].label(0, "alertname"), std::string_view("x3"));
        desk->hold(); // and while the first is under way
        for (const char *id : {"4", "4"})
            socket.sendTextMessage(QString::fromStdString(firing(id)));
        socket.sendTextMessage(QStringLiteral("{"));
        QTRY_COMPARE(texts.size(), 1);
        QCOMPARE(desk->batches().size(), std::size_t{4});
        desk->release(fail(Code::Unavailable, "storage failed"));
        QTRY_COMPARE(texts.size(), 3); // both are told that it is not recorded
        QVERIFY(texts[1][0].toString().contains(QStringLiteral("\"source\":\"s\",\"id\":\"4\"")));
        socket.sendTextMessage(QString::fromStdString(firing("4")));
        QTRY_COMPARE(desk->batches().size(), std::size_t{5});
    }

    void webSocketOfARevokedKeyEnds()
    {
        QWebSocket socket;
        QSignalSpy connected(&socket, &QWebSocket::connected);
        QSignalSpy gone(&socket, &QWebSocket::disconnected);
        QNetworkRequest request(QUrl(QString::fromStdString("ws" + url("/cloudevents").substr(4))));
        socket.open(request);
        QTRY_COMPARE(connected.size(), 1);
        keys->replace({});
        socket.sendTextMessage(QStringLiteral("{}"));
        QTRY_COMPARE(gone.size(), 1);
        QCOMPARE(int(socket.closeCode()), 1008);
        QCOMPARE(desk->stored(), std::size_t{0});
    }

    void webSocketNeedsAKey()
    {
        QWebSocket socket;
        QSignalSpy connected(&socket, &QWebSocket::connected);
        socket.open(QUrl(QString::fromStdString("ws" + listener->url().substr(4) + "/in/wrong/cloudevents")));
        QTRY_COMPARE(refusedWith(401), std::uint64_t{1});
        QCOMPARE(connected.size(), 0);
    }
};

QD_TEST(TestInboundEvents)
#include "tst_inboundevents.moc"
