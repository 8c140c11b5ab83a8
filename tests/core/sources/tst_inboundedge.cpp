// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/inboundedge.h"

#include "core/sources/seenids.h"

#include "edgefixture.h"
#include "fixture.h"
#include "pagerdutyfixture.h"
#include "tests/support/suite.h"

#include <QSignalSpy>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;

namespace {
const std::string kKey = "open-sesame";
const std::string kOne = json("[{'labels':{'alertname':'A'}}]");

std::string firing(const std::string &id)
{
    return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"s\",\"type\":\"io.quarterdeck.alert.firing\",\"subject\":\"x" + id + "\"}";
}
const net::Fields kStructured{{"content-type", "application/cloudevents+json"}};
const net::Fields kBatched{{"content-type", "application/cloudevents-batch+json"}};
net::Fields binary(const std::string &id, const std::string &type = "io.quarterdeck.alert.firing")
{
    return {{"content-type", "application/json"}, {"ce-specversion", "1.0"}, {"ce-id", id}, {"ce-source", "s"}, {"ce-type", type}};
}
} // namespace

class TestInboundEdge : public QObject {
    Q_OBJECT

    SystemClock clock;
    SystemRandom random;
    net::HttpClient http;
    std::unique_ptr<Recorder> desk;
    std::unique_ptr<KeyRing> keys;
    std::unique_ptr<RefusalCounter> refusals;
    std::unique_ptr<net::IoThread> io;
    std::unique_ptr<net::Listener> listener;
    std::unique_ptr<InboundEdge> edge;
    std::mutex mutex;
    std::map<int, std::uint64_t> refused;

    void open(InboundOptions options = {})
    {
        desk = std::make_unique<Recorder>();
        keys = std::make_unique<KeyRing>();
        keys->replace({{"other", hashOf("another")}, {"lab", hashOf(kKey)}});
        refused.clear();
        refusals = std::make_unique<RefusalCounter>(clock, [this](int status, const std::string &, std::uint64_t count, Instant, Instant, const Done &) {
            const std::lock_guard lock(mutex);
            refused[status] += count;
        }, millis(1));
        io = std::make_unique<net::IoThread>();
        net::ListenOptions listen;
        listen.onRefused = [this](const net::Refusal &r) { refusals->count(r.status, r.reason); };
        listener = std::make_unique<net::Listener>(*io, clock, listen);
        edge = std::make_unique<InboundEdge>(*listener, desk->intake(), *keys, clock, random, *refusals, options);
        QVERIFY(listener->start());
    }
    void close()
    {
        if (listener)
            listener->stop();
        edge.reset();
        listener.reset();
        io.reset();
    }
    std::string url(const std::string &path) const { return listener->url() + "/in/" + kKey + path; }
    std::uint64_t refusedWith(int status)
    {
        refusals->flush(true);
        const std::lock_guard lock(mutex);
        return refused[status];
    }

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

