// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/pastline.h"

#include "core/link/seatserver.h"
#include "core/net/iothread.h"
#include "tests/core/link/snapshotfeed.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>
#include <QtTest>
#include <atomic>
#include <memory>
#include <mutex>

using namespace qd;
using namespace qd::link;
using namespace qd::tests;
using seat::PastLine;

namespace {

/// What a line into the past brought.
struct Arrived {
    mutable std::mutex mutex;
    std::vector<view::ViewModelPtr> views;
    QStringList refusals, prepared;
    std::shared_ptr<const std::vector<view::AlertSpan>> spans;
    [[nodiscard]] std::size_t size() const { const std::lock_guard l(mutex); return views.size(); }
    [[nodiscard]] view::ViewModelPtr last() const { const std::lock_guard l(mutex); return views.empty() ? nullptr : views.back(); }
    [[nodiscard]] bool isRefused() const { const std::lock_guard l(mutex); return !refusals.isEmpty(); }
    [[nodiscard]] QStringList said() const { const std::lock_guard l(mutex); return refusals; }
    [[nodiscard]] std::unique_ptr<PastLine> line(const std::string &path, std::size_t records = seat::Reel::kRecords)
    {
        return std::make_unique<PastLine>(
            path, [this](const view::ViewModelPtr &v) { const std::lock_guard l(mutex); views.push_back(v); }, [this](const QString &why) { const std::lock_guard l(mutex); refusals << why; },
            [this](const QString &incident, const auto &fired) {
                const std::lock_guard l(mutex);
                prepared << incident;
                spans = fired;
            },
            records);
    }
    [[nodiscard]] bool isPrepared() const { const std::lock_guard l(mutex); return !prepared.isEmpty(); }
};

} // namespace

class TestPastLine final : public QObject {
    Q_OBJECT

    net::IoThread m_io;
    QTemporaryDir m_dir;
    int m_number = 0;

    std::string newPath() { return m_dir.filePath(QString::number(++m_number)).toStdString(); }
    Result<std::unique_ptr<SeatServer>> serve(const std::string &path, SnapshotFeed &log, std::shared_ptr<std::atomic<int>> fetched = nullptr)
    {
        SeatServer::Options options;
        options.origin = "log-a";
        options.version = "0";
        Feed feed = log.feed();
        if (fetched)
            feed.follow = [fetched, follow = feed.follow](desk::Desk::Follower follower, std::uint64_t &first) {
                ++*fetched;
                return follow(std::move(follower), first);
            };
        return SeatServer::open(m_io, path, std::move(feed), [](const std::string &, const SeatServer::Reply &reply) { reply(""); }, options);
    }
    static PastLine::Want want(const SnapshotFeed &log, Instant at, view::PastClock clock = view::PastClock::AsKnown)
    {
        PastLine::Want w;
        w.point = {QStringLiteral("INC-1"), at, clock};
        w.firstSeq = 3;
        w.head = log.state.seq;
        w.to = log.state.time;
        return w;
    }
    /// The journal time of a record of the feed.
    static Instant timeOf(std::uint64_t seq) { return Instant{1'700'000'000'000'000'000} + seconds(static_cast<std::int64_t>(seq)); }

private Q_SLOTS:
    /// Queue, incident and timeline are what they were at each moment, in whatever order moments are asked for.
    void aMomentIsWhatWasTrueThen()
    {
        SnapshotFeed log;
        log.begin();
        for (int i = 0; i < 20; ++i)
            log.append({events::LogWritten{"INC-1", "line " + std::to_string(i), kAna}});
        const auto path = newPath();
        auto server = serve(path, log);
        QVERIFY(server);
        Arrived arrived;
        const auto line = arrived.line(path);
        for (const auto &[seq, lines] : {std::pair{8U, 5}, {23U, 20}, {4U, 1}, {9U, 6}}) {
            const std::size_t before = arrived.size();
            line->go(want(log, timeOf(seq)));
            QTRY_VERIFY(arrived.size() > before);
            const auto view = arrived.last();
            QVERIFY(view->past.isPast());
            QCOMPARE(view->past.at, timeOf(seq));
            QCOMPARE(view->seq, std::uint64_t{seq});
            QCOMPARE(view->focus, QStringLiteral("INC-1"));
            QCOMPARE(static_cast<int>(std::count_if(view->timeline.begin(), view->timeline.end(), [](const auto &t) { return t.kind == QLatin1String("log"); })), lines);
        }
        QVERIFY(!arrived.isRefused());
    }

