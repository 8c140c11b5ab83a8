// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/damagedlog.h"
#include "core/journal/exportfile.h"
#include "core/journal/headnote.h"
#include "core/journal/verify.h"
#include "tests/core/journal/verifyfixture.h"
#include "tests/core/store/diskhome.h"
#include "tests/support/suite.h"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

/// The newest checkpoint kept beside the log: an older journal.db put back is told from the newest one.
class TestHeadNote : public QObject
{
    Q_OBJECT

    static std::filesystem::path noteOf(const DiskHome &home) { return home.path() / HeadNote::kName; }
    static std::uint64_t noted(const DiskHome &home)
    {
        const auto note = parseNote(contentsOf(noteOf(home)));
        return note ? note->size : 0;
    }
    /// The files of the log as they are now, put back later.
    static std::map<std::string, std::string> logOf(const DiskHome &home)
    {
        std::map<std::string, std::string> out;
        for (auto &[name, bytes] : snapshot(home.path()))
            if (name.starts_with("journal.db"))
                out[name] = bytes;
        return out;
    }
    static void putBack(const DiskHome &home, const std::map<std::string, std::string> &files)
    {
        for (const char *name : {"journal.db", "journal.db-wal", "journal.db-shm"})
            std::filesystem::remove(home.path() / name);
        for (const auto &[name, bytes] : files)
            std::ofstream(home.path() / name, std::ios::binary) << bytes;
    }
    std::string faults(const DiskHome &home) const
    {
        return faultsOf(verify(home.path(), home.ports, {home.created.verificationKey}));
    }
    /// Refused for writing and unchanged, shown up to `head` with a sentence that says what can be done.
    static void isShownOnly(DiskHome &home, std::uint64_t head, const char *says)
    {
        const auto before = snapshot(home.path());
        const auto opened = home.open();
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, Code::Corrupt);
        QVERIFY2(opened.error().message.find(says) != std::string::npos, opened.error().message.c_str());
        QVERIFY(opened.error().message.find('\n') == std::string::npos);
        const auto shown = DamagedLog::open(home.path(), home.ports, testUnlock());
        VERIFY_RESULT(shown);
        QCOMPARE((*shown)->head(), head);
        QCOMPARE(QString::fromStdString((*shown)->damage() + "."), QString::fromStdString(opened.error().message));
        auto after = snapshot(home.path());
        for (const auto *name : {"journal.db-shm", "journal.db-wal"}) // SQLite's own, beside a log that was not closed
            if (!before.contains(name))
                after.erase(name);
        QVERIFY(after.size() == before.size() && after["journal.db"] == before.at("journal.db") && after["head.note"] == before.at("head.note"));
    }

