// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/cloudevents.h"

#include "core/sources/alertmanager.h"
#include "fixture.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;

namespace {
std::string cloudEvent(const char *type, const std::string &rest)
{
    return std::string("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/mon\",\"type\":\"") + type + "\"" + rest + "}";
}
} // namespace

class TestCloudEvents : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firingIsTheSameAlertAsPushed()
    {
        const auto events = parseCloudEvent(cloudEvent("io.quarterdeck.alert.firing", json(",'time':'2026-11-23T08:39:00Z','data':{'labels':{'alertname':'A','severity':'critical'},"
            "'annotations':{'summary':'s'},'startsAt':'2026-11-23T08:00:00Z','generatorURL':'http://g'}")), arrival());
        const auto pushed = parseAlertmanagerPush(json("[{'labels':{'alertname':'A','severity':'critical'}}]"), arrival());
        QVERIFY(events && pushed);
        const ReportBatch &b = events->reports;
        QVERIFY(b.isSound());
        QCOMPARE(b.size(), std::size_t{1});
        QCOMPARE(b.fingerprint[0], pushed->fingerprint[0]);
        QCOMPARE(b.path, Path::CloudEvent);
        QCOMPARE(toRfc3339({b.startsAt[0]}), std::string("2026-11-23T08:00:00Z"));
        QCOMPARE(toRfc3339({b.updatedAt[0]}), std::string("2026-11-23T08:39:00Z"));
        QCOMPARE(b.at(b.link[0]), std::string_view("http://g"));
        QCOMPARE(events->alerts, (std::vector<std::uint64_t>{SeenIds::identity("am", "/mon", "1")}));
    }

    void resolvedEndsWhenTheEventSays()
    {
        const auto events = parseCloudEvent(cloudEvent("io.quarterdeck.alert.resolved", json(",'time':'2026-11-23T08:39:00Z','data':{'labels':{'alertname':'A'}}")), arrival());
        QVERIFY(events);
        QCOMPARE(events->reports.status[0], std::uint8_t(AlertStatus::Resolved));
        QCOMPARE(toRfc3339({events->reports.endsAt[0]}), std::string("2026-11-23T08:39:00Z"));
    }

    void subjectStandsForLabels()
    {
        const auto events = parseCloudEvent(cloudEvent("io.quarterdeck.alert.firing", json(",'subject':'disk full'")), arrival());
        QVERIFY(events);
        QCOMPARE(events->reports.label(0, "alertname"), std::string_view("disk full"));
        QCOMPARE(events->reports.startsAt[0], kNow.ns);
    }

    void othersTypesThatEndAlikeAreUnderstood_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<int>("expected"); // AlertStatus, or -1: quarantined
        QTest::newRow("suffix firing") << QByteArray("com.example.alert.firing") << QByteArray("") << 0;
        QTest::newRow("suffix resolved") << QByteArray("com.example.alert.resolved") << QByteArray("") << 1;
        QTest::newRow("suffix before data") << QByteArray("com.example.alert.resolved") << QByteArray("firing") << 1;
        QTest::newRow("data firing") << QByteArray("com.example.alert") << QByteArray("firing") << 0;
        QTest::newRow("data resolved") << QByteArray("com.example.alert") << QByteArray("resolved") << 1;
        QTest::newRow("data says something else") << QByteArray("com.example.alert") << QByteArray("maybe") << -1;
        QTest::newRow("no hint") << QByteArray("com.example.alert") << QByteArray("") << -1;
    }
    void othersTypesThatEndAlikeAreUnderstood()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, status);
        QFETCH(int, expected);
        const auto events = parseCloudEvent(cloudEvent(type.constData(), json(",'subject':'db1/disk','data':{'status':'") + status.toStdString()
            + json("','severity':'critical','service':'orders','summary':'disk is full'}")), arrival());
        QVERIFY(events);
        QCOMPARE(events->reports.size(), std::size_t(expected < 0 ? 0 : 1));
        QCOMPARE(events->reports.quarantined.size(), std::size_t(expected < 0 ? 1 : 0));
        if (expected < 0)
            return;
        QCOMPARE(int(events->reports.status[0]), expected);
        QCOMPARE(events->reports.label(0, "alertname"), std::string_view("db1/disk"));
        QCOMPARE(events->reports.label(0, "severity"), std::string_view("critical"));
        QCOMPARE(events->reports.label(0, "service"), std::string_view("orders"));
        QCOMPARE(events->reports.annotation(0, "summary"), std::string_view("disk is full"));
    }

    void whatIsSaidBesideTheLabelsIsNoPartOfTheIdentity()
    {
        const auto one = parseCloudEvent(cloudEvent("io.quarterdeck.alert.firing", json(",'data':{'labels':{'alertname':'A'},'severity':'warning'}")), arrival());
        const auto two = parseCloudEvent(cloudEvent("io.quarterdeck.alert.firing", json(",'data':{'labels':{'alertname':'A'},'severity':'critical'}")), arrival());
        const auto pushed = parseAlertmanagerPush(json("[{'labels':{'alertname':'A'}}]"), arrival());
        QVERIFY(one && two && pushed);
        QCOMPARE(one->reports.fingerprint[0], two->reports.fingerprint[0]);
        QCOMPARE(one->reports.fingerprint[0], pushed->fingerprint[0]);
        QCOMPARE(two->reports.label(0, "severity"), std::string_view("critical"));
    }

    void changeIsAMarkerWithAnIdentity()
    {
        const auto events = parseCloudEvent(cloudEvent("io.quarterdeck.change", json(",'subject':'checkout','data':{'title':'v2','link':'http://ci','facts':{'n':7}}")), arrival());
        QVERIFY(events);
        QCOMPARE(events->changes.size(), std::size_t{1});
        QCOMPARE(events->changes[0].second.service, std::string("checkout"));
        QCOMPARE(events->changes[0].second.title, std::string("v2"));
        QCOMPARE(events->changes[0].second.id, std::string("/mon 1"));
        QCOMPARE(events->changes[0].second.at, kNow);
        QCOMPARE(events->changes[0].second.facts, (std::vector<std::pair<std::string, std::string>>{{"n", "7"}}));
    }

    void heartbeatCountsWhenItArrives()
    {
        const auto events = parseCloudEvent(cloudEvent("io.quarterdeck.heartbeat", json(",'subject':'nightly','time':'2036-01-01T00:00:00Z'")), arrival());
        QVERIFY(events);
        QCOMPARE(events->heartbeats.size(), std::size_t{1});
        QCOMPARE(events->heartbeats[0].second.name, std::string("nightly"));
        QCOMPARE(events->heartbeats[0].second.at, kNow);
    }

    void quarantines_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char *name, const std::string &body, const char *reason) {
            QTest::newRow(name) << QByteArray::fromStdString(body) << QByteArray(reason);
        };
        row("foreign type", cloudEvent("com.example.thing", ""), "its type \"com.example.thing\" is neither of this console's profile nor ends in what it says");
        row("old spec", json("{'specversion':'0.3','id':'1','source':'s','type':'t'}"), "specversion must be \"1.0\"");
        row("no id", json("{'specversion':'1.0','source':'s','type':'t'}"), "id is missing");
        row("no source", json("{'specversion':'1.0','id':'1','type':'t'}"), "source is missing");
        row("empty type", json("{'specversion':'1.0','id':'1','source':'s','type':''}"), "type is missing");
        row("time", cloudEvent("io.quarterdeck.heartbeat", json(",'time':'noon'")), "time is not an RFC 3339 time");
        row("no labels, no subject", cloudEvent("io.quarterdeck.alert.firing", ""), "at least one label pair required");
        row("data is a text", cloudEvent("io.quarterdeck.alert.firing", json(",'data':'x'")), "data must be a JSON object");
        row("base64", cloudEvent("io.quarterdeck.alert.firing", json(",'data_base64':'eA=='")), "data_base64 is not read for this type; send its data as JSON");
        row("label name", cloudEvent("io.quarterdeck.alert.firing", json(",'data':{'labels':{'a-b':'c'}}")), "invalid label set: invalid name \"a-b\"");
        row("start after end", cloudEvent("io.quarterdeck.alert.resolved", json(",'data':{'labels':{'a':'b'},'startsAt':'2026-11-23T08:00:00Z','endsAt':'2026-11-23T07:00:00Z'}")), "start time must be before end time");
        row("change without title", cloudEvent("io.quarterdeck.change", json(",'data':{}")), "data.title is missing; a change needs one");
        row("heartbeat without name", cloudEvent("io.quarterdeck.heartbeat", ""), "a heartbeat needs a name: data.name or subject");
    }
    void quarantines()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, reason);
        SeenIds seen;
        const auto events = parseCloudEvent(body.toStdString(), arrival(), &seen);
        QVERIFY(events);
        QCOMPARE(events->accepted(), std::size_t{0});
        QCOMPARE(events->reports.quarantined.size(), std::size_t{1});
        QCOMPARE(events->reports.quarantined[0].reason, reason.toStdString());
        QVERIFY(events->reports.isSound());
        QVERIFY(seen.claim(SeenIds::identity("am", "/mon", "1"))); // mended, it may come under the same id
    }

    void batchTakesTheValidOnes()
    {
        const auto events = parseCloudEventBatch("[" + cloudEvent("io.quarterdeck.alert.firing", json(",'subject':'a'")) + ",5," + cloudEvent("io.quarterdeck.heartbeat", json(",'subject':'h'")) + "]", arrival());
        QVERIFY(events);
        QCOMPARE(events->accepted(), std::size_t{2});
        QCOMPARE(events->reports.quarantined.size(), std::size_t{1});
        QCOMPARE(events->reports.quarantined[0].index, 1u);
    }

    void whatIsSeenIsLeftOutAndStillCounted()
    {
        SeenIds seen;
        const std::string two = "[" + cloudEvent("io.quarterdeck.alert.firing", json(",'subject':'a'")) + "," + cloudEvent("io.quarterdeck.alert.firing", json(",'subject':'b'")) + "]";
        const auto first = parseCloudEventBatch(two, arrival(), &seen);
        QVERIFY(first);
        QCOMPARE(first->reports.size(), std::size_t{1}); // the same id twice in one batch
        QCOMPARE(first->alerts.size(), std::size_t{1});
        QCOMPARE(first->repeated, first->alerts);
        QCOMPARE(first->accepted(), std::size_t{2});
        const auto second = parseCloudEvent(cloudEvent("io.quarterdeck.change", json(",'data':{'title':'v2'}")), arrival(), &seen);
        QVERIFY(second);
        QVERIFY(second->changes.empty());
        QCOMPARE(second->accepted(), std::size_t{1});
    }

    void refusesWhatDoesNotParse()
    {
        for (const char *body : {"", "{", "[]", "7"})
            QVERIFY(!parseCloudEvent(body, arrival()));
        for (const char *body : {"", "{}", "[", "7"})
            QVERIFY(!parseCloudEventBatch(body, arrival()));
    }

    void binaryModeReadsTheHeaders()
    {
        const Headers headers{{"CE-SpecVersion", "1.0"}, {"ce-id", "7"}, {"ce-source", "/m%C3%A4"}, {"ce-type", "io.quarterdeck.alert.firing"},
                              {"ce-time", "2026-11-23T08:39:00Z"}, {"content-type", "application/json; charset=utf-8"}};
        const auto events = parseCloudEventBinary(headers, json("{'labels':{'alertname':'A'}}"), arrival());
        QVERIFY(events);
        QCOMPARE(events->reports.size(), std::size_t{1});
        QCOMPARE(events->alerts[0], SeenIds::identity("am", "/m\xc3\xa4", "7"));
        QVERIFY(!parseCloudEventBinary(headers, "{", arrival()));
        QVERIFY(!parseCloudEventBinary({{"ce-id", "1"}}, "{}", arrival()));
    }

    void binaryModeShowsForeignData()
    {
        const auto events = parseCloudEventBinary({{"ce-specversion", "1.0"}, {"ce-id", "7"}, {"ce-source", "s"}, {"ce-type", "t"}, {"content-type", "text/plain"}}, "hello \xff", arrival());
        QVERIFY(events);
        QCOMPARE(events->reports.quarantined.size(), std::size_t{1});
        QVERIFY(events->reports.quarantined[0].excerpt.find("hello") != std::string::npos);
    }
};

QD_TEST(TestCloudEvents)
#include "tst_cloudevents.moc"