    void pushIsAnsweredAfterCommit()
    {
        const auto answer = post(http, url("/api/v2/alerts"), kOne);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, std::string("{\"accepted\":1,\"quarantined\":[]}\n"));
        QCOMPARE(desk->batches().size(), std::size_t{1});
        QCOMPARE(desk->batches()[0].connection, std::string("lab"));
        QCOMPARE(desk->batches()[0].path, Path::Push);
    }

    void bearerOpensTheSamePathsWithoutThePrefix()
    {
        const net::Fields headers{{"content-type", "application/json"}, {"authorization", "Bearer " + kKey}};
        QCOMPARE(post(http, listener->url() + "/api/v2/alerts", kOne, headers).status, 200);
        QCOMPARE(post(http, listener->url() + "/alertmanager", data("alertmanager/am_webhook_firing.json"), headers).status, 200);
        QCOMPARE(ask(http, net::Method::Get, listener->url() + "/heartbeat/x", {}, headers).status, 200);
        QCOMPARE(post(http, listener->url() + "/v2/enqueue", data("other/pagerduty_trigger.json"), headers).status, 202);
        QCOMPARE(desk->stored(), std::size_t{4});
    }

    void pagerDutysWebhooksAreIncidents()
    {
        const std::string now = toRfc3339(clock.now()).substr(0, 19) + "Z", old = toRfc3339(clock.now() - hours(25)).substr(0, 19) + "Z";
        const auto answer = post(http, url("/pagerduty/v3"), pdEvent("incident.triggered", "triggered", now));
        QCOMPARE(answer.status, 202);
        QCOMPARE(answer.body, std::string("{\"accepted\":1,\"quarantined\":[]}\n"));
        QCOMPARE(desk->pagers().size(), std::size_t{1});
        QCOMPARE(desk->pagers()[0].batch.connection, std::string("lab"));
        QCOMPARE(desk->pagers()[0].reports[0].what.id, std::string("PGR0VU2"));
        QCOMPARE(post(http, url("/pagerduty/v3"), pdEvent("incident.triggered", "triggered", old)).status, 400);
        QCOMPARE(post(http, url("/pagerduty/v3"), "{}").status, 400);
        QCOMPARE(post(http, url("/pagerduty/v3"), "{\"event\":{\"event_type\":\"pagey.ping\",\"occurred_at\":\"" + now + "\"}}").status, 202);
        QCOMPARE(desk->stored(), std::size_t{1});
        QCOMPARE(desk->seen().size(), std::size_t{1});
    }

    void strangersAreRefusedBeforeTheirBodyIsRead_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("bearer");
        QTest::newRow("wrong key") << QByteArray("/in/wrong/api/v2/alerts") << QByteArray();
        QTest::newRow("no key") << QByteArray("/api/v2/alerts") << QByteArray();
        QTest::newRow("wrong bearer") << QByteArray("/api/v2/alerts") << QByteArray("Bearer nope");
        QTest::newRow("empty bearer") << QByteArray("/api/v2/alerts") << QByteArray("Bearer ");
        QTest::newRow("other scheme") << QByteArray("/api/v2/alerts") << QByteArray("Basic open-sesame");
        QTest::newRow("wrong key, right bearer") << QByteArray("/in/wrong/api/v2/alerts") << QByteArray("Bearer open-sesame");
    }
    void strangersAreRefusedBeforeTheirBodyIsRead()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, bearer);
        net::Fields headers{{"content-type", "application/json"}};
        if (!bearer.isEmpty())
            headers.emplace_back("authorization", bearer.toStdString());
        QCOMPARE(post(http, listener->url() + path.toStdString(), kOne, headers).status, 401);
        QCOMPARE(desk->stored(), std::size_t{0});
        QCOMPARE(refusedWith(401), std::uint64_t{1});
    }

    void aRevokedKeyOpensNothing()
    {
        QCOMPARE(post(http, url("/api/v2/alerts"), kOne).status, 200);
        keys->replace({{"other", hashOf("another")}});
        QCOMPARE(post(http, url("/api/v2/alerts"), kOne).status, 401);
        QCOMPARE(desk->stored(), std::size_t{1});
    }

    void whatDoesNotParseStoresNothing_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        for (const char *path : {"/api/v2/alerts", "/alertmanager", "/grafana", "/v2/enqueue", "/v2/change/enqueue", "/cloudevents"}) {
            QTest::addRow("%s text", path) << QByteArray(path) << QByteArray("hello");
            QTest::addRow("%s cut", path) << QByteArray(path) << QByteArray("[{\"labels\":{\"a\":\"b\"}}");
            QTest::addRow("%s empty", path) << QByteArray(path) << QByteArray();
            QTest::addRow("%s number", path) << QByteArray(path) << QByteArray("7");
            QTest::addRow("%s deep", path) << QByteArray(path) << QByteArray(100000, '[');
        }
    }
    void whatDoesNotParseStoresNothing()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        const auto answer = post(http, url(path.toStdString()), body.toStdString());
        QCOMPARE(answer.status, 400);
        QVERIFY(answer.body.find("\"error\":") != std::string::npos);
        QCOMPARE(desk->stored(), std::size_t{0});
        QCOMPARE(refusedWith(400), std::uint64_t{1});
        QCOMPARE(post(http, url("/api/v2/alerts"), kOne).status, 200); // other senders are unaffected
    }

    void aMixedBatchIsPartlyTaken()
    {
        const auto answer = post(http, url("/api/v2/alerts"), json("[{'labels':{'a':'1'}},{'labels':{}},{'labels':{'a':'2'}}]"));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, json("{'accepted':2,'quarantined':[{'index':1,'reason':'at least one label pair required'}]}\n"));
        QCOMPARE(desk->batches()[0].size(), std::size_t{2});
        QCOMPARE(desk->batches()[0].quarantined.size(), std::size_t{1});
    }

    void wrongMethodsTypesAndPathsHaveTheirStatus()
    {
        QCOMPARE(ask(http, net::Method::Get, url("/api/v2/alerts")).status, 405);
        QCOMPARE(post(http, url("/nothing/here"), kOne).status, 404);
        QCOMPARE(post(http, url("/api/v2/alerts"), kOne, {{"content-type", "text/plain"}}).status, 415);
        QCOMPARE(post(http, url("/api/v2/alerts"), kOne, {{"content-type", "application/json; charset=utf-8"}}).status, 200);
        QCOMPARE(desk->stored(), std::size_t{1});
    }

    void aBodyAboveItsLimitIs413()
    {
        close();
        open({4096, 500, 0});
        QCOMPARE(post(http, url("/api/v2/alerts"), std::string(5000, ' ')).status, 413);
        QCOMPARE(post(http, url("/v2/enqueue"), std::string(net::kBodyLimit + 1, ' ')).status, 413);
        QCOMPARE(desk->stored(), std::size_t{0});
    }

    void uncommittedIs503AndNeverTwoHundred_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("push") << QByteArray("/api/v2/alerts") << QByteArray::fromStdString(kOne);
        QTest::newRow("webhook") << QByteArray("/alertmanager") << QByteArray::fromStdString(data("alertmanager/am_webhook_firing.json"));
        QTest::newRow("pagerduty") << QByteArray("/v2/enqueue") << QByteArray::fromStdString(data("other/pagerduty_trigger.json"));
        QTest::newRow("cloudevents") << QByteArray("/cloudevents") << QByteArray::fromStdString(data("other/cloudevents_batch.json"));
        QTest::newRow("heartbeat") << QByteArray("/heartbeat/x") << QByteArray();
        QTest::newRow("ping") << QByteArray("/ping/x") << QByteArray();
    }
    void uncommittedIs503AndNeverTwoHundred()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        desk->answerWith(fail(Code::Unavailable, "the queue is full"));
        const auto answer = post(http, url(path.toStdString()), body.toStdString());
        QCOMPARE(answer.status, 503);
        QVERIFY(!net::valueOf(answer.headers, "retry-after").empty());
        QCOMPARE(refusedWith(503), std::uint64_t{1});
    }

    void aLargeBatchIsTakenWhole()
    {
        std::string body = "[";
        for (int i = 0; i < 20000; ++i)
            body += (i ? ",{\"labels\":{\"alertname\":\"A\",\"n\":\"" : "{\"labels\":{\"alertname\":\"A\",\"n\":\"") + std::to_string(i) + "\"}}";
        const auto answer = post(http, url("/api/v2/alerts"), body + "]");
        QCOMPARE(answer.status, 200);
        QCOMPARE(desk->batches()[0].size(), std::size_t{20000});
    }

    void anEmptyPushIsASignOfLifeOnly()
    {
        QCOMPARE(post(http, url("/api/v2/alerts"), "[]").status, 200);
        QCOMPARE(desk->stored(), std::size_t{0});
        QCOMPARE(desk->seen().size(), std::size_t{1});
    }

    void grafanaMayAlsoPut()
    {
        const std::string body = json("{'orgId':1,'status':'firing','alerts':[{'status':'firing','labels':{'alertname':'G'}}]}");
        QCOMPARE(post(http, url("/grafana"), body).status, 200);
        QCOMPARE(ask(http, net::Method::Put, url("/grafana"), body, {{"content-type", "application/json"}}).status, 200);
        QCOMPARE(desk->batches().size(), std::size_t{2});
    }

    void pagerDutyAnswersLikeItself()
    {
        const auto trigger = post(http, url("/v2/enqueue"), data("other/pagerduty_trigger.json"));
        QCOMPARE(trigger.status, 202);
        QVERIFY(trigger.body.starts_with(json("{'status':'success','message':'Event processed','dedup_key':'samplekeyhere'")));
        const auto keyless = post(http, url("/v2/enqueue"), json("{'event_action':'trigger','payload':{'summary':'s','source':'x','severity':'info'}}"));
        QCOMPARE(keyless.status, 202);
        QVERIFY(QRegularExpression(QStringLiteral("\"dedup_key\":\"[0-9a-f]{32}\"")).match(QString::fromStdString(keyless.body)).hasMatch());
        const auto ack = post(http, url("/v2/enqueue"), json("{'routing_key':'0123456789abcdef0123456789abcdef','event_action':'acknowledge','dedup_key':'samplekeyhere'}"));
        QCOMPARE(ack.status, 202);
        QCOMPARE(desk->acknowledged(), (std::vector<std::uint64_t>{desk->batches()[0].fingerprint[0]}));
        const auto bad = post(http, url("/v2/enqueue"), json("{'event_action':'shout'}"));
        QCOMPARE(bad.status, 202);
        QVERIFY(bad.body.find("\"accepted\":0") != std::string::npos);
        QCOMPARE(desk->batches().back().quarantined.size(), std::size_t{1});
    }

    void changesBecomeMarkers()
    {
        QCOMPARE(post(http, url("/v2/change/enqueue"), json("{'payload':{'summary':'deploy','source':'ci'}}")).status, 202);
        QCOMPARE(desk->changes().size(), std::size_t{1});
        QCOMPARE(desk->changes()[0].title, std::string("deploy"));
        QCOMPARE(post(http, url("/v2/change/enqueue"), json("{'payload':{}}")).status, 202);
        QCOMPARE(desk->batches()[0].quarantined.size(), std::size_t{1});
    }

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

    void heartbeatByGetAndPost()
    {
        QCOMPARE(ask(http, net::Method::Get, url("/heartbeat/nightly%20backup")).status, 200);
        QCOMPARE(post(http, url("/heartbeat/nightly%20backup"), "any body", {{"content-type", "text/plain"}}).status, 200);
        QCOMPARE(desk->heartbeats().size(), std::size_t{2});
        QCOMPARE(desk->heartbeats()[1].name, std::string("nightly backup"));
    }

    void pingUrlsAreThoseOfHealthchecks()
    {
        using events::PingKind;
        for (const auto method : {net::Method::Head, net::Method::Get, net::Method::Post}) {
            const auto answer = ask(http, method, url("/ping/nightly"));
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.body, method == net::Method::Head ? std::string() : std::string("OK"));
        }
        QCOMPARE(ask(http, net::Method::Get, url("/ping/nightly/start?rid=one")).status, 200);
        QCOMPARE(post(http, url("/ping/nightly?rid=one"), "all is well", {{"content-type", "text/plain"}}).status, 200);
        QCOMPARE(post(http, url("/ping/nightly/fail"), "no space left", {{"content-type", "application/x-www-form-urlencoded"}}).status, 200);
        QCOMPARE(ask(http, net::Method::Get, url("/ping/nightly/3")).status, 200);
        const auto pings = desk->pings();
        QCOMPARE(pings.size(), std::size_t{7});
        QVERIFY(pings[2].kind == PingKind::Beat && pings[3].kind == PingKind::Start && pings[5].kind == PingKind::Fail && pings[6].kind == PingKind::Fail);
        QVERIFY(pings[3].run != 0 && pings[3].run == pings[4].run);
        QCOMPARE(pings[4].text, std::string());
        QCOMPARE(pings[5].text, std::string("no space left"));
        QCOMPARE(pings[6].exitStatus, 3U);
        QCOMPARE(ask(http, net::Method::Get, url("/ping/nightly/256")).status, 400);
        QCOMPARE(ask(http, net::Method::Get, url("/ping/nightly/start/more")).status, 404);
        QCOMPARE(ask(http, net::Method::Put, url("/ping/nightly")).status, 405);
        QCOMPARE(desk->pings().size(), std::size_t{7});
    }

    void aPingNobodyWaitsForIs404AndItsNameIsNotKept()
    {
        desk->answerWith(fail(Code::NotFound, "There is no heartbeat \"made-up\"."));
        const auto answer = ask(http, net::Method::Get, url("/ping/made-up"));
        QCOMPARE(answer.status, 404);
        QVERIFY2(answer.body.find("made-up") == std::string::npos, answer.body.c_str());
        QCOMPARE(desk->stored(), std::size_t{0});
    }

    void aKeyAboveItsRateIs429()
    {
        close();
        open({net::kBatchBodyLimit, 500, 1});
        int limited = 0;
        for (int i = 0; i < 5; ++i)
            limited += post(http, url("/api/v2/alerts"), kOne).status == 429;
        QVERIFY(limited >= 2);
        QVERIFY(desk->stored() >= 2);
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

    void requestsAfterTheEdgeIsGoneAre503()
    {
        edge.reset();
        std::string body(100'000, ' ');
        QCOMPARE(post(http, url("/api/v2/alerts"), "[]" + body).status, 503);
    }
};

QD_TEST(TestInboundEdge)
#include "tst_inboundedge.moc"
