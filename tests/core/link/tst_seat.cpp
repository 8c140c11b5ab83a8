// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/link/memoryfeed.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include "core/link/jsonrpc.h"
#include "core/link/replica.h"
#include "core/link/seatclient.h"
#include "core/link/seatserver.h"
#include "core/net/frameclient.h"
#include "core/net/iothread.h"

#include <QTemporaryDir>
#include <QtTest>
#include <atomic>

using namespace qd;
using namespace qd::link;

namespace {

events::Events logLine(const std::string &text)
{
    events::LogWritten e;
    e.incident = "INC-1";
    e.text = text;
    e.by.person = "ana";
    return {e};
}

events::Events declared()
{
    events::IncidentDeclared e;
    e.incident = "INC-1";
    e.title = "Shop is down";
    e.by.person = "ana";
    return {e};
}

/// What a seat was told, readable from the test's thread.
struct Seen {
    mutable std::mutex mutex;
    std::vector<std::uint64_t> seqs;
    state::State state;
    std::vector<Status> status;
    int connected = 0, lost = 0, resets = 0;

    [[nodiscard]] SeatHandlers handlers()
    {
        SeatHandlers h;
        h.onConnected = [this] { const std::lock_guard l(mutex); ++connected; };
        h.onStatus = [this](const Status &s) { const std::lock_guard l(mutex); status.push_back(s); };
        h.onLost = [this](const Error &) { const std::lock_guard l(mutex); ++lost; };
        h.onReset = [this] { const std::lock_guard l(mutex); ++resets; seqs.clear(); state = {}; };
        h.onRecord = [this](const desk::RecordPtr &r) {
            const std::lock_guard l(mutex);
            seqs.push_back(r->seq);
            state::applyRecord(state, r->seq, r->time, r->events);
        };
        return h;
    }
    [[nodiscard]] std::size_t count() const { const std::lock_guard l(mutex); return seqs.size(); }
    [[nodiscard]] int lostCount() const { const std::lock_guard l(mutex); return lost; }
    [[nodiscard]] int resetCount() const { const std::lock_guard l(mutex); return resets; }
    [[nodiscard]] bool isUnbroken() const
    {
        const std::lock_guard l(mutex);
        for (std::size_t i = 0; i < seqs.size(); ++i)
            if (seqs[i] != seqs[0] + i)
                return false;
        return true;
    }
};

} // namespace

class TestSeat : public QObject {
    Q_OBJECT

private:
    net::IoThread m_io;
    SystemRandom m_random;
    QTemporaryDir m_dir;
    int m_number = 0;

    std::string newPath() { return m_dir.filePath(QString::number(++m_number)).toStdString(); }

    Result<std::unique_ptr<SeatServer>> serve(const std::string &path, MemoryFeed &log, std::string origin = "log-a", std::size_t window = SeatServer::kWindow,
                                              Span patience = SeatServer::kPatience)
    {
        SeatServer::Options options;
        options.origin = std::move(origin);
        options.version = "0";
        options.window = window;
        options.patience = patience;
        return SeatServer::open(m_io, path, log.feed(),
                                [](const std::string &request, const SeatServer::Reply &reply) {
                                    reply(request.find("refuse") != std::string::npos
                                              ? R"({"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"No.","data":{"code":"conflict"}}})"
                                              : R"({"jsonrpc":"2.0","id":1,"result":{"ok":true}})");
                                },
                                options);
    }

