// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/alertmanager.h"

#include "fixture.h"
#include "tests/support/suite.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;

namespace {
std::string q(const QByteArray &b) { return b.toStdString(); }
Instant at(const char *text) { return parseInstant(text).value(); }
} // namespace

class TestAlertmanager : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reproducesEveryCapturedFingerprint_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QStringList>("expected");
        const QStringList both{QStringLiteral("27ef078ffbe6f2e2"), QStringLiteral("3155d8631fe2a759")};
        QTest::newRow("listing") << "alertmanager/am_v2_alerts.json" << both;
        QTest::newRow("groups") << "alertmanager/am_v2_groups.json" << QStringList{both[1], both[0]};
        QTest::newRow("webhook firing") << "alertmanager/am_webhook_firing.json" << both.mid(0, 1);
        QTest::newRow("webhook resolved") << "alertmanager/am_webhook_resolved.json" << both.mid(1, 1);
    }
    void reproducesEveryCapturedFingerprint()
    {
        QFETCH(QString, file);
        QFETCH(QStringList, expected);
        std::string body = data(file.toLatin1().constData());
        if (file.contains(QStringLiteral("groups"))) {
            QJsonArray alerts;
            for (const auto group : QJsonDocument::fromJson(QByteArray::fromStdString(body)).array())
                for (const auto alert : group.toObject().value(QStringLiteral("alerts")).toArray())
                    alerts << alert;
            body = QJsonDocument(alerts).toJson(QJsonDocument::Compact).toStdString();
        }
        // The source's own fingerprints are taken away, so that ours are what is seen.
        for (std::size_t i; (i = body.find("\"fingerprint\"")) != std::string::npos;)
            body.replace(i, 13, "\"x\"");
        const auto batch = file.contains(QStringLiteral("webhook")) ? parseAlertmanagerWebhook(body, arrival()) : parseAlertmanagerAlerts(body, arrival());
        QVERIFY(batch);
        QStringList got;
        for (const auto f : batch->fingerprint)
            got << QString::fromStdString(fingerprintText(f));
        QCOMPARE(got, expected);
    }

    void listingIsACompleteSnapshot()
    {
        const auto batch = parseAlertmanagerAlerts(data("alertmanager/am_v2_alerts.json"), arrival());
        QVERIFY(batch);
        QVERIFY(batch->isSound());
        QVERIFY(batch->snapshot);
        QCOMPARE(batch->path, Path::Poll);
        QCOMPARE(batch->size(), std::size_t{2});
        QCOMPARE(batch->label(0, "alertname"), std::string_view("ProbeFailed"));
        QCOMPARE(batch->annotation(1, "runbook_url"), std::string_view("https://runbooks.example/InstanceDown"));
        QCOMPARE(Instant{batch->startsAt[0]}, at("2026-11-23T08:38:27.418Z"));
        QCOMPARE(Instant{batch->endsAt[0]}, at("2026-11-23T08:42:27.418Z"));
        QCOMPARE(Instant{batch->updatedAt[0]}, at("2026-11-23T08:38:27.421Z"));
        QCOMPARE(batch->at(batch->link[0]), std::string_view("http://vm:19090/graph?g0.expr=probe_success+%3D%3D+0&g0.tab=1"));
        QCOMPARE(batch->suppression[0], std::uint8_t(Suppression::None));
    }

    void listingShowsWhatSuppresses_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<int>("suppression");
        QTest::addColumn<QByteArray>("by");
        QTest::newRow("active") << QByteArray::fromStdString(json("{'state':'active','silencedBy':[],'inhibitedBy':[]}")) << 0 << QByteArray();
        QTest::newRow("silenced") << QByteArray::fromStdString(json("{'state':'suppressed','silencedBy':['s1'],'inhibitedBy':[]}")) << 1 << QByteArray("s1");
        QTest::newRow("two silences") << QByteArray::fromStdString(json("{'state':'suppressed','silencedBy':['s1','s2'],'inhibitedBy':['f']}")) << 1 << QByteArray("s1,s2");
        QTest::newRow("inhibited") << QByteArray::fromStdString(json("{'state':'suppressed','silencedBy':[],'inhibitedBy':['f1']}")) << 2 << QByteArray("f1");
        QTest::newRow("muted (0.31)") << QByteArray::fromStdString(json("{'state':'suppressed','silencedBy':[],'inhibitedBy':[],'mutedBy':['night']}")) << 3 << QByteArray("night");
        QTest::newRow("null lists") << QByteArray::fromStdString(json("{'state':'unprocessed','silencedBy':null,'inhibitedBy':null}")) << 0 << QByteArray();
        QTest::newRow("no status") << QByteArray("null") << 0 << QByteArray();
    }
    void listingShowsWhatSuppresses()
    {
        QFETCH(QByteArray, status);
        QFETCH(int, suppression);
        QFETCH(QByteArray, by);
        const auto batch = parseAlertmanagerAlerts(q("[{\"labels\":{\"a\":\"b\"},\"status\":" + status + "}]"), arrival());
        QVERIFY(batch);
        QCOMPARE(batch->size(), std::size_t{1});
        QCOMPARE(int(batch->suppression[0]), suppression);
        QCOMPARE(std::string(batch->at(batch->suppressedBy[0])), q(by));
    }

    void listedAlertFiresWhateverOurClockSays()
    {
        const auto batch = parseAlertmanagerAlerts(json("[{'labels':{'a':'b'},'endsAt':'2026-11-23T08:00:00Z'}]"), arrival());
        QVERIFY(batch);
        QCOMPARE(batch->status[0], std::uint8_t(AlertStatus::Firing));
        QCOMPARE(batch->endsAt[0], std::int64_t{0});
    }

    void listingWithAnUnreadableItemMustNotResolveOthers()
    {
        const auto batch = parseAlertmanagerAlerts(json("[{'labels':{'a':'b'}},{'labels':7}]"), arrival());
        QVERIFY(batch);
        QCOMPARE(batch->size(), std::size_t{1});
        QCOMPARE(batch->quarantined.size(), std::size_t{1});
        QVERIFY(!batch->snapshot);
    }

    void webhookFiringHasNoEnd()
    {
        const auto batch = parseAlertmanagerWebhook(data("alertmanager/am_webhook_firing.json"), arrival());
        QVERIFY(batch);
        QCOMPARE(batch->path, Path::Webhook);
        QVERIFY(!batch->snapshot);
        QCOMPARE(batch->status[0], std::uint8_t(AlertStatus::Firing));
        QCOMPARE(batch->endsAt[0], std::int64_t{0});
        QCOMPARE(Instant{batch->startsAt[0]}, at("2026-11-23T08:38:27.418Z"));
    }

    void webhookResolvedHasItsEnd()
    {
        const auto batch = parseAlertmanagerWebhook(data("alertmanager/am_webhook_resolved.json"), arrival());
        QVERIFY(batch);
        QCOMPARE(batch->status[0], std::uint8_t(AlertStatus::Resolved));
        QCOMPARE(Instant{batch->endsAt[0]}, at("2026-11-23T08:39:34.418Z"));
    }

    void webhookUsesEachAlertsOwnStatus()
    {
        const auto batch = parseAlertmanagerWebhook(json("{'status':'firing','alerts':["
            "{'status':'resolved','labels':{'n':'1'},'startsAt':'2026-11-23T08:00:00Z','endsAt':'2026-11-23T08:10:00Z'},"
            "{'status':'firing','labels':{'n':'2'},'startsAt':'2026-11-23T08:00:00Z','endsAt':'0001-01-01T00:00:00Z'},"
            "{'labels':{'n':'3'}},"
            "{'status':'melting','labels':{'n':'4'}}]}"), arrival());
        QVERIFY(batch);
        QCOMPARE(batch->size(), std::size_t{3});
        QCOMPARE(batch->status[0], std::uint8_t(AlertStatus::Resolved));
        QCOMPARE(batch->status[1], std::uint8_t(AlertStatus::Firing));
        QCOMPARE(batch->status[2], std::uint8_t(AlertStatus::Firing));
        QCOMPARE(batch->quarantined.size(), std::size_t{1});
        QCOMPARE(batch->quarantined[0].index, 3u);
    }

    void webhookShowsAlertsTheSenderLeftOut_data()
    {
        QTest::addColumn<QByteArray>("truncated");
        QTest::addColumn<int>("reports");
        QTest::newRow("none") << QByteArray("0") << 0;
        QTest::newRow("three") << QByteArray("3") << 1;
        QTest::newRow("as text") << QByteArray("\"3\"") << 1;
        QTest::newRow("nonsense") << QByteArray("{}") << 0;
    }
    void webhookShowsAlertsTheSenderLeftOut()
    {
        QFETCH(QByteArray, truncated);
        QFETCH(int, reports);
        const auto batch = parseAlertmanagerWebhook(q("{\"alerts\":[{\"labels\":{\"a\":\"b\"}}],\"truncatedAlerts\":" + truncated + "}"), arrival());
        QVERIFY(batch);
        QCOMPARE(int(batch->quarantined.size()), reports);
        if (reports)
            QCOMPARE(batch->quarantined[0].reason, std::string("the sender left out 3 alerts of this group (truncatedAlerts)"));
    }

    void webhookOfNewerAlertmanagersIsRead()
    {
        const auto batch = parseAlertmanagerWebhook(json("{'version':'4','notification_reason':'x','routeLabels':{'a':'b'},'groupKey':'{}/{a=\\'b\\'}:{}',"
            "'alerts':[{'status':'firing','labels':{'http.status':'500','alertname':'A'},'mutedBy':[]}]}"), arrival());
        QVERIFY(batch);
        QCOMPARE(batch->label(0, "http.status"), std::string_view("500"));
    }

    void grafanaIsKnownByItsOrgId()
    {
        const auto batch = parseAlertmanagerWebhook(json("{'receiver':'r','status':'firing','orgId':1,'version':'1','title':'t','state':'alerting','message':'m',"
            "'alerts':[{'status':'firing','labels':{'alertname':'High CPU','grafana_folder':'Ops','team name':'sre'},'annotations':{'summary':'s'},"
            "'startsAt':'2026-11-23T08:00:00+01:00','endsAt':'0001-01-01T00:00:00Z','generatorURL':'http://g/alerting','fingerprint':'00000000deadbeef',"
            "'silenceURL':'http://g/silence','dashboardURL':'','panelURL':'http://g/p','values':{'A':12.5,'B':1e300}}]}"), arrival());
        QVERIFY(batch);
        QCOMPARE(batch->size(), std::size_t{1});
        QCOMPARE(fingerprintText(batch->fingerprint[0]), std::string("00000000deadbeef"));
        QCOMPARE(batch->label(0, "team name"), std::string_view("sre"));
        QCOMPARE(batch->annotation(0, "silenceURL"), std::string_view("http://g/silence"));
        QCOMPARE(batch->annotation(0, "dashboardURL"), std::string_view());
        QVERIFY(batch->annotation(0, "values").find("12.5") != std::string_view::npos);
        QCOMPARE(Instant{batch->startsAt[0]}, at("2026-11-23T07:00:00Z"));
    }

    void pushTimes_data()
    {
        QTest::addColumn<QByteArray>("times");
        QTest::addColumn<QString>("starts");
        QTest::addColumn<QString>("ends");
        QTest::addColumn<bool>("resolved");
        const auto s = [](const char *t) { return QString::fromLatin1(t); };
        QTest::newRow("neither: now, and now + resolve timeout") << QByteArray("") << s("2026-11-23T08:40:00Z") << s("2026-11-23T08:45:00Z") << false;
        QTest::newRow("zero times are none") << QByteArray::fromStdString(json(",'startsAt':'0001-01-01T00:00:00Z','endsAt':'0001-01-01T00:00:00.000Z'")) << s("2026-11-23T08:40:00Z") << s("2026-11-23T08:45:00Z") << false;
        QTest::newRow("null is none") << QByteArray::fromStdString(json(",'startsAt':null,'endsAt':null")) << s("2026-11-23T08:40:00Z") << s("2026-11-23T08:45:00Z") << false;
        QTest::newRow("Prometheus: ends in 4 minutes") << QByteArray::fromStdString(json(",'startsAt':'2026-11-23T08:00:00.418480155Z','endsAt':'2026-11-23T08:44:00Z'")) << s("2026-11-23T08:00:00.418480155Z") << s("2026-11-23T08:44:00Z") << false;
        QTest::newRow("end in the past is resolved") << QByteArray::fromStdString(json(",'startsAt':'2026-11-23T08:00:00Z','endsAt':'2026-11-23T08:39:59Z'")) << s("2026-11-23T08:00:00Z") << s("2026-11-23T08:39:59Z") << true;
        QTest::newRow("end now is resolved") << QByteArray::fromStdString(json(",'startsAt':'2026-11-23T08:00:00Z','endsAt':'2026-11-23T08:40:00Z'")) << s("2026-11-23T08:00:00Z") << s("2026-11-23T08:40:00Z") << true;
        QTest::newRow("past end without start") << QByteArray::fromStdString(json(",'endsAt':'2026-11-23T08:30:00Z'")) << s("2026-11-23T08:30:00Z") << s("2026-11-23T08:30:00Z") << true;
        QTest::newRow("start ahead of our clock") << QByteArray::fromStdString(json(",'startsAt':'2026-11-23T09:40:00Z'")) << s("2026-11-23T08:40:00Z") << s("2026-11-23T08:45:00Z") << false;
        QTest::newRow("offsets") << QByteArray::fromStdString(json(",'startsAt':'2026-11-23T10:00:00+02:00','endsAt':'2026-11-23T14:30:00+05:30'")) << s("2026-11-23T08:00:00Z") << s("2026-11-23T09:00:00Z") << false;
    }
    void pushTimes()
    {
        QFETCH(QByteArray, times);
        QFETCH(QString, starts);
        QFETCH(QString, ends);
        QFETCH(bool, resolved);
        const auto batch = parseAlertmanagerPush(q("[{\"labels\":{\"a\":\"b\"}" + times + "}]"), arrival());
        QVERIFY(batch);
        QCOMPARE(batch->size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(toRfc3339({batch->startsAt[0]})), starts);
        QCOMPARE(QString::fromStdString(toRfc3339({batch->endsAt[0]})), ends);
        QCOMPARE(batch->status[0] == std::uint8_t(AlertStatus::Resolved), resolved);
    }

    void pushQuarantines_data()
    {
        QTest::addColumn<QByteArray>("item");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char *name, const std::string &item, const char *reason) { QTest::newRow(name) << QByteArray::fromStdString(item) << QByteArray(reason); };
        row("no labels", "{}", "at least one label pair required");
        row("empty labels", json("{'labels':{}}"), "at least one label pair required");
        row("null labels", json("{'labels':null}"), "at least one label pair required");
        row("only empty values", json("{'labels':{'a':''}}"), "at least one label pair required");
        row("start after end", json("{'labels':{'a':'b'},'startsAt':'2026-11-23T08:00:00Z','endsAt':'2026-11-23T07:00:00Z'}"), "start time must be before end time");
        row("bad label name", json("{'labels':{'bad-label':'x'}}"), "invalid label set: invalid name \"bad-label\"");
        row("label name starts with a digit", json("{'labels':{'1a':'x'}}"), "invalid label set: invalid name \"1a\"");
        row("empty label name", json("{'labels':{'':'x'}}"), "invalid label set: invalid name \"\"");
        row("bad annotation name", json("{'labels':{'a':'x'},'annotations':{'b c':'y'}}"), "invalid annotations: invalid name \"b c\"");
        row("label is an object", json("{'labels':{'a':{'b':'c'}}}"), "the value of label \"a\" is not a text");
        row("labels are a list", json("{'labels':['a']}"), "labels must be an object of texts");
        row("item is a number", "7", "an alert must be a JSON object");
        row("item is null", "null", "an alert must be a JSON object");
        row("time is no time", json("{'labels':{'a':'b'},'startsAt':'yesterday'}"), "startsAt is not an RFC 3339 time");
        row("time is a number", json("{'labels':{'a':'b'},'endsAt':1795423200}"), "endsAt is not an RFC 3339 time");
    }
    void pushQuarantines()
    {
        QFETCH(QByteArray, item);
        QFETCH(QByteArray, reason);
        const auto batch = parseAlertmanagerPush(q("[{\"labels\":{\"ok\":\"1\"}}," + item + ",{\"labels\":{\"ok\":\"2\"}}]"), arrival());
        QVERIFY(batch);
        QVERIFY(batch->isSound());
        QCOMPARE(batch->size(), std::size_t{2}); // the mixed batch's valid ones are taken
        QCOMPARE(batch->label(1, "ok"), std::string_view("2"));
        QCOMPARE(batch->quarantined.size(), std::size_t{1});
        QCOMPARE(batch->quarantined[0].index, 1u);
        QCOMPARE(batch->quarantined[0].reason, q(reason));
        QVERIFY(!batch->quarantined[0].excerpt.empty());
    }

    void pushRefusesWhatDoesNotParse_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("blank") << QByteArray("  \n");
        QTest::newRow("text") << QByteArray("hello");
        QTest::newRow("open") << QByteArray("[{\"labels\":{\"a\":\"b\"}}");
        QTest::newRow("trailing") << QByteArray("[] []");
        QTest::newRow("comma") << QByteArray("[{\"labels\":{\"a\":\"b\"}},]");
        QTest::newRow("object") << QByteArray("{\"labels\":{\"a\":\"b\"}}");
        QTest::newRow("null") << QByteArray("null");
        QTest::newRow("single quotes") << QByteArray("[{'labels':{'a':'b'}}]");
        QTest::newRow("deep") << QByteArray(100000, '[');
        QTest::newRow("deep and closed") << QByteArray("[{\"labels\":{\"a\":\"b\"},\"x\":" + QByteArray(70, '[') + QByteArray(70, ']') + "}]");
        QTest::newRow("bad number") << QByteArray("[{\"labels\":{\"a\":\"b\"},\"x\":01}]");
        QTest::newRow("control byte in a text") << QByteArray("[{\"labels\":{\"a\":\"b\nc\"}}]");
    }
    void pushRefusesWhatDoesNotParse()
    {
        QFETCH(QByteArray, body);
        const auto batch = parseAlertmanagerPush(q(body), arrival());
        QVERIFY(!batch);
        QCOMPARE(batch.error().code, Code::Invalid);
        QVERIFY(!batch.error().message.empty());
    }

    void lastOfARepeatedNameWins()
    {
        const auto batch = parseAlertmanagerPush(json("[{'labels':{'a':'1','b':'x','a':'2'},'labels':{'z':'9','a':'3','a':'4'}}]"), arrival());
        QVERIFY(batch);
        QCOMPARE(batch->size(), std::size_t{1});
        QCOMPARE(int(batch->labels[0]), 2);
        QCOMPARE(batch->label(0, "a"), std::string_view("4"));
        Fingerprint expected;
        expected.add("a", "4");
        expected.add("z", "9");
        QCOMPARE(batch->fingerprint[0], expected.value());
    }

    void emptyLabelsDoNotCount()
    {
        const auto batch = parseAlertmanagerPush(json("[{'labels':{'a':'1','gone':'','also':null}},{'labels':{'a':'1'}}]"), arrival());
        QVERIFY(batch);
        QCOMPARE(batch->fingerprint[0], batch->fingerprint[1]);
        QCOMPARE(int(batch->labels[0]), 1);
    }

    void numbersWhereTextsBelongAreTaken()
    {
        const auto batch = parseAlertmanagerPush(json("[{'labels':{'code':500,'up':true},'annotations':{'v':1.5},'unknown':{'deep':[1,2]},'generatorURL':5}]"), arrival());
        QVERIFY(batch);
        QCOMPARE(batch->size(), std::size_t{1});
        QCOMPARE(batch->label(0, "code"), std::string_view("500"));
        QCOMPARE(batch->label(0, "up"), std::string_view("true"));
        QCOMPARE(batch->annotation(0, "v"), std::string_view("1.5"));
    }

    void manyLabels_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<bool>("taken");
        QTest::newRow("256") << 256 << true;
        QTest::newRow("257") << 257 << false;
        QTest::newRow("70000") << 70000 << false;
    }
    void manyLabels()
    {
        QFETCH(int, count);
        QFETCH(bool, taken);
        std::string labels;
        for (int i = 0; i < count; ++i)
            labels += (i ? ",\"l" : "\"l") + std::to_string(i) + "\":\"v\"";
        const auto batch = parseAlertmanagerPush("[{\"labels\":{" + labels + "}},{\"labels\":{\"a\":\"b\"},\"annotations\":{" + labels + "}},{\"labels\":{\"a\":\"b\"}}]", arrival());
        QVERIFY(batch);
        QCOMPARE(batch->size(), std::size_t(taken ? 3 : 1));
        QCOMPARE(batch->quarantined.size(), std::size_t(taken ? 0 : 2));
        QVERIFY(batch->isSound());
    }

    void aDeliveryOfNonsenseStaysBounded()
    {
        std::string body = "[1";
        for (int i = 0; i < 200000; ++i)
            body += ",1";
        const auto batch = parseAlertmanagerPush(body + "]", arrival());
        QVERIFY(batch);
        QCOMPARE(batch->quarantined.size(), std::size_t{1001});
        QVERIFY(batch->quarantined.back().reason.starts_with("199001 more of this delivery"));
    }

    void hostileTextBecomesPlain()
    {
        const auto batch = parseAlertmanagerPush("[{\"labels\":{\"a\":\"\xe2\x80\xae" "evil\",\"n\":\"\\u0000\"},\"annotations\":{\"s\":\"<img src=file:///etc/passwd>\"}}]", arrival());
        QVERIFY(batch);
        QCOMPARE(batch->label(0, "a"), std::string_view("[U+202E]evil"));
        QVERIFY(batch->label(0, "n").find('\0') == std::string_view::npos);
        QCOMPARE(batch->annotation(0, "s"), std::string_view("<img src=file:///etc/passwd>"));
    }

    void emptyPushIsNoReport()
    {
        const auto batch = parseAlertmanagerPush("[]", arrival());
        QVERIFY(batch);
        QCOMPARE(batch->size(), std::size_t{0});
    }
};

QD_TEST(TestAlertmanager)
#include "tst_alertmanager.moc"
