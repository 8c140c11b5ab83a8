// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/encoding.h"
#include "core/control/get.h"
#include "tests/core/desk/clockbench.h"
#include "tests/core/desk/messagebench.h"
#include "tests/support/suite.h"

#include <algorithm>

using namespace qd;
using namespace qd::tests;

namespace {

/// The machine's clock was an hour ahead while something was recorded, and is set right: the record's time is ahead of the wall.
void wasAnHourAhead(Bench &b)
{
    b.clock.jump(hours(1));
    const auto recorded = b.command(desk::WriteLog{"INC-1", "the host says another time"});
    Q_ASSERT(recorded);
    b.clock.jump(hours(-1));
}

} // namespace

/// design.md section 3, "After any gap"; trust.md section 2, suite 12.
class TestClock final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sleepOf30SecondsCallsOnceOnTime()
    {
        ClockBench b;
        QCOMPARE(b.steps().size(), std::size_t(1));
        b.passFiring(minutes(4) + seconds(40));
        VERIFY_RESULT(b.sleep(seconds(30)));
        QCOMPARE(b.steps().size(), std::size_t(2));
        QVERIFY(!b.steps()[1].late);
        QCOMPARE(b.jumps().size(), std::size_t(1));
        QCOMPARE(b.jumps()[0].away.ns, seconds(30).ns);
        QVERIFY(b.reviews().empty());
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.pages(), std::size_t(2));
    }

    void sleepThatMakesAStepLateByUpToFiveMinutesCallsOnce()
    {
        ClockBench b;
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
        ClockBench b;
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
        ClockBench b(Path::Push, "warning");
        VERIFY_RESULT(b.sleep(minutes(11)));
        VERIFY_RESULT(b.report(b.listing(true, "warning")));
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.outcome(), std::string("missed"));
        QCOMPARE(b.pages(), std::size_t(1));
        QCOMPARE(b.reviews().at(0).missed, std::vector<std::uint32_t>{1});
        const std::string gaps = b.ask([](const state::State &s) { return control::getJson(s, "gaps", {}).value_or(std::string()); });
        QVERIFY2(gaps.find("called late: none; missed: ") != std::string::npos && gaps.find("\"missed\":[{\"escalation\":1,\"for\":") != std::string::npos, gaps.c_str());
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
        ClockBench b(static_cast<Path>(path));
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
        ClockBench b(Path::Poll);
        VERIFY_RESULT(b.sleep(hours(8)));
        VERIFY_RESULT(b.command(desk::Acknowledge{{b.alert}, "seen in the chat"}, "ben")); // from another seat, before the source spoke
        VERIFY_RESULT(b.report(b.listing(true)));
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.outcome(), std::string("missed"));
        QCOMPARE(b.pages(), std::size_t(1));
    }

    /// However long the sleep, and whoever saw to it meanwhile: nobody is called any more.
    void whatWasSeenToInASleepCallsNobodyAfterwards_data()
    {
        QTest::addColumn<qint64>("asleep");
        QTest::addColumn<int>("how");
        for (const auto &[name, span] : {std::pair{"30 s", seconds(30)}, {"10 min", minutes(10)}, {"8 h", hours(8)}})
            for (const auto &[word, how] : {std::pair{"resolved", 0}, {"answered at a seat", 1}, {"answered in chat", 2}})
                if (how != 0 || span > minutes(5)) // after a nap the incident goes on calling until somebody answers for it
                    QTest::addRow("%s, %s", name, word) << static_cast<qint64>(span.ns) << how;
    }
    void whatWasSeenToInASleepCallsNobodyAfterwards()
    {
        QFETCH(qint64, asleep);
        QFETCH(int, how);
        ClockBench b(Path::Poll);
        VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "chat", "inc-1@muc.example", true})));
        QCOMPARE(b.pages(), std::size_t(1));
        VERIFY_RESULT(b.sleep(Span{asleep}));
        if (how == 1)
            VERIFY_RESULT(b.command(desk::AcknowledgeEscalation{1}, "ben"));
        if (how == 2)
            VERIFY_RESULT(b.report(events::Event(b.message("!ack", "ben"))));
        for (int i = 0; i < 60; ++i) { // 20 minutes, in which the second step would come
            VERIFY_RESULT(b.report(b.listing(how != 0)));
            b.clock.advance(seconds(20));
            VERIFY_RESULT(b.wake());
        }
        QCOMPARE(b.pages(), std::size_t(1));
        QVERIFY(!b.outcome().empty());
    }

    void aSourceThatStaysAwayDoesNotHoldCallsBack()
    {
        ClockBench b(Path::Poll);
        VERIFY_RESULT(b.sleep(minutes(10)));
        QCOMPARE(b.pages(), std::size_t(1));
        b.clock.advance(seconds(16));
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.pages(), std::size_t(2)); // the alert still fires as far as anybody knows
    }

    void restartIsAGapLikeAnyOther()
    {
        ClockBench b(Path::Poll);
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
        ClockBench b;
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
        ClockBench b;
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

    /// Whoever writes 18:00 means the wall's.
    void anEmbargoIsOverByTheWallAfterTheClockWasSetBack_data()
    {
        QTest::addColumn<qint64>("embargo");
        QTest::addColumn<bool>("isSpan");
        QTest::newRow("later than the record's time") << static_cast<qint64>(minutes(70).ns) << false;
        QTest::newRow("over by the record's time") << static_cast<qint64>(minutes(30).ns) << false;
        QTest::newRow("a span") << static_cast<qint64>(minutes(30).ns) << true;
    }
    void anEmbargoIsOverByTheWallAfterTheClockWasSetBack()
    {
        QFETCH(qint64, embargo);
        QFETCH(bool, isSpan);
        MessageBench b;
        wasAnHourAhead(b);
        const Instant over = b.clock.now() + Span{embargo};
        auto d = b.aDraft();
        d.embargo = isSpan ? "30m" : toRfc3339(over);
        d.expires = toRfc3339(over + minutes(10));
        d.phase = "monitoring";
        VERIFY_RESULT(b.command(d, "cleo"));
        QCOMPARE(b.message().newest().embargo, over);
        b.approveAll();
        const auto released = b.release();
        VERIFY_RESULT(released);
        QVERIFY(!released->notes.empty() && released->notes.front().find(toRfc3339(over)) != std::string::npos);
        while (b.clock.now() + minutes(1) < over) {
            b.pass(minutes(1));
            QVERIFY2(b.message().isScheduled(), b.message().held.c_str());
        }
        b.pass(minutes(1));
        QVERIFY(b.message().sentAt && !b.message().endedAt);
        b.pass(minutes(9));
        QVERIFY(!b.message().endedAt);
        b.pass(minutes(1));
        QCOMPARE(b.message().ended, std::string("expired"));
        QCOMPARE(b.dumped(), b.committed());
    }

    /// The reader looks at a clock on the wall; what is promised with it is owed by the record's.
    void aHoldingStatementIsOverByTheWallAfterTheClockWasSetBack()
    {
        MessageBench b;
        wasAnHourAhead(b);
        desk::ReleaseMessage r;
        r.incident = "INC-1";
        r.holding = "pay-trouble"; // for two hours, the next word within half an hour
        const Instant released = b.clock.now();
        VERIFY_RESULT(b.command(r));
        const state::OutwardMessage m = b.message();
        QCOMPARE(m.newest().expires, released + hours(2));
        QCOMPARE(m.released, 1U);
        QCOMPARE(m.newest().hash, comms::digestOf(m.newest()));
        QVERIFY(m.sentAt);
        const auto [due, said] = b.ask([](const state::State &s) { return std::pair(s.incident("INC-1")->promises.back().due, s.incident("INC-1")->promises.back().at); });
        QCOMPARE(due, said + minutes(30));
        QVERIFY(due > released + minutes(80));
        while (b.clock.now() + minutes(1) < released + hours(2)) {
            b.pass(minutes(1));
            QVERIFY(!b.message().endedAt);
        }
        b.pass(minutes(1));
        QCOMPARE(b.message().ended, std::string("expired"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatIsSaidInChatIsAsOldAsTheWallSays()
    {
        ClockBench b;
        VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "chat", "inc-1@muc.example", true})));
        wasAnHourAhead(b);
        VERIFY_RESULT(b.command(desk::BindIdentity{"ben", "chat", sha256Hex("anchor-bishop")}));
        VERIFY_RESULT(b.report(events::Event(events::IdentitySaid{"chat", "inc-1@muc.example", "INC-1", "ben@phone.example", sha256Hex("anchor-bishop"), b.clock.now(), true, false})));
        QCOMPARE(b.ask([](const state::State &s) { return std::string(s.access.personAt("chat", "ben@phone.example")); }), std::string("ben"));
        events::MessageSeen direct = b.message("!ack escalation/1", "ben");
        direct.room = direct.incident = {};
        VERIFY_RESULT(b.report(events::Event(direct)));
        QCOMPARE(b.outcome(), std::string("acknowledged"));
        VERIFY_RESULT(b.report(events::Event(b.message("!take", "ben"))));
        QCOMPARE(b.ask([](const state::State &s) { return s.incident("INC-1")->holder(Role::Commander); }), std::string("ben"));
        // What is old by the wall is old.
        events::MessageSeen late = b.message("!log it was the disk", "ben");
        late.serverTime = b.clock.now() - minutes(5) - seconds(1);
        VERIFY_RESULT(b.report(events::Event(late)));
        const auto last = [&] { return b.ask([](const state::State &s) { return s.incident("INC-1")->timeline.back().text; }); };
        QVERIFY2(last().find("older than 5 minutes") != std::string::npos, last().c_str());
        late = b.message("!log it was the pool", "ben");
        late.serverTime = b.clock.now() - minutes(5);
        VERIFY_RESULT(b.report(events::Event(late)));
        QVERIFY2(last().find("older than 5 minutes") == std::string::npos, last().c_str());
        QCOMPARE(b.dumped(), b.committed());
    }

    void smallCorrectionsAreNoEvent()
    {
        ClockBench b;
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
