// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/past.h"
#include "core/desk/runlengths.h"
#include "core/desk/whatif.h"
#include "tests/core/desk/beatbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;
using events::PingKind;

namespace {
using Texts = std::vector<std::string>;
} // namespace

/// What is known of heartbeats over restarts, sleeps, clocks that are set, and in the rules and snapshots made again.
class TestHeartbeatsLast : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // --- gaps ---

    void aRestartInventsNoMiss()
    {
        BeatBench b;
        VERIFY_RESULT(b.ping());
        b.stop();
        b.clock.advance(hours(5));
        b.start();
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.phase(), std::string("healthy"));
        b.pass(seconds(70)); // a whole interval and grace from the start
        QCOMPARE(b.phase(), std::string("healthy"));
        b.pass(seconds(1));
        QCOMPARE(b.phase(), std::string("missed"));
        QVERIFY(b.job().because.ruledOut.at(0).starts_with("not heard, not missed"));
    }

    void aRestartWithItsClockRunningInventsNoMiss()
    {
        BeatBench b;
        b.options.startClock = true;
        for (int n = 0; n < 30; ++n) { // what is overdue would be seen at once, by a thread that looks before the start is recorded
            VERIFY_RESULT(b.ping());
            b.stop();
            b.clock.advance(hours(5));
            b.start();
            QTRY_COMPARE(b.ask([](const state::State &s) { return s.startedAt.ns; }), b.clock.now().ns);
            QCOMPARE(b.phase(), std::string("healthy"));
        }
    }

    void aMissedHeartbeatIsMissedStillAfterARestart()
    {
        BeatBench b;
        VERIFY_RESULT(b.ping());
        b.pass(seconds(71));
        b.restart();
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.phase(), std::string("missed"));
        QCOMPARE(b.alerts(), Texts{"firing critical db none"});
        VERIFY_RESULT(b.ping());
        QCOMPARE(b.alerts(), Texts{"resolved critical db none"});
    }

    void whatWasGatheredSurvivesAnOrderlyStop()
    {
        BeatBench b;
        VERIFY_RESULT(b.ping());
        for (int n = 0; n < 3; ++n) {
            b.clock.advance(seconds(5));
            VERIFY_RESULT(b.ping());
        }
        b.restart();
        QCOMPARE(b.job().last.ns, (kMorning + seconds(15)).ns);
        QCOMPARE(b.job().count, std::uint64_t{4});
    }

    void aSleepAndAJumpingClockInventNoMiss()
    {
        for (const bool isSleep : {true, false}) {
            Bench plain(nullptr);
            plain.options.watchClock = true;
            plain.create();
            plain.settle(withHeartbeats({aRule()}));
            const auto ping = [&] { return plain.report(events::Event(events::PingsSeen{"job", "am", {plain.clock.now().ns}, {0}, {0}, 1, false})); };
            const auto phase = [&] { return plain.ask([](const state::State &s) { return std::string(word(s.monitors.at("job").phase)); }); };
            VERIFY_RESULT(ping());
            if (isSleep)
                plain.clock.advance(hours(3));
            else
                plain.clock.jump(hours(3));
            VERIFY_RESULT(plain.wake());
            QCOMPARE(phase(), std::string("healthy"));
            plain.clock.advance(seconds(20));
            VERIFY_RESULT(plain.wake());
            VERIFY_RESULT(ping());
            QCOMPARE(phase(), std::string("healthy"));
            for (int n = 0; n < 4; ++n) { // in steps that are no gap
                plain.clock.advance(seconds(20));
                VERIFY_RESULT(plain.wake());
            }
            QCOMPARE(phase(), std::string("missed"));
        }
    }

    void aClockSetBackDelaysNoAlarm()
    {
        Bench b(nullptr);
        b.options.watchClock = true;
        b.create();
        b.settle(withHeartbeats({aRule()}));
        const auto phase = [&] { return b.ask([](const state::State &s) { return std::string(word(s.monitors.at("job").phase)); }); };
        VERIFY_RESULT(b.report(events::Event(events::PingsSeen{"job", "am", {b.clock.now().ns}, {0}, {0}, 1, false})));
        b.clock.advance(seconds(5));
        b.clock.jump(Span{-hours(1).ns});
        VERIFY_RESULT(b.wake());
        for (int n = 0; n < 4; ++n) {
            b.clock.advance(seconds(20));
            VERIFY_RESULT(b.wake());
        }
        QCOMPARE(phase(), std::string("missed"));
        VERIFY_RESULT(b.report(events::Event(events::PingsSeen{"job", "am", {b.clock.now().ns}, {0}, {0}, 1, false})));
        QCOMPARE(phase(), std::string("healthy"));
    }

    // --- the workspace changes ---

    void anAlarmOpenedUnderOneNameIsEndedUnderIt()
    {
        BeatBench b;
        VERIFY_RESULT(b.ping());
        b.pass(seconds(71));
        HeartbeatRule other = aRule();
        other.severity = AlertSeverity::Warning;
        other.service = "web";
        b.change(withHeartbeats({other}));
        QCOMPARE(b.alerts(), (Texts{"resolved critical db none", "firing warning web none"}));
        b.change(withHeartbeats({}));
        QCOMPARE(b.alerts(), (Texts{"resolved critical db none", "resolved warning web none"}));
        QVERIFY(b.ask([](const state::State &s) { return s.monitors.empty(); }));
        QCOMPARE(b.dumped(), b.committed());
    }

    // --- the record ---

    void theRecordedRulesGiveEveryConclusionAgain()
    {
        BeatBench b(aRule(minutes(1), seconds(10), 1, 1));
        for (int n = 0; n < 40; ++n) {
            if (n % 7 < 4)
                VERIFY_RESULT(b.ping());
            if (n == 20)
                VERIFY_RESULT(b.says(PingKind::Fail, 2, "no"));
            if (n == 25)
                b.restart();
            if (n == 30)
                VERIFY_RESULT(b.command(desk::MuteHeartbeat{"job", "10m", "known"}));
            b.pass(seconds(35));
        }
        QVERIFY(b.recorded("HeartbeatTurned").size() > 6);
        const state::Past past = desk::pastOf(*b.journal);
        state::SnapshotLoader loader;
        auto was = state::stateAt(past, 0, loader);
        VERIFY_RESULT(was);
        state::State would = was->clone();
        const auto same = desk::whatIf(past, std::move(*was), std::move(would), b.journal->head(), std::nullopt, [] { return true; });
        VERIFY_RESULT(same);
        QVERIFY2(same->firstOtherWhat.empty(), (same->firstOtherWhat + " at " + std::to_string(same->firstOther)).c_str());
        QCOMPARE(same->recordsOther, std::uint64_t{0});
        QCOMPARE(b.dumped(), b.committed());
    }

    void aSnapshotHoldsThem()
    {
        BeatBench b;
        VERIFY_RESULT(b.ping());
        VERIFY_RESULT(b.says(PingKind::Log, 0, "hello"));
        b.pass(seconds(71));
        const std::string dumped = b.dumped();
        b.desk->inspect([&](const state::State &s) {
            state::SnapshotCutter cutter;
            auto cut = cutter.cut(s, "leaf");
            std::map<std::string, Bytes> parts;
            for (auto &p : cut.fresh)
                parts.emplace(p.name, p.body);
            state::SnapshotLoader loader;
            const auto back = loader.load(cut.manifest, [&](const std::string &name) -> Result<Bytes> { return parts.at(name); });
            QVERIFY(back);
            QCOMPARE(dump(*back), dumped);
        });
    }
};

QD_TEST(TestHeartbeatsLast)
#include "tst_heartbeatslast.moc"