private Q_SLOTS:
    void recordSurvivesTheWire()
    {
        desk::Record r{7, Instant{42}, declared()};
        r.events.push_back(logLine("two\nlines")[0]);
        events::SourceSeen s;
        s.connection = "am";
        r.events.push_back(s); // another stream between
        r.events.push_back(logLine("after")[0]);
        const auto back = decodeRecord(encodeRecord(r));
        QVERIFY(back);
        QCOMPARE(back->seq, r.seq);
        QCOMPARE(back->time.ns, r.time.ns);
        QCOMPARE(back->events.size(), std::size_t{4});
        for (std::size_t i = 0; i < 4; ++i)
            QCOMPARE(back->events[i].index(), r.events[i].index());
        QCOMPARE(encodeRecord(*back), encodeRecord(r));
    }

    void refusesForeignBytes()
    {
        const auto whole = encodeRecord({7, Instant{42}, declared()});
        QVERIFY(!decodeRecord(whole.substr(0, 10)));
        QVERIFY(!decodeRecord(whole.substr(0, whole.size() - 1)));
        QVERIFY(!decodeRecord(whole + "x"));
        QVERIFY(!decodeStatus("\xff"));
        QVERIFY(!decodeSeq("1234567"));
    }

    void seatFollowsFromTheJournalIntoTheLiveRecordsWithoutGapOrRepeat()
    {
        MemoryFeed log;
        log.append(declared());
        for (int i = 0; i < 5000; ++i) // more than the memory of the server
            log.append(logLine(std::to_string(i)));
        const auto path = newPath();
        auto server = serve(path, log);
        QVERIFY(server);
        Seen seen;
        SeatClient seat(path, seen.handlers(), m_random);
        seat.follow(1);
        for (int i = 0; i < 5000; ++i)
            log.append(logLine(std::to_string(i)));
        QTRY_COMPARE(seen.count(), std::size_t{10001});
        QVERIFY(seen.isUnbroken());
        const std::lock_guard l(seen.mutex);
        QCOMPARE(seen.seqs.front(), std::uint64_t{1});
        QCOMPARE(seen.status.front().origin, std::string("log-a"));
        QVERIFY(seen.status.front().head >= 5001);
    }

    /// A flood's records are large: what is kept of them for seats is bounded by what is in them, not by their number alone.
    void keepsSoManyRowsOfTheNewestRecordsAndNoMore()
    {
        MemoryFeed log;
        Feed feed = log.feed();
        desk::Desk::Follower take;
        feed.follow = [&](desk::Desk::Follower follower, std::uint64_t &first) {
            take = std::move(follower);
            first = 0;
            return std::uint64_t{1};
        };
        feed.unfollow = [](std::uint64_t) {};
        const auto server = SeatServer::open(m_io, newPath(), feed, [](const std::string &, const SeatServer::Reply &) {}, {});
        QVERIFY(server);
        const auto record = [](std::uint64_t seq, std::uint64_t weight) { // one event weighs one, its rows the rest
            auto batch = tests::aBatch();
            for (std::uint64_t row = 1; row < weight; ++row)
                batch.alert({{"alertname", "A" + std::to_string(row)}});
            return std::make_shared<const desk::Record>(desk::Record{seq, Instant{42}, events::Events{events::AlertsReported{batch.build()}}});
        };
        const auto first = record(1, SeatServer::kRingWeight - 1), second = record(2, 1), third = record(3, 1);
        take(first);
        take(second);
        QCOMPARE(first.use_count(), 2L); // all of it, to the last row
        take(third);
        QCOMPARE(first.use_count(), 1L);
        QCOMPARE(second.use_count(), 2L);
        const auto huge = record(4, 2 * SeatServer::kRingWeight);
        take(huge);
        QCOMPARE(third.use_count(), 1L);
        QCOMPARE(huge.use_count(), 2L); // the newest always
    }

    void aFoldedSeatEqualsTheCoresReplica()
    {
        MemoryFeed log;
        log.append(declared());
        const auto path = newPath();
        auto server = serve(path, log);
        QVERIFY(server);
        Replica replica(log.feed());
        Seen seen;
        SeatClient seat(path, seen.handlers(), m_random);
        seat.follow(1);
        for (int i = 0; i < 300; ++i)
            log.append(logLine(std::to_string(i)));
        QTRY_COMPARE(seen.count(), std::size_t{301});
        replica.askAndWait([&](const state::State &core) {
            const std::lock_guard l(seen.mutex);
            QCOMPARE(seen.state.seq, core.seq);
            QCOMPARE(seen.state.time.ns, core.time.ns);
            QCOMPARE(seen.state.incidents.at(1).timeline.size(), core.incidents.at(1).timeline.size());
            for (std::size_t i = 0; i < core.incidents.at(1).timeline.size(); ++i)
                QCOMPARE(seen.state.incidents.at(1).timeline[i].text, core.incidents.at(1).timeline[i].text);
        });
    }

    void aCutSeatGoesOnFromItsLastRecord()
    {
        MemoryFeed log;
        log.append(declared());
        const auto path = newPath();
        auto server = serve(path, log);
        QVERIFY(server);
        Seen seen;
        SeatClient seat(path, seen.handlers(), m_random);
        seat.follow(1);
        QTRY_COMPARE(seen.count(), std::size_t{1});
        server->reset();
        QTRY_COMPARE(seen.lostCount(), 1);
        log.append(logLine("while it was away"));
        server = serve(path, log);
        QVERIFY(server);
        log.append(logLine("after"));
        QTRY_COMPARE(seen.count(), std::size_t{3});
        QVERIFY(seen.isUnbroken());
        QCOMPARE(seen.resetCount(), 0);
    }

    void anotherLogBehindTheSameSocketStartsTheSeatAnew()
    {
        MemoryFeed log, other;
        for (int i = 0; i < 3; ++i)
            log.append(logLine("a"));
        other.append(declared());
        const auto path = newPath();
        auto server = serve(path, log);
        QVERIFY(server);
        Seen seen;
        SeatClient seat(path, seen.handlers(), m_random);
        seat.follow(1);
        QTRY_COMPARE(seen.count(), std::size_t{3});
        server->reset();
        server = serve(path, other, "log-b");
        QVERIFY(server);
        QTRY_COMPARE(seen.resetCount(), 1);
        QTRY_COMPARE(seen.count(), std::size_t{1});
        const std::lock_guard l(seen.mutex);
        QCOMPARE(seen.state.incidents.size(), std::size_t{1});
    }

    void whatADeadCoreHadNotOnDiskIsForgottenByTheSeat()
    {
        // The first core showed records it had kept UNRECORDED; the second has others under the same numbers, and more.
        MemoryFeed kept, recorded;
        kept.append(declared());
        kept.append(logLine("on disk"));
        recorded.append(declared());
        recorded.append(logLine("on disk"));
        for (int i = 0; i < 5; ++i)
            recorded.append(logLine("after the restart"));
        const auto path = newPath();
        auto server = serve(path, kept);
        QVERIFY(server);
        Seen seen;
        SeatClient client(path, seen.handlers(), m_random);
        client.follow(1);
        QTRY_COMPARE(seen.count(), std::size_t(2));
        kept.record(false, "the disk is full");
        kept.append(logLine("lost with the first core"));
        QTRY_COMPARE(seen.count(), std::size_t(3));
        server->reset();
        server = serve(path, recorded);
        QVERIFY(server);
        QTRY_COMPARE(seen.count(), std::size_t(7));
        QCOMPARE(seen.resetCount(), 1);
        QVERIFY(seen.isUnbroken());
        // With everything on disk a restart is no reason to begin anew.
        server->reset();
        server = serve(path, recorded);
        QVERIFY(server);
        recorded.append(logLine("one more"));
        QTRY_COMPARE(seen.count(), std::size_t(8));
        QCOMPARE(seen.resetCount(), 1);
    }

    void aSeatThatDoesNotReadIsDroppedAndHoldsUpNobody()
    {
        MemoryFeed log;
        for (int i = 0; i < 2000; ++i)
            log.append(logLine(std::string(1000, 'x')));
        const auto path = newPath();
        auto server = serve(path, log, "log-a", 64 << 10, millis(1));
        QVERIFY(server);
        auto slow = net::FrameClient::connect(path);
        QVERIFY(slow);
        QVERIFY((*slow)->send('F', encodeSeq(1)));
        auto line = net::FrameClient::connect(path);
        QVERIFY(line);
        QVERIFY((*line)->send('F', encodeSeq(1990)));
        std::size_t records = 0;
        while (records < 11) {
            const auto frame = (*line)->read(millis(qd::tests::kPatience));
            QVERIFY(frame && *frame);
            records += (*frame)->type == 'R' ? 1 : 0;
        }
        QVERIFY((*line)->send('A', encodeSeq(2000)));
        bool gone = false;
        std::size_t got = 0;
        while (!gone) {
            const auto frame = (*slow)->read(millis(qd::tests::kPatience));
            gone = !frame;
            QVERIFY(gone || *frame);
            ++got;
        }
        QVERIFY(got < 200); // a window of 64 KiB, not the log
    }

    void statusTellsWhenRecordingStops()
    {
        MemoryFeed log;
        const auto path = newPath();
        auto server = serve(path, log);
        QVERIFY(server);
        Seen seen;
        SeatClient seat(path, seen.handlers(), m_random);
        seat.follow(1);
        const auto last = [&] { const std::lock_guard l(seen.mutex); return seen.status.empty() ? Status{} : seen.status.back(); };
        QTRY_COMPARE(last().version, std::string("0"));
        QVERIFY(last().recorded);
        QTRY_COMPARE(last().heard.size(), std::size_t{1});
        QCOMPARE(last().heard.front().connection, std::string("am"));
        log.record(false, "The disk is full.");
        QTRY_VERIFY(!last().recorded);
        QCOMPARE(last().reason, std::string("The disk is full."));
    }

    void callsAreAnsweredOnceAlsoWithoutALine()
    {
        MemoryFeed log;
        const auto path = newPath();
        auto server = serve(path, log);
        QVERIFY(server);
        std::atomic<int> good{0}, bad{0};
        Seen seen;
        {
            SeatClient seat(path, seen.handlers(), m_random);
            seat.call("status", "{}", [&](Result<std::string> r) { (r ? good : bad)++; });
            QTRY_COMPARE(good.load(), 1);
            server->reset();
            QTRY_COMPARE(seen.lostCount(), 1);
            seat.call("status", "{}", [&](Result<std::string> r) { (r ? good : bad)++; });
            QTRY_COMPARE(bad.load(), 1);
            seat.call("status", "not json", [&](Result<std::string>) { bad++; });
        }
        QCOMPARE(good.load(), 1);
        QCOMPARE(bad.load(), 2);
    }

    void callerTellsTheCoresRefusal()
    {
        MemoryFeed log;
        const auto path = newPath();
        auto server = serve(path, log);
        QVERIFY(server);
        auto caller = Caller::connect(path);
        QVERIFY(caller);
        const auto refused = (*caller)->call("refuse");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::Conflict);
        QCOMPARE(refused.error().message, std::string("No."));
        QVERIFY(!Caller::connect(newPath()));
    }

    void replicaWatcherSeesEveryRecordAfterItsBegin()
    {
        MemoryFeed log;
        for (int i = 0; i < 10; ++i)
            log.append(logLine("a"));
        Replica replica(log.feed());
        std::atomic<std::uint64_t> began{0}, last{0};
        std::atomic<bool> gap{false};
        replica.watch([&](const state::State &s) { began = last = s.seq; },
                      [&](const state::State &, const desk::Record &r) {
                          gap = gap || r.seq != last + 1;
                          last = r.seq;
                      });
        for (int i = 0; i < 100; ++i)
            log.append(logLine("b"));
        replica.askAndWait([](const state::State &) {});
        QVERIFY(began >= 10);
        QTRY_COMPARE(last.load(), std::uint64_t{110});
        QVERIFY(!gap);
    }

    void replicaOfADamagedJournalSaysSoAndStillAnswers()
    {
        MemoryFeed log;
        for (int i = 0; i < 10; ++i)
            log.append(logLine("a"));
        log.breakAt(5);
        Replica replica(log.feed());
        QTRY_VERIFY(!replica.problem().empty());
        std::uint64_t seq = 99;
        replica.askAndWait([&](const state::State &s) { seq = s.seq; });
        QCOMPARE(seq, std::uint64_t{4});
    }

    void foldStopsAtTheInstantAsked()
    {
        MemoryFeed log;
        for (int i = 0; i < 10; ++i)
            log.append(logLine("a"));
        const auto whole = fold(log.feed(), 10);
        QVERIFY(whole);
        const auto part = fold(log.feed(), 10, whole->time - seconds(3));
        QVERIFY(part);
        QCOMPARE(part->seq, std::uint64_t{7});
    }

    void longHomesGetAShortSocket()
    {
        QCOMPARE(controlSocket("/tmp/h").native(), std::string("/tmp/h/run/control"));
        QVERIFY(controlSocket("/" + std::string(150, 'x')).native().size() < 100);
    }
};

QD_TEST(TestSeat)
#include "tst_seat.moc"
