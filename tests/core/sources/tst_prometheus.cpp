// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/prometheus.h"

#include "core/sources/alertmanager.h"
#include "fixture.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;

class TestPrometheus : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheCapturedAlerts()
    {
        const auto alerts = parsePrometheusAlerts(data("prometheus/prom_v1_alerts.json"), arrival());
        QVERIFY(alerts);
        QCOMPARE(alerts->firing.size(), std::size_t{3});
        QVERIFY(alerts->firing.snapshot);
        QVERIFY(alerts->firing.isSound());
        QCOMPARE(alerts->firing.label(1, "alertname"), std::string_view("InstanceDown"));
        QCOMPARE(alerts->firing.annotation(0, "value"), std::string_view("1e+00")); // a text, not a number
        QCOMPARE(toRfc3339({alerts->firing.startsAt[0]}), std::string("2026-11-23T08:38:20.418480155Z"));
        QCOMPARE(alerts->pending.size(), std::size_t{0});
    }

    void itsLabelsLackTheExternalOnesSoTheFingerprintDiffers()
    {
        const auto here = parsePrometheusAlerts(data("prometheus/prom_v1_alerts.json"), arrival());
        const auto there = parseAlertmanagerAlerts(data("alertmanager/am_v2_alerts.json"), arrival());
        QVERIFY(here && there);
        QCOMPARE(here->firing.label(1, "alertname"), there->label(1, "alertname"));
        QVERIFY(here->firing.fingerprint[1] != there->fingerprint[1]);
    }

    void pendingAlertsAreKeptApart()
    {
        const auto alerts = parsePrometheusAlerts(json("{'status':'success','data':{'alerts':["
            "{'labels':{'a':'1'},'state':'pending','activeAt':'2026-11-23T08:38:20Z','value':'1'},"
            "{'labels':{'a':'2'},'state':'firing','activeAt':'2026-11-23T08:38:20Z','value':'1'}, 5, {'state':'firing'}]}}"), arrival());
        QVERIFY(alerts);
        QCOMPARE(alerts->pending.size(), std::size_t{1});
        QCOMPARE(alerts->pending.label(0, "a"), std::string_view("1"));
        QVERIFY(!alerts->pending.snapshot);
        QCOMPARE(alerts->firing.size(), std::size_t{1});
        QCOMPARE(alerts->firing.quarantined.size(), std::size_t{2});
        QVERIFY(!alerts->firing.snapshot);
    }

    void refusesAnAnswerThatIsNoSuccess_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("error") << QByteArray::fromStdString(json("{'status':'error','errorType':'internal','error':'x'}"));
        QTest::newRow("list") << QByteArray("[]");
        QTest::newRow("no data") << QByteArray::fromStdString(json("{'status':'success'}"));
        QTest::newRow("cut") << QByteArray::fromStdString(json("{'status':'success','data':{'alerts':["));
    }
    void refusesAnAnswerThatIsNoSuccess()
    {
        QFETCH(QByteArray, body);
        QVERIFY(!parsePrometheusAlerts(body.toStdString(), arrival()));
        QVERIFY(!parsePrometheusRules(body.toStdString()));
        QVERIFY(!parsePrometheusStart(body.toStdString()));
    }

    void healthyRulesSayNothing()
    {
        const auto rules = parsePrometheusRules(data("prometheus/prom_v1_rules.json"));
        QVERIFY(rules);
        QCOMPARE(rules->broken.size(), std::size_t{0});
        QVERIFY(rules->allEvaluated);
    }

    void aRuleNotEvaluatedSinceTheStartIsNotBrokenButLeavesTheListIncomplete()
    {
        std::string body = data("prometheus/prom_v1_rules.json");
        body.replace(body.find("\"health\":\"ok\""), 13, "\"health\":\"unknown\"");
        const auto rules = parsePrometheusRules(body);
        QVERIFY(rules);
        QCOMPARE(rules->broken.size(), std::size_t{0});
        QVERIFY(!rules->allEvaluated);
    }

    void whatBecameActiveAsTheRulesWereFirstEvaluatedMayHaveFiredBeforeTheStart()
    {
        const Instant start = parsePrometheusStart(json("{'status':'success','data':{'startTime':'2026-11-23T08:00:00.5Z','CWD':'/'}}"));
        QVERIFY(start == parseInstant("2026-11-23T08:00:00.5Z").value());
        const auto pendingSince = [&](const char *at) {
            const auto alerts = parsePrometheusAlerts(json("{'status':'success','data':{'alerts':[{'labels':{'a':'1'},'state':'pending','activeAt':'"
                                                           + std::string(at) + "','value':'1'}]}}"), arrival());
            return alerts ? alerts->pending : ReportBatch{};
        };
        const Instant soon = start + minutes(10);
        QVERIFY(waitsAnew(pendingSince("2026-11-23T08:00:12Z"), start, soon));
        QVERIFY(!waitsAnew(pendingSince("2026-11-23T08:00:12Z"), start, start + minutes(15)));
        QVERIFY(!waitsAnew(pendingSince("2026-11-23T08:05:01Z"), start, soon)); // it became active while Prometheus ran
        QVERIFY(!waitsAnew(pendingSince("2026-11-23T08:00:12Z"), Instant{}, soon));
        QVERIFY(!waitsAnew(ReportBatch{}, start, soon));
    }

    void aBrokenRuleIsReported()
    {
        std::string body = data("prometheus/prom_v1_rules.json");
        body.replace(body.find("\"health\":\"ok\""), 13, "\"health\":\"err\",\"lastError\":\"many-to-many matching\"");
        const auto rules = parsePrometheusRules(body);
        QVERIFY(rules);
        QCOMPARE(rules->broken.size(), std::size_t{1});
        QCOMPARE(rules->broken.front().rule, std::string("Watchdog"));
        const auto alerts = parsePrometheusAlerts(data("prometheus/prom_v1_alerts.json"), arrival(), rules->broken);
        QVERIFY(alerts);
        QCOMPARE(alerts->firing.size(), std::size_t{4});
        QCOMPARE(alerts->firing.label(3, "alertname"), std::string_view("RuleBroken"));
        QCOMPARE(alerts->firing.annotation(3, "error"), std::string_view("many-to-many matching"));
        QVERIFY(alerts->firing.isSound());
    }
};

QD_TEST(TestPrometheus)
#include "tst_prometheus.moc"
