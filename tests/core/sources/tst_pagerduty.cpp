// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/pagerduty.h"

#include "fixture.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;

namespace {
const std::string kTrigger = json("{'routing_key':'R','event_action':'trigger','dedup_key':'samplekeyhere','client':'Sample Monitoring Service',"
            "'client_url':'https://monitoring.example.com','links':[{'href':'https://example.com/','text':'Link text'}],"
            "'payload':{'summary':'DISK at 99% on machine prod-db','timestamp':'2026-11-23T08:26:58.315+0000','severity':'critical','source':'prod-db',"
            "'component':'mysql','group':'prod-datapipe','class':'disk','custom_details':{'free space':'1%','ping time':1500,'load':[0.7,1]}}}");
}

class TestPagerDuty : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void triggerIsAFiringReport()
    {
        const auto event = parsePagerDutyEvent(kTrigger, arrival(), "fresh");
        QVERIFY(event);
        QCOMPARE(event->action, PagerDutyAction::Trigger);
        QCOMPARE(event->dedupKey, std::string("samplekeyhere"));
        const ReportBatch &b = event->reports;
        QVERIFY(b.isSound());
        QCOMPARE(b.size(), std::size_t{1});
        QCOMPARE(b.path, Path::PagerDuty);
        QCOMPARE(b.fingerprint[0], event->fingerprint);
        QCOMPARE(b.status[0], std::uint8_t(AlertStatus::Firing));
        QCOMPARE(b.label(0, "severity"), std::string_view("critical"));
        QCOMPARE(b.label(0, "service"), std::string_view("mysql"));
        QCOMPARE(b.label(0, "instance"), std::string_view("prod-db"));
        QCOMPARE(b.annotation(0, "summary"), std::string_view("DISK at 99% on machine prod-db"));
        QCOMPARE(b.annotation(0, "ping time"), std::string_view("1500"));
        QCOMPARE(b.annotation(0, "load"), std::string_view("[0.7,1]"));
        QCOMPARE(b.at(b.link[0]), std::string_view("https://example.com/"));
        QCOMPARE(toRfc3339({b.startsAt[0]}), std::string("2026-11-23T08:26:58.315Z"));
    }

    void timestamps_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray now("2026-11-23T08:40:00Z");
        QTest::newRow("RFC 3339") << QByteArray("2026-11-23T08:26:58Z") << QByteArray("2026-11-23T08:26:58Z");
        QTest::newRow("PagerDuty's example") << QByteArray("2026-11-23T08:26:58.315+0000") << QByteArray("2026-11-23T08:26:58.315Z");
        QTest::newRow("no fraction") << QByteArray("2026-11-23T08:26:58+0100") << QByteArray("2026-11-23T07:26:58Z");
        QTest::newRow("nonsense: when it came") << QByteArray("noon") << now;
        QTest::newRow("nonsense offset") << QByteArray("2026-11-23T08:26:58+00000") << now;
        QTest::newRow("short") << QByteArray("+0000") << now;
        QTest::newRow("none") << QByteArray("") << now;
    }
    void timestamps()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const auto event = parsePagerDutyEvent(json("{'event_action':'trigger','payload':{'summary':'s','source':'x','severity':'info','timestamp':'") + text.toStdString() + "\"}}", arrival(), "f");
        QVERIFY(event);
        QCOMPARE(toRfc3339({event->reports.startsAt[0]}), expected.toStdString());
    }

    void resolveNamesTheSameAlert()
    {
        const auto trigger = parsePagerDutyEvent(kTrigger, arrival(), "fresh");
        const auto resolve = parsePagerDutyEvent(json("{'routing_key':'R','event_action':'resolve','dedup_key':'samplekeyhere'}"), arrival(), "f");
        QVERIFY(trigger && resolve);
        QCOMPARE(resolve->fingerprint, trigger->fingerprint);
        QCOMPARE(resolve->reports.fingerprint[0], trigger->fingerprint);
        QCOMPARE(resolve->reports.status[0], std::uint8_t(AlertStatus::Resolved));
        QCOMPARE(resolve->reports.endsAt[0], kNow.ns);
    }

    void identityIsRoutingKeyAndDedupKey()
    {
        const auto one = parsePagerDutyEvent(json("{'routing_key':'R','event_action':'resolve','dedup_key':'k'}"), arrival(), "f");
        const auto two = parsePagerDutyEvent(json("{'routing_key':'S','event_action':'resolve','dedup_key':'k'}"), arrival(), "f");
        QVERIFY(one->fingerprint != two->fingerprint);
    }

    void acknowledgeReportsNothingButNamesTheAlert()
    {
        const auto trigger = parsePagerDutyEvent(kTrigger, arrival(), "fresh");
        const auto ack = parsePagerDutyEvent(json("{'routing_key':'R','event_action':'acknowledge','dedup_key':'samplekeyhere'}"), arrival(), "f");
        QVERIFY(ack);
        QCOMPARE(ack->action, PagerDutyAction::Acknowledge);
        QCOMPARE(ack->fingerprint, trigger->fingerprint);
        QCOMPARE(ack->reports.size(), std::size_t{0});
        QCOMPARE(ack->reports.quarantined.size(), std::size_t{0});
    }

    void triggerWithoutKeyIsAlwaysNew()
    {
        const std::string body = json("{'event_action':'trigger','payload':{'summary':'s','source':'x','severity':'info'}}");
        const auto one = parsePagerDutyEvent(body, arrival(), "fresh-1");
        const auto two = parsePagerDutyEvent(body, arrival(), "fresh-2");
        QCOMPARE(one->dedupKey, std::string("fresh-1"));
        QVERIFY(one->fingerprint != two->fingerprint);
        QCOMPARE(one->reports.startsAt[0], kNow.ns);
    }

    void quarantines_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("reason");
        const std::string tail = json("'severity':'info','source':'x'}}");
        QTest::newRow("no action") << QByteArray("{}") << QByteArray("event_action must be trigger, acknowledge or resolve");
        QTest::newRow("unknown action") << QByteArray::fromStdString(json("{'event_action':'shout'}")) << QByteArray("event_action must be trigger, acknowledge or resolve");
        QTest::newRow("resolve without key") << QByteArray::fromStdString(json("{'event_action':'resolve'}")) << QByteArray("dedup_key is missing; acknowledge and resolve need the key of the trigger");
        QTest::newRow("no payload") << QByteArray::fromStdString(json("{'event_action':'trigger'}")) << QByteArray("a trigger needs a payload with summary, source and severity");
        QTest::newRow("no summary") << QByteArray::fromStdString(json("{'event_action':'trigger','payload':{") + tail) << QByteArray("payload.summary is missing");
        QTest::newRow("severity") << QByteArray::fromStdString(json("{'event_action':'trigger','payload':{'summary':'s','source':'x','severity':'terrible'}}")) << QByteArray("payload.severity must be critical, error, warning or info");
        QTest::newRow("long key") << QByteArray::fromStdString(json("{'event_action':'resolve','dedup_key':'") + std::string(256, 'k') + "\"}") << QByteArray("dedup_key is longer than 255 bytes");
    }
    void quarantines()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, reason);
        const auto event = parsePagerDutyEvent(body.toStdString(), arrival(), "f");
        QVERIFY(event);
        QCOMPARE(event->reports.size(), std::size_t{0});
        QCOMPARE(event->reports.quarantined.size(), std::size_t{1});
        QCOMPARE(event->reports.quarantined[0].reason, reason.toStdString());
        QVERIFY(event->reports.isSound());
    }

    void refusesWhatIsNoObject()
    {
        for (const char *body : {"", "[]", "7", "{", "null"}) {
            QVERIFY(!parsePagerDutyEvent(body, arrival(), "f"));
            QVERIFY(!parseChangeEvent(body, arrival()));
        }
    }

    void changeEventIsAMarker()
    {
        const auto event = parseChangeEvent(json("{'routing_key':'R','payload':{'summary':'Build Success - Increase snapshot create timeout to 30 seconds',"
            "'timestamp':'2026-11-23T08:17:25Z','source':'acme-build-pipeline-tool','custom_details':{'service':'checkout','build_number':8}},"
            "'links':[{'href':'https://ci.example/8','text':'8'}]}"), arrival());
        QVERIFY(event);
        QVERIFY(!event->quarantined);
        QCOMPARE(event->marker.title, std::string("Build Success - Increase snapshot create timeout to 30 seconds"));
        QCOMPARE(event->marker.service, std::string("checkout"));
        QCOMPARE(event->marker.link, std::string("https://ci.example/8"));
        QCOMPARE(toRfc3339(event->marker.at), std::string("2026-11-23T08:17:25Z"));
        QCOMPARE(event->marker.facts.size(), std::size_t{3});
    }

    void changeWithoutSummaryIsQuarantined()
    {
        const auto event = parseChangeEvent(json("{'payload':{'source':'x'}}"), arrival());
        QVERIFY(event);
        QVERIFY(event->quarantined);
        QCOMPARE(event->quarantined->reason, std::string("payload.summary is missing"));
    }
};

QD_TEST(TestPagerDuty)
#include "tst_pagerduty.moc"
