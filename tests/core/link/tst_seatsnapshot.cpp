// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/link/replica.h"
#include "core/link/seatclient.h"
#include "core/link/seatserver.h"
#include "core/link/snapshotfetch.h"
#include "core/net/frameclient.h"
#include "core/net/iothread.h"
#include "tests/core/link/snapshotfeed.h"
#include "tests/support/dump.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <QtTest>
#include <atomic>
#include <future>

using namespace qd;
using namespace qd::link;
using namespace qd::tests;

namespace {

/// The core's answers to a fetch, without a line: what it sends for each payload.
std::vector<std::string> answersOf(const Feed &feed, const std::string &payload, std::uint64_t head)
{
    const auto frame = decodeSnapshotFrame(payload);
    std::vector<std::string> out;
    if (frame->word == SnapshotWord::Newest) {
        const auto seqs = feed.past.snapshots();
        out.push_back(encodeManifestFrame(head, seqs.empty() ? Bytes() : state::encodeManifest(*feed.past.manifest(seqs.back()))));
    }
    for (const std::string &name : frame->names) {
        const auto part = feed.past.part(name);
        out.push_back(part ? encodePart(name, *part) : encodeGone(name));
    }
    return out;
}

/// Runs a fetch to its end, or until so many answers were given.
Result<SnapshotFetch::Next> run(SnapshotFetch &fetch, const Feed &feed, std::uint64_t head, std::size_t most = SIZE_MAX)
{
    auto next = fetch.begin();
    std::deque<std::string> asked(next.send.begin(), next.send.end());
    while (!asked.empty()) {
        const auto answers = answersOf(feed, asked.front(), head);
        asked.pop_front();
        for (const std::string &answer : answers) {
            if (most-- == 0)
                return next;
            auto taken = fetch.take(answer);
            if (!taken)
                return taken;
            next = std::move(*taken);
            if (next.state || next.none)
                return next;
            asked.insert(asked.end(), next.send.begin(), next.send.end());
        }
    }
    return next;
}

} // namespace

class SeatSnapshotTest : public QObject {
    Q_OBJECT

    net::IoThread m_io;
    SystemRandom m_random;
    QTemporaryDir m_dir;
    int m_number = 0;

    std::string newPath() { return m_dir.filePath(QString::number(++m_number)).toStdString(); }
    Result<std::unique_ptr<SeatServer>> serve(const std::string &path, SnapshotFeed &log, SeatServer::Options options = {})
    {
        options.origin = "log-a";
        options.version = "0";
        return SeatServer::open(m_io, path, log.feed(), [](const std::string &, const SeatServer::Reply &reply) { reply(""); }, options);
    }

private Q_SLOTS:
    void framesSurviveTheWireAndForeignOnesAreRefused()
    {
        const std::vector<std::string> names{"1.2", "ab"};
        QVERIFY(decodeSnapshotFrame(encodeWanted(names))->names == names);
        const auto part = encodePart("1.2", asBytes("body"));
        QCOMPARE(decodeSnapshotFrame(part)->name, std::string("1.2"));
        QCOMPARE(std::string(decodeSnapshotFrame(part)->bytes), std::string("body"));
        const auto manifest = encodeManifestFrame(0x0102030405060708, asBytes("m"));
        QCOMPARE(decodeSnapshotFrame(manifest)->head, std::uint64_t(0x0102030405060708));
        QCOMPARE(decodeSnapshotFrame(encodeNewest())->head, std::uint64_t(0));
        QCOMPARE(decodeSnapshotFrame(encodeNewest(812))->head, std::uint64_t(812));
        QVERIFY(!decodeSnapshotFrame(std::string("N") + std::string(8, '\0'))); // "any" has one way to be said
        for (const std::string &foreign : {std::string(), std::string("X"), std::string("Nx"), std::string("M1234567"), std::string("B"), std::string("B\x04" "abc"),
                                           std::string("G\x01" "ab"), std::string(1, 'B') + std::string(1, '\0'), std::string("W\xff")})
            QVERIFY2(!decodeSnapshotFrame(foreign), foreign.c_str());
        SnapshotFetch fetch;
        (void)fetch.begin();
        QVERIFY(!fetch.take("nonsense"));
        QVERIFY(!fetch.take(encodeNewest())); // asked by the core
    }

