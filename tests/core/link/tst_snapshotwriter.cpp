// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/past.h"
#include "core/link/snapshotwriter.h"
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;
using namespace qd::link;

namespace {

/// A desk with its replica and, when told, the writer of its snapshots.
struct Core : Bench {
    std::unique_ptr<Replica> replica;
    std::unique_ptr<SnapshotWriter> writer;
    std::size_t rows = 0;

    Core()
    {
        settle();
        follow();
    }
    ~Core() { unfollow(); }
    void follow() { replica = std::make_unique<Replica>(feedOf(*desk, *journal)); }
    void unfollow()
    {
        writer.reset();
        replica.reset();
    }
    void write()
    {
        writer = std::make_unique<SnapshotWriter>(*replica, *journal, [d = disk] {
            const std::lock_guard lock(d->mutex);
            std::uint64_t n = 0;
            for (const auto &[seq, row] : d->rows)
                n += row.size();
            return n;
        });
    }
    bool alerts(std::size_t records, const std::string &says = "what it says", std::size_t count = 50)
    {
        clock.advance(CutPace::kApart);
        for (std::size_t n = 0; n < records; ++n) {
            auto b = aBatch("am", clock.now());
            for (std::size_t i = 0; i < count; ++i, ++rows)
                b.alert({{"alertname", "W" + std::to_string(rows)}, {"service", "db"}}).annotation("summary", says + " at some length, number " + std::to_string(rows));
            if (!report(b.build()))
                return false;
        }
        return true;
    }
    bool ends(std::size_t first, std::size_t last)
    {
        auto b = aBatch("am", clock.now());
        for (std::size_t i = first; i < last; ++i)
            b.alert({{"alertname", "W" + std::to_string(i)}, {"service", "db"}}).resolved(clock.now());
        return bool(report(b.build()));
    }
    std::vector<std::uint64_t> snapshots() const { return desk::pastOf(*journal).snapshots(); }
    std::uint64_t newest() const
    {
        const auto seqs = snapshots();
        return seqs.empty() ? 0 : seqs.back();
    }
    std::set<Bytes> sealed() const
    {
        const std::lock_guard lock(disk->mutex);
        std::set<Bytes> out;
        for (const auto &[key, row] : disk->sections)
            out.insert(row.sealed);
        return out;
    }
    std::uint64_t sectionBytes() const
    {
        std::uint64_t n = 0;
        for (const Bytes &b : sealed())
            n += b.size();
        return n;
    }
    std::uint64_t journalBytes() const
    {
        const std::lock_guard lock(disk->mutex);
        std::uint64_t n = 0;
        for (const auto &[seq, row] : disk->rows)
            n += row.size();
        return n;
    }
    /// The first difference between a snapshot and the fold to its record; "" when all are equal.
    std::string difference(const std::function<std::string(const std::string &)> &also = {})
    {
        const auto past = desk::pastOf(*journal);
        for (const std::uint64_t seq : snapshots()) {
            const auto manifest = past.manifest(seq);
            const auto state = manifest ? state::SnapshotLoader().load(*manifest, past.part) : Result<state::State>(tl::unexpected(manifest.error()));
            if (!state)
                return state.error().message;
            const std::string shown = dump(*state);
            if (const auto d = firstDifference(shown, foldTo(seq)); !d.empty())
                return std::to_string(seq) + ": " + d;
            if (also)
                if (const auto d = also(shown); !d.empty())
                    return d;
        }
        return {};
    }
};

} // namespace

class SnapshotWriterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// What cuts look at stays in proportion to what comes, however many alerts there are; with few of them the keeper alone says when.
    void cutsOfManyAlertsArePaidForByWhatComes()
    {
        constexpr std::uint64_t kCounts = 100;
        const auto cutsAt = [](std::uint64_t alerts, std::uint64_t comes) {
            CutPace pace(kCounts);
            std::uint64_t cuts = 0, counted = 0;
            for (std::uint64_t n = 0; n < comes; ++n) {
                const Instant at = kMorning + seconds(static_cast<std::int64_t>(n));
                if (pace.waitsAfter(1, at) || ++counted < kCounts)
                    continue;
                counted = 0;
                ++cuts;
                pace.cut(alerts, at);
            }
            return cuts;
        };
        QCOMPARE(cutsAt(0, 10'000), std::uint64_t(100));
        QCOMPARE(cutsAt(kCounts * CutPace::kAlertsForOne, 10'000), std::uint64_t(100)); // the edge: nothing to wait for
        QCOMPARE(cutsAt(kCounts * CutPace::kAlertsForOne * 2, 10'000), std::uint64_t(50));
        for (const std::uint64_t alerts : {8'000u, 80'000u, 400'000u})
            QVERIFY(cutsAt(alerts, 1'000'000) * alerts <= 1'000'000 * CutPace::kAlertsForOne + alerts);
        CutPace heavy(kCounts);
        heavy.cut(8'000, kMorning);
        const Instant later = kMorning + CutPace::kApart;
        QVERIFY(heavy.waitsAfter(5'000, later)); // one record may bring more than all that was waited for
        QVERIFY(!heavy.waitsAfter(1, later));
    }

    /// Nobody waits for a snapshot while a flood lasts, and senders would wait for the processor.
    void cutsAreApart()
    {
        CutPace pace(100);
        QVERIFY(!pace.waitsAfter(1, kMorning)); // the first at once
        pace.cut(0, kMorning);
        QVERIFY(pace.waitsAfter(1'000'000, kMorning + CutPace::kApart - nanos(1)));
        QVERIFY(!pace.waitsAfter(1, kMorning + CutPace::kApart));
    }

    void writesWhatIsTheFoldAsTheLogGrowsAndNeverMoreThanIt()
    {
        Core core;
        core.write();
        std::uint64_t last = 0;
        for (int n = 0; n < 4; ++n) {
            // A snapshot is due once enough came and the journal has room for it.
            for (int tried = 0; tried < 40 && core.newest() == last; ++tried) {
                QVERIFY(core.alerts(10));
                core.replica->askAndWait([](const state::State &) {});
                QTest::qWait(1);
            }
            QTRY_VERIFY(core.newest() > last);
            last = core.newest();
            QVERIFY(core.sectionBytes() < core.journalBytes());
        }
        core.writer.reset(); // what is being stored is finished
        QVERIFY(core.snapshots().size() >= 4);
        QCOMPARE(core.difference(), std::string());
    }

    void aLogWithoutSnapshotsGetsThemInTheBackgroundAndGoesOn()
    {
        Core core;
        for (int n = 0; n < 6; ++n)
            QVERIFY(core.alerts(100, "what it says", 20));
        QVERIFY(core.snapshots().empty());
        core.write();
        QTRY_VERIFY(core.snapshots().size() >= 3);
        const std::uint64_t last = core.newest();
        for (int tried = 0; tried < 40 && core.newest() == last; ++tried)
            QVERIFY(core.alerts(10));
        QTRY_VERIFY(core.newest() > last);
        core.writer.reset();
        QCOMPARE(core.difference(), std::string());
        // The next run goes on from them.
        core.unfollow();
        core.restart();
        core.follow();
        const std::size_t before = core.snapshots().size();
        core.write();
        core.writer.reset();
        QCOMPARE(core.snapshots().size(), before);
    }

    void isGoneAtOnceAlsoInTheMiddleOfAFoldOfTheWholeLog()
    {
        Core core;
        for (int n = 0; n < 6; ++n)
            QVERIFY(core.alerts(100, "what it says", 20));
        for (int n = 0; n < 5; ++n) {
            core.write();
            core.writer.reset();
        }
        QCOMPARE(core.difference(), std::string());
    }

    /// Every section of before an erasure is gone with its keys, none of them is stored again, and instants of before it have
    /// snapshots again: of what is left.
    void sectionsDieWithAnErasedStreamAndAreMadeAnewOfWhatIsLeft()
    {
        Core core;
        core.write();
        QVERIFY(core.alerts(600, "canary", 10));
        QVERIFY(core.ends(0, 5990)); // ten go on firing
        desk::DeclareIncident declare;
        declare.title = "still there";
        QVERIFY(core.command(declare));
        core.clock.advance(hours(25));
        const std::uint64_t day = core.journal->head();
        QVERIFY(core.alerts(600, "later", 4));
        QTRY_VERIFY(core.snapshots().size() >= 2);
        QVERIFY(core.difference([](const std::string &) { return std::string(); }).empty());
        const auto before = core.sealed();
        const std::string name = "alerts/" + toRfc3339(core.clock.now() - hours(25)).substr(0, 10);
        VERIFY_RESULT(core.command(desk::EraseStreams{{name}, "asked for"}));
        core.replica->askAndWait([](const state::State &) {});
        QTRY_VERIFY(!core.snapshots().empty());
        core.writer.reset();
        for (const Bytes &now : core.sealed())
            QVERIFY(!before.contains(now));
        QVERIFY(core.snapshots().front() < core.journal->head());
        std::size_t mentions = 0;
        QCOMPARE(core.difference([&](const std::string &shown) {
            mentions += shown.find("canary") != std::string::npos ? 1 : 0;
            return std::string();
        }), std::string());
        // Before the erasure the day is a hole; after it only what went on firing, and was carried, speaks of it.
        state::Travel travel(desk::pastOf(*core.journal));
        const auto hole = travel.at(day);
        VERIFY_RESULT(hole);
        QVERIFY(dump(**hole).find("canary") == std::string::npos);
        const auto now = travel.at(core.journal->head());
        VERIFY_RESULT(now);
        QCOMPARE((*now)->alerts.firing, core.ask([](const state::State &s) { return s.alerts.firing; }));
        QCOMPARE(firstDifference(dump(**now), core.committed()), std::string());
    }
};

QD_TEST(SnapshotWriterTest)
#include "tst_snapshotwriter.moc"
