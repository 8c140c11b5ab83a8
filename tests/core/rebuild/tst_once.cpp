// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/once.h"

#include "tests/support/suite.h"

#include <QtTest>
#include <array>

using namespace qd;
using namespace qd::rebuild;

namespace {

Facts file(const std::string &origin, std::vector<Fact> facts)
{
    Facts out;
    out.origin = origin;
    out.facts = std::move(facts);
    return out;
}

Fact said(std::int64_t second, const std::string &text, const std::string &reference = {})
{
    return {Instant{second * 1'000'000'000}, {}, {}, "message", "dana", text, reference};
}

} // namespace

/// What several files tell is counted once.
class TestOnce : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSameWordsOrTheSameNameAtOneInstantAreOneFact()
    {
        Once once;
        QVERIFY(once.take(keptAs("slack", "1", Instant{5}, "dana", "a")));
        QVERIFY(!once.take(keptAs("table", "", Instant{5}, "dana", "a")));  // its words
        QVERIFY(!once.take(keptAs("slack", "1", Instant{5}, "dana", "b"))); // its name
        QVERIFY(once.take(keptAs("slack", "1", Instant{6}, "dana", "a")));  // of another time
        QVERIFY(once.take(keptAs("table", "1", Instant{5}, "dana", "c")));  // another file numbers its rows alike
        QVERIFY(once.has(keptAs("table", "1", Instant{5}, "", "d")) && !once.has(keptAs("table", "2", Instant{5}, "", "d")));
    }

    void whatTwoFilesTellIsCountedOnce()
    {
        const std::array files{file("slack", {said(1, "a", "1"), said(2, "b", "2"), said(2, "b", "2")}), file("table", {said(2, "b"), said(3, "c")})};
        QCOMPARE(factsOnce(files), std::size_t(3));
        const auto all = together(files);
        QVERIFY(all.has_value());
        QCOMPARE(all->facts, std::size_t(5));
        QCOMPARE(all->kept, std::size_t(3));
    }

    void aTextIsComparedAsItIsKept()
    {
        const std::string most(kFactBytes, 'x');
        QCOMPARE(factsOnce(std::array{file("table", {said(1, most), said(1, most + "y")})}), std::size_t(1));
        QCOMPARE(factsOnce(std::array{file("table", {said(1, most), said(1, most.substr(1) + "y")})}), std::size_t(2));
    }
};

QD_TEST(TestOnce)
#include "tst_once.moc"
