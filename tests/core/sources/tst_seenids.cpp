// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/seenids.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::sources;

class TestSeenIds : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void identityIsOfThreePartsAndNotOfTheirSeam()
    {
        QCOMPARE(SeenIds::identity("c", "s", "1"), SeenIds::identity("c", "s", "1"));
        QVERIFY(SeenIds::identity("c", "s1", "") != SeenIds::identity("c", "s", "1"));
        QVERIFY(SeenIds::identity("cs", "", "1") != SeenIds::identity("c", "s", "1"));
        QVERIFY(SeenIds::identity("c", "s", "2") != SeenIds::identity("c", "s", "1"));
    }

    void isRememberedOnlyOnceItIsCommitted()
    {
        SeenIds seen;
        QVERIFY(seen.claim(7));
        QVERIFY(!seen.claim(7)); // under way
        seen.settle(7, fail(Code::Unavailable, "storage failed"));
        QVERIFY(seen.claim(7));
        seen.settle(7, {});
        QVERIFY(!seen.claim(7));
    }

    void whoWaitsLearnsWhatBecameOfTheFirst()
    {
        SeenIds seen;
        std::vector<bool> answers;
        const Done done = [&](const Result<> &r) { answers.push_back(r.has_value()); };
        QVERIFY(seen.claim(7));
        seen.wait(7, done);
        seen.wait(7, done);
        QVERIFY(answers.empty());
        seen.settle(7, fail(Code::Unavailable, "storage failed"));
        QCOMPARE(answers, (std::vector<bool>{false, false}));
        seen.wait(7, done); // neither recorded nor under way: it must come again
        QCOMPARE(answers.back(), false);
        QVERIFY(seen.claim(7));
        seen.settle(7, {});
        seen.wait(7, done);
        QCOMPARE(answers.back(), true);
    }

    void theOldestIsForgottenAtTheLimit()
    {
        SeenIds seen;
        for (std::uint64_t i = 0; i < SeenIds::kLimit; ++i) {
            QVERIFY(seen.claim(i));
            seen.settle(i, {});
        }
        QVERIFY(!seen.claim(0));
        QVERIFY(seen.claim(SeenIds::kLimit));
        seen.settle(SeenIds::kLimit, {});
        QVERIFY(!seen.claim(1));
        QVERIFY(!seen.claim(SeenIds::kLimit));
        QVERIFY(seen.claim(0));
        seen.settle(0, {}); // pushes out 1, the oldest now
        QVERIFY(!seen.claim(2));
        QVERIFY(seen.claim(1));
    }

    void noMoreWaitThanTheLimit()
    {
        SeenIds seen;
        std::size_t committed = 0, turnedAway = 0;
        const Done done = [&](const Result<> &r) { ++(r ? committed : turnedAway); };
        QVERIFY(seen.claim(7));
        for (std::size_t i = 0; i < SeenIds::kWaitingLimit; ++i)
            seen.wait(7, done);
        QCOMPARE(turnedAway, std::size_t{0});
        seen.wait(7, done);
        QCOMPARE(turnedAway, std::size_t{1});
        seen.settle(7, {});
        QCOMPARE(committed, SeenIds::kWaitingLimit);
        QVERIFY(seen.claim(8));
        seen.wait(8, done); // the places are free again
        QCOMPARE(turnedAway, std::size_t{1});
    }
};

QD_TEST(TestSeenIds)
#include "tst_seenids.moc"
