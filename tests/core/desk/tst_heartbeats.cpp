// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/runlengths.h"
#include "core/triage/heartbeats.h"
#include "tests/core/desk/beatbench.h"
#include "tests/support/suite.h"

#include <algorithm>

using namespace qd;
using namespace qd::tests;
using events::PingKind;

namespace {
using Texts = std::vector<std::string>;
} // namespace

class TestHeartbeats : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aMissedBeatIsAnAlertAndTheNextBeatEndsIt()
    {
        BeatBench b;
        QCOMPARE(b.phase(), std::string("awaiting"));
        VERIFY_RESULT(b.ping());
        QCOMPARE(b.phase(), std::string("healthy"));
        b.pass(seconds(70));
        QVERIFY(b.alerts().empty());
        b.pass(seconds(1));
        QCOMPARE(b.phase(), std::string("missed"));
        QCOMPARE(b.alerts(), Texts{"firing critical db none"});
        b.pass(minutes(30)); // nothing more is recorded of what goes on being missed
        QCOMPARE(b.recorded("HeartbeatTurned").size(), std::size_t{2});
        VERIFY_RESULT(b.ping());
        QCOMPARE(b.phase(), std::string("healthy"));
        QCOMPARE(b.alerts(), Texts{"resolved critical db none"});
        QCOMPARE(b.dumped(), b.committed());
    }

    void anUnknownNameIsNotFoundAndNothingIsStored()
    {
        BeatBench b;
        const std::uint64_t head = b.journal->head();
        const auto answer = b.ping(PingKind::Beat, 0, "made-up");
        VERIFY_FAILS(answer, Code::NotFound);
        b.pass(minutes(1));
        QCOMPARE(b.journal->head(), head);
        QVERIFY(!b.ask([](const state::State &s) { return s.monitors.contains("made-up"); }));
    }

    void aHeartbeatMayBeForOneConnectionOnlyAndAlertsAreNotPinged()
    {
        HeartbeatRule other = aRule(), fed = aRule();
        other.connection = "cron";
        BeatBench b(other);
        VERIFY_FAILS(b.ping(), Code::NotFound);
        fed.match = {{"alertname", "Watchdog", false, true}};
        b.change(withHeartbeats({fed}));
        VERIFY_FAILS(b.ping(), Code::NotFound);
    }

    void repeatsAreJournaledAsOneRunLengthEachHalfMinute()
    {
        BeatBench b(aRule(seconds(1), seconds(1)));
        VERIFY_RESULT(b.ping());
        const std::uint64_t head = b.journal->head();
        for (int n = 0; n < 600; ++n) { // a minute of pings, ten a second
            b.clock.advance(millis(100));
            VERIFY_RESULT(b.ping());
        }
        QVERIFY2(b.journal->head() - head <= 2, std::to_string(b.journal->head() - head).c_str());
        QVERIFY(b.alerts().empty()); // what was gathered was taken into account all along
        b.pass(millis(2001));
        QCOMPARE(b.phase(), std::string("missed"));
        QCOMPARE(b.job().count, std::uint64_t{601});
        QCOMPARE(b.job().last.ns, (kMorning + minutes(1)).ns);
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatARunLengthKeepsFoldsLikeEveryPing()
    {
        std::size_t rows = 0, pings = 0;
        for (std::uint64_t seed = 1; seed <= 300; ++seed) {
            SeededRandom random(seed);
            const HeartbeatRule rule = aRule(seconds(static_cast<std::int64_t>(2 + random.below(20))), seconds(5), 2, 3);
            state::Monitor known, whole;
            known.id = whole.id = "job";
            desk::RunLengths runs;
            Instant now = kMorning;
            for (int n = 0; n < 80; ++n) {
                now = now + millis(static_cast<std::int64_t>(1 + random.below(random.below(10) == 0 ? 9000 : 900)));
                const auto kind = static_cast<std::uint8_t>(random.below(8) == 0 ? PingKind::Start : random.below(9) == 0 ? PingKind::Fail : PingKind::Beat);
                const std::uint32_t run = kind == 1 && random.below(2) == 0 ? 7 : 0;
                whole.hear(rule, {}, static_cast<PingKind>(kind), run, now);
                runs.ping({"job", "am", {now.ns}, {kind}, {run}, 1, false}, rule, known, {});
                QCOMPARE(runs.heard("job")->windows, whole.windows);
                QVERIFY(runs.heard("job")->tripsAt(rule, {}) == whole.tripsAt(rule, {}));
                ++pings;
                if (random.below(25) == 0 || n == 79) {
                    for (const auto &e : runs.flush()) {
                        rows += get<events::PingsSeen>(e).at.size();
                        state::hear(known, rule, {}, get<events::PingsSeen>(e));
                    }
                    QCOMPARE(known.windows, whole.windows);
                    QCOMPARE(known.from.ns, whole.from.ns);
                    QCOMPARE(known.closedAt.ns, whole.closedAt.ns);
                    QCOMPARE(known.last.ns, whole.last.ns);
                    QCOMPARE(known.first.ns, whole.first.ns);
                    QCOMPARE(known.latency.ns, whole.latency.ns);
                    QCOMPARE(known.count, whole.count);
                    QCOMPARE(known.open.size(), whole.open.size());
                }
            }
        }
        QVERIFY2(rows * 3 < pings * 2, "hardly anything was left out");
    }

    void aRowTooManyIsJournaledAtOnce()
    {
        BeatBench b(aRule(hours(1), minutes(1)));
        VERIFY_RESULT(b.ping());
        const std::uint64_t head = b.journal->head();
        for (std::size_t n = 0; n < desk::RunLengths::kPingsAtMost; ++n) {
            b.clock.advance(millis(1));
            VERIFY_RESULT(b.ping(PingKind::Start, static_cast<std::uint32_t>(n + 1)));
        }
        QCOMPARE(b.journal->head(), head + 1);
        QCOMPARE(b.job().open.size(), state::Monitor::kRunsKept);
    }

    void aWindowThatPassedBeforeThePingIsMissedHoweverSoonItCame()
    {
        BeatBench b(aRule(seconds(1), Span{}));
        VERIFY_RESULT(b.ping());
        b.clock.advance(millis(1200)); // the timer has not looked yet
        VERIFY_RESULT(b.ping());
        QCOMPARE(b.recorded("HeartbeatTurned").size(), std::size_t{3}); // healthy, missed, healthy
        QCOMPARE(b.alerts(), Texts{"resolved critical db none"});
    }

    void withToleranceTheFirstMissIsLateAndNoAlarm()
    {
        BeatBench b(aRule(minutes(1), seconds(10), 2, 3));
        VERIFY_RESULT(b.ping());
        b.pass(seconds(71));
        QCOMPARE(b.phase(), std::string("late"));
        QVERIFY(b.alerts().empty());
        b.pass(seconds(60));
        QCOMPARE(b.phase(), std::string("missed"));
        VERIFY_RESULT(b.ping()); // m m k: heard, so it is there
        QCOMPARE(b.phase(), std::string("healthy"));
        QCOMPARE(b.alerts(), Texts{"resolved critical db none"});
        b.pass(seconds(71)); // m k m: two of three again
        QCOMPARE(b.phase(), std::string("missed"));
        QCOMPARE(b.alerts(), Texts{"firing critical db none"});
    }

    void aFailureAlarmsAtOnceWithItsWords()
    {
        BeatBench b;
        VERIFY_RESULT(b.ping());
        b.clock.advance(seconds(5));
        VERIFY_RESULT(b.says(PingKind::Fail, 3, "disk is full"));
        QCOMPARE(b.phase(), std::string("missed"));
        QCOMPARE(b.job().saidText, std::string("disk is full"));
        QVERIFY2(b.job().because.matched.at(0).find("failed with exit status 3") != std::string::npos, b.job().because.matched[0].c_str());
        const std::uint64_t head = b.journal->head();
        b.clock.advance(seconds(1));
        VERIFY_RESULT(b.says(PingKind::Fail, 3, "disk is full")); // the same again is gathered
        QCOMPARE(b.journal->head(), head);
        VERIFY_RESULT(b.says(PingKind::Fail, 4, "worse")); // other words are not
        QCOMPARE(b.journal->head(), head + 1);
        b.clock.advance(seconds(1));
        VERIFY_RESULT(b.ping());
        QCOMPARE(b.phase(), std::string("healthy"));
    }

    void aLogLineIsKeptAndTurnsNothing()
    {
        BeatBench b;
        VERIFY_RESULT(b.ping());
        VERIFY_RESULT(b.says(PingKind::Log, 0, "42 rows copied"));
        QCOMPARE(b.phase(), std::string("healthy"));
        QVERIFY(b.ask([](const state::State &s) { return s.log.back().text.find("42 rows copied") != std::string::npos; }));
        b.pass(seconds(71));
        QCOMPARE(b.phase(), std::string("missed"));
    }

    void aSlowRunIsAWarningUntilOneIsQuick()
    {
        HeartbeatRule r = aRule(hours(1), minutes(5));
        r.slowAfter = seconds(30);
        BeatBench b(r);
        VERIFY_RESULT(b.ping(PingKind::Start));
        b.pass(seconds(31)); // while it runs
        QVERIFY(b.job().slow);
        QCOMPARE(b.alerts("HeartbeatSlow"), Texts{"firing warning db none"});
        b.clock.advance(seconds(9));
        VERIFY_RESULT(b.ping());
        QCOMPARE(b.job().latency.ns, seconds(40).ns);
        QVERIFY(b.job().slow);
        b.clock.advance(minutes(50));
        VERIFY_RESULT(b.ping(PingKind::Start));
        b.clock.advance(seconds(2));
        VERIFY_RESULT(b.ping());
        QVERIFY(!b.job().slow);
        QCOMPARE(b.alerts("HeartbeatSlow"), Texts{"resolved warning db none"});
        QCOMPARE(b.dumped(), b.committed());
    }

    // --- fed by alerts ---

    void theWatchdogsSilenceIsAnAlarmAndItsResolveDoesNotStopThat()
    {
        HeartbeatRule r = aRule();
        r.match = {{"alertname", "Watchdog", false, true}};
        BeatBench b(r);
        const auto watchdog = [&](bool firing) {
            auto batch = aBatch("am", b.clock.now()).alert({{"alertname", "Watchdog"}, {"severity", "none"}});
            if (!firing)
                batch.resolved(b.clock.now());
            const auto done = b.report(batch.build());
            QVERIFY(done);
        };
        watchdog(true);
        QCOMPARE(b.phase(), std::string("healthy"));
        for (int n = 0; n < 5; ++n) {
            b.pass(minutes(1));
            watchdog(true);
        }
        QVERIFY(b.alerts().empty());
        b.clock.advance(seconds(30));
        watchdog(false);
        b.pass(seconds(41));
        QCOMPARE(b.phase(), std::string("missed"));
        QCOMPARE(b.alerts(), Texts{"firing critical db none"});
        watchdog(true);
        QCOMPARE(b.alerts(), Texts{"resolved critical db none"});
        QCOMPARE(b.dumped(), b.committed());
    }

    void heartbeatsOfOtherWaysFeedItToo()
    {
        BeatBench b;
        VERIFY_RESULT(b.report(events::Event(events::HeartbeatSeen{"am", "job", b.clock.now(), b.clock.now(), 1})));
        QCOMPARE(b.phase(), std::string("healthy"));
        QVERIFY(b.ask([](const state::State &s) { return s.heartbeats.empty(); }));
    }

    // --- muted ---

    void aMutedHeartbeatIsWatchedOnAndItsAlarmIsQuiet()
    {
        BeatBench b;
        VERIFY_RESULT(b.ping());
        VERIFY_FAILS(b.command(desk::MuteHeartbeat{"job", "1h", "  "}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::MuteHeartbeat{"job", "31d", "moved"}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::MuteHeartbeat{"gone", "1h", "moved"}), Code::NotFound);
        VERIFY_RESULT(b.command(desk::MuteHeartbeat{"job", "1h", "being moved"}));
        const auto mute = b.ask([](const state::State &s) { return *triage::muteOf(s, "job"); });
        QCOMPARE(mute.reason, std::string("being moved"));
        QCOMPARE(mute.owner, std::string("ana"));
        b.pass(seconds(71));
        QCOMPARE(b.phase(), std::string("missed"));
        QCOMPARE(b.alerts(), Texts{"firing critical db silenced"});
        b.pass(hours(1)); // it expires on an alarm that stands: announced as new
        QCOMPARE(b.alerts(), Texts{"firing critical db none"});
        QVERIFY(b.ask([](const state::State &s) { return triage::muteOf(s, "job") == nullptr; }));
        QCOMPARE(b.dumped(), b.committed());
    }

    void mutingAgainReplacesAndUnmutingEnds()
    {
        BeatBench b;
        VERIFY_RESULT(b.command(desk::MuteHeartbeat{"job", "1h", "being moved"}));
        VERIFY_RESULT(b.command(desk::MuteHeartbeat{"job", "10m", "nearly done"}));
        QCOMPARE(b.ask([](const state::State &s) { return triage::muteOf(s, "job")->reason; }), std::string("nearly done"));
        QCOMPARE(b.ask([](const state::State &s) { return std::count_if(s.suppressors.all.begin(), s.suppressors.all.end(), [](const auto &x) { return x.stands(); }); }), 1L);
        VERIFY_RESULT(b.command(desk::UnmuteHeartbeat{"job", "done"}));
        QVERIFY(b.ask([](const state::State &s) { return triage::muteOf(s, "job") == nullptr; }));
        VERIFY_FAILS(b.command(desk::UnmuteHeartbeat{"job", {}}), Code::Conflict);
        VERIFY_FAILS(b.command(desk::UnmuteHeartbeat{"gone", {}}), Code::NotFound);
    }
};

QD_TEST(TestHeartbeats)
#include "tst_heartbeats.moc"
