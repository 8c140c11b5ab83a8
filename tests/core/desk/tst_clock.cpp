// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

#include <algorithm>

using namespace qd;
using namespace qd::tests;

/// design.md section 3, "After any gap"; trust.md section 2, suite 12.
namespace {

/// A shop that really pages, with a critical alert, an incident of it and an escalation whose first step has been called.
struct PagingBench : Bench {
    std::string alert;
    Path path;

    explicit PagingBench(Path reportedBy = Path::Push, const std::string &severity = "critical") : Bench(nullptr), path(reportedBy)
    {
        options.watchClock = true;
        create();
        Workspace w = aWorkspace();
        w.services[0].paging = Paging::Assist; // what calls here are incidents
        settle(w);
        if (path == Path::Poll)
            connect("poll", "alertmanager", "am", seconds(5));
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        const auto batch = listing(true, severity);
        alert = "am/" + fingerprintText(batch.fingerprint[0]);
        (void)report(batch);
        (void)command(desk::DeclareIncident{"Shop is down", "SEV3", "web", "", "", {alert}, false});
        (void)command(desk::StartEscalation{"INC-1", "web", ""});
    }
    /// What the source says now: the alert, or nothing.
    ReportBatch listing(bool firing, const std::string &severity = "critical")
    {
        ABatch b(path == Path::Push ? "am" : "poll", clock.now(), path);
        if (firing)
            b.alert({{"alertname", "Down"}, {"service", "web"}}).severity(severity).startsAt(kMorning).endsAt(clock.now() + minutes(4));
        if (path == Path::Poll)
            b.snapshot();
        return b.build();
    }
    std::vector<state::Step> steps()
    {
        return ask([](const state::State &s) { return s.escalations.at(0).steps; });
    }
    std::string outcome()
    {
        return ask([](const state::State &s) { return s.escalations.at(0).outcome; });
    }
    std::size_t pages()
    {
        return ask([](const state::State &s) {
            return static_cast<std::size_t>(std::count_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.effect == events::Effect::Page; }));
        });
    }
    std::vector<state::GapReview> reviews()
    {
        return ask([](const state::State &s) { return s.gapReviews; });
    }
    /// The machine sleeps: nothing runs, both clocks go on.
    Result<Outcome> sleep(Span span)
    {
        clock.advance(span);
        return wake();
    }
    std::vector<events::ClockJumped> jumps()
    {
        std::vector<events::ClockJumped> out;
        const auto ok = desk::replay(*journal, 1, journal->head(), [&](const desk::Record &r) {
            for (const auto &e : r.events)
                if (const auto *j = std::get_if<events::ClockJumped>(&e))
                    out.push_back(*j);
            return true;
        });
        return ok ? out : std::vector<events::ClockJumped>();
    }
    bool isMonotonic()
    {
        Instant last;
        bool ok = true;
        (void)desk::replay(*journal, 1, journal->head(), [&](const desk::Record &r) {
            ok = ok && r.time >= last;
            last = r.time;
            return true;
        });
        return ok;
    }
    /// Minutes as they pass when nobody sleeps: the desk looks all the time.
    void pass(Span span)
    {
        for (Span done; done < span; done = done + seconds(20)) {
            clock.advance(seconds(20));
            (void)wake();
        }
    }
    /// … while the source keeps saying that it fires.
    void passFiring(Span span)
    {
        for (Span done; done < span; done = done + seconds(20)) {
            clock.advance(seconds(20));
            (void)report(listing(true));
            (void)wake();
        }
    }
};

} // namespace

