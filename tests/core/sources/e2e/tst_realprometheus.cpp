// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/alertmanagerpoller.h"
#include "core/sources/inboundedge.h"
#include "core/sources/prometheuspoller.h"

#include "../edgefixture.h"
#include "../fixture.h"
#include "tests/support/freeport.h"
#include "tests/support/lastof.h"
#include "tests/support/suite.h"

#include <QProcess>
#include <QTemporaryDir>
#include <atomic>

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;

namespace {

constexpr int kPatience = 30'000; // ms: the real servers on a busy machine

const std::string kKey = "e2e-key";

bool isOf(const ReportBatch &b, std::size_t row, std::string_view name)
{
    return b.label(row, "alertname") == name;
}

} // namespace

/// The real prometheus and prometheus-alertmanager of Debian, on ports and in a folder of their own. One story, in order.
class TestRealPrometheus : public QObject {
    Q_OBJECT

    SystemClock clock;
    SystemRandom random;
    QTemporaryDir dir;
    net::HttpClient http;
    net::IoThread io;
    net::Listener listener{io, clock};
    Recorder pushed, polled, read; // what came in by the door, by polling Alertmanager, by polling Prometheus
    KeyRing keys;
    std::unique_ptr<RefusalCounter> refusals;
    std::unique_ptr<InboundEdge> edge;
    std::unique_ptr<AlertmanagerPoller> poller;
    std::unique_ptr<PrometheusPoller> prometheusPoller;
    std::atomic<int> broken{1};
    QProcess prometheus, alertmanager;
    int promPort = 0, amPort = 0;

