// SPDX-License-Identifier: GPL-3.0-or-later
#include "edgebench.h"
#include "pagerdutyfixture.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;

class TestInboundEdge : public EdgeBench {
    Q_OBJECT
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
        QTRY_COMPARE(refusedWith(401), std::uint64_t{1});
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
        QTRY_COMPARE(refusedWith(400), std::uint64_t{1});
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
        QTRY_COMPARE(refusedWith(503), std::uint64_t{1});
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
        for (int i = 0; i < 100 && limited < 2; ++i) // one a second, and none is as slow as that for long
            limited += post(http, url("/api/v2/alerts"), kOne).status == 429;
        QVERIFY(limited >= 2);
        QVERIFY(desk->stored() >= 2);
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
