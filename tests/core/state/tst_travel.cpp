// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/travel.h"
#include "tests/support/invented.h"
#include "tests/support/dump.h"
#include "tests/support/suite.h"

#include <QTest>
#include <set>

using namespace qd;
using namespace qd::tests;
using namespace qd::state;

namespace {

/// A random log of 600 records in memory, with a snapshot every 100 and the dump of every State.
struct Logbook
{
    struct Kept
    {
        Instant time;
        events::Events events;
    };
    std::vector<Kept> records;
    std::vector<std::string> dumps{dump(State())};
    std::map<std::uint64_t, Manifest> snapshots;
    std::map<std::string, Bytes> parts;
    std::set<std::uint64_t> dropped;
    std::size_t read = 0;

    Logbook()
    {
        SeededRandom random(11);
        State state;
        SnapshotCutter cutter;
        Instant now = kMorning;
        const auto record = [&](events::Events e) {
            now = now + seconds(static_cast<std::int64_t>(random.below(3)));
            records.push_back({now, e});
            applyRecord(state, records.size(), now, e);
            dumps.push_back(dump(state));
            if (records.size() % 100 == 0) {
                auto cut = cutter.cut(state, leafOf(records.size()));
                for (auto &p : cut.fresh)
                    parts.emplace(p.name, p.body);
                cutter.build(cut);
                snapshots.emplace(cut.manifest.seq, cut.manifest);
            }
        };
        record(withWorkspace());
        record(withConnection("am"));
        record({anIncident("INC-1").event()});
        while (records.size() < 640) {
            if (random.below(2) == 0) {
                record(inventedRecord(random.below(events::AnyEvent::kTypes), random.next()));
            } else {
                ABatch b("am", now);
                b.alert({{"alertname", "T" + std::to_string(random.below(300))}}).annotation("summary", "text " + std::to_string(random.next()));
                record(decided(b.build()));
            }
        }
    }
    static std::string leafOf(std::uint64_t seq) { return "leaf " + std::to_string(seq); }

    Past past()
    {
        Past p;
        p.head = [this] { return std::uint64_t(records.size()); };
        p.replay = [this](std::uint64_t from, std::uint64_t to, const std::string &leaf, const Past::Each &each) -> Result<> {
            if (!leaf.empty() && leaf != leafOf(from - 1))
                return fail(Code::NotFound, "of another journal");
            for (std::uint64_t seq = from; seq <= to; ++seq, ++read)
                if (!each(seq, records[seq - 1].time, records[seq - 1].events))
                    break;
            return {};
        };
        p.snapshots = [this] {
            std::vector<std::uint64_t> seqs;
            for (const auto &[seq, manifest] : snapshots)
                seqs.push_back(seq);
            return seqs;
        };
        p.manifest = [this](std::uint64_t seq) -> Result<Manifest> { return snapshots.at(seq); };
        p.part = [this](const std::string &name) -> Result<Bytes> {
            const auto it = parts.find(name);
            return it == parts.end() ? Result<Bytes>(fail(Code::NotFound, "gone")) : it->second;
        };
        p.drop = [this](std::uint64_t seq) {
            dropped.insert(seq);
            snapshots.erase(seq);
        };
        return p;
    }
    bool shows(Travel &travel, std::uint64_t seq)
    {
        const auto state = travel.at(seq);
        const std::string difference = state ? firstDifference(dump(**state), dumps[seq]) : state.error().message;
        if (!difference.empty())
            qWarning("record %llu: %s", static_cast<unsigned long long>(seq), difference.c_str());
        return difference.empty();
    }
};

} // namespace

class TravelTest : public QObject
{
    Q_OBJECT
    Logbook m_book;
private Q_SLOTS:
    void init() { m_book = Logbook(); }

    void everyInstantIsTheFoldInAnyOrder()
    {
        Travel travel(m_book.past());
        SeededRandom random(3);
        for (int n = 0; n < 150; ++n)
            QVERIFY(m_book.shows(travel, random.below(641)));
        QVERIFY(m_book.shows(travel, 0));
        QVERIFY(m_book.shows(travel, 640));
        QCOMPARE((*travel.at(std::uint64_t(9999)))->seq, std::uint64_t(640)); // cut at the head
        QVERIFY(m_book.dropped.empty());
    }

