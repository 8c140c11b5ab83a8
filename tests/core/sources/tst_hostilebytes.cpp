// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/alertmanager.h"
#include "core/sources/cloudevents.h"
#include "core/sources/pagerduty.h"
#include "core/sources/prometheus.h"

#include "fixture.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <random>

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;

namespace {

const char *const kFiles[] = {"alertmanager/am_v2_alerts.json", "alertmanager/am_v2_groups.json",       "alertmanager/am_v2_silences.json",
                              "alertmanager/am_v2_status.json", "alertmanager/am_webhook_firing.json", "alertmanager/am_webhook_resolved.json",
                              "prometheus/prom_v1_alerts.json", "prometheus/prom_v1_rules.json",       "other/pagerduty_trigger.json",
                              "other/cloudevents_batch.json"};

/// Every parser reads the same bytes; none may crash or give a batch that must not be folded.
bool allSound(std::string_view body)
{
    bool sound = true;
    const auto check = [&](const ReportBatch &b) { sound = sound && b.isSound() && b.quarantined.size() <= 1001; };
    if (const auto b = parseAlertmanagerPush(body, arrival()))
        check(*b);
    if (const auto b = parseAlertmanagerAlerts(body, arrival()))
        check(*b);
    if (const auto b = parseAlertmanagerWebhook(body, arrival()))
        check(*b);
    if (const auto b = parsePrometheusAlerts(body, arrival())) {
        check(b->firing);
        check(b->pending);
    }
    if (const auto b = parsePagerDutyEvent(body, arrival(), "fresh"))
        check(b->reports);
    if (const auto b = parseCloudEvent(body, arrival()))
        check(b->reports);
    if (const auto b = parseCloudEventBatch(body, arrival()))
        check(b->reports);
    if (const auto b = parseCloudEventBinary({{"ce-specversion", "1.0"}, {"ce-id", "1"}, {"ce-source", "s"}, {"ce-type", "io.quarterdeck.alert.firing"}}, body, arrival()))
        check(b->reports);
    static_cast<void>(parseChangeEvent(body, arrival()));
    static_cast<void>(parseSilences(body));
    static_cast<void>(parseStatus(body));
    static_cast<void>(parsePrometheusRules(body));
    static_cast<void>(parsePrometheusStart(body));
    static_cast<void>(parseSilenceId(body));
    static_cast<void>(errorSentence(body));
    return sound;
}

} // namespace

class TestHostileBytes : public QObject {
    Q_OBJECT

    static void files()
    {
        QTest::addColumn<QByteArray>("file");
        for (const char *file : kFiles)
            QTest::newRow(file) << QByteArray(file);
    }

private Q_SLOTS:
    void survivesTruncationAtEveryByte_data() { files(); }
    void survivesTruncationAtEveryByte()
    {
        QFETCH(QByteArray, file);
        const std::string body = data(file.constData());
        for (std::size_t n = 0; n <= body.size(); ++n)
            QVERIFY2(allSound(std::string_view(body).substr(0, n)), qPrintable(QString::number(n)));
    }

    void aCutBodyIsNeverTaken_data() { files(); }
    void aCutBodyIsNeverTaken()
    {
        QFETCH(QByteArray, file);
        const std::string body = data(file.constData());
        const std::size_t whole = body.find_last_of("]}") + 1;
        for (std::size_t n = 0; n < whole; ++n) {
            const std::string_view part = std::string_view(body).substr(0, n);
            QVERIFY(!parseAlertmanagerPush(part, arrival()) && !parseAlertmanagerAlerts(part, arrival()) && !parseAlertmanagerWebhook(part, arrival()));
        }
    }

    void survivesFlippedBytes_data() { files(); }
    void survivesFlippedBytes()
    {
        QFETCH(QByteArray, file);
        const std::string body = data(file.constData());
        std::mt19937 random(20261123); // the same bytes on every run
        static constexpr char kNasty[] = "\"\\{}[],:0-eE.u\0\xff\xc0\xed\xf4\x80 tfn";
        for (int round = 0; round < 600; ++round) {
            std::string bytes = body;
            for (unsigned flips = 1 + random() % 8; flips > 0; --flips)
                bytes[random() % bytes.size()] = random() % 2 ? char(random()) : kNasty[random() % (sizeof kNasty - 1)];
            QVERIFY2(allSound(bytes), qPrintable(QString::number(round)));
        }
    }

    void survivesFreeNonsense()
    {
        std::mt19937 random(7);
        static constexpr char kAlphabet[] = "{}[]\",:\\u0129-.eEtrufalsn \xff\xe2";
        for (int round = 0; round < 1500; ++round) {
            std::string bytes(random() % 200, ' ');
            for (char &c : bytes)
                c = kAlphabet[random() % (sizeof kAlphabet - 1)];
            QVERIFY(allSound(bytes));
        }
    }
};

QD_TEST(TestHostileBytes)
#include "tst_hostilebytes.moc"
