// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/pace.h"
#include "tests/support/suite.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QtTest>

using namespace qd::chat;
using std::chrono::milliseconds;

class TestPace final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void letsABurstGoAndThenOneAtATime()
    {
        Pace pace(milliseconds(20), 3);
        QSignalSpy freed(&pace, &Pace::freed);
        for (int n = 0; n < 3; ++n) {
            QVERIFY(pace.isFree());
            pace.take();
        }
        QVERIFY(!pace.isFree());
        int taken = 0;
        connect(&pace, &Pace::freed, this, [&] {
            if (++taken <= 2)
                pace.take(); // one came free, and no more
            QCOMPARE(pace.isFree(), taken > 2);
        });
        QTRY_COMPARE(freed.count(), 5); // the two taken, and the three of the burst
        QTest::qWait(60);
        QCOMPARE(freed.count(), 5); // full: it rests
    }

    void aDebtIsWaitedOff()
    {
        Pace pace(milliseconds(10), 2);
        QElapsedTimer since;
        since.start();
        pace.take(7); // what had to go all the same
        QVERIFY(!pace.isFree());
        QTRY_VERIFY(pace.isFree());
        QVERIFY(since.elapsed() >= 6 * 10 * 9 / 10); // timers may be a little early
    }

    void aNewLineBeginsWithAFullBurst()
    {
        Pace pace(milliseconds(60'000), 1);
        pace.take(9);
        QVERIFY(!pace.isFree());
        pace.fill();
        QVERIFY(pace.isFree());
        pace.take();
        QVERIFY(!pace.isFree());
    }
};

QD_TEST(TestPace)
#include "tst_pace.moc"
