// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/heartbeats.h"

#include "core/triage/heartbeatdryrun.h"
#include "tests/support/builders.h"
#include "tests/support/random.h"
#include "tests/support/verify.h"
#include "tests/support/heartbeats.h"
#include "tests/support/suite.h"

#include <algorithm>

using namespace qd;
using namespace qd::tests;
using events::HeartbeatPhase;
using events::PingKind;
using triage::HeartbeatDryRun;

namespace {

HeartbeatRule aWatchdog(const std::string &connection = {})
{
    HeartbeatRule r = aRule();
    r.id = "watchdog";
    r.match = {{"alertname", "Watchdog", false, true}};
    r.connection = connection;
    return r;
}

constexpr Instant at(std::int64_t s)
{
    return kMorning + seconds(s);
}

Workspace with(std::vector<HeartbeatRule> rules)
{
    Workspace w = aWorkspace();
    w.heartbeats = std::move(rules);
    return w;
}

events::PingsSeen pinged(Instant when)
{
    return {"job", "in", {when.ns}, {0}, {0}, 1, false};
}

/// A heartbeat's records as the desk would write them: pings, and what is concluded when it is due.
struct Story {
    HeartbeatRule rule;
    Log log;
    std::vector<std::pair<Instant, events::Events>> records;
    explicit Story(HeartbeatRule r) : rule(std::move(r))
    {
        record({events::CoreStarted{"test"}}, at(0));
        record(withWorkspace(with({rule})), at(0));
    }
    void record(events::Events events, Instant when)
    {
        log.record(events, when - log.now());
        records.emplace_back(when, std::move(events));
    }
    void pass(Instant now)
    {
        const auto next = [&] { return triage::nextTurn(log.state.monitors.at("job"), rule, log.state.resumedAt, log.state.time); };
        for (Instant due = next(); due && due <= now; due = next()) {
            const Instant when = std::max(due, log.state.time);
            const auto turned = triage::turnOf(log.state.monitors.at("job"), rule, log.state.resumedAt, when);
            if (!turned)
                break;
            record({*turned}, when);
        }
    }
    void ping(Instant when)
    {
        pass(when - nanos(1));
        record({pinged(when)}, when);
        pass(when);
    }
    void restart(Instant when)
    {
        record({events::CoreStarted{"test"}}, when);
    }
    HeartbeatDryRun::Outcome dryRun(HeartbeatRule other, Instant now)
    {
        HeartbeatDryRun run(state::State{}, std::move(other));
        for (const auto &[when, events] : records)
            run.add(when, events);
        return run.finish(now, at(0));
    }
};

} // namespace

