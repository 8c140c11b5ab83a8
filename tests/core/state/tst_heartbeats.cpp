// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/heartbeats.h"

#include "core/state/state.h"
#include "tests/support/builders.h"
#include "tests/support/random.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <algorithm>

using namespace qd;
using namespace qd::tests;
using events::HeartbeatPhase;
using events::PingKind;
using state::Monitor;

namespace {

HeartbeatRule aRule(Span interval = minutes(1), Span grace = seconds(10), std::uint32_t misses = 1, std::uint32_t of = 1)
{
    HeartbeatRule r;
    r.id = "job";
    r.interval = interval;
    r.grace = grace;
    r.misses = misses;
    r.of = of;
    return r;
}

constexpr Instant at(std::int64_t s)
{
    return kMorning + seconds(s);
}

Monitor heardAt(const HeartbeatRule &rule, std::initializer_list<std::int64_t> times)
{
    Monitor m;
    m.id = "job";
    for (const std::int64_t t : times)
        m.hear(rule, {}, PingKind::Beat, 0, at(t));
    return m;
}

/// k of n said plainly: the outcome of every window in one list, looked at from its end. Times in seconds.
struct Plain {
    std::int64_t interval, grace;
    std::size_t misses, of;
    std::vector<bool> missed; ///< of each window that is over
    std::int64_t from = -1, closed = -1;

    void pass(std::int64_t now)
    {
        if (from < 0)
            return;
        while (now > from + interval + grace) {
            missed.push_back(true);
            from += interval;
            closed = -1;
        }
    }
    void ping(bool fails, std::int64_t now)
    {
        pass(now);
        from = now;
        const bool again = closed >= 0 && !missed.empty() && missed.back() == fails && 2 * (now - closed) < interval;
        if (again)
            return;
        missed.push_back(fails);
        closed = now;
    }
    [[nodiscard]] std::string phase(std::int64_t now) const
    {
        if (from < 0)
            return "awaiting";
        Plain then = *this;
        then.pass(now);
        std::size_t count = 0;
        for (std::size_t n = 0; n < std::min(of, then.missed.size()); ++n)
            count += then.missed[then.missed.size() - 1 - n] ? 1 : 0;
        return then.missed.empty() || !then.missed.back() ? "healthy" : count >= misses ? "missed" : "late";
    }
    /// Tried at the end of every window to come.
    [[nodiscard]] std::int64_t trips(std::int64_t now) const
    {
        if (from < 0 || phase(now) == "missed")
            return -1;
        for (std::int64_t t = from + interval + grace;; t += interval)
            if (phase(t + 1) == "missed")
                return t;
    }
};

} // namespace