    void write(const char *name, const QString &text)
    {
        QFile file(dir.filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
    }
    [[nodiscard]] std::string amUrl() const { return "http://127.0.0.1:" + std::to_string(amPort); }
    [[nodiscard]] std::string promUrl() const { return "http://127.0.0.1:" + std::to_string(promPort); }

    void startAlertmanager()
    {
        alertmanager.setProgram(QStringLiteral("/usr/bin/prometheus-alertmanager"));
        alertmanager.setArguments({QStringLiteral("--config.file=") + dir.filePath(QStringLiteral("am.yml")),
                                   QStringLiteral("--storage.path=") + dir.filePath(QStringLiteral("amdata")),
                                   QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(amPort), QStringLiteral("--cluster.listen-address=")});
        alertmanager.setStandardErrorFile(dir.filePath(QStringLiteral("am.log")), QIODevice::Append);
        alertmanager.start();
        QVERIFY2(alertmanager.waitForStarted(), "the package prometheus-alertmanager is missing: apt-get install prometheus-alertmanager");
        QTRY_VERIFY_WITH_TIMEOUT(ask(http, net::Method::Get, amUrl() + "/-/ready").status == 200, kPatience);
    }

    /// The first row of that alert in anything of `path`, or nothing.
    static std::optional<std::pair<ReportBatch, std::size_t>> find(const Recorder &desk, Path path, std::string_view name, AlertStatus status)
    {
        for (const auto &b : desk.batches())
            for (std::size_t i = 0; i < b.size(); ++i)
                if (b.path == path && isOf(b, i, name) && b.status[i] == std::uint8_t(status))
                    return std::pair(b, i);
        return std::nullopt;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(dir.isValid());
        promPort = qd::test::freePort();
        amPort = qd::test::freePort();
        refusals = std::make_unique<RefusalCounter>(clock, [](int, const std::string &, std::uint64_t, Instant, Instant, const Done &) {});
        keys.replace({{"lab", hashOf(kKey)}});
        edge = std::make_unique<InboundEdge>(listener, pushed.intake(), keys, clock, random, *refusals);
        listener.route(net::Method::Get, "/metrics", [this](const net::Request &, const net::Responder &r) {
            r.respond({200, "text/plain; version=0.0.4", "lab_broken " + std::to_string(broken) + "\n", {}});
        });
        QVERIFY(listener.start());
        const QString port = QString::number(listener.port());
        const QString key = QString::fromStdString(kKey);
        write("am.yml", QStringLiteral("route: { receiver: hook, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1h }\n"
                                       "receivers: [ { name: hook, webhook_configs: [ { url: 'http://127.0.0.1:%1/in/%2/alertmanager', send_resolved: true } ] } ]\n").arg(port, key));
        write("prom.yml", QStringLiteral("global: { scrape_interval: 1s, evaluation_interval: 1s, external_labels: { cluster: lab } }\n"
                                         "rule_files: [ rules.yml ]\n"
                                         "alerting: { alertmanagers: [ { static_configs: [ { targets: ['127.0.0.1:%1'] } ] },"
                                         " { path_prefix: /in/%3, static_configs: [ { targets: ['127.0.0.1:%2'] } ] } ] }\n"
                                         "scrape_configs: [ { job_name: lab, static_configs: [ { targets: ['127.0.0.1:%2'] } ] } ]\n").arg(QString::number(amPort), port, key));
        write("rules.yml", QStringLiteral("groups: [ { name: lab, rules: ["
                                          " { alert: Watchdog, expr: 'vector(1)', labels: { severity: none } },"
                                          " { alert: LabBroken, expr: 'lab_broken == 1', labels: { severity: critical, service: lab }, annotations: { summary: 'broken on {{ $labels.instance }}' } },"
                                          " { alert: Later, expr: 'vector(1)', for: 1h, labels: { severity: info } } ] } ]\n"));
        startAlertmanager();
        prometheus.setProgram(QStringLiteral("/usr/bin/prometheus"));
        prometheus.setArguments({QStringLiteral("--config.file=") + dir.filePath(QStringLiteral("prom.yml")),
                                 QStringLiteral("--storage.tsdb.path=") + dir.filePath(QStringLiteral("promdata")),
                                 QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(promPort), QStringLiteral("--rules.alert.resend-delay=1s")});
        prometheus.setStandardErrorFile(dir.filePath(QStringLiteral("prom.log")));
        prometheus.start();
        QVERIFY2(prometheus.waitForStarted(), "the package prometheus is missing: apt-get install prometheus");
        PollOptions am;
        am.connection = "am";
        am.url = amUrl();
        am.interval = seconds(1);
        poller = std::make_unique<AlertmanagerPoller>(http, polled.intake(), clock, std::move(am));
        poller->start();
        PollOptions prom;
        prom.connection = "prom";
        prom.url = promUrl();
        prom.interval = seconds(1);
        prometheusPoller = std::make_unique<PrometheusPoller>(http, read.intake(), clock, std::move(prom));
        prometheusPoller->start();
    }

    void pushWebhookAndPollNameTheSameAlert()
    {
        QTRY_VERIFY_WITH_TIMEOUT(find(pushed, Path::Push, "LabBroken", AlertStatus::Firing), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(find(pushed, Path::Webhook, "LabBroken", AlertStatus::Firing), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(find(polled, Path::Poll, "LabBroken", AlertStatus::Firing), kPatience);
        const auto push = find(pushed, Path::Push, "LabBroken", AlertStatus::Firing);
        const auto hook = find(pushed, Path::Webhook, "LabBroken", AlertStatus::Firing);
        const auto poll = find(polled, Path::Poll, "LabBroken", AlertStatus::Firing);
        QCOMPARE(fingerprintText(push->first.fingerprint[push->second]), fingerprintText(hook->first.fingerprint[hook->second]));
        QCOMPARE(fingerprintText(push->first.fingerprint[push->second]), fingerprintText(poll->first.fingerprint[poll->second]));
        // Alertmanager keeps milliseconds in JSON, Prometheus as well.
        QCOMPARE(push->first.startsAt[push->second], poll->first.startsAt[poll->second]);
        QCOMPARE(push->first.startsAt[push->second], hook->first.startsAt[hook->second]);
        QCOMPARE(push->first.label(push->second, "cluster"), std::string_view("lab"));
        QCOMPARE(hook->first.endsAt[hook->second], std::int64_t{0});
        QVERIFY(push->first.endsAt[push->second] > push->first.receivedAt.ns);
    }

    void prometheusShowsItsOwnAlertsWithoutExternalLabels()
    {
        QTRY_VERIFY_WITH_TIMEOUT(find(read, Path::Poll, "LabBroken", AlertStatus::Firing), kPatience);
        const auto found = find(read, Path::Poll, "LabBroken", AlertStatus::Firing);
        QCOMPARE(found->first.label(found->second, "cluster"), std::string_view());
        QVERIFY(!find(read, Path::Poll, "Later", AlertStatus::Firing)); // pending, kept apart
    }

    void aSilenceIsWrittenAndSeen()
    {
        const std::string body = json("{'matchers':[{'name':'alertname','value':'LabBroken','isRegex':false,'isEqual':true}],'startsAt':'") + toRfc3339(clock.now())
            + json("','endsAt':'") + toRfc3339(clock.now() + minutes(10)) + json("','createdBy':'ana','comment':'known, on it'}");
        poller->createSilence(1, body);
        QTRY_COMPARE_WITH_TIMEOUT(polled.moves().size(), std::size_t{1}, kPatience);
        QCOMPARE(polled.moves()[0].delivery, Delivery::Failed); // not armed
        poller->arm(true);
        poller->createSilence(2, body);
        QTRY_VERIFY_WITH_TIMEOUT(tests::lastOf(polled.moves()).delivery == Delivery::Confirmed, kPatience);
        const std::string id = polled.moves().back().id;
        const auto silenced = [&] {
            for (const auto &b : polled.batches())
                for (std::size_t i = 0; i < b.size(); ++i)
                    if (isOf(b, i, "LabBroken") && b.suppression[i] == std::uint8_t(Suppression::Silenced))
                        return b.at(b.suppressedBy[i]) == id;
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(silenced(), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(!polled.silences().empty() && polled.silences().back().size() == 1, kPatience);
        QCOMPARE(polled.silences().back()[0].id, id);
        QCOMPARE(polled.silences().back()[0].comment, std::string("known, on it"));
        poller->expireSilence(3, id);
        QTRY_COMPARE_WITH_TIMEOUT(tests::lastOf(polled.moves()).number, std::uint64_t{3}, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(tests::lastOf(polled.moves()).delivery, Delivery::Confirmed, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(polled.silences().back().size() == 1 && polled.silences().back()[0].state == "expired", kPatience);
    }

    void aBadSilenceFailsWithItsReason()
    {
        poller->createSilence(4, json("{'matchers':[{'name':'','value':'x','isRegex':false,'isEqual':true}],'startsAt':'2026-11-23T08:40:00Z','endsAt':'2036-11-23T08:40:00Z','createdBy':'a','comment':'c'}"));
        QTRY_VERIFY_WITH_TIMEOUT(tests::lastOf(polled.moves()).number == 4 && tests::lastOf(polled.moves()).delivery == Delivery::Failed, kPatience);
        QVERIFY2(polled.moves().back().reason.starts_with("it answered 4"), polled.moves().back().reason.c_str());
    }

    void aResolveComesByEveryPath()
    {
        broken = 0;
        QTRY_VERIFY_WITH_TIMEOUT(find(pushed, Path::Push, "LabBroken", AlertStatus::Resolved), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(find(pushed, Path::Webhook, "LabBroken", AlertStatus::Resolved), kPatience);
        // This Alertmanager has just begun, so its list is not yet complete: the absence is told as a resolve.
        QTRY_VERIFY_WITH_TIMEOUT(find(polled, Path::Poll, "LabBroken", AlertStatus::Resolved), kPatience);
        const auto fired = find(polled, Path::Poll, "LabBroken", AlertStatus::Firing);
        const auto gone = find(polled, Path::Poll, "LabBroken", AlertStatus::Resolved);
        QCOMPARE(gone->first.fingerprint[gone->second], fired->first.fingerprint[fired->second]);
    }

    void aStoppedOrRestartedAlertmanagerResolvesNothing()
    {
        broken = 1;
        const auto firesAgain = [&] {
            const auto all = polled.batches();
            for (std::size_t i = 0; i < all.back().size(); ++i)
                if (isOf(all.back(), i, "LabBroken"))
                    return true;
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(firesAgain(), kPatience);
        const std::size_t before = polled.batches().size();
        // Prometheus stops first, so that nobody tells the new Alertmanager about the alert.
        prometheus.terminate();
        QVERIFY(prometheus.waitForFinished());
        alertmanager.terminate();
        QVERIFY(alertmanager.waitForFinished());
        QTRY_VERIFY_WITH_TIMEOUT(!polled.failed().empty(), kPatience);
        startAlertmanager();
        const std::size_t seen = polled.seen().size();
        QTRY_VERIFY_WITH_TIMEOUT(polled.seen().size() >= seen + 2, kPatience); // it lists nothing, twice
        const auto all = polled.batches();
        for (std::size_t n = before; n < all.size(); ++n) {
            QVERIFY(!all[n].snapshot);
            for (std::size_t i = 0; i < all[n].size(); ++i)
                QVERIFY(all[n].status[i] == std::uint8_t(AlertStatus::Firing));
        }
    }

    void cleanupTestCase()
    {
        poller.reset();
        prometheusPoller.reset();
        for (QProcess *p : {&prometheus, &alertmanager})
            if (p->state() != QProcess::NotRunning) {
                p->terminate();
                if (!p->waitForFinished())
                    p->kill();
                p->waitForFinished();
            }
        listener.stop();
        edge.reset();
        QVERIFY(dir.remove());
    }
};

QD_TEST(TestRealPrometheus)
#include "tst_realprometheus.moc"