    void aSeatStartsFromTheNewestSnapshotAndIsTheCoresReplica()
    {
        SnapshotFeed log;
        log.begin();
        log.alerts(150);
        log.snapshot();
        log.alerts(150);
        log.snapshot();
        const std::uint64_t at = log.state.seq;
        log.alerts(9);
        const auto path = newPath();
        auto server = serve(path, log);
        VERIFY_RESULT(server);
        Replica replica(log.feed());
        SeatWindow window;
        SeatClient seat(path, window.handlers(), m_random);
        seat.follow(1);
        QTRY_COMPARE(window.seq(), at + 9);
        log.alerts(3);
        QTRY_COMPARE(window.seq(), at + 12);
        std::string core;
        replica.askAndWait([&](const state::State &s) { core = dump(s); });
        QCOMPARE(firstDifference(window.dumped(), core), std::string());
        const std::lock_guard l(window.mutex);
        QCOMPARE(window.snapshot, at);
        QCOMPARE(window.records, std::uint64_t(12));
        QVERIFY(window.whole);
        QCOMPARE(window.resets, 0);
    }

    void withoutASnapshotItGetsEveryRecord()
    {
        SnapshotFeed log;
        log.begin();
        log.alerts(20);
        const auto path = newPath();
        auto server = serve(path, log);
        VERIFY_RESULT(server);
        SeatWindow window;
        SeatClient seat(path, window.handlers(), m_random);
        seat.follow(1);
        QTRY_COMPARE(window.seq(), log.state.seq);
        QCOMPARE(firstDifference(window.dumped(), dump(log.state)), std::string());
        const std::lock_guard l(window.mutex);
        QCOMPARE(window.snapshots, 0);
        QCOMPARE(window.records, log.state.seq);
    }

    void aSnapshotOfAnotherLogIsNotSent()
    {
        SnapshotFeed log;
        log.begin();
        log.alerts(20);
        log.snapshot();
        log.manifests.begin()->second.leaf = "leaf of somebody else";
        const auto path = newPath();
        auto server = serve(path, log);
        VERIFY_RESULT(server);
        SeatWindow window;
        SeatClient seat(path, window.handlers(), m_random);
        seat.follow(1);
        QTRY_COMPARE(window.seq(), log.state.seq);
        const std::lock_guard l(window.mutex);
        QCOMPARE(window.snapshots, 0);
    }

    void whatArrivedBeforeACutDoesNotComeAgain()
    {
        SnapshotFeed log;
        log.begin();
        log.alerts(300);
        log.snapshot();
        const Feed feed = log.feed();
        const std::size_t parts = log.parts.size();
        QVERIFY2(parts > 20, std::to_string(parts).c_str());
        SnapshotFetch fetch;
        const auto cut = run(fetch, feed, log.state.seq, parts / 2 + 1); // the manifest, then half of the parts
        VERIFY_RESULT(cut);
        QVERIFY(!cut->state && fetch.isUnderWay());
        const std::size_t before = log.loads;
        log.loads = 0;
        const auto done = run(fetch, feed, log.state.seq);
        VERIFY_RESULT(done);
        QVERIFY(done->state);
        QCOMPARE(firstDifference(dump(*done->state), dump(log.state)), std::string());
        QCOMPARE(done->head, log.state.seq);
        QVERIFY2(log.loads <= parts - parts / 2, (std::to_string(before) + " and " + std::to_string(log.loads) + " of " + std::to_string(parts)).c_str());
        QVERIFY(!fetch.isUnderWay());
    }

