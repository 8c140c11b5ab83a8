// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/indexer.h"
#include "core/search/query.h"
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::search;
using namespace qd::tests;

namespace {

Records feedOf(Bench &b)
{
    Records r;
    r.follow = [&b](Desk::Follower follower, std::uint64_t &first) { return b.desk->follow(std::move(follower), first); };
    r.unfollow = [&b](std::uint64_t number) { b.desk->unfollow(number); };
    r.replay = [&b](std::uint64_t from, std::uint64_t to, const std::function<bool(const desk::Record &)> &each) {
        return desk::replay(*b.journal, from, to, each);
    };
    r.head = [&b] { return b.journal->tail(); };
    return r;
}

std::uint64_t found(Indexer &indexer, std::string_view text)
{
    std::promise<std::uint64_t> told;
    auto answer = told.get_future();
    indexer.search(indexQuery(*parseQuery(text, {}), {}), 50, [&](Result<Answer> a, Progress) { told.set_value(a ? a->total : 999); });
    return answer.get();
}

} // namespace

/// Search while the disk takes nothing: the desk goes on, and what is said is found like everything else.
class TestSearchUnrecorded final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsSaidWhileUnrecordedIsFoundThenAndAfterwards()
    {
        QTemporaryDir elsewhere;
        Bench b(nullptr);
        b.journalOptions.emergency = elsewhere.path().toStdString() + "/kept";
        b.create();
        b.settle();
        const std::string id = b.incidentWithRoom();
        QVERIFY(b.command(desk::WriteLog{id, "granite before"}));
        {
            Indexer indexer(feedOf(b), b.journal->sections(), b.random);
            indexer.settle();
            QCOMPARE(found(indexer, "granite"), std::uint64_t(1));
            b.disk->fill();
            QVERIFY(!b.command(desk::WriteLog{id, "the one that finds the disk full"})); // said again by whoever said it
            const auto first = b.command(desk::WriteLog{id, "granite during"});
            QVERIFY(first);
            QVERIFY(!b.desk->recording().recorded);
            QCOMPARE(found(indexer, "granite"), std::uint64_t(2));
            QVERIFY(b.command(desk::WriteLog{id, "granite later on"}));
            QCOMPARE(found(indexer, "granite"), std::uint64_t(3));
            QVERIFY(indexer.progress().complete);
            QVERIFY(indexer.progress().problem.empty());
            // A reader that starts now has it from the journal, which gives what it keeps.
            Indexer second(feedOf(b), b.journal->sections(), b.random);
            second.settle();
            QCOMPARE(found(second, "granite"), std::uint64_t(3));
        }
        // The core dies; the emergency file brings all of it back, and no record is indexed under a number it has not.
        b.stop();
        b.disk->fill(false);
        b.start();
        b.desk->inspect([](const state::State &) {});
        QVERIFY(!b.journal->isKeeping());
        Indexer indexer(feedOf(b), b.journal->sections(), b.random);
        indexer.settle();
        QCOMPARE(found(indexer, "granite"), std::uint64_t(3));
        QVERIFY(b.command(desk::WriteLog{id, "granite after"}));
        QCOMPARE(found(indexer, "granite"), std::uint64_t(4));
    }

    /// A segment that holds what only memory and the emergency file had, when both are lost: forgotten, and the numbers are given anew.
    void whatWasLostIsNotFoundUnderAnotherRecordsNumber()
    {
        Bench b;
        b.settle();
        const std::string id = b.incidentWithRoom();
        {
            Indexer indexer(feedOf(b), b.journal->sections(), b.random);
            indexer.settle();
            b.disk->failingCommits = 1'000'000; // the journal alone fails: what is derived is still stored
            QVERIFY(!b.command(desk::WriteLog{id, "the one that finds it"}));
            QVERIFY(b.command(desk::WriteLog{id, "granite lost"}));
            QVERIFY(!b.desk->recording().recorded);
            QCOMPARE(found(indexer, "granite"), std::uint64_t(1));
        }
        b.stop(); // without an emergency file
        b.disk->failingCommits = 0;
        b.start();
        QVERIFY(b.command(desk::WriteLog{id, "basalt instead"}));
        Indexer indexer(feedOf(b), b.journal->sections(), b.random);
        indexer.settle();
        QCOMPARE(found(indexer, "granite"), std::uint64_t(0));
        QCOMPARE(found(indexer, "basalt"), std::uint64_t(1));
    }
};

QD_TEST(TestSearchUnrecorded)
#include "tst_unrecorded.moc"
