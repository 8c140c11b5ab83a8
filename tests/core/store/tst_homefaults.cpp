// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/diskhome.h"
#include "tests/support/suite.h"

#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

/// A home on disk that was not closed, is full, damaged, or copied.
class TestHomeFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reopensAfterACrash();
    void readersReadWhileTheJournalWrites();
    void fullDiskStoresNothingHalf();
    void verifiesACopyAndChangesNothing();
    void verifiesALogAlone();
    void verifyFindsADamagedPage();
    void truncatedFileIsRefused();
};

void TestHomeFaults::reopensAfterACrash()
{
    DiskHome home;
    VERIFY_RESULT(home.create());
    // The child commits and dies without closing anything.
    const pid_t child = ::fork();
    QVERIFY(child >= 0);
    if (child == 0) {
        const bool good = home.open() && home.fill(90);
        ::kill(::getpid(), good ? SIGKILL : SIGTERM);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    QVERIFY(std::filesystem::exists(home.path() / "journal.db-wal"));
    const auto report = verify(home.path(), home.ports, {home.created.verificationKey});
    VERIFY_RESULT(report);
    QVERIFY(report->outcome == VerifyReport::Outcome::Authentic);
    QCOMPARE(report->headSeq, std::uint64_t(90));
    QVERIFY(report->unanchored < 64);
    VERIFY_RESULT(home.open());
    QCOMPARE(home.journal->head(), std::uint64_t(90));
    QCOMPARE(home.readable(), std::size_t(90));
    QVERIFY(home.fill(95));
}

void TestHomeFaults::readersReadWhileTheJournalWrites()
{
    DiskHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(1));
    std::atomic<bool> stop = false;
    std::atomic<int> bad = 0, rounds = 0;
    std::thread reader([&] {
        while (!stop || rounds < 3) {
            std::uint64_t last = 0;
            const std::uint64_t head = home.journal->head();
            const auto read = home.journal->replay(1, UINT64_MAX, [&](const Committed &r) {
                bad += r.seq != last + 1;
                last = r.seq;
                return true;
            });
            bad += !read || last < head;
            ++rounds;
        }
    });
    const bool filled = home.fill(300);
    stop = true;
    reader.join();
    QVERIFY(filled);
    QCOMPARE(bad.load(), 0);
}

void TestHomeFaults::fullDiskStoresNothingHalf()
{
    DiskHome home;
    home.ports = store::sqlitePorts({.maxPages = 40});
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(3));
    const Hash head = home.journal->headHash();
    const auto all = home.append(5, 1'000'000);
    QCOMPARE(all.size(), std::size_t(2));
    for (const auto &answer : all) {
        QVERIFY(!answer.record);
        QCOMPARE(answer.error.code, Code::Unavailable);
        QVERIFY(answer.error.message.starts_with("The disk is full"));
    }
    QCOMPARE(home.journal->head(), std::uint64_t(3));
    QVERIFY(home.journal->headHash() == head);
    QCOMPARE(home.readable(), std::size_t(3));
    // What fits goes on.
    home.journal->resumeAfterFailure();
    QVERIFY(home.fill(6));
    home.journal.reset();
    VERIFY_RESULT(home.open());
    QCOMPARE(home.readable(), std::size_t(6));
    const auto report = verify(home.path(), home.ports);
    QVERIFY(report && report->errors.empty());
}

void TestHomeFaults::verifiesACopyAndChangesNothing()
{
    DiskHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(70));
    home.journal.reset();
    const auto copy = std::filesystem::path(home.folder.path().toStdString()) / "copy";
    std::filesystem::copy(home.path(), copy);
    ::chmod((copy / "journal.db").c_str(), 0400);
    ::chmod((copy / "keys.db").c_str(), 0400);
    ::chmod(copy.c_str(), 0500);
    const auto before = snapshot(copy);
    const auto report = verify(copy, home.ports, {home.created.verificationKey});
    ::chmod(copy.c_str(), 0700);
    VERIFY_RESULT(report);
    QVERIFY(report->outcome == VerifyReport::Outcome::Authentic);
    QCOMPARE(report->headSeq, std::uint64_t(70));
    QVERIFY(snapshot(copy) == before);
}

void TestHomeFaults::verifiesALogAlone()
{
    DiskHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(5));
    home.journal.reset();
    const auto alone = std::filesystem::path(home.folder.path().toStdString()) / "evidence.db";
    std::filesystem::copy_file(home.path() / "journal.db", alone);
    const auto report = verify(alone, home.ports, {home.created.verificationKey});
    VERIFY_RESULT(report);
    QVERIFY(report->outcome == VerifyReport::Outcome::Authentic);
    QVERIFY(home.change("keys.db", "DELETE FROM stream_key"));
    const auto holes = verify(home.path(), home.ports, {home.created.verificationKey});
    QCOMPARE(holes->errors.size(), std::size_t(5));
    QCOMPARE(holes->errors[0].kind, std::string("key-missing"));
    std::ofstream(home.path() / "keys.db", std::ios::binary) << std::string(8192, 'x');
    QCOMPARE(verify(home.path(), home.ports)->errors.size(), std::size_t(5));
}

void TestHomeFaults::verifyFindsADamagedPage()
{
    DiskHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(200));
    home.journal.reset();
    const std::string whole = contentsOf(home.path() / "journal.db");
    const std::size_t pages = whole.size() / 8192;
    QVERIFY(pages > 8);
    for (std::size_t page = 0; page < pages; ++page) {
        std::string damaged = whole;
        for (std::size_t i = page * 8192 + (page == 0 ? 100 : 0); i < (page + 1) * 8192; ++i)
            damaged[i] = static_cast<char>(damaged[i] ^ 0x5a);
        std::ofstream(home.path() / "journal.db", std::ios::binary) << damaged;
        const auto report = verify(home.path(), home.ports, {home.created.verificationKey});
        if (report)
            QVERIFY2(report->outcome == VerifyReport::Outcome::Damaged || damaged == whole,
                     qPrintable(QString::number(page)));
        if (const auto opened = home.open(); opened)
            home.journal.reset(); // damage far behind the last checkpoints is verify's to find
        else
            QVERIFY(opened.error().code == Code::Corrupt);
        std::ofstream(home.path() / "journal.db", std::ios::binary) << whole;
    }
}

void TestHomeFaults::truncatedFileIsRefused()
{
    DiskHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(200));
    home.journal.reset();
    std::filesystem::resize_file(home.path() / "journal.db",
                                 std::filesystem::file_size(home.path() / "journal.db") / 2);
    QCOMPARE(home.open().error().code, Code::Corrupt);
    const auto report = verify(home.path(), home.ports);
    VERIFY_RESULT(report);
    QVERIFY(report->outcome == VerifyReport::Outcome::Damaged);
}

QD_TEST(TestHomeFaults)
#include "tst_homefaults.moc"
