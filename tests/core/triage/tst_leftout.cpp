// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/leftout.h"

#include "core/events/codec.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

constexpr std::uint32_t kLimit = 3;

/// So many of one alertname fire at most.
struct FullScene {
    Log log;
    std::unique_ptr<triage::ReportRules> rules;
    FullScene()
    {
        Workspace w = aWorkspace();
        w.alertsPerName = kLimit;
        log.record(withWorkspace(w)).record(withConnection("am")).record(withConnection("other"));
        rules = std::make_unique<triage::ReportRules>(log.state.workspace);
    }
    static Labels series(int n, const std::string &severity = "warning", const std::string &service = "db", const std::string &name = "Explodes")
    {
        return {{"alertname", name}, {"series", std::to_string(n)}, {"service", service}, {"severity", severity}};
    }
    static ReportBatch batch(int from, int to, Path path = Path::Push, const std::string &connection = "am")
    {
        ABatch b(connection, kMorning + seconds(60), path);
        for (int n = from; n < to; ++n)
            b.alert(series(n));
        return b.build();
    }
    triage::ReportRules::Decided take(const ReportBatch &b)
    {
        auto decided = rules->decide(log.state, b, 0);
        if (!decided.events.empty())
            log.record(decided.events);
        return decided;
    }
    std::uint32_t firing() { return log.state.alerts.firing; }
};

} // namespace

