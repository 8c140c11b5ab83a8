// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/spokenwords.h"

#include "core/base/ports.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;

namespace {

struct Counting final : Random {
    std::uint8_t next = 0;
    void fill(std::span<std::uint8_t> bytes) override
    {
        for (std::uint8_t &byte : bytes)
            byte = next++;
    }
};

} // namespace

class TestSpokenWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyByteIsAWordAndTheyAreHyphened()
    {
        const std::uint8_t bytes[] = {0, 1, 255};
        QCOMPARE(spokenWords(bytes), std::string("acid-acorn-zipper"));
        QCOMPARE(spokenWords({}), std::string());
    }

    void theWordsOfOthersAreNone()
    {
        QVERIFY(isSpokenWord("acid") && isSpokenWord("zipper"));
        QVERIFY(!isSpokenWord("password") && !isSpokenWord("") && !isSpokenWord("acid-acorn"));
    }

    void asManyAsAreAskedForComeFromTheSourceOfChance()
    {
        Counting random;
        QCOMPARE(randomWords(random, 2), std::string("acid-acorn"));
        QCOMPARE(randomWords(random, 1), std::string("actor"));
        QVERIFY(randomWords(random, kWordsToBind) != randomWords(random, kWordsToBind));
    }
};

QD_TEST(TestSpokenWords)
#include "tst_spokenwords.moc"
