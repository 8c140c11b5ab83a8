// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/search/searchhome.h"
#include "tests/support/suite.h"

#include <future>

using namespace qd;
using namespace qd::search;
using namespace qd::tests;

namespace {

struct Told
{
    Result<Answer> answer = Answer{};
    Progress progress;
};

Told askThread(Indexer &indexer, std::string_view text)
{
    const auto query = parseQuery(text, {});
    std::promise<Told> promise;
    auto told = promise.get_future();
    indexer.search(indexQuery(*query, {}), 50, [&](Result<Answer> answer, Progress progress) { promise.set_value({std::move(answer), progress}); });
    return told.get();
}

} // namespace

class TestIndexer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsWhatWasCommittedAMomentAgo()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        QVERIFY(home.line("before the start"));
        Indexer indexer(home.feed(), home.journal->sections(), home.random);
        indexer.settle();
        QCOMPARE(askThread(indexer, "start").answer->total, std::uint64_t(1));
        for (int i = 1; i <= 100; ++i) {
            QVERIFY(home.line("live " + std::to_string(i)));
            const Told told = askThread(indexer, "live");
            VERIFY_RESULT(told.answer);
            QCOMPARE(told.answer->total, static_cast<std::uint64_t>(i));
            QVERIFY(told.progress.complete);
            QCOMPARE(told.progress.percent(), 100);
        }
    }

    void whatIsLearntAfterwardsIsFoundAndADraftIsNot()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        Indexer indexer(home.feed(), home.journal->sections(), home.random);
        indexer.settle();
        QVERIFY(home.append({events::SectionWritten{"INC-1", "narrative", "the walrus limit", 0, 1, true, kAna}}));
        QCOMPARE(askThread(indexer, "walrus").answer->total, std::uint64_t(0));
        QVERIFY(home.append({events::SectionWritten{"INC-1", "narrative", "the walrus limit was found", 1, 2, false, kAna}}));
        QCOMPARE(askThread(indexer, "walrus").answer->total, std::uint64_t(1));
        QVERIFY(home.append({events::ActionKept{"INC-1", "cap the walrus", "ana", {}, {}, 1, {}, Strength::Engineer, kAna}, events::ReviewCommented{"INC-1", "narrative", "limit", "which walrus?", 1, 0, kAna}}));
        QCOMPARE(askThread(indexer, "walrus").answer->total, std::uint64_t(3));
        QCOMPARE(askThread(indexer, "walrus kind:action").answer->total, std::uint64_t(1));
    }

    void aRestartReadsOnlyWhatIsNew()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        for (int i = 0; i < 30; ++i)
            QVERIFY(home.line("alpha " + std::to_string(i)));
        {
            Indexer indexer(home.feed(), home.journal->sections(), home.random);
            indexer.settle();
            QVERIFY(home.line("alpha and not sealed but by the end"));
        }
        home.journal.reset();
        VERIFY_RESULT(home.open());
        QVERIFY(home.line("alpha while no indexer ran"));
        home.replayed = 0;
        Indexer indexer(home.feed(), home.journal->sections(), home.random);
        indexer.settle();
        QCOMPARE(home.replayed, std::uint64_t(1));
        QCOMPARE(askThread(indexer, "alpha").answer->total, std::uint64_t(32));
    }

    void saysHowFarItIsAndAnswersMeanwhile()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        for (int i = 0; i < 200; ++i)
            QVERIFY(home.line("alpha " + std::to_string(i)));
        // The journal is read only as far as the test lets it.
        std::promise<void> half, goOn;
        auto records = home.feed();
        records.replay = [&](std::uint64_t from, std::uint64_t to, const std::function<bool(const desk::Record &)> &each) {
            return desk::replay(*home.journal, from, to, [&](const desk::Record &r) {
                if (r.seq == 101) {
                    half.set_value();
                    goOn.get_future().wait();
                }
                return each(r);
            });
        };
        Indexer indexer(records, home.journal->sections(), home.random);
        half.get_future().wait();
        std::promise<Told> promise;
        indexer.search(indexQuery(*parseQuery("alpha", {}), {}), 50,
                       [&](Result<Answer> answer, Progress progress) { promise.set_value({std::move(answer), progress}); });
        goOn.set_value();
        const Told told = promise.get_future().get();
        VERIFY_RESULT(told.answer);
        QCOMPARE(told.answer->total, std::uint64_t(101)); // what is there is found
        QVERIFY(!told.progress.complete);
        QCOMPARE(told.progress.percent(), 50);
        indexer.settle();
        const Told later = askThread(indexer, "alpha");
        QCOMPARE(later.answer->total, std::uint64_t(200));
        QVERIFY(later.progress.complete);
    }

    void whatIsClassedAfterwardsIsNotFoundAnyMore()
    {
        const events::LineClassed classed{"INC-1", {}, "1", DataClass::Confidential, {}, {{1, 0}}, {}, {}, kAna};
        for (const bool crashes : {false, true}) {
            SearchHome home;
            VERIFY_RESULT(home.open());
            QVERIFY(home.line("the customer canary called"));
            QVERIFY(home.line("the customer called again"));
            {
                Indexer indexer(home.feed(), home.journal->sections(), home.random);
                indexer.settle();
                QCOMPARE(askThread(indexer, "canary").answer->total, std::uint64_t(1));
                if (!crashes) {
                    QVERIFY(home.append({classed}));
                    indexer.settle();
                    QCOMPARE(askThread(indexer, "canary").answer->total, std::uint64_t(0));
                    QCOMPARE(askThread(indexer, "again").answer->total, std::uint64_t(1));
                }
            }
            home.learns = false;
            if (crashes)
                QVERIFY(home.append({classed}));
            home.journal.reset();
            VERIFY_RESULT(home.open());
            VERIFY_RESULT(desk::readClasses(*home.journal));
            Indexer indexer(home.feed(), home.journal->sections(), home.random);
            indexer.settle();
            QCOMPARE(askThread(indexer, "canary").answer->total, std::uint64_t(0));
            QCOMPARE(askThread(indexer, "again").answer->total, std::uint64_t(1));
            QCOMPARE(askThread(indexer, "customer").answer->total, std::uint64_t(1));
        }
    }

    void whatIsErasedOrStruckIsGoneWhenItSaysSo()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        QVERIFY(home.line("secret", "INC-1"));
        QVERIFY(home.line("struck", "INC-2"));
        QVERIFY(home.line("kept", "INC-2"));
        bool isStruck = false;
        auto records = home.feed();
        records.replay = [&](std::uint64_t from, std::uint64_t to, const std::function<bool(const desk::Record &)> &each) {
            return desk::replay(*home.journal, from, to, [&](desk::Record r) {
                if ((isStruck && r.seq == 2) || (isStruck && r.seq == 1))
                    r.events.clear();
                return each(r);
            });
        };
        Indexer indexer(records, home.journal->sections(), home.random);
        indexer.settle();
        QCOMPARE(askThread(indexer, "secret").answer->total, std::uint64_t(1));
        isStruck = true;
        VERIFY_RESULT(indexer.erased("incident/INC-1"));
        QCOMPARE(askThread(indexer, "secret").answer->total, std::uint64_t(0));
        VERIFY_RESULT(indexer.struck("incident/INC-2"));
        QCOMPARE(askThread(indexer, "struck").answer->total, std::uint64_t(0));
        indexer.settle();
        QCOMPARE(askThread(indexer, "struck").answer->total, std::uint64_t(0));
        QCOMPARE(askThread(indexer, "kept").answer->total, std::uint64_t(1));
    }

    void aFloodBeyondTheQueueIsReadFromTheJournal()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        QVERIFY(home.line("alpha"));
        std::promise<void> reading, goOn;
        auto released = goOn.get_future().share();
        bool first = true;
        auto records = home.feed();
        records.replay = [&](std::uint64_t from, std::uint64_t to, const std::function<bool(const desk::Record &)> &each) {
            if (std::exchange(first, false)) {
                reading.set_value();
                released.wait();
            }
            return desk::replay(*home.journal, from, to, each);
        };
        Indexer indexer(records, home.journal->sections(), home.random);
        reading.get_future().wait();
        const std::size_t flood = Indexer::kQueueLimit + 50;
        for (std::size_t i = 0; i < flood; ++i)
            QVERIFY(home.line("alpha"));
        goOn.set_value();
        indexer.settle();
        QCOMPARE(askThread(indexer, "alpha").answer->total, static_cast<std::uint64_t>(flood + 1));
    }

    void ofAFloodTheQueueKeepsOnlyItsWeight()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        QVERIFY(home.line("alpha"));
        std::promise<void> reading, goOn;
        bool first = true;
        auto records = home.feed();
        auto replay = records.replay;
        records.replay = [&](std::uint64_t from, std::uint64_t to, const std::function<bool(const desk::Record &)> &each) {
            if (std::exchange(first, false)) {
                reading.set_value();
                goOn.get_future().wait();
            }
            return replay(from, to, each);
        };
        Indexer indexer(records, home.journal->sections(), home.random);
        reading.get_future().wait();
        const std::size_t each = Indexer::kQueueWeight / 4;
        for (int i = 0; i < 6; ++i)
            QVERIFY(home.append(events::Events(each, events::LogWritten{"INC-1", "alpha", {"ana", Path::Person}})));
        goOn.set_value();
        indexer.settle();
        QCOMPARE(askThread(indexer, "alpha").answer->total, static_cast<std::uint64_t>(6 * each + 1));
        QCOMPARE(home.replayed, std::uint64_t(3)); // the first; and the two that were too many to keep
    }

    void refusesMoreSearchesThanItsLimit()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        QVERIFY(home.line("alpha"));
        std::promise<void> reading, goOn;
        auto records = home.feed();
        auto replay = records.replay;
        records.replay = [&](std::uint64_t from, std::uint64_t to, const std::function<bool(const desk::Record &)> &each) {
            reading.set_value();
            goOn.get_future().wait();
            return replay(from, to, each);
        };
        std::atomic<std::size_t> answered = 0, refused = 0;
        {
            Indexer indexer(records, home.journal->sections(), home.random);
            reading.get_future().wait();
            for (std::size_t i = 0; i <= Indexer::kSearchLimit; ++i)
                indexer.search(indexQuery(*parseQuery("alpha", {}), {}), 5, [&](Result<Answer> answer, Progress) { answer ? ++answered : ++refused; });
            QCOMPARE(refused.load(), std::size_t(1));
            goOn.set_value();
            indexer.settle();
            (void)askThread(indexer, "alpha");
        }
        QCOMPARE(answered.load(), Indexer::kSearchLimit);
        QCOMPARE(refused.load(), std::size_t(1));
    }

    void aJournalThatCannotBeReadIsSaid()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        QVERIFY(home.line("alpha"));
        auto records = home.feed();
        records.replay = [](std::uint64_t, std::uint64_t, const std::function<bool(const desk::Record &)> &) -> Result<> {
            return fail(Code::Corrupt, "Record 1 is damaged.");
        };
        Indexer indexer(records, home.journal->sections(), home.random);
        indexer.settle();
        const Told told = askThread(indexer, "alpha");
        VERIFY_RESULT(told.answer);
        QVERIFY(!told.progress.complete);
        QCOMPARE(told.progress.problem, std::string("Record 1 is damaged."));
    }
};

QD_TEST(TestIndexer)
#include "tst_indexer.moc"
