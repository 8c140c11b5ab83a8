// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/attempts.h"
#include "tests/support/suite.h"

#include <QSignalSpy>
#include <QtTest>

using namespace qd;
using namespace std::chrono_literals;

namespace {

/// Draws the longest wait there is.
struct Longest final : Random {
    void fill(std::span<std::uint8_t> bytes) override { std::fill(bytes.begin(), bytes.end(), 0xff); }
};

} // namespace

class TestAttempts final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLineThatDidNotHoldForAMinuteIsTriedAgainAsSlowlyAsBefore()
    {
        Longest random;
        chat::Attempts attempts(random, {1s, 60s, 60s});
        for (int i = 0; i < 4; ++i)
            attempts.later();
        const auto before = attempts.waits();
        QVERIFY(before >= 7s);
        attempts.held(); // it stands, for less than a minute
        attempts.later();
        QVERIFY(attempts.waits() > before);
    }

    void aLineThatHeldIsTriedAgainAtOnce()
    {
        Longest random;
        chat::Attempts attempts(random, {1s, 60s, 1ms});
        for (int i = 0; i < 4; ++i)
            attempts.later();
        attempts.held();
        QTRY_VERIFY(attempts.isCalm());
        attempts.later();
        QVERIFY(attempts.waits() <= 1s);
    }

    void thePlatformsOwnWaitIsKept()
    {
        Longest random;
        chat::Attempts attempts(random, {1s, 60s, 60s});
        attempts.later(90s);
        QVERIFY(attempts.waits() == 90s);
        attempts.stop();
        QVERIFY(attempts.waits() == 0s);
    }
};

QD_TEST(TestAttempts)
#include "tst_attempts.moc"
