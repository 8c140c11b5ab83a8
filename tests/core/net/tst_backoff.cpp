// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/backoff.h"
#include "tests/support/suite.h"

#include <QTest>
#include <algorithm>

using namespace qd::net;

namespace {
class ScriptedRandom final : public qd::Random {
public:
    std::uint8_t byte = 0;
    void fill(std::span<std::uint8_t> bytes) override { std::fill(bytes.begin(), bytes.end(), byte); }
};
} // namespace

class TestBackoff final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void staysBelowADoublingBound();
    void drawsFromZeroToTheBound();
    void startsAgainAfterSuccess();
};

void TestBackoff::staysBelowADoublingBound()
{
    qd::SystemRandom random;
    for (int round = 0; round < 100; ++round) {
        Backoff backoff(random, qd::seconds(1), qd::seconds(60));
        std::int64_t bound = 1;
        for (int i = 0; i < 10; ++i) {
            const qd::Span wait = backoff.next();
            QVERIFY(wait >= qd::Span{} && wait <= qd::seconds(bound));
            bound = std::min<std::int64_t>(60, bound * 2);
        }
    }
}

void TestBackoff::drawsFromZeroToTheBound()
{
    ScriptedRandom random;
    Backoff backoff(random, qd::seconds(8), qd::seconds(8));
    QCOMPARE(backoff.next().ns, 0);
    qd::SystemRandom real;
    Backoff spread(real, qd::seconds(8), qd::seconds(8));
    std::int64_t low = qd::seconds(8).ns;
    std::int64_t high = 0;
    for (int i = 0; i < 200; ++i) {
        const std::int64_t wait = spread.next().ns;
        low = std::min(low, wait);
        high = std::max(high, wait);
    }
    QVERIFY(low < qd::seconds(2).ns && high > qd::seconds(6).ns);
}

void TestBackoff::startsAgainAfterSuccess()
{
    qd::SystemRandom random;
    Backoff backoff(random, qd::millis(1), qd::seconds(60));
    for (int i = 0; i < 20; ++i)
        static_cast<void>(backoff.next());
    backoff.reset();
    QVERIFY(backoff.next() <= qd::millis(1));
}

QD_TEST(TestBackoff)
#include "tst_backoff.moc"
