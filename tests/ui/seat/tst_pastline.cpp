// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/pastline.h"

#include "core/link/seatserver.h"
#include "core/net/iothread.h"
#include "tests/core/link/snapshotfeed.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>
#include <QtTest>
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
    QStringList refusals;
    [[nodiscard]] std::size_t size() const { const std::lock_guard l(mutex); return views.size(); }
    [[nodiscard]] view::ViewModelPtr last() const { const std::lock_guard l(mutex); return views.empty() ? nullptr : views.back(); }
    [[nodiscard]] bool isRefused() const { const std::lock_guard l(mutex); return !refusals.isEmpty(); }
    [[nodiscard]] std::unique_ptr<PastLine> line(const std::string &path)
    {
        return std::make_unique<PastLine>(
            path, [this](const view::ViewModelPtr &v) { const std::lock_guard l(mutex); views.push_back(v); }, [this](const QString &why) { const std::lock_guard l(mutex); refusals << why; });
    }
};

} // namespace

class TestPastLine final : public QObject {
    Q_OBJECT

    net::IoThread m_io;
    QTemporaryDir m_dir;
    int m_number = 0;

    std::string newPath() { return m_dir.filePath(QString::number(++m_number)).toStdString(); }
    Result<std::unique_ptr<SeatServer>> serve(const std::string &path, SnapshotFeed &log)
    {
        SeatServer::Options options;
        options.origin = "log-a";
        options.version = "0";
        return SeatServer::open(m_io, path, log.feed(), [](const std::string &, const SeatServer::Reply &reply) { reply(""); }, options);
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
            QTRY_VERIFY_WITH_TIMEOUT(arrived.size() > before, 20000);
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
        QTRY_VERIFY_WITH_TIMEOUT(arrived.last() && arrived.last()->past.at == timeOf(303), 20000);
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
        QTRY_VERIFY_WITH_TIMEOUT(arrived.isRefused(), 20000);
        auto server = serve(path, log);
        QVERIFY(server);
        QTRY_VERIFY_WITH_TIMEOUT(arrived.size() == 1, 20000);
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
        QTRY_COMPARE_WITH_TIMEOUT(arrived.size(), std::size_t{1}, 20000);
        line->forget();
        line->go(want(log, timeOf(3)));
        QTRY_COMPARE_WITH_TIMEOUT(arrived.size(), std::size_t{2}, 20000);
        QVERIFY(arrived.views[0] != arrived.views[1]); // not the one that was kept
    }
};

QD_TEST(TestPastLine)
#include "tst_pastline.moc"