class TestClock final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sleepOf30SecondsCallsOnceOnTime()
    {
        PagingBench b;
        QCOMPARE(b.steps().size(), std::size_t(1));
        b.passFiring(minutes(4) + seconds(40));
        VERIFY_RESULT(b.sleep(seconds(40)));
        QCOMPARE(b.steps().size(), std::size_t(2));
        QVERIFY(!b.steps()[1].late);
        QCOMPARE(b.jumps().size(), std::size_t(1));
        QCOMPARE(b.jumps()[0].away.ns, seconds(40).ns);
        QVERIFY(b.reviews().empty());
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.pages(), std::size_t(2));
    }

    void sleepThatMakesAStepLateByUpToFiveMinutesCallsOnce()
    {
        PagingBench b;
        b.passFiring(minutes(4));
        VERIFY_RESULT(b.sleep(minutes(4)));
        VERIFY_RESULT(b.report(b.listing(true)));
        VERIFY_RESULT(b.wake());
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.steps().size(), std::size_t(2));
        QVERIFY(b.steps()[1].late);
        QCOMPARE(b.pages(), std::size_t(2));
        QVERIFY(b.reviews().empty());
    }

    void longSleepResumesACriticalAlertWhereItShouldBe_data()
    {
        QTest::addColumn<qint64>("asleep");
        QTest::newRow("10 min") << static_cast<qint64>(minutes(10).ns);
        QTest::newRow("8 h") << static_cast<qint64>(hours(8).ns);
    }
    void longSleepResumesACriticalAlertWhereItShouldBe()
    {
        QFETCH(qint64, asleep);
        PagingBench b;
        b.passFiring(minutes(2));
        const Instant began = b.clock.now();
        VERIFY_RESULT(b.sleep(Span{asleep}));
        QCOMPARE(b.pages(), std::size_t(1)); // first the sources speak
        VERIFY_RESULT(b.report(b.listing(true)));
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.steps().size(), std::size_t(2));
        QCOMPARE(b.steps()[1].number, 2u);
        QVERIFY(b.steps()[1].late);
        QVERIFY(b.steps()[1].until >= b.clock.now() + minutes(10)); // with the full wait
        QCOMPARE(b.pages(), std::size_t(2));
        const auto reviews = b.reviews();
        QCOMPARE(reviews.size(), std::size_t(1));
        QCOMPARE(reviews[0].since.ns, began.ns);
        QCOMPARE(reviews[0].resumed, std::vector<std::uint32_t>{1});
        QVERIFY(reviews[0].missed.empty());
    }

    void longSleepMissesWhatIsNotCritical()
    {
        PagingBench b(Path::Push, "warning");
        VERIFY_RESULT(b.sleep(minutes(11)));
        VERIFY_RESULT(b.report(b.listing(true, "warning")));
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.outcome(), std::string("missed"));
        QCOMPARE(b.pages(), std::size_t(1));
        QCOMPARE(b.reviews().at(0).missed, std::vector<std::uint32_t>{1});
    }

    /// Never a page for a dead problem.
    void resolvedMeanwhileIsMissedNotCalled_data()
    {
        QTest::addColumn<int>("path");
        QTest::addColumn<qint64>("asleep");
        for (const Span span : {minutes(8), minutes(10), hours(8)}) {
            QTest::addRow("polled, %lld min", static_cast<long long>(span.ns / minutes(1).ns)) << static_cast<int>(Path::Poll) << static_cast<qint64>(span.ns);
            QTest::addRow("pushed, %lld min", static_cast<long long>(span.ns / minutes(1).ns)) << static_cast<int>(Path::Push) << static_cast<qint64>(span.ns);
        }
    }
    void resolvedMeanwhileIsMissedNotCalled()
    {
        QFETCH(int, path);
        QFETCH(qint64, asleep);
        PagingBench b(static_cast<Path>(path));
        VERIFY_RESULT(b.sleep(Span{asleep}));
        b.clock.advance(seconds(5));
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.pages(), std::size_t(1)); // the source has not spoken yet
        if (b.path == Path::Poll)
            VERIFY_RESULT(b.report(b.listing(false)));
        else
            VERIFY_RESULT(b.report(aBatch("am", b.clock.now()).alert({{"alertname", "Down"}, {"service", "web"}}).severity("critical").startsAt(kMorning).resolved(b.clock.now()).build()));
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.outcome(), std::string("missed"));
        QCOMPARE(b.pages(), std::size_t(1));
    }

    void acknowledgedMeanwhileIsMissedNotCalled()
    {
        PagingBench b(Path::Poll);
        VERIFY_RESULT(b.sleep(hours(8)));
        VERIFY_RESULT(b.command(desk::Acknowledge{{b.alert}, "seen in the chat"}, "ben")); // from another seat, before the source spoke
        VERIFY_RESULT(b.report(b.listing(true)));
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.outcome(), std::string("missed"));
        QCOMPARE(b.pages(), std::size_t(1));
    }

    void aSourceThatStaysAwayDoesNotHoldCallsBack()
    {
        PagingBench b(Path::Poll);
        VERIFY_RESULT(b.sleep(minutes(10)));
        QCOMPARE(b.pages(), std::size_t(1));
        b.clock.advance(seconds(16));
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.pages(), std::size_t(2)); // the alert still fires as far as anybody knows
    }

    void restartIsAGapLikeAnyOther()
    {
        PagingBench b(Path::Poll);
        b.stop();
        b.clock.advance(minutes(12));
        b.start();
        VERIFY_RESULT(b.report(b.listing(true)));
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.steps().size(), std::size_t(2));
        QVERIFY(b.steps()[1].late);
        QCOMPARE(b.reviews().at(0).resumed, std::vector<std::uint32_t>{1});
    }

    void clockSetBackHoldsNoStepUpAndResolvesNothing_data()
    {
        QTest::addColumn<qint64>("by");
        QTest::newRow("1 h") << static_cast<qint64>(hours(1).ns);
        QTest::newRow("10 years") << static_cast<qint64>(hours(24 * 3652).ns);
    }
    void clockSetBackHoldsNoStepUpAndResolvesNothing()
    {
        QFETCH(qint64, by);
        PagingBench b;
        b.passFiring(minutes(1));
        b.clock.jump(Span{-by});
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.jumps().size(), std::size_t(1));
        QCOMPARE(b.jumps()[0].jumped.ns, -by);
        QCOMPARE(b.steps().size(), std::size_t(1));
        // Four minutes are left of the step; at nine tenths of the speed less than five.
        b.passFiring(minutes(5));
        QCOMPARE(b.steps().size(), std::size_t(2));
        QCOMPARE(b.pages(), std::size_t(2));
        QVERIFY(!b.steps()[1].late);
        QCOMPARE(b.ask([](const state::State &s) { return s.alerts.firing; }) >= 1, true);
        QVERIFY(b.ask([](const state::State &s) { return !s.source("am")->silent; }));
        QVERIFY(b.isMonotonic());
        b.restart();
        VERIFY_RESULT(b.wake());
        QVERIFY(b.isMonotonic());
    }

    void clockSetForwardExpiresNothingItsSourceStillReports()
    {
        PagingBench b;
        for (int i = 0; i < 6; ++i) {
            b.clock.advance(seconds(20));
            VERIFY_RESULT(b.report(b.listing(true)));
            VERIFY_RESULT(b.report(aBatch("am", b.clock.now()).alert({{"alertname", "Other"}}).startsAt(kMorning).endsAt(b.clock.now() + minutes(4)).build()));
        }
        VERIFY_RESULT(b.wake());
        b.clock.jump(hours(1));
        // One of the two comes first; the other's endsAt has passed, and says nothing yet.
        VERIFY_RESULT(b.report(b.listing(true)));
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.jumps().size(), std::size_t(1));
        QCOMPARE(b.jumps()[0].jumped.ns, hours(1).ns);
        QCOMPARE(b.ask([](const state::State &s) {
            return std::count_if(s.alerts.all.begin(), s.alerts.all.end(), [&](const auto &a) { return s.text(a.set) == "am" && a.status == AlertStatus::Firing; });
        }), std::ptrdiff_t(2));
    }

    void smallCorrectionsAreNoEvent()
    {
        PagingBench b;
        for (const Span by : {millis(900), millis(-900), seconds(1), seconds(-1)}) {
            b.clock.advance(seconds(1));
            b.clock.jump(by);
            VERIFY_RESULT(b.wake());
        }
        QVERIFY(b.jumps().empty());
        b.clock.advance(seconds(29));
        VERIFY_RESULT(b.wake());
        QVERIFY(b.jumps().empty()); // at the edge of kAway
        b.clock.advance(seconds(30));
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.jumps().size(), std::size_t(1));
        b.clock.jump(seconds(2));
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.jumps().size(), std::size_t(2)); // at the edge of kJump
    }
};

QD_TEST(TestClock)
#include "tst_clock.moc"