    void aLineCutInTheMiddleOfTheSnapshotIsNoMatter()
    {
        SnapshotFeed log;
        log.begin();
        log.alerts(300);
        log.snapshot();
        log.alerts(4);
        const auto path = newPath();
        std::promise<void> cut;
        log.onLoad = [isCut = cut.get_future().share()](std::size_t loads) { // the rest comes so slowly that it is in the middle of it, whoever is quicker
            if (loads >= 10)
                (void)isCut.wait_for(std::chrono::seconds(2));
        };
        SeatServer::Options narrow;
        narrow.window = 2000; // so that it is in the middle of it
        auto server = serve(path, log, narrow);
        VERIFY_RESULT(server);
        SeatWindow window;
        SeatClient seat(path, window.handlers(), m_random);
        seat.follow(1);
        QTRY_VERIFY(log.loads > 0);
        server->reset();
        QCOMPARE(window.seq(), std::uint64_t(0));
        cut.set_value();
        server = serve(path, log);
        VERIFY_RESULT(server);
        QTRY_COMPARE(window.seq(), log.state.seq);
        QCOMPARE(firstDifference(window.dumped(), dump(log.state)), std::string());
        const std::lock_guard l(window.mutex);
        QCOMPARE(window.snapshots, 1);
        QCOMPARE(window.records, std::uint64_t(4));
    }

    void whatIsGoneOrDamagedIsAskedForAnewAndGivenUpInTheEnd()
    {
        SnapshotFeed log;
        log.begin();
        log.alerts(100);
        log.snapshot();
        const Feed feed = log.feed();
        const auto whole = log.parts;
        for (const auto &[name, body] : whole)
            for (const bool damaged : {false, true}) {
                log.parts = whole;
                if (damaged)
                    log.parts[name][body.size() / 2] ^= 1;
                else
                    log.parts.erase(name);
                SnapshotFetch fetch;
                const auto given = run(fetch, feed, log.state.seq);
                VERIFY_RESULT(given);
                QVERIFY2(given->none && !given->state, name.c_str());
                // It comes back while it is asked for: then it is taken.
                int asked = 0;
                log.onLoad = [&](std::size_t) { if (++asked == 60) log.parts = whole; };
                SnapshotFetch again;
                const auto taken = run(again, feed, log.state.seq);
                log.onLoad = {};
                VERIFY_RESULT(taken);
                QVERIFY(taken->state || asked < 60);
            }
        log.parts = whole;
        log.manifests.begin()->second.version += 1;
        SnapshotFetch other;
        QVERIFY(run(other, feed, log.state.seq)->none);
    }

    void aSnapshotAboveItsLimitIsNotTaken()
    {
        SnapshotFeed log;
        log.begin();
        log.alerts(100);
        log.snapshot();
        std::size_t bytes = 0;
        for (const auto &[name, body] : log.parts)
            bytes += body.size();
        const Feed feed = log.feed();
        SnapshotFetch fits(bytes), tooLarge(bytes - 1);
        QVERIFY(run(fits, feed, log.state.seq)->state);
        QVERIFY(run(tooLarge, feed, log.state.seq)->none);
    }

    /// What was erased after the snapshot was looked for begins the seat anew; what was erased before does not.
    void anErasureAfterTheSnapshotBeginsTheSeatAnew()
    {
        SnapshotFeed log;
        log.begin();
        log.alerts(30);
        log.snapshot(); // of what is left, as if made after the erasure below
        events::StreamsErased erased;
        erased.streams = {{"incident/INC-9", kMorning}};
        erased.reason = "asked for";
        log.append({erased});
        log.alerts(5);
        const auto path = newPath();
        auto server = serve(path, log);
        VERIFY_RESULT(server);
        SeatWindow window;
        SeatClient seat(path, window.handlers(), m_random);
        seat.follow(1);
        QTRY_COMPARE(window.seq(), log.state.seq);
        QCOMPARE(window.resetCount(), 0);
        log.append({erased});
        QTRY_COMPARE(window.resetCount(), 1);
        QTRY_COMPARE(window.seq(), log.state.seq);
        log.alerts(2);
        QTRY_COMPARE(window.seq(), log.state.seq);
        QCOMPARE(firstDifference(window.dumped(), dump(log.state)), std::string());
        const std::lock_guard l(window.mutex);
        QCOMPARE(window.resets, 1);
        QCOMPARE(window.snapshots, 2);
    }