class TestHeartbeats : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // --- fed by alerts ---

    void aFiringWatchdogIsABeatAndItsResolveIsNone()
    {
        const triage::AlertBeats beats(with({aWatchdog()}));
        const auto firing = beats.of(aBatch("am", at(5)).alert({{"alertname", "Other"}}).alert({{"alertname", "Watchdog"}}).build());
        QCOMPARE(firing.size(), std::size_t{1});
        QCOMPARE(firing[0].heartbeat, std::string("watchdog"));
        QVERIFY(firing[0].at == at(5));
        QVERIFY(beats.of(aBatch("am", at(6)).alert({{"alertname", "Watchdog"}}).resolved().build()).empty());
        QVERIFY(beats.of(aBatch("am", at(7)).alert({{"alertname", "Other"}}).build()).empty());
        QVERIFY(beats.of(aBatch("am", at(8)).snapshot().build()).empty()); // its absence
    }

    void aListingBeatsWhenItsSourceWasToldNotWhenItWasRead()
    {
        const triage::AlertBeats beats(with({aWatchdog()}));
        const auto listed = beats.of(ABatch("am", at(100), Path::Poll).alert({{"alertname", "Watchdog"}}).updatedAt(at(40)).build());
        QVERIFY(listed.at(0).at == at(40));
        const auto ahead = beats.of(ABatch("am", at(100), Path::Poll).alert({{"alertname", "Watchdog"}}).updatedAt(at(4000)).build());
        QVERIFY(ahead.at(0).at == at(100)); // no clock of a source keeps it alive
        const auto pushed = beats.of(ABatch("am", at(100), Path::Push).alert({{"alertname", "Watchdog"}}).updatedAt(at(40)).build());
        QVERIFY(pushed.at(0).at == at(100));
    }

    void onlyTheConnectionNamedCounts()
    {
        const triage::AlertBeats beats(with({aWatchdog("am")}));
        QCOMPARE(beats.of(aBatch("am", at(1)).alert({{"alertname", "Watchdog"}}).build()).size(), std::size_t{1});
        QVERIFY(beats.of(aBatch("other", at(1)).alert({{"alertname", "Watchdog"}}).build()).empty());
    }

    void alertsOfOurOwnAreNoBeats()
    {
        const triage::AlertBeats beats(with({aWatchdog()}));
        QVERIFY(beats.of(ABatch("console", at(1), Path::Own).alert({{"alertname", "Watchdog"}}).build()).empty());
    }

    void withoutAnyNothingIsCompiled() { QVERIFY(triage::AlertBeats(with({aRule()})).isEmpty()); }

    // --- what is concluded ---

    void eachConclusionSaysWhy()
    {
        Story s(aRule(minutes(1), seconds(10), 2, 3));
        s.ping(at(10));
        QCOMPARE(s.log.state.monitors.at("job").because.matched.at(0), std::string("heard at 2026-11-23T14:00:10Z, expected every 1m with 10s grace"));
        s.pass(at(81));
        const auto &late = s.log.state.monitors.at("job");
        QVERIFY(late.phase == HeartbeatPhase::Late);
        QCOMPARE(late.because.matched, (std::vector<std::string>{"last beat at 2026-11-23T14:00:10Z, expected every 1m with 10s grace",
                                                                 "1 of the last 3 windows missed; 2 make an alarm"}));
        s.pass(at(200));
        QVERIFY(s.log.state.monitors.at("job").phase == HeartbeatPhase::Missed);
        QCOMPARE(s.log.state.monitors.at("job").because.matched.at(1), std::string("2 of the last 3 windows missed; 2 make an alarm"));
    }

    void afterAGapTheReasonSaysWhatWasRuledOut()
    {
        Story s(aRule());
        s.ping(at(10));
        s.restart(at(300));
        s.pass(at(400));
        const auto &m = s.log.state.monitors.at("job");
        QVERIFY(m.phase == HeartbeatPhase::Missed);
        QVERIFY2(m.because.ruledOut.at(0).starts_with("not heard, not missed: before 2026-11-23T14:05:00Z the core was not listening"), m.because.ruledOut[0].c_str());
    }

    void onlyWhatTurnedIsSaidAndWithItTheAlert()
    {
        Story s(aRule());
        s.ping(at(10));
        const triage::ReportRules rules(s.log.state.workspace);
        QVERIFY(triage::decideHeartbeats(s.log.state, rules, at(80)).empty());
        const auto missed = triage::decideHeartbeats(s.log.state, rules, at(81));
        QCOMPARE(missed.size(), std::size_t{3});
        QVERIFY(holds<events::HeartbeatTurned>(missed[0]));
        const auto &reported = get<events::AlertsReported>(missed[1]).batch;
        QCOMPARE(std::string(reported.label(0, "alertname")), std::string("HeartbeatMissed"));
        QCOMPARE(std::string(reported.label(0, "heartbeat")), std::string("job"));
        QCOMPARE(std::string(reported.label(0, "service")), std::string("db"));
        QCOMPARE(std::string(reported.label(0, "severity")), std::string("critical"));
    }

    void aSlowOneIsNeverWorseThanAWarning()
    {
        HeartbeatRule r = aRule();
        r.slowAfter = seconds(5);
        Story s(r);
        s.record({events::PingsSeen{"job", "in", {at(10).ns, at(20).ns}, {1, 0}, {0, 0}, 2, false}}, at(20));
        const auto turned = triage::decideHeartbeats(s.log.state, triage::ReportRules(s.log.state.workspace), at(20));
        QCOMPARE(turned.size(), std::size_t{3});
        const auto &e = get<events::HeartbeatTurned>(turned[0]);
        QVERIFY(e.slow && e.phase == HeartbeatPhase::Healthy);
        QCOMPARE(e.because.matched.back(), std::string("its last run took 10s, longer than 5s"));
        const auto &reported = get<events::AlertsReported>(turned[1]).batch;
        QCOMPARE(std::string(reported.label(0, "alertname")), std::string("HeartbeatSlow"));
        QCOMPARE(std::string(reported.label(0, "severity")), std::string("warning"));
    }

    void lateWithinItsGraceIsAWordNotARecord()
    {
        Story s(aRule());
        s.ping(at(0));
        const auto &m = s.log.state.monitors.at("job");
        QCOMPARE(triage::heartbeatWord(m, s.rule, s.log.state.resumedAt, false, at(60)), std::string_view("healthy"));
        QCOMPARE(triage::heartbeatWord(m, s.rule, s.log.state.resumedAt, false, at(61)), std::string_view("late"));
        QCOMPARE(triage::heartbeatWord(m, s.rule, s.log.state.resumedAt, true, at(61)), std::string_view("muted"));
        QVERIFY(!triage::turnOf(m, s.rule, s.log.state.resumedAt, at(61)));
    }

    // --- other numbers ---

    void theSameNumbersGiveTheRecordedAlarms_data()
    {
        QTest::addColumn<std::uint32_t>("misses");
        QTest::addColumn<std::uint32_t>("of");
        for (const auto &[k, n] : {std::pair{1U, 1U}, {2U, 3U}, {3U, 3U}})
            QTest::addRow("%u of %u", k, n) << k << n;
    }
    void theSameNumbersGiveTheRecordedAlarms()
    {
        QFETCH(std::uint32_t, misses);
        QFETCH(std::uint32_t, of);
        std::size_t alarms = 0;
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            SeededRandom random(seed);
            Story s(aRule(seconds(30), seconds(5), misses, of));
            std::int64_t now = 1;
            for (int step = 0; step < 60; ++step) {
                now += static_cast<std::int64_t>(random.below(5) == 0 ? 20 + random.below(200) : 20 + random.below(14));
                if (random.below(15) == 0)
                    s.restart(at(now));
                else
                    s.ping(at(now));
            }
            const auto same = s.dryRun(s.rule, at(now));
            QVERIFY(same.vanished.empty() && same.appeared.empty());
            QCOMPARE(same.would.size(), same.were.size());
            for (std::size_t i = 0; i < same.were.size(); ++i)
                QVERIFY(same.were[i] == same.would[i]);
            alarms += same.were.size();
        }
        QVERIFY(alarms > 10);
    }

    void moreMissesMakeAlarmsVanishAndTheSentenceSaysWhen()
    {
        Story s(aRule());
        s.ping(at(0));
        s.ping(at(100)); // one window missed: 70
        s.ping(at(160));
        s.ping(at(460)); // five missed: 230 …
        const auto o = s.dryRun(aRule(minutes(1), seconds(10), 3, 3), at(470));
        QCOMPARE(o.were.size(), std::size_t{2});
        QCOMPARE(o.would.size(), std::size_t{1});
        QCOMPARE(o.vanished.size(), std::size_t{1});
        QVERIFY(o.appeared.empty());
        QCOMPARE(o.sentence, std::string("With 3 of 3 windows missed, expected every 1m with 10s grace, 1 of 2 alarms since 2026-11-23T14:00:00Z would have vanished (2026-11-23T14:01:10Z)."));
    }

    void lessGraceMakesAlarmsAppear()
    {
        Story s(aRule(minutes(1), minutes(5)));
        s.ping(at(0));
        s.ping(at(200));
        const auto o = s.dryRun(aRule(minutes(1), seconds(0)), at(210));
        QCOMPARE(o.appeared.size(), std::size_t{1});
        QVERIFY(o.appeared[0].from >= at(60) && o.appeared[0].from < at(61));
        QVERIFY(o.appeared[0].until == at(200));
        QCOMPARE(o.sentence, std::string("With 1 of 1 window missed, expected every 1m with 0s grace, 1 alarm more since 2026-11-23T14:00:00Z would have appeared (2026-11-23T14:01:00Z)."));
    }

    void whatNobodyListenedToIsNoAlarmWithAnyNumbers()
    {
        Story s(aRule(minutes(1), minutes(5)));
        s.ping(at(0));
        s.ping(at(30));
        s.restart(at(5000)); // the last word before it was at 30
        s.ping(at(5010));
        const auto o = s.dryRun(aRule(minutes(1), seconds(0)), at(5020));
        QVERIFY(o.were.empty() && o.would.empty());
        QCOMPARE(o.sentence, std::string("With 1 of 1 window missed, expected every 1m with 0s grace, there would have been no alarm either since 2026-11-23T14:00:00Z."));
    }
};

QD_TEST(TestHeartbeats)
#include "tst_heartbeats.moc"
