// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/nextupdate.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::comms;
using namespace qd::tests;

namespace {

const Instant kSaid = kMorning + hours(2);

/// Open, to customers.
Promised promised(std::uint32_t number, Span ago, Span ahead)
{
    return {number, "customers", kSaid - ago, kSaid + ahead};
}

} // namespace

/// M3.2: what an update says of the next one is what the clock will say.
class TestNextUpdate final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPromiseMadeWhileItWasWrittenIsAboutTheNextOne_data()
    {
        QTest::addColumn<qint64>("ago");
        QTest::addColumn<qint64>("ahead");
        QTest::addColumn<bool>("isPromise");
        const auto row = [](const char *name, Span ago, Span ahead, bool isPromise) { QTest::newRow(name) << qint64(ago.ns) << qint64(ahead.ns) << isPromise; };
        row("just now", {}, minutes(10), true);
        row("five minutes ago", kComposing, minutes(10), true);
        row("longer ago: this update keeps it", kComposing + nanos(1), minutes(10), false);
        row("due later than now", {}, nanos(1), true);
        row("due now", {}, {}, false);
    }
    void aPromiseMadeWhileItWasWrittenIsAboutTheNextOne()
    {
        QFETCH(qint64, ago);
        QFETCH(qint64, ahead);
        QFETCH(bool, isPromise);
        const NextUpdate next = nextAfter({promised(4, Span{ago}, Span{ahead})}, "customers", minutes(30), kSaid);
        QCOMPARE(next.promise, isPromise ? 4U : 0U);
        QCOMPARE(next.due, isPromise ? kSaid + Span{ahead} : kSaid + minutes(30));
    }

    void theNewestOneCountsAndNotTheNearest()
    {
        QCOMPARE(nextAfter({promised(1, minutes(2), minutes(5)), promised(2, minutes(1), minutes(40))}, "customers", {}, kSaid).promise, 2U);
        QCOMPARE(nextAfter({promised(2, minutes(1), minutes(40)), promised(1, minutes(2), minutes(5))}, "customers", {}, kSaid).promise, 2U); // in any order
        QCOMPARE(nextAfter({promised(2, minutes(1), minutes(40)), promised(1, minutes(1), minutes(5))}, "customers", {}, kSaid).promise, 2U);
    }

    void anotherAudienceAndOneThatIsKeptSayNothing()
    {
        Promised technical = promised(1, {}, minutes(5)), kept = promised(2, {}, minutes(6));
        technical.audience = "technical";
        kept.isKept = true;
        const NextUpdate next = nextAfter({technical, kept}, "customers", minutes(30), kSaid);
        QCOMPARE(next.promise, 0U);
        QCOMPARE(next.due, kSaid + minutes(30));
        QVERIFY(!nextAfter({technical, kept}, "customers", {}, kSaid).due); // nothing asks for one
    }

    void theSeverityIsAskedBeforeTheTemplate()
    {
        Workspace w = aWorkspace();
        w.cadences = {{IncidentSeverity::Sev1, "customers", minutes(30)}};
        UpdateTemplate t;
        t.audience = "customers";
        t.cadence = hours(1);
        QCOMPARE(cadenceFor(w, IncidentSeverity::Sev1, t), minutes(30));
        QCOMPARE(cadenceFor(w, IncidentSeverity::Sev2, t), hours(1));
        t.audience = "executive";
        QCOMPARE(cadenceFor(w, IncidentSeverity::Sev1, t), hours(1));
        t.cadence = {};
        QVERIFY(cadenceFor(w, IncidentSeverity::Sev1, t).ns == 0);
    }

    void ofAnIncidentItIsByItsOwnPromises()
    {
        Log log;
        log.record(withWorkspace()).record(anIncident("INC-1").event());
        UpdateTemplate t;
        t.audience = "customers";
        const auto next = [&] { return nextAfter(log.state, *log.state.incident("INC-1"), t, log.now()); };
        QVERIFY(!next().due);
        const Instant due = log.now() + minutes(20);
        log.record(events::PromiseMade{"INC-1", "customers", {}, 1, due, kAna}).record(events::PromiseMade{"INC-1", "technical", {}, 2, log.now() + minutes(5), kAna});
        QCOMPARE(next().due, due);
        QCOMPARE(next().promise, 1U);
        log.record(events::PromiseKept{"INC-1", 1, kAna});
        QVERIFY(!next().due);
    }
};

QD_TEST(TestNextUpdate)
#include "tst_nextupdate.moc"