    void morePartsThanASeatMayWaitForEndTheLine()
    {
        SnapshotFeed log;
        log.begin();
        SeatServer::Options options;
        options.wantedAtMost = 5;
        const auto path = newPath();
        auto server = serve(path, log, options);
        VERIFY_RESULT(server);
        for (const std::size_t count : {std::size_t(5), std::size_t(6)}) {
            auto line = net::FrameClient::connect(path);
            VERIFY_RESULT(line);
            QVERIFY((*line)->send('P', encodeWanted(std::vector<std::string>(count, "none"))));
            std::size_t gone = 0;
            while (gone < 5) {
                const auto frame = (*line)->read(millis(qd::tests::kPatience));
                if (!frame)
                    break;
                QVERIFY(*frame && (*frame)->type == 'P' && decodeSnapshotFrame((*frame)->payload)->word == SnapshotWord::Gone);
                ++gone;
            }
            QCOMPARE(gone, count == 5 ? std::size_t(5) : std::size_t(0));
        }
    }

    void aSeatThatDoesNotTakeItsPartsIsDropped()
    {
        SnapshotFeed log;
        log.begin();
        log.parts["big"] = Bytes(50'000, 7);
        SeatServer::Options options;
        options.window = 100'000;
        options.patience = millis(1);
        const auto path = newPath();
        auto server = serve(path, log, options);
        VERIFY_RESULT(server);
        auto slow = net::FrameClient::connect(path);
        VERIFY_RESULT(slow);
        QVERIFY((*slow)->send('P', encodeWanted(std::vector<std::string>(500, "big"))));
        std::size_t got = 0;
        while ((*slow)->read(millis(qd::tests::kPatience)))
            QVERIFY(++got < 10); // a window, not all of them
        QVERIFY(got > 0);
    }

    /// Who looks at something past does not fold the whole log for it, nor gets what came after it.
    void aSeatCanBeginWithTheNewestSnapshotAtOrBeforeARecord_data()
    {
        QTest::addColumn<int>("from"); // against the record of the first of two snapshots
        QTest::addColumn<int>("snapshots");
        QTest::newRow("the record of the first itself") << 0 << 1;
        QTest::newRow("between the two") << 3 << 1;
        QTest::newRow("before both") << -1 << 0;
    }
    void aSeatCanBeginWithTheNewestSnapshotAtOrBeforeARecord()
    {
        QFETCH(int, from);
        QFETCH(int, snapshots);
        SnapshotFeed log;
        log.begin();
        log.alerts(20);
        log.snapshot();
        const auto first = static_cast<std::int64_t>(log.state.seq);
        log.alerts(20);
        log.snapshot();
        const auto path = newPath();
        auto server = serve(path, log);
        QVERIFY(server);
        SeatWindow window;
        SeatClient::Options options;
        options.snapshotAtMost = static_cast<std::uint64_t>(first + from);
        SeatClient seat(path, window.handlers(), m_random, options);
        seat.follow(1);
        QTRY_COMPARE(window.seq(), log.state.seq);
        const std::lock_guard l(window.mutex);
        QCOMPARE(window.snapshots, snapshots);
        QCOMPARE(static_cast<std::int64_t>(window.records), static_cast<std::int64_t>(log.state.seq) - (snapshots != 0 ? first : 0));
        QCOMPARE(dump(window.state), dump(log.state));
    }
};

QD_TEST(SeatSnapshotTest)
#include "tst_seatsnapshot.moc"
