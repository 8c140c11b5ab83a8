// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/past.h"
#include "core/events/codec.h"
#include "tests/core/journal/journalfixture.h"
#include "tests/support/builders.h"
#include "tests/support/dump.h"
#include "tests/support/random.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;
using namespace qd::desk;

namespace {

/// A journal of some thousand reports and a few incidents, and every State on the way that a test asks about.
struct Home : MemoryHome
{
    state::State state;
    std::uint64_t rows = 0;

    bool make()
    {
        if (!create() || !open())
            return false;
        return put(withWorkspace()) && put(withConnection("am")) && put({anIncident("INC-1").event()});
    }
    bool put(const events::Events &e)
    {
        const Instant now = kMorning + seconds(static_cast<std::int64_t>(state.seq) * 30);
        state::applyRecord(state, state.seq + 1, now, e);
        journal::Draft draft{state.seq, now, {}};
        for (auto &part : events::encodeRecord(e, now))
            draft.parts.push_back({part.stream, part.family, std::move(part.body)});
        Answers answers;
        journal->append(std::move(draft), answers.take());
        const auto answer = answers.wait(1);
        return answer.size() == 1 && answer[0].record;
    }
    /// 100 rows a record.
    bool grow(std::size_t records)
    {
        for (std::size_t n = 0; n < records; ++n) {
            ABatch b("am", kMorning);
            for (int i = 0; i < 100; ++i, ++rows)
                b.alert({{"alertname", "P" + std::to_string(rows % 3000)}, {"service", "s" + std::to_string(rows % 11)}})
                    .annotation("summary", "this is what number " + std::to_string(rows) + " says about itself at some length");
            if (!put(decided(b.build())))
                return false;
            events::LogWritten line;
            line.incident = "INC-1";
            line.text = "line " + std::to_string(rows);
            if (n % 10 == 0 && !put({line}))
                return false;
        }
        return true;
    }
    std::uint64_t bytes()
    {
        const std::lock_guard lock(disk->mutex);
        std::uint64_t n = 0;
        for (const auto &[seq, row] : disk->rows)
            n += row.size();
        return n;
    }
    std::uint64_t sectionBytes()
    {
        const std::lock_guard lock(disk->mutex);
        std::uint64_t n = 0;
        for (const auto &[key, row] : disk->sections)
            n += row.sealed.size();
        return n;
    }
    bool makeAll(SnapshotKeeper &keeper)
    {
        const auto made = makeSnapshots(*journal, keeper, [] { return true; });
        return made && made->seq == state.seq && firstDifference(dump(*made), dump(state)).empty();
    }
    std::vector<std::uint64_t> snapshots() const { return pastOf(*journal).snapshots(); }
    state::State folded(std::uint64_t seq) const
    {
        state::State s;
        (void)replay(*journal, 1, seq, [&](const Record &r) {
            state::applyRecord(s, r.seq, r.time, r.events);
            return true;
        });
        return s;
    }
    bool startsWhole() const
    {
        state::SnapshotLoader loader;
        const auto s = state::stateAt(pastOf(*journal), journal->head(), loader);
        return s && firstDifference(dump(*s), dump(state)).empty();
    }
};

} // namespace

class PastTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void snapshotsAreEqualToTheFoldAndSmallerThanTheJournal()
    {
        Home home;
        QVERIFY(home.make() && home.grow(420));
        SnapshotKeeper keeper(*home.journal, [&] { return home.bytes(); });
        QVERIFY(home.makeAll(keeper));
        const auto seqs = home.snapshots();
        QVERIFY2(seqs.size() >= 4, std::to_string(seqs.size()).c_str());
        QCOMPARE(keeper.last(), seqs.back());
        QVERIFY(home.sectionBytes() < home.bytes());
        state::Travel travel(pastOf(*home.journal));
        SeededRandom random(1);
        for (int n = 0; n < 12; ++n) {
            const std::uint64_t seq = random.below(home.journal->head() + 1);
            const auto state = travel.at(seq);
            VERIFY_RESULT(state);
            QCOMPARE(firstDifference(dump(**state), dump(home.folded(seq))), std::string());
        }
        QVERIFY(home.startsWhole());
    }

    void goesOnAfterARestartFromWhatIsStored()
    {
        Home home;
        QVERIFY(home.make() && home.grow(150));
        {
            SnapshotKeeper keeper(*home.journal, [&] { return home.bytes(); });
            QVERIFY(home.makeAll(keeper));
        }
        const std::size_t before = home.snapshots().size();
        const std::uint64_t texts = home.sectionBytes();
        home.journal.reset();
        QVERIFY(home.open() && home.startsWhole());
        SnapshotKeeper keeper(*home.journal, [&] { return home.bytes(); });
        QCOMPARE(keeper.last(), home.snapshots().back());
        int due = 0;
        std::uint64_t seen = home.state.seq;
        for (int n = 0; n < 150; ++n) {
            QVERIFY(home.grow(1));
            bool isDue = false;
            (void)replay(*home.journal, seen + 1, home.state.seq, [&](const Record &r) {
                isDue = keeper.isDueAfter(r) || isDue;
                return true;
            });
            seen = home.state.seq;
            if (isDue && ++due)
                QVERIFY(keeper.store(keeper.cut(home.state, keeper.era())).has_value());
        }
        QVERIFY2(home.snapshots().size() > before, (std::to_string(due) + " were due, sections " + std::to_string(home.sectionBytes()) + " of " + std::to_string(home.bytes())).c_str());
        QVERIFY(home.startsWhole());
        QVERIFY(home.sectionBytes() < texts * 4);
    }

    /// Any section changed, cut or lost: start and travel are right all the same, and the next snapshots are whole again.
    void anyDamageOnlyCostsTime()
    {
        Home home;
        QVERIFY(home.make() && home.grow(250));
        SnapshotKeeper keeper(*home.journal, [&] { return home.bytes(); });
        QVERIFY(home.makeAll(keeper));
        const auto whole = home.disk->sections;
        std::size_t n = 0;
        for (const auto &[key, row] : whole) {
            if (key.first == kSnapshotPartKind && ++n % 12 != 0)
                continue; // each kind of part is met
            home.disk->sections = whole;
            auto &damaged = home.disk->sections.at(key);
            switch (row.sealed.size() % 3) {
            case 0: damaged.sealed[damaged.sealed.size() / 2] ^= 1; break;
            case 1: damaged.sealed.resize(damaged.sealed.size() / 2); break;
            default: home.disk->sections.erase(key); break;
            }
            QVERIFY2(home.startsWhole(), key.second.c_str());
        }
        home.disk->sections.clear();
        QVERIFY(home.startsWhole());
        SnapshotKeeper again(*home.journal, [&] { return home.bytes(); });
        QCOMPARE(again.last(), std::uint64_t(0));
        QVERIFY(home.makeAll(again));
        QVERIFY(!home.snapshots().empty());
        QVERIFY(home.startsWhole());
    }

    /// A part lost under a running keeper is noticed before another snapshot builds on it.
    void neverBuildsOnALostPart()
    {
        Home home;
        QVERIFY(home.make() && home.grow(150));
        SnapshotKeeper keeper(*home.journal, [&] { return home.bytes(); });
        QVERIFY(home.makeAll(keeper));
        for (auto it = home.disk->sections.begin(); it != home.disk->sections.end();)
            it = it->first.first == kSnapshotPartKind ? home.disk->sections.erase(it) : std::next(it);
        QVERIFY(keeper.store(keeper.cut(home.state, keeper.era())).has_value());
        QVERIFY(home.startsWhole());
        QVERIFY(keeper.store(keeper.cut(home.state, keeper.era())).has_value());
        QCOMPARE(home.snapshots().back(), home.state.seq);
        state::SnapshotLoader loader;
        const auto past = pastOf(*home.journal);
        const auto state = loader.load(*past.manifest(home.state.seq), past.part);
        VERIFY_RESULT(state);
        QCOMPARE(firstDifference(dump(*state), dump(home.state)), std::string());
    }

    void neverTakesMoreRoomThanItsShare()
    {
        Home home;
        QVERIFY(home.make() && home.grow(200));
        std::uint64_t pretended = home.bytes();
        SnapshotKeeper keeper(*home.journal, [&] { return pretended; });
        QVERIFY(home.makeAll(keeper));
        pretended = home.sectionBytes(); // as if the journal were that small
        for (int n = 0; n < 20; ++n) {
            QVERIFY(home.grow(3));
            QVERIFY(keeper.store(keeper.cut(home.state, keeper.era())).has_value());
            QVERIFY(home.sectionBytes() <= std::max(pretended, home.bytes()));
        }
        QVERIFY(home.sectionBytes() <= pretended);
        QVERIFY(home.startsWhole());
        SnapshotKeeper none(*home.journal, [] { return std::uint64_t(1000); });
        home.disk->sections.clear();
        QVERIFY(none.store(none.cut(home.state, none.era())).has_value());
        QVERIFY(home.disk->sections.empty());
    }

    void snapshotsOfAnotherLogAreNotUsed()
    {
        Home one, two;
        QVERIFY(one.make() && one.grow(100) && two.make() && two.grow(99) && two.put({events::ClockWoke{}}));
        SnapshotKeeper keeper(*one.journal, [&] { return one.bytes(); });
        QVERIFY(one.makeAll(keeper));
        two.disk->sections = one.disk->sections;
        QVERIFY(two.startsWhole());
        QVERIFY(two.snapshots().empty());
    }

    /// Parts that no snapshot names take no room for ever: a keeper that finds no snapshot it can use begins with nothing.
    void whatNoSnapshotNamesIsRemoved()
    {
        Home home;
        QVERIFY(home.make() && home.grow(150));
        SnapshotKeeper keeper(*home.journal, [&] { return home.bytes(); });
        QVERIFY(home.makeAll(keeper));
        std::erase_if(home.disk->sections, [](const auto &s) { return s.first.first == kSnapshotKind; });
        QVERIFY(home.sectionBytes() > 0);
        SnapshotKeeper again(*home.journal, [&] { return home.bytes(); });
        QCOMPARE(home.sectionBytes(), std::uint64_t(0));
        QVERIFY(home.makeAll(again));
        QVERIFY(!home.snapshots().empty() && home.startsWhole());
    }

    void theDeskStartsFromASnapshotAsItWouldFromAllRecords()
    {
        Home home;
        QVERIFY(home.make() && home.grow(150));
        SnapshotKeeper keeper(*home.journal, [&] { return home.bytes(); });
        QVERIFY(home.makeAll(keeper));
        QVERIFY(home.grow(3));
        auto desk = Desk::open(*home.journal, home.clock, {"test", false});
        VERIFY_RESULT(desk);
        std::string shown;
        (*desk)->inspect([&](const state::State &s) { shown = dump(s); });
        QCOMPARE(firstDifference(shown, dump(home.folded(home.journal->head()))), std::string());
        desk->reset();
        // The same from a State made already; one that is not the head's is not taken.
        for (const std::uint64_t seq : {home.journal->head(), home.journal->head() - 5}) {
            auto again = Desk::open(*home.journal, home.clock, {"test", false, std::make_shared<state::State>(home.folded(seq))});
            VERIFY_RESULT(again);
            (*again)->inspect([&](const state::State &s) { shown = dump(s); });
            QCOMPARE(firstDifference(shown, dump(home.folded(home.journal->head()))), std::string());
        }
    }

    void findsTheRecordOfAnInstant()
    {
        Home home;
        QVERIFY(home.make() && home.grow(5));
        const std::uint64_t head = home.journal->head();
        for (std::uint64_t seq = 1; seq <= head; ++seq) {
            const Instant at = kMorning + seconds(static_cast<std::int64_t>(seq - 1) * 30);
            QCOMPARE(*home.journal->seqAt(at), seq);
            QCOMPARE(*home.journal->seqAt(at - nanos(1)), seq - 1);
            QCOMPARE(*home.journal->seqAt(at + seconds(29)), seq);
        }
        QCOMPARE(*home.journal->seqAt(kMorning + hours(100)), head);
    }
};

QD_TEST(PastTest)
#include "tst_past.moc"
