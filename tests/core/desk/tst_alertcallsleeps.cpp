// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/clockbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

namespace {

/// A service whose alerts call by themselves: one fires, and its first step has been called.
struct OwnCall : Bench {
    std::string alert;

    OwnCall() : Bench(nullptr)
    {
        options.watchClock = true;
        create();
        Workspace w = aWorkspace();
        w.services[0].paging = Paging::Own;
        settle(w);
        connect("poll", "alertmanager", "am", seconds(5));
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        const auto batch = listing(true);
        alert = "am/" + fingerprintText(batch.fingerprint[0]);
        (void)report(batch);
    }
    ReportBatch listing(bool firing)
    {
        ABatch b("poll", clock.now(), Path::Poll);
        if (firing)
            b.alert({{"alertname", "Down"}, {"service", "web"}}).severity("critical").startsAt(kMorning).endsAt(clock.now() + minutes(4));
        b.snapshot();
        return b.build();
    }
    /// Who was called, in order; what only tells them that it is over is no call.
    std::vector<std::string> called()
    {
        return ask([](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::Page && !o.what.subject.starts_with("over/"))
                    out.push_back(o.what.person);
            return out;
        });
    }
    std::string outcome()
    {
        return ask([](const state::State &s) { return s.escalations.at(0).outcome; });
    }
    void sleep(Span span)
    {
        clock.advance(span);
        (void)wake();
    }
    /// The source is polled and says the same, and time passes.
    void pass(Span span, bool firing)
    {
        for (Span done; done < span; done = done + seconds(20)) {
            clock.advance(seconds(20));
            (void)report(listing(firing));
            (void)wake();
        }
    }
};

using Called = std::vector<std::string>;

} // namespace

/// Calls that alerts make by themselves, over a sleep of the machine.
class TestAlertCallSleeps : public QObject {
    Q_OBJECT

    static void spans()
    {
        QTest::addColumn<qint64>("asleep");
        for (const auto &[name, span] : {std::pair{"30 s", seconds(30)}, {"10 min", minutes(10)}, {"8 h", hours(8)}})
            QTest::newRow(name) << static_cast<qint64>(span.ns);
    }

private Q_SLOTS:
    void whatStillFiresIsCalledForOnceMoreAndNotTwice_data() { spans(); }
    void whatStillFiresIsCalledForOnceMoreAndNotTwice()
    {
        QFETCH(qint64, asleep);
        OwnCall b;
        QCOMPARE(b.called(), Called{"ana"});
        b.sleep(Span{asleep});
        QCOMPARE(b.called(), Called{"ana"}); // the source has not spoken yet
        b.pass(minutes(6), true);
        QCOMPARE(b.called(), (Called{"ana", "ben"}));
    }

    void whatWasOverMeanwhileCallsNobody_data() { spans(); }
    void whatWasOverMeanwhileCallsNobody()
    {
        QFETCH(qint64, asleep);
        OwnCall b;
        b.sleep(Span{asleep});
        b.pass(minutes(20), false);
        QCOMPARE(b.called(), Called{"ana"});
        QVERIFY2(b.outcome() == "ended" || b.outcome() == "missed", b.outcome().c_str());
    }

    void whatWasAnsweredMeanwhileCallsNobody_data() { spans(); }
    void whatWasAnsweredMeanwhileCallsNobody()
    {
        QFETCH(qint64, asleep);
        OwnCall b;
        b.sleep(Span{asleep});
        VERIFY_RESULT(b.command(desk::Acknowledge{{b.alert}, "seen elsewhere"}, "ben")); // before the source spoke
        b.pass(minutes(20), true);
        QCOMPARE(b.called(), Called{"ana"});
        QVERIFY2(b.outcome() == "acknowledged" || b.outcome() == "missed", b.outcome().c_str());
    }
};

QD_TEST(TestAlertCallSleeps)
#include "tst_alertcallsleeps.moc"
