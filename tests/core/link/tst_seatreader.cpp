// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/link/seatclient.h"
#include "core/link/seatserver.h"
#include "core/net/iothread.h"
#include "tests/core/link/snapshotfeed.h"
#include "tests/support/dump.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <QtTest>
#include <atomic>

using namespace qd;
using namespace qd::link;
using namespace qd::tests;

namespace {

governance::SeatReadersPtr seatOf(Reader reader)
{
    return std::make_shared<const governance::SeatReaders>(std::move(reader));
}

} // namespace

/// What a seat is sent depends on who sits there, and on what is recorded of it.
class SeatReaderTest : public QObject {
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
    /// What whoever sits there may not read does not leave the core: in records from the journal and from memory, and in a snapshot.
    void noWordIsSentThatItsReaderMayNotRead()
    {
        SnapshotFeed log;
        log.begin();
        const std::string text = "say [[confidential: CON]] [[restricted: RES]] [[restricted for dana: DAN]]";
        log.append({events::LogWritten{"INC-1", text, kAna}});
        log.alerts(20);
        log.snapshot();
        SeatServer::Options options;
        options.reader = [] { return seatOf({DataClass::Confidential, {"dana"}, DataClass::Confidential}); };
        const auto path = newPath();
        auto server = serve(path, log, std::move(options));
        QVERIFY(server);
        SeatWindow window;
        SeatClient seat(path, window.handlers(), m_random);
        seat.follow(1);
        QTRY_COMPARE(window.seq(), log.state.seq);
        log.append({events::LogWritten{"INC-1", text, kAna}});
        QTRY_COMPARE(window.seq(), log.state.seq);
        const std::string seen = window.dumped();
        QVERIFY(seen.find("CON") != std::string::npos && seen.find("[sealed: restricted, short]") != std::string::npos);
        QVERIFY(seen.find("RES") == std::string::npos && seen.find("DAN") == std::string::npos);
        const std::lock_guard l(window.mutex);
        QCOMPARE(window.state.incident("INC-1")->timeline.size(), std::size_t{3});
        QCOMPARE(window.snapshots, 0); // it folded the records: a part of the snapshot holds the words
    }

    /// A clearance may be bounded: less in one incident, and what is read everywhere is what a part of a snapshot may hold.
    void eachIncidentIsReadByWhatHoldsThere()
    {
        SnapshotFeed log;
        Workspace w = aWorkspace();
        ClearanceRule less;
        less.id = "payroll";
        less.level = DataClass::Internal;
        less.everybody = true;
        less.services = {"mail"};
        w.clearances = {less};
        log.append(withWorkspace(w));
        log.append({anIncident("INC-1").service("cart").event()});
        log.append({anIncident("INC-2").service("mail").titled("Payroll [[confidential: CON-TITLE]]").event()});
        auto readers = std::make_shared<const governance::SeatReaders>(log.state, "ana");
        QVERIFY(readers->isBounded());
        SeatServer::Options options;
        options.reader = [readers] { return readers; };
        for (const char *incident : {"INC-1", "INC-2"})
            log.append({events::LogWritten{incident, std::string("say [[confidential: CON-") + incident + "]]", kAna}});
        log.snapshot();
        const auto path = newPath();
        auto server = serve(path, log, std::move(options));
        QVERIFY(server);
        SeatWindow window;
        SeatClient seat(path, window.handlers(), m_random);
        seat.follow(1);
        QTRY_COMPARE(window.seq(), log.state.seq);
        const std::string seen = window.dumped();
        QVERIFY(seen.find("CON-INC-1") != std::string::npos);
        QVERIFY(seen.find("CON-INC-2") == std::string::npos && seen.find("CON-TITLE") == std::string::npos);
    }

    /// What lies in memory was sealed for whoever sat there then.
    void aRecordInMemoryIsSealedAnewWhenItsReaderMayReadLess()
    {
        SnapshotFeed log;
        log.begin();
        auto level = std::make_shared<std::atomic<DataClass>>(DataClass::Confidential);
        SeatServer::Options options;
        options.reader = [level] { return seatOf({level->load(), {}, DataClass::Confidential}); };
        const auto path = newPath();
        auto server = serve(path, log, std::move(options));
        QVERIFY(server);
        log.append({events::LogWritten{"INC-1", "say [[confidential: CON]]", kAna}});
        SeatWindow first, second;
        SeatClient before(path, first.handlers(), m_random);
        before.follow(1);
        QTRY_COMPARE(first.seq(), log.state.seq);
        QVERIFY(first.dumped().find("CON") != std::string::npos);
        level->store(DataClass::Internal);
        SeatClient after(path, second.handlers(), m_random);
        after.follow(1);
        QTRY_COMPARE(second.seq(), log.state.seq);
        const std::string seen = second.dumped();
        QVERIFY2(seen.find("CON") == std::string::npos && seen.find("[sealed: confidential, short]") != std::string::npos, seen.c_str());
        level->store(DataClass::Confidential);
        SeatWindow third;
        SeatClient again(path, third.handlers(), m_random);
        again.follow(1);
        QTRY_COMPARE(third.seq(), log.state.seq);
        QVERIFY(third.dumped().find("CON") != std::string::npos);
    }