    void aRandomInstantReadsNoMoreThanTheWayFromItsSnapshot()
    {
        Travel travel(m_book.past());
        m_book.read = 0;
        QVERIFY(m_book.shows(travel, 399));
        QCOMPARE(m_book.read, std::size_t(99));
        travel.forget();
        m_book.read = 0;
        QVERIFY(m_book.shows(travel, 400));
        QCOMPARE(m_book.read, std::size_t(0));
    }

    void scrubbingReadsLittleBothWays()
    {
        Travel travel(m_book.past());
        QVERIFY(m_book.shows(travel, 350));
        m_book.read = 0;
        for (std::uint64_t seq = 351; seq <= 399; ++seq)
            QVERIFY(m_book.shows(travel, seq));
        QCOMPARE(m_book.read, std::size_t(49));
        // Back nothing is read: the records on the way are still there.
        m_book.read = 0;
        for (std::uint64_t seq = 398; seq >= 300; --seq)
            QVERIFY(m_book.shows(travel, seq));
        QCOMPARE(m_book.read, std::size_t(0));
        // Forward over a snapshot nothing is loaded.
        m_book.read = 0;
        for (std::uint64_t seq = 301; seq <= 450; ++seq)
            QVERIFY(m_book.shows(travel, seq));
        QCOMPARE(m_book.read, std::size_t(51)); // from 400: the others had been met
        // And over the snapshots back to the beginning.
        for (std::uint64_t seq = 301; seq-- > 0;)
            QVERIFY(m_book.shows(travel, seq));
    }

    void anInstantIsTheLastRecordNotAfterIt()
    {
        Travel travel(m_book.past());
        for (std::uint64_t seq = 1; seq < 640; seq += 13) {
            const Instant at = m_book.records[seq - 1].time;
            std::uint64_t last = seq;
            while (last < 640 && m_book.records[last].time <= at)
                ++last;
            QCOMPARE(*travel.seqAt(at), last);
            QCOMPARE((*travel.at(at))->seq, last);
        }
        QCOMPARE(*travel.seqAt(Instant{1}), std::uint64_t(0));
        QCOMPARE((*travel.at(Instant{1}))->seq, std::uint64_t(0));
        QCOMPARE(*travel.seqAt(m_book.records.back().time + hours(5)), std::uint64_t(640));
    }

    void aDamagedSnapshotIsDroppedAndTheOneBeforeServes()
    {
        m_book.parts[m_book.snapshots.at(500).parts.back().name][0] ^= 1;
        m_book.parts.erase(m_book.snapshots.at(600).parts.back().name);
        Travel travel(m_book.past());
        QVERIFY(m_book.shows(travel, 620));
        QCOMPARE(m_book.dropped, (std::set<std::uint64_t>{500, 600}));
        QVERIFY(m_book.shows(travel, 450));
    }

    void aSnapshotOfAnotherJournalIsNotUsed()
    {
        m_book.snapshots.at(300).leaf = "leaf of somebody else";
        Travel travel(m_book.past());
        QVERIFY(m_book.shows(travel, 300));
        QVERIFY(m_book.shows(travel, 320));
        QVERIFY(m_book.dropped.contains(300));
    }

    void withoutSnapshotsItIsSlowerAndTheSame()
    {
        Past past = m_book.past();
        past.snapshots = {};
        Travel travel(past);
        for (const std::uint64_t seq : {640, 10, 9, 8, 200, 0, 333})
            QVERIFY(m_book.shows(travel, seq));
    }

    void anErrorOfTheJournalIsSaid()
    {
        Past past = m_book.past();
        past.replay = [](std::uint64_t, std::uint64_t, const std::string &, const Past::Each &) -> Result<> { return fail(Code::Corrupt, "damaged"); };
        Travel travel(past);
        QCOMPARE(travel.at(std::uint64_t(450)).error().code, Code::Corrupt);
        QCOMPARE(travel.at(std::uint64_t(451)).error().code, Code::Corrupt);
        QVERIFY(m_book.dropped.empty());
    }

    void afterForgettingNothingOldIsShown()
    {
        Travel travel(m_book.past());
        QVERIFY(m_book.shows(travel, 350));
        travel.forget();
        QVERIFY(m_book.shows(travel, 350));
        QVERIFY(m_book.shows(travel, 349));
    }
};

QD_TEST(TravelTest)
#include "tst_travel.moc"