/// What a name that explodes leaves room for.
class TestLeftOut final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void upToTheLimitIsTakenAndTheRestIsCounted()
    {
        FullScene s;
        QVERIFY(s.take(FullScene::batch(0, kLimit)).leftOut.empty());
        QCOMPARE(s.firing(), kLimit);
        const auto decided = s.take(FullScene::batch(kLimit, kLimit + 4));
        QCOMPARE(decided.leftOut, (std::map<std::string, std::uint32_t>{{"Explodes", 4}}));
        QCOMPARE(s.firing(), kLimit);
    }

    void withinOneDeliveryTheFirstAreTaken()
    {
        FullScene s;
        const auto decided = s.take(FullScene::batch(0, 10));
        QCOMPARE(decided.leftOut.at("Explodes"), 10 - kLimit);
        QCOMPARE(s.firing(), kLimit);
        // As if the others had never been there: what a replay is given says the same.
        const auto *reported = getIf<AlertsReported>(&decided.events.front());
        QVERIFY(reported);
        Log again;
        Workspace w = aWorkspace();
        w.alertsPerName = kLimit;
        again.record(withWorkspace(w)).record(withConnection("am")).record(withConnection("other"));
        const auto repeated = s.rules->decide(again.state, reported->batch, 0);
        QVERIFY(repeated.leftOut.empty());
        QCOMPARE(repeated.events.size(), decided.events.size());
        Bytes one, two;
        for (std::size_t n = 0; n < decided.events.size(); ++n) {
            events::encode(decided.events[n], 0, one);
            events::encode(repeated.events[n], 0, two);
        }
        QVERIFY(one == two);
    }

    void anotherNameGroupOrSourceHasItsOwnRoom()
    {
        FullScene s;
        s.take(FullScene::batch(0, kLimit));
        QVERIFY(s.take(aBatch().alert(FullScene::series(100, "warning", "db", "Other")).build()).leftOut.empty());
        QVERIFY(s.take(aBatch().alert(FullScene::series(101, "warning", "mail")).build()).leftOut.empty()); // it calls somebody else
        QVERIFY(s.take(FullScene::batch(102, 103, Path::Push, "other")).leftOut.empty());
        QCOMPARE(s.take(aBatch().alert(FullScene::series(103, "warning", "mail")).build()).leftOut.at("Explodes"), 1u);
    }

    void whatIsWorseIsTaken_data()
    {
        QTest::addColumn<QString>("severity");
        QTest::addColumn<bool>("taken");
        QTest::newRow("less") << "info" << false;
        QTest::newRow("as bad") << "warning" << false;
        QTest::newRow("not known, which calls") << "" << true;
        QTest::newRow("worse") << "critical" << true;
    }
    void whatIsWorseIsTaken()
    {
        QFETCH(QString, severity);
        QFETCH(bool, taken);
        FullScene s;
        s.take(FullScene::batch(0, kLimit));
        Labels labels = FullScene::series(50, severity.toStdString());
        if (severity.isEmpty())
            labels.pop_back();
        QCOMPARE(s.take(aBatch().alert(labels).build()).leftOut.empty(), taken);
    }

    void whereNobodyIsCalledForTheOthersItIsTaken()
    {
        FullScene s;
        ABatch quiet;
        for (std::uint32_t n = 0; n < kLimit; ++n)
            quiet.alert(FullScene::series(static_cast<int>(n))).suppressed(Suppression::Silenced, "5f2c");
        s.take(quiet.build());
        QVERIFY(s.take(FullScene::batch(10, 11)).leftOut.empty()); // all that fire are quiet
        QCOMPARE(s.take(FullScene::batch(11, 12)).leftOut.at("Explodes"), 1u); // now one is loud
        std::vector<std::string> keys;
        for (const auto &a : s.log.state.alerts.all)
            keys.push_back(s.log.state.key(a));
        s.log.record(Event(anIncident().event())).record(Event(AlertsAttached{"INC-1", keys, kAna}));
        QVERIFY(s.take(FullScene::batch(20, 21)).leftOut.empty()); // an incident's alerts call nobody
    }

    void onlyWhatIsSaidAgainIsLeftOut_data()
    {
        QTest::addColumn<int>("path");
        QTest::addColumn<bool>("leftOut");
        QTest::newRow("a Prometheus") << int(Path::Push) << true;
        QTest::newRow("a poll") << int(Path::Poll) << true;
        QTest::newRow("a webhook") << int(Path::Webhook) << false;
        QTest::newRow("a CloudEvent") << int(Path::CloudEvent) << false;
        QTest::newRow("PagerDuty's events") << int(Path::PagerDuty) << false;
    }
    void onlyWhatIsSaidAgainIsLeftOut()
    {
        QFETCH(int, path);
        QFETCH(bool, leftOut);
        FullScene s;
        s.take(FullScene::batch(0, kLimit));
        QCOMPARE(!s.take(FullScene::batch(50, 51, static_cast<Path>(path))).leftOut.empty(), leftOut);
    }

    void whatEndsMakesRoom()
    {
        FullScene s;
        s.take(FullScene::batch(0, kLimit));
        QVERIFY(!s.take(FullScene::batch(50, 51)).leftOut.empty());
        s.take(aBatch("am", kMorning + seconds(90)).alert(FullScene::series(0)).resolved().build());
        QVERIFY(s.take(FullScene::batch(50, 51)).leftOut.empty());
        QCOMPARE(s.firing(), kLimit);
    }

    void isAnAlarmWhileItLastsAndForAWhileAfter()
    {
        FullScene s;
        s.take(FullScene::batch(0, kLimit));
        QVERIFY(triage::decideLeftOut(s.log.state, *s.rules, s.log.now()).empty());
        QVERIFY(!triage::nextLeftOut(s.log.state));
        s.log.record(Event(AlertsLeftOut{"am", "Explodes", s.log.now(), s.log.now(), 1, 7, kLimit}));
        const Instant last = s.log.state.leftOut.front().last;
        QVERIFY(triage::nextLeftOut(s.log.state) <= s.log.now());
        auto said = triage::decideLeftOut(s.log.state, *s.rules, s.log.now());
        QVERIFY(!said.empty());
        s.log.record(said);
        QCOMPARE(s.firing(), kLimit + 1); // ours
        QVERIFY(triage::decideLeftOut(s.log.state, *s.rules, s.log.now()).empty()); // said once
        QCOMPARE(triage::nextLeftOut(s.log.state).ns, (last + triage::kLeftOutOver).ns);
        QVERIFY(triage::decideLeftOut(s.log.state, *s.rules, last + triage::kLeftOutOver - nanos(1)).empty());
        s.log.record(triage::decideLeftOut(s.log.state, *s.rules, last + triage::kLeftOutOver));
        QCOMPARE(s.firing(), kLimit);
        QVERIFY(s.log.state.leftOut.front().overAt);
        QVERIFY(!triage::nextLeftOut(s.log.state));
        QVERIFY2(state::inWords(s.log.state.leftOut.front()).starts_with("7 more alerts called Explodes were left out until "), state::inWords(s.log.state.leftOut.front()).c_str());
    }

    void namesAreKeptUpToALimit()
    {
        Log log;
        for (std::size_t n = 0; n <= state::kLeftOutKept; ++n)
            log.record(Event(AlertsLeftOut{"am", "Name" + std::to_string(n), log.now(), log.now(), 1, 1, kLimit}));
        QCOMPARE(log.state.leftOut.size(), state::kLeftOutKept);
        QCOMPARE(log.state.leftOut.front().alertname, std::string("Name1")); // heard of longest ago
    }

    void whatIsAnAlarmIsKeptUntilItIsOver()
    {
        Log log;
        const auto counted = [&](std::size_t n) { log.record(Event(AlertsLeftOut{"am", "Name" + std::to_string(n), log.now(), log.now(), 1, 1, kLimit})); };
        const auto turns = [&](std::size_t n, LeftOutTurn turn) { log.record(Event(AlertsLeftOut{"am", "Name" + std::to_string(n), {}, {}, 0, 0, 0, turn})); };
        const auto has = [&](std::size_t n) { return std::any_of(log.state.leftOut.begin(), log.state.leftOut.end(), [&](const auto &l) { return l.alertname == "Name" + std::to_string(n); }); };
        for (std::size_t n = 0; n < state::kLeftOutKept; ++n)
            counted(n);
        turns(0, LeftOutTurn::Began); // heard of longest ago, and an alarm
        counted(state::kLeftOutKept);
        QVERIFY(has(0) && !has(1));
        for (std::size_t n = 2; n <= state::kLeftOutKept; ++n)
            turns(n, LeftOutTurn::Began);
        counted(1000);
        QVERIFY(!has(1000)); // nothing but alarms
        turns(7, LeftOutTurn::Over);
        counted(1000);
        QVERIFY(has(1000) && !has(7) && has(0));
        QCOMPARE(log.state.leftOut.size(), state::kLeftOutKept);
    }
};

QD_TEST(TestLeftOut)
#include "tst_leftout.moc"