    /// Whoever drags the line asks for a hundred moments, and wants the last.
    void ofManyAskedForInARowTheLastComes()
    {
        SnapshotFeed log;
        log.begin();
        for (int i = 0; i < 300; ++i)
            log.append({events::LogWritten{"INC-1", "line " + std::to_string(i), kAna}});
        const auto path = newPath();
        auto server = serve(path, log);
        QVERIFY(server);
        Arrived arrived;
        const auto line = arrived.line(path);
        for (std::uint64_t seq = 4; seq <= 303; ++seq)
            line->go(want(log, timeOf(seq)));
        QTRY_VERIFY(arrived.last() && arrived.last()->past.at == timeOf(303));
        QVERIFY(arrived.size() < 300);
    }

    /// The line is lost before the stretch is there: that is said, and it comes once the core is back.
    void aCoreThatIsGoneIsSaidAndWaitedFor()
    {
        SnapshotFeed log;
        log.begin();
        const auto path = newPath();
        Arrived arrived;
        const auto line = arrived.line(path);
        line->go(want(log, timeOf(3)));
        QTRY_VERIFY(arrived.isRefused());
        auto server = serve(path, log);
        QVERIFY(server);
        QTRY_VERIFY(arrived.size() == 1);
    }

    /// The lane of alerts is full when a review is opened: nobody has to go into the past first, and who goes there waits for no second stretch.
    void whatFiredIsKnownBeforeAnybodyGoesThere()
    {
        SnapshotFeed log;
        log.begin();
        log.append(decided(aBatch("am", timeOf(4)).alert({{"alertname", "DbDown"}, {"service", "db"}}).severity("critical").startsAt(timeOf(2)).build()));
        log.append({events::LogWritten{"INC-1", "on it", kAna}});
        const auto path = newPath();
        auto server = serve(path, log);
        QVERIFY(server);
        Arrived arrived;
        const auto line = arrived.line(path);
        line->prepare(want(log, {}));
        QTRY_VERIFY(arrived.isPrepared());
        QCOMPARE(arrived.prepared, QStringList{QStringLiteral("INC-1")});
        QVERIFY(arrived.spans && arrived.spans->size() == 1);
        QCOMPARE(arrived.spans->front().title, QStringLiteral("DbDown"));
        QCOMPARE(arrived.spans->front().from, timeOf(2));
        QVERIFY(arrived.spans->front().known > timeOf(2));
        QVERIFY(!arrived.last());
        line->go(want(log, timeOf(5)));
        QTRY_VERIFY(arrived.last() != nullptr);
        QVERIFY(arrived.last()->replay == arrived.spans);
    }

    /// The reel holds so many records and the stretch has more: it is fetched once, the last moment there is stands for those after it, and that is said once.
    void aStretchThatIsLongerThanTheReelIsFetchedOnce()
    {
        SnapshotFeed log;
        log.begin();
        for (int i = 0; i < 40; ++i)
            log.append({events::LogWritten{"INC-1", "line " + std::to_string(i), kAna}});
        const auto fetched = std::make_shared<std::atomic<int>>(0);
        const auto path = newPath();
        auto server = serve(path, log, fetched);
        QVERIFY(server);
        Arrived arrived;
        const auto line = arrived.line(path, 20);
        for (const std::uint64_t seq : {30U, 41U, 25U, 43U}) {
            const std::size_t before = arrived.size();
            line->go(want(log, timeOf(seq)));
            QTRY_VERIFY(arrived.size() > before);
            QCOMPARE(arrived.last()->seq, std::uint64_t{20});
            QCOMPARE(arrived.last()->past.at, timeOf(20)); // it says which moment it is
        }
        const std::size_t before = arrived.size();
        line->go(want(log, timeOf(10)));
        QTRY_VERIFY(arrived.size() > before);
        QCOMPARE(arrived.last()->seq, std::uint64_t{10});
        QCOMPARE(fetched->load(), 1);
        QCOMPARE(arrived.said().size(), 1);
        QVERIFY2(arrived.said().first().contains(QStringLiteral("up to record 20")), qPrintable(arrived.said().first()));
    }

