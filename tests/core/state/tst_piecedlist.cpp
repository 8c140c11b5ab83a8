// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/piecedlist.h"

#include "tests/support/builders.h"
#include "tests/support/dump.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <algorithm>
#include <string>

using namespace qd;
using namespace qd::tests;
using state::PiecedList;

namespace {

using Words = PiecedList<std::string>;

Words counted(std::size_t n)
{
    Words out;
    for (std::size_t i = 0; i < n; ++i)
        out.push_back(std::to_string(i));
    return out;
}

} // namespace

class TestPiecedList : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAsAListBothWays_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 63, 64, 65, 128, 200})
            QTest::addRow("%d", size) << size;
    }
    void readsAsAListBothWays()
    {
        QFETCH(int, size);
        const auto n = static_cast<std::size_t>(size);
        const Words list = counted(n);
        QCOMPARE(list.size(), n);
        QCOMPARE(list.empty(), n == 0);
        std::vector<std::string> on(list.begin(), list.end()), back(list.rbegin(), list.rend());
        QCOMPARE(on.size(), n);
        for (std::size_t i = 0; i < n; ++i) {
            QCOMPARE(list[i], std::to_string(i));
            QCOMPARE(on[i], std::to_string(i));
        }
        std::reverse(back.begin(), back.end());
        QVERIFY(on == back);
        if (n == 0)
            return;
        QCOMPARE(list.front(), std::string("0"));
        QCOMPARE(list.back(), std::to_string(n - 1));
        const auto middle = list.begin() + static_cast<std::ptrdiff_t>(n / 2);
        QCOMPARE(middle - list.begin(), static_cast<std::ptrdiff_t>(n / 2));
        QCOMPARE(*middle, std::to_string(n / 2));
        QCOMPARE(middle[static_cast<std::ptrdiff_t>(n - 1 - n / 2)], list.back());
        QVERIFY(list.begin() < list.end());
    }

    /// Whoever changes their copy changes no other, whether that is a thing in the middle or one more.
    void eachCopyGoesItsOwnWay()
    {
        Words first = counted(130);
        Words second = first;
        second.edit(3) = "three";
        second.push_back("more");
        QCOMPARE(first.size(), std::size_t(130));
        QCOMPARE(first[3], std::string("3"));
        QCOMPARE(second[3], std::string("three"));
        QCOMPARE(second.back(), std::string("more"));
        first.push_back("another");
        QCOMPARE(first.back(), std::string("another"));
        QCOMPARE(second.back(), std::string("more"));
        first.clear();
        QVERIFY(first.empty());
        QCOMPARE(second.size(), std::size_t(131));
    }

    void onlyThePieceThatChangedIsCopied()
    {
        Words first = counted(200);
        Words second = first;
        second.edit(70) = "seventy";
        second.push_back("more");
        QCOMPARE(&second[0], &first[0]);
        QVERIFY(&second[70] != &first[70]);
        QVERIFY(&second[127] != &first[127]); // of the same piece
        QCOMPARE(&second[128], &first[128]);
        QVERIFY(&second[199] != &first[199]); // the last, which has one more
        const std::string *own = &second[70];
        second.edit(71) = "and again";
        QCOMPARE(&second[70], own);           // it is nobody else's any more
    }

    /// A State at another instant: its first change to an incident copies no line of it but those of one piece.
    void aLineThatIsAddedToACloneCopiesNoOther()
    {
        Log log;
        log.record(withWorkspace()).record(anIncident("INC-1").event());
        for (int i = 0; i < 300; ++i)
            log.record(events::LogWritten{"INC-1", "line " + std::to_string(i), kAna});
        const std::string before = dump(log.state);
        state::State other = log.state.clone();
        const events::Events more{events::LogWritten{"INC-1", "one more", kAna}};
        state::applyRecord(other, other.seq + 1, other.time + seconds(1), more);
        const auto &was = log.state.incident("INC-1")->timeline, &is = other.incident("INC-1")->timeline;
        QCOMPARE(is.size(), was.size() + 1);
        QCOMPARE(is.back().text, std::string("one more"));
        QCOMPARE(&is[0], &was[0]);
        QCOMPARE(&is[200], &was[200]);
        QCOMPARE(dump(log.state), before);
    }
};

QD_TEST(TestPiecedList)
#include "tst_piecedlist.moc"
