// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <atomic>
#include <future>

using namespace qd;
using namespace qd::desk;
using namespace qd::tests;

/// "503 … queue full" of contract.md: what the desk has no room for is refused at once, and what it took is done.
class TestQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLimitIsTakenAndOneMoreIsRefusedAtOnce()
    {
        Bench bench;
        // A refusal is told on the desk's own thread: it waits here and does nothing else.
        std::promise<void> entered, open;
        bench.desk->command(TakeCommand{}, events::Actor{"ana", Path::Person}, [&](const Result<Outcome> &r) {
            entered.set_value();
            open.get_future().wait();
            Q_ASSERT(!r);
        });
        entered.get_future().wait();
        std::atomic<std::size_t> taken = 0, refused = 0, told = 0;
        std::promise<void> all;
        for (std::size_t n = 0; n < Desk::kQueueLimit; ++n)
            bench.desk->report(events::ChangeSeen{}, [&](const Result<Outcome> &r) {
                (r ? taken : refused) += 1;
                if (++told == Desk::kQueueLimit)
                    all.set_value();
            });
        QCOMPARE(refused.load(), std::size_t(0));
        Result<Outcome> more;
        bool answered = false;
        bench.desk->report(events::ChangeSeen{}, [&](const Result<Outcome> &r) {
            more = r;
            answered = true;
        });
        QVERIFY(answered);
        QCOMPARE(more.error().code, Code::Unavailable);
        open.set_value();
        all.get_future().wait();
        QCOMPARE(taken.load(), Desk::kQueueLimit);
        QVERIFY(bench.report(events::ChangeSeen{})); // there is room again
    }
};

QD_TEST(TestQueue)
#include "tst_queue.moc"