    void aRecordThatShowsSomethingWaitsUntilThatIsRecorded_data()
    {
        QTest::addColumn<bool>("may");
        QTest::newRow("recorded") << true;
        QTest::newRow("refused") << false;
    }
    void aRecordThatShowsSomethingWaitsUntilThatIsRecorded()
    {
        QFETCH(bool, may);
        SnapshotFeed log;
        log.begin();
        std::mutex mutex;
        std::vector<std::pair<std::uint64_t, std::function<void(Result<>)>>> asked;
        const auto askedOf = [&] {
            const std::lock_guard l(mutex);
            std::vector<std::uint64_t> out;
            for (const auto &[seq, go] : asked)
                out.push_back(seq);
            return out;
        };
        SeatServer::Options options;
        options.beforeFollowing = [](const std::function<void(Result<>)> &go) { go({}); };
        options.mustAsk = [](const desk::Record &r) { return holds<events::IncidentDeclared>(r.events.front()); };
        options.beforeSending = [&](const desk::Record &r, std::function<void(Result<>)> go) {
            const std::lock_guard l(mutex);
            asked.emplace_back(r.seq, std::move(go));
        };
        const auto path = newPath();
        auto server = serve(path, log, std::move(options));
        QVERIFY(server);
        SeatWindow window, second;
        SeatClient seat(path, window.handlers(), m_random), other(path, second.handlers(), m_random);
        seat.follow(1);
        other.follow(1);
        const std::uint64_t before = log.state.seq;
        QTRY_COMPARE(window.seq(), before);
        QTRY_COMPARE(second.seq(), before);
        log.append({events::Event(anIncident("INC-7").titled("Payroll").event())});
        log.append({events::LogWritten{"INC-7", "behind it", kAna}});
        QTRY_COMPARE(askedOf(), std::vector<std::uint64_t>{before + 1}); // once, for both
        QCOMPARE(window.seq(), before);
        QCOMPARE(second.seq(), before);
        {
            const std::lock_guard l(mutex);
            asked.front().second(may ? Result<>() : fail(Code::Unavailable, "The disk takes nothing."));
        }
        if (!may) { // the line ends, and whoever comes again is asked for as everybody is
            QTRY_VERIFY(window.seq() == before + 2 && second.seq() == before + 2);
            return;
        }
        QTRY_COMPARE(window.seq(), before + 2);
        QTRY_COMPARE(second.seq(), before + 2);
        QCOMPARE(askedOf().size(), std::size_t{1});
    }

    void aFileIsToldOfWithoutItsBytes()
    {
        SnapshotFeed log;
        log.begin();
        log.append({events::EvidenceKept{"INC-1", "RklMRQ==", "a.txt", "of the bank", "d", "text/plain", 1, 4, kAna}});
        SeatServer::Options options;
        options.reader = [] { return seatOf({DataClass::Confidential, {}, DataClass::Confidential}); };
        const auto path = newPath();
        auto server = serve(path, log, std::move(options));
        QVERIFY(server);
        SeatWindow window;
        SeatClient seat(path, window.handlers(), m_random);
        seat.follow(1);
        QTRY_COMPARE(window.seq(), log.state.seq);
        log.append({events::EvidenceKept{"INC-1", "RklMRQ==", "b.txt", "[[restricted: of it]]", "e", "text/plain", 2, 4, kAna}});
        QTRY_COMPARE(window.seq(), log.state.seq);
        const std::lock_guard l(window.mutex);
        QCOMPARE(window.files, (std::vector<std::string>{"a.txt:", "b.txt:"}));
        const auto &kept = window.state.incident("INC-1")->evidence;
        QCOMPARE(kept.size(), std::size_t{2});
        QCOMPARE(kept.front().bytes, std::uint64_t{4});
    }

    void aSnapshotWithoutSuchWordsIsSentAsEver()
    {
        SnapshotFeed log;
        log.begin();
        log.append({events::LogWritten{"INC-1", "say [[confidential: CON]]", kAna}});
        log.alerts(20);
        log.snapshot();
        SeatServer::Options options;
        options.reader = [] { return seatOf({DataClass::Confidential, {}, DataClass::Confidential}); };
        const auto path = newPath();
        auto server = serve(path, log, std::move(options));
        QVERIFY(server);
        SeatWindow window;
        SeatClient seat(path, window.handlers(), m_random);
        seat.follow(1);
        QTRY_COMPARE(window.seq(), log.state.seq);
        const std::lock_guard l(window.mutex);
        QCOMPARE(window.snapshots, 1);
    }

    void aSeatGetsNothingBeforeItMay_data()
    {
        QTest::addColumn<bool>("may");
        QTest::newRow("recorded") << true;
        QTest::newRow("refused") << false;
    }
    void aSeatGetsNothingBeforeItMay()
    {
        QFETCH(bool, may);
        SnapshotFeed log;
        log.begin();
        log.alerts(20);
        log.snapshot();
        std::mutex mutex;
        std::vector<std::function<void(Result<>)>> asked;
        SeatServer::Options options;
        options.beforeFollowing = [&](std::function<void(Result<>)> go) {
            const std::lock_guard lock(mutex);
            asked.push_back(std::move(go));
        };
        const auto count = [&] {
            const std::lock_guard lock(mutex);
            return asked.size();
        };
        const auto path = newPath();
        auto server = serve(path, log, std::move(options));
        QVERIFY(server);
        QVERIFY(!(*server)->followed()());
        SeatWindow window;
        SeatClient seat(path, window.handlers(), m_random);
        seat.follow(1);
        QTRY_COMPARE(count(), std::size_t{1});
        QCOMPARE(window.seq(), std::uint64_t{0});
        asked.front()(may ? Result<>() : fail(Code::Unavailable, "The disk takes nothing."));
        if (may) {
            QTRY_COMPARE(window.seq(), log.state.seq);
            QTRY_VERIFY((*server)->followed()());
            QCOMPARE(count(), std::size_t{1}); // once a line
        } else {
            QTRY_VERIFY(count() > 1); // its line was cut, and it asks again
            QCOMPARE(window.seq(), std::uint64_t{0});
        }
    }
};

QD_TEST(SeatReaderTest)
#include "tst_seatreader.moc"