    /// A reel that holds just as many records as there are is not full.
    void aStretchThatJustFitsIsWhole()
    {
        SnapshotFeed log;
        log.begin();
        for (int i = 0; i < 17; ++i)
            log.append({events::LogWritten{"INC-1", "line " + std::to_string(i), kAna}});
        const auto path = newPath();
        auto server = serve(path, log);
        QVERIFY(server);
        Arrived arrived;
        const auto line = arrived.line(path, 20);
        line->go(want(log, timeOf(20)));
        QTRY_COMPARE(arrived.size(), std::size_t{1});
        QCOMPARE(arrived.last()->seq, std::uint64_t{20});
        QVERIFY(arrived.said().isEmpty());
    }

    /// Nothing of the stretch came after its last record, and the log goes on: the quiet end of it is no reason to fetch it again.
    void theQuietEndOfAnIncidentIsNotFetchedAgain()
    {
        SnapshotFeed log;
        log.begin();
        for (int i = 0; i < 20; ++i)
            log.append({events::LogWritten{"INC-1", "line " + std::to_string(i), kAna}});
        const auto fetched = std::make_shared<std::atomic<int>>(0);
        const auto path = newPath();
        auto server = serve(path, log, fetched);
        QVERIFY(server);
        Arrived arrived;
        const auto line = arrived.line(path);
        for (const int later : {300, 600, 900}) {
            PastLine::Want w = want(log, timeOf(10) + millis(later));
            w.to = timeOf(10) + millis(950); // the records after it are another's
            const std::size_t before = arrived.size();
            line->go(std::move(w));
            QTRY_VERIFY(arrived.size() > before);
            QCOMPARE(arrived.last()->seq, std::uint64_t{10});
        }
        QCOMPARE(fetched->load(), 1);
    }

    /// An incident that runs has a past until now, and a little later there is more of it.
    void thePastOfWhatRunsGoesOn()
    {
        SnapshotFeed log;
        log.begin();
        const auto path = newPath();
        auto server = serve(path, log);
        QVERIFY(server);
        Arrived arrived;
        const auto line = arrived.line(path);
        for (const std::uint64_t seq : {3U, 9U, 12U}) {
            while (log.state.seq < seq)
                log.append({events::LogWritten{"INC-1", "line " + std::to_string(log.state.seq), kAna}});
            PastLine::Want w = want(log, timeOf(seq));
            w.to = {};
            const std::size_t before = arrived.size();
            line->go(std::move(w));
            QTRY_VERIFY(arrived.size() > before);
            QCOMPARE(arrived.last()->seq, seq);
        }
    }

    void whatIsForgottenIsFetchedAnew()
    {
        SnapshotFeed log;
        log.begin();
        const auto path = newPath();
        auto server = serve(path, log);
        QVERIFY(server);
        Arrived arrived;
        const auto line = arrived.line(path);
        line->go(want(log, timeOf(3)));
        QTRY_COMPARE(arrived.size(), std::size_t{1});
        line->forget();
        line->go(want(log, timeOf(3)));
        QTRY_COMPARE(arrived.size(), std::size_t{2});
        QVERIFY(arrived.views[0] != arrived.views[1]); // not the one that was kept
    }
};

QD_TEST(TestPastLine)
#include "tst_pastline.moc"
