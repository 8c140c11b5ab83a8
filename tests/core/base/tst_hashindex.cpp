// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"
#include "core/base/hashindex.h"
#include "tests/support/suite.h"

#include <QTest>
#include <map>
#include <random>

using qd::Hash;
using qd::HashIndex;

class TestHashIndex : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWhatWasPutInAndNothingElse();
    void tellsNumbersOfOneHashApart();
    void behavesLikeAMapWhateverComesAndGoes();
    void whatFallsTogetherUnderOneKeyIsSpreadUnderAnother();
};

void TestHashIndex::findsWhatWasPutInAndNothingElse()
{
    HashIndex index;
    const auto any = [](std::uint32_t) { return true; };
    QCOMPARE(index.find(7, any), HashIndex::npos);
    index.reserve(10);
    for (std::uint32_t i = 0; i < 1000; ++i)
        index.insert(Hash::of(i), i);
    QCOMPARE(index.size(), std::size_t{1000});
    for (std::uint32_t i = 0; i < 1000; ++i)
        QCOMPARE(index.find(Hash::of(i), [i](std::uint32_t n) { return n == i; }), i);
    QCOMPARE(index.find(Hash::of(1000), [](std::uint32_t n) { return n == 1000; }), HashIndex::npos);
}

void TestHashIndex::tellsNumbersOfOneHashApart()
{
    HashIndex index;
    for (std::uint32_t i = 0; i < 40; ++i)
        index.insert(5, i);
    index.erase(5, 20);
    index.erase(5, 99);
    for (std::uint32_t i = 0; i < 40; ++i)
        QCOMPARE(index.find(5, [i](std::uint32_t n) { return n == i; }), i == 20 ? HashIndex::npos : i);
}

void TestHashIndex::behavesLikeAMapWhateverComesAndGoes()
{
    std::mt19937 random(20261124);
    HashIndex index;
    std::map<std::uint32_t, std::uint32_t> truth; // number → hash
    for (std::uint32_t step = 0; step < 20000; ++step) {
        const std::uint32_t number = random() % 500;
        if (const auto it = truth.find(number); it != truth.end()) {
            index.erase(it->second, number);
            truth.erase(it);
        } else {
            const std::uint32_t hash = random() % 97; // many share a home, runs wrap around the end
            index.insert(hash, number);
            truth.emplace(number, hash);
        }
        QCOMPARE(index.size(), truth.size());
        const std::uint32_t asked = random() % 500;
        const auto it = truth.find(asked);
        const auto found = index.find(it == truth.end() ? random() % 97 : it->second, [asked](std::uint32_t n) { return n == asked; });
        QCOMPARE(found, it == truth.end() ? HashIndex::npos : asked);
    }
}

/// Who wants to slow us down looks for texts and fingerprints that share a slot. Those found for one key share none for the next.
void TestHashIndex::whatFallsTogetherUnderOneKeyIsSpreadUnderAnother()
{
    constexpr std::uint32_t kSlots = 1023; // a mask
    const auto isSame = [](std::uint64_t hash) { return (hash & kSlots) == 7; };
    int texts = 0, numbers = 0, textsElsewhere = 0, numbersElsewhere = 0;
    for (std::uint64_t n = 0; texts < 100 || numbers < 100; ++n) {
        const std::string text = "host-" + std::to_string(n);
        if (texts < 100 && isSame(Hash::of(text, 1))) {
            ++texts;
            textsElsewhere += isSame(Hash::of(text, 2));
        }
        if (numbers < 100 && isSame(Hash::of(n << 40, 1))) {
            ++numbers;
            numbersElsewhere += isSame(Hash::of(n << 40, 2));
        }
    }
    QVERIFY2(textsElsewhere < 5, qPrintable(QString::number(textsElsewhere)));
    QVERIFY2(numbersElsewhere < 5, qPrintable(QString::number(numbersElsewhere)));
}

QD_TEST(TestHashIndex)
#include "tst_hashindex.moc"