class TestHeartbeats : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void untilItWasHeardNothingIsMissed()
    {
        const Monitor m = heardAt(aRule(), {});
        QVERIFY(m.phaseAt(aRule(), at(0), at(1'000'000)) == HeartbeatPhase::Awaiting);
        QVERIFY(!m.tripsAt(aRule(), at(0)));
        QVERIFY(!m.deadline(aRule(), at(0)));
    }

    void aBeatHoldsForTheIntervalAndItsGraceToTheNanosecond()
    {
        const HeartbeatRule r = aRule();
        const Monitor m = heardAt(r, {0});
        QVERIFY(m.tripsAt(r, {}) == at(70));
        QVERIFY(m.phaseAt(r, {}, at(70)) == HeartbeatPhase::Healthy);
        QVERIFY(m.phaseAt(r, {}, at(70) + nanos(1)) == HeartbeatPhase::Missed);
    }

    void oneOfOneIsHealthyAgainWithTheNextBeat()
    {
        const HeartbeatRule r = aRule();
        Monitor m = heardAt(r, {0});
        m.hear(r, {}, PingKind::Beat, 0, at(500));
        QVERIFY(m.phaseAt(r, {}, at(500)) == HeartbeatPhase::Healthy);
        QVERIFY(m.tripsAt(r, {}) == at(570));
    }

    void threeInARowAreThreeWindowsWithoutABeat()
    {
        const HeartbeatRule r = aRule(minutes(1), seconds(10), 3, 3);
        const Monitor m = heardAt(r, {0});
        QVERIFY(m.tripsAt(r, {}) == at(190)); // 70, 130, 190
        QVERIFY(m.phaseAt(r, {}, at(71)) == HeartbeatPhase::Late);
        QVERIFY(m.phaseAt(r, {}, at(190)) == HeartbeatPhase::Late);
        QVERIFY(m.phaseAt(r, {}, at(191)) == HeartbeatPhase::Missed);
    }

    void kOfNIsWhatAPlainListOfWindowsSays_data()
    {
        QTest::addColumn<std::uint32_t>("misses");
        QTest::addColumn<std::uint32_t>("of");
        for (const auto &[k, n] : {std::pair{1U, 1U}, {2U, 2U}, {1U, 3U}, {2U, 3U}, {3U, 5U}, {5U, 5U}, {4U, 20U}, {20U, 20U}})
            QTest::addRow("%u of %u", k, n) << k << n;
    }
    void kOfNIsWhatAPlainListOfWindowsSays()
    {
        QFETCH(std::uint32_t, misses);
        QFETCH(std::uint32_t, of);
        int trips = 0, recoveries = 0;
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            SeededRandom random(seed * 977 + misses * 31 + of);
            const auto interval = static_cast<std::int64_t>(2 + 2 * random.below(30)); // even: half of it is whole
            const auto grace = static_cast<std::int64_t>(random.below(40));
            const HeartbeatRule rule = aRule(seconds(interval), seconds(grace), misses, of);
            Plain plain{interval, grace, misses, of, {}};
            Monitor m;
            std::string before;
            std::int64_t now = 1;
            for (int step = 0; step < 120; ++step) {
                now += static_cast<std::int64_t>(random.below(4) == 0 ? random.below(static_cast<std::uint64_t>(interval) * 4) : random.below(static_cast<std::uint64_t>(interval) + 2));
                const bool fails = random.below(6) == 0;
                switch (random.below(4)) {
                case 0: break; // only looked at
                case 1: // concluded from: the windows that passed are counted
                    plain.pass(now);
                    m.settle(rule, {}, at(now));
                    break;
                default:
                    if (now <= plain.from)
                        break;
                    plain.ping(fails, now);
                    m.hear(rule, {}, fails ? PingKind::Fail : PingKind::Beat, 0, at(now));
                }
                const std::string phase(word(m.phaseAt(rule, {}, at(now))));
                QCOMPARE(phase, plain.phase(now));
                const Instant tripsAt = m.tripsAt(rule, {});
                const std::int64_t plainTrips = plain.trips(now);
                if (phase != "missed" && plainTrips >= 0)
                    QCOMPARE(tripsAt.ns, at(plainTrips).ns);
                trips += phase == "missed" && before != "missed" ? 1 : 0;
                recoveries += phase == "healthy" && before == "missed" ? 1 : 0;
                before = phase;
            }
        }
        QVERIFY2(trips > 0 || misses == 20, "no run tripped, so nothing was said");
        QVERIFY2(recoveries > 0 || misses > 3, "no run recovered, so nothing was said");
    }

    void pingsAtOnceCloseOneWindow()
    {
        const HeartbeatRule r = aRule(minutes(1), Span{}, 2, 3);
        Monitor m = heardAt(r, {0});
        for (const std::int64_t t : {100, 101, 102, 103}) // one window missed at 60; a client that pings four times kept one
            m.hear(r, {}, PingKind::Beat, 0, at(t));
        QCOMPARE(m.windows & 0b111, 0b010U);
        QVERIFY(m.tripsAt(r, {}) == at(163)); // the next miss makes two of the last three
    }

    void aFailureIsAMissThatIsSaid()
    {
        const HeartbeatRule r = aRule();
        Monitor m = heardAt(r, {0});
        m.hear(r, {}, PingKind::Fail, 0, at(30));
        QVERIFY(m.phaseAt(r, {}, at(30)) == HeartbeatPhase::Missed);
        m.hear(r, {}, PingKind::Beat, 0, at(40));
        QVERIFY(m.phaseAt(r, {}, at(40)) == HeartbeatPhase::Healthy);
    }

    void aLogLineSaysNothingAboutHowItIs()
    {
        const HeartbeatRule r = aRule();
        Monitor m = heardAt(r, {0});
        m.hear(r, {}, PingKind::Log, 0, at(60));
        QVERIFY(m.tripsAt(r, {}) == at(70));
    }

    // --- gaps: not heard is not missed ---

    void aGapWhenABeatCouldComeBeginsAnew()
    {
        const HeartbeatRule r = aRule();
        const Monitor m = heardAt(r, {0});
        QVERIFY(m.tripsAt(r, at(50)) == at(120)); // 50 is within the grace before the 60 it is expected at
        QVERIFY(m.isAnew(r, at(50)));
        QVERIFY(m.tripsAt(r, at(1000)) == at(1070));
        QVERIFY(m.phaseAt(r, at(1000), at(1070)) == HeartbeatPhase::Healthy);
    }

    void aGapThatEndedBeforeOneCouldComeChangesNothing()
    {
        // Else a core that is restarted once a day would never miss a job that comes once a day.
        const HeartbeatRule r = aRule(hours(24), hours(1));
        const Monitor m = heardAt(r, {0});
        QVERIFY(!m.isAnew(r, kMorning + hours(7)));
        QVERIFY(m.tripsAt(r, kMorning + hours(7)) == kMorning + hours(25));
        QVERIFY(m.isAnew(r, kMorning + hours(23)));
    }

    void whatWasMissedBeforeTheGapStaysMissed()
    {
        const HeartbeatRule r = aRule();
        Monitor m = heardAt(r, {0});
        m.settle(r, {}, at(71)); // concluded: missed
        QVERIFY(m.phaseAt(r, at(5000), at(5000)) == HeartbeatPhase::Missed);
        m.hear(r, at(5000), PingKind::Beat, 0, at(5010));
        QVERIFY(m.phaseAt(r, at(5000), at(5010)) == HeartbeatPhase::Healthy);
    }

    // --- runs ---

    void fromStartToSuccessIsHowLongItTook()
    {
        HeartbeatRule r = aRule(hours(1), minutes(10));
        r.slowAfter = seconds(30);
        Monitor m;
        m.hear(r, {}, PingKind::Start, 0, at(0));
        QVERIFY(m.slowAt(r, {}) == at(30));
        QVERIFY(!m.isSlowAt(r, {}, at(30)));
        QVERIFY(m.isSlowAt(r, {}, at(31))); // while it runs
        m.hear(r, {}, PingKind::Beat, 0, at(40));
        QCOMPARE(m.latency.ns, seconds(40).ns);
        QVERIFY(m.isSlowAt(r, {}, at(41)));
        m.hear(r, {}, PingKind::Start, 0, at(100));
        m.hear(r, {}, PingKind::Beat, 0, at(110));
        QVERIFY(!m.isSlowAt(r, {}, at(111)));
    }

    void runsWithNamesAreToldApart()
    {
        const HeartbeatRule r = aRule(hours(1), minutes(10));
        Monitor m;
        m.hear(r, {}, PingKind::Start, 1, at(0));
        m.hear(r, {}, PingKind::Start, 2, at(20));
        m.hear(r, {}, PingKind::Beat, 1, at(30));
        QCOMPARE(m.latency.ns, seconds(30).ns);
        m.hear(r, {}, PingKind::Beat, 2, at(35));
        QCOMPARE(m.latency.ns, seconds(15).ns);
        QVERIFY(m.open.empty());
    }

    void aRunFromBeforeAGapIsNotSlow()
    {
        HeartbeatRule r = aRule(hours(1), minutes(10));
        r.slowAfter = seconds(30);
        Monitor m;
        m.hear(r, {}, PingKind::Start, 0, at(0));
        QVERIFY(!m.isSlowAt(r, at(20), at(1000))); // its end may have come while the core was away
    }

    void openRunsAreBounded()
    {
        const HeartbeatRule r = aRule();
        Monitor m;
        for (std::uint32_t run = 1; run <= 100; ++run)
            m.hear(r, {}, PingKind::Start, run, at(run));
        QCOMPARE(m.open.size(), Monitor::kRunsKept);
    }

    // --- the fold ---

    void theWorkspaceSaysWhichAreWatched()
    {
        Workspace w = aWorkspace();
        w.heartbeats.push_back(aRule());
        Log log;
        log.record(withWorkspace(w)).record(withConnection("in"));
        QCOMPARE(log.state.monitors.size(), std::size_t{1});
        log.record(events::PingsSeen{"job", "in", {log.now().ns}, {0}, {0}, 3, false});
        const Monitor &m = log.state.monitors.at("job");
        QCOMPARE(m.count, std::uint64_t{3});
        QCOMPARE(m.connection, std::string("in"));
        QCOMPARE(log.state.source("in")->deliveries, std::uint64_t{1});
        log.record(events::PingsSeen{"unknown", "in", {log.now().ns}, {0}, {0}, 1, false});
        QCOMPARE(log.state.monitors.size(), std::size_t{1});
        log.record(withWorkspace());
        QVERIFY(log.state.monitors.empty());
    }

    void damagedColumnsChangeNothing()
    {
        Workspace w = aWorkspace();
        w.heartbeats.push_back(aRule());
        Log log;
        log.record(withWorkspace(w));
        log.record(events::PingsSeen{"job", "in", {log.now().ns, 5}, {0}, {0, 0}, 2, false});
        log.record(events::PingsSeen{"job", "in", {-7, 0, INT64_MAX, INT64_MIN}, {0, 0, 9, 200}, {0, 0, 0, 0}, 4, false});
        QVERIFY(!log.state.monitors.at("job").from);
    }

    void aClockSetBackLeavesNothingInTheFuture()
    {
        const HeartbeatRule r = aRule();
        Monitor m = heardAt(r, {100});
        m.setBack(at(20));
        QVERIFY(m.last == at(20) && m.from == at(20));
        m.hear(r, at(20), PingKind::Beat, 0, at(30));
        QVERIFY(m.last == at(30));
    }
};

QD_TEST(TestHeartbeats)
#include "tst_heartbeats.moc"