private Q_SLOTS:
    void isTheNewestCheckpoint()
    {
        DiskHome home;
        VERIFY_RESULT(home.create());
        VERIFY_RESULT(home.open());
        QVERIFY(!std::filesystem::exists(noteOf(home))); // nothing is signed yet
        QVERIFY(home.fill(10));
        VERIFY_RESULT(home.journal->checkpoint());
        QCOMPARE(noted(home), std::uint64_t(10));
        QCOMPARE(contentsOf(noteOf(home)), home.journal->signedHead().note);
        QVERIFY(home.fill(200));
        QTRY_VERIFY(noted(home) >= 138); // those that come by themselves: within a second
        home.journal.reset();
        QCOMPARE(noted(home), std::uint64_t(200));
        QCOMPARE(modeOf(noteOf(home)), 0600);
        QVERIFY(!std::filesystem::exists(home.path() / "head.note.new"));
        VERIFY_RESULT(home.open());
        QVERIFY(home.journal->notice().empty());
        const auto report = verify(home.path(), home.ports, {home.created.verificationKey});
        QVERIFY(report && report->outcome == VerifyReport::Outcome::Authentic && report->noted == std::uint64_t(200));
    }

    void anOlderJournalPutBackIsShownOnly()
    {
        DiskHome home;
        VERIFY_RESULT(home.create());
        VERIFY_RESULT(home.open());
        QVERIFY(home.fill(90));
        home.journal.reset();
        const auto anHourAgo = logOf(home);
        VERIFY_RESULT(home.open());
        QVERIFY(home.fill(150));
        home.journal.reset();
        putBack(home, anHourAgo);
        isShownOnly(home, 90, "truncated, by an older journal.db put back");
        SAME(faults(home), at("truncated", 91));
        // What can be done, as it says: the newer one back, or without the note on from here, which is said.
        const auto note = contentsOf(noteOf(home));
        std::filesystem::remove(noteOf(home));
        SAME(faults(home), std::string());
        VERIFY_RESULT(home.open());
        QVERIFY(home.journal->notice().find("could not be told") != std::string::npos);
        QVERIFY(home.fill(91));
        home.journal.reset();
        VERIFY_RESULT(home.open());
        QVERIFY(home.journal->notice().empty()); // there is a note again
        home.journal.reset();
        // It went its own way: the note of the other one says so even when there are more records than it knows of.
        VERIFY_RESULT(home.open());
        QVERIFY(home.fill(180));
        home.journal.reset();
        std::ofstream(noteOf(home), std::ios::binary) << note;
        isShownOnly(home, 91, "are not those that were signed in head.note");
        SAME(faults(home), at("bad-hash", 150));
    }

    void anEmptiedJournalIsNamed()
    {
        DiskHome home;
        VERIFY_RESULT(home.create());
        const auto empty = logOf(home);
        VERIFY_RESULT(home.open());
        QVERIFY(home.fill(5));
        home.journal.reset();
        putBack(home, empty);
        isShownOnly(home, 0, "The journal ends at record 0 but head.note beside it was signed at record 5");
        SAME(faults(home), at("truncated", 1));
    }

    /// A core that died leaves its newest records in the write-ahead log alone.
    void aLostOrDamagedWriteAheadLogIsNamed()
    {
        DiskHome home;
        VERIFY_RESULT(home.create());
        VERIFY_RESULT(home.open());
        QVERIFY(home.fill(20));
        home.journal.reset();
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            const bool good = home.open() && home.fill(70) && home.journal->checkpoint();
            ::kill(::getpid(), good ? SIGKILL : SIGTERM);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        QCOMPARE(noted(home), std::uint64_t(70));
        const auto dead = logOf(home);
        QVERIFY(dead.contains("journal.db-wal"));
        SAME(faults(home), std::string()); // as it was left it is whole

        auto changed = dead;
        changed.erase("journal.db-wal");
        changed.erase("journal.db-shm");
        putBack(home, changed);
        SAME(faults(home), at("truncated", 21));
        isShownOnly(home, 20, "a lost journal.db-wal");

        changed = dead;
        changed.erase("journal.db-shm");
        for (std::size_t i = 0; i < 32; ++i)
            changed["journal.db-wal"][i] = static_cast<char>(changed["journal.db-wal"][i] ^ 0x5a); // its header: SQLite takes none of it
        putBack(home, changed);
        SAME(faults(home), at("truncated", 21));
        isShownOnly(home, 20, "truncated");

        putBack(home, dead);
        VERIFY_RESULT(home.open());
        QCOMPARE(home.readable(), std::size_t(70));
    }

    void aNoteOlderThanTheJournalIsFine()
    {
        DiskHome home;
        VERIFY_RESULT(home.create());
        VERIFY_RESULT(home.open());
        QVERIFY(home.fill(30));
        VERIFY_RESULT(home.journal->checkpoint());
        const auto old = contentsOf(noteOf(home));
        QVERIFY(home.fill(190));
        home.journal.reset();
        std::ofstream(noteOf(home), std::ios::binary) << old;
        VERIFY_RESULT(home.open());
        QVERIFY(home.journal->notice().empty());
        home.journal.reset();
        QCOMPARE(noted(home), std::uint64_t(190)); // and it is replaced
        SAME(faults(home), std::string());
        // Where no checkpoint of its size is stored the records themselves are asked.
        std::ofstream(noteOf(home), std::ios::binary) << old;
        QVERIFY(home.change("journal.db", "DELETE FROM checkpoint WHERE size <= 30"));
        VERIFY_RESULT(home.open());
        home.journal.reset();
        QVERIFY(home.change("journal.db", "DELETE FROM checkpoint WHERE size <= 160"));
        std::ofstream(noteOf(home), std::ios::binary) << old;
        VERIFY_RESULT(home.open());
    }

    void aCopiedHomeKeepsBoth()
    {
        DiskHome home;
        VERIFY_RESULT(home.create());
        VERIFY_RESULT(home.open());
        QVERIFY(home.fill(10));
        home.journal.reset();
        const auto elsewhere = std::filesystem::path(home.folder.path().toStdString()) / "elsewhere";
        std::filesystem::copy(home.path(), elsewhere);
        const auto opened = Journal::open(elsewhere, home.ports, testUnlock(), home.clock, home.random);
        VERIFY_RESULT(opened);
        QVERIFY((*opened)->notice().empty());
    }

    /// Nobody's note says nothing of the log: that is said, the file is kept for people, and the core goes on.
    void aDamagedNoteIsSaidAndKept_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<quint64>("named");
        QTest::newRow("empty") << QByteArray("") << quint64(0);
        QTest::newRow("text") << QByteArray("not a note\n") << quint64(0);
        QTest::newRow("too large") << QByteArray(int(HeadNote::kMostBytes) + 1, 'x') << quint64(0);
        QTest::newRow("another number") << QByteArray("CHANGED") << quint64(99);
        QTest::newRow("another log's") << QByteArray("OTHER") << quint64(7);
        QTest::newRow("a folder") << QByteArray("FOLDER") << quint64(0);
        QTest::newRow("a link") << QByteArray("LINK") << quint64(0);
    }
    void aDamagedNoteIsSaidAndKept()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(quint64, named);
        DiskHome home, other;
        for (DiskHome *h : {&home, &other}) {
            VERIFY_RESULT(h->create());
            VERIFY_RESULT(h->open());
            QVERIFY(h->fill(h == &home ? 10 : 7));
            h->journal.reset();
        }
        std::string text = bytes.toStdString();
        if (text == "OTHER")
            text = contentsOf(noteOf(other));
        if (text == "CHANGED") {
            text = contentsOf(noteOf(home));
            text.replace(text.find("\n10\n"), 4, "\n99\n");
        }
        std::filesystem::remove(noteOf(home));
        if (text == "FOLDER")
            std::filesystem::create_directory(noteOf(home));
        else if (text == "LINK")
            std::filesystem::create_symlink(noteOf(other), noteOf(home));
        else
            std::ofstream(noteOf(home), std::ios::binary) << text;
        SAME(faults(home), at("bad-signature", named));
        VERIFY_RESULT(home.open());
        QVERIFY(home.journal->notice().find("head.note.unfit") != std::string::npos);
        QVERIFY(std::filesystem::exists(std::filesystem::symlink_status(home.path() / "head.note.unfit")));
        QVERIFY(home.fill(11));
        home.journal.reset();
        QCOMPARE(noted(home), std::uint64_t(11));
        SAME(faults(home), std::string());
        QCOMPARE(noted(other), std::uint64_t(7)); // no link was followed
    }

    void aNoteThatCannotBeWrittenStopsNothing()
    {
        DiskHome home;
        VERIFY_RESULT(home.create());
        VERIFY_RESULT(home.open());
        std::filesystem::create_directories(home.path() / "head.note.new" / "in the way");
        QVERIFY(home.fill(10));
        VERIFY_RESULT(home.journal->checkpoint());
        QVERIFY(!std::filesystem::exists(noteOf(home)));
        std::filesystem::remove_all(home.path() / "head.note.new");
        home.journal.reset();
        QCOMPARE(noted(home), std::uint64_t(10));
    }

    void nothingIsExportedFromAnOlderJournal()
    {
        DiskHome home;
        VERIFY_RESULT(home.create());
        VERIFY_RESULT(home.open());
        QVERIFY(home.fill(3));
        home.journal.reset();
        const auto old = logOf(home);
        VERIFY_RESULT(home.open());
        QVERIFY(home.fill(6));
        home.journal.reset();
        ExportRequest request;
        request.stream = "incident/" + std::string(kCanary);
        request.name = "INC-1";
        request.timeline = {"test", [](const Disclosed &) { return Result<std::vector<std::string>>(std::vector<std::string>{}); }};
        request.manifest = [](const ExportFacts &facts) {
            return "{\"name\":\"INC-1\",\"schema\":\"test\",\"records\":" + std::to_string(facts.records) + "}";
        };
        VERIFY_RESULT(exportStream(home.path(), home.ports, testUnlock(), request));
        putBack(home, old);
        const auto refused = exportStream(home.path(), home.ports, testUnlock(), request);
        QVERIFY(!refused);
        QVERIFY(refused.error().message.find("truncated at record 4") != std::string::npos);
    }
};

QD_TEST(TestHeadNote)
#include "tst_headnote.moc"
