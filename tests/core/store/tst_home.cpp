// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/header.h"
#include "core/store/database.h"
#include "core/store/sqliteports.h"
#include "tests/core/journal/journalfixture.h"

#include <fstream>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

namespace {

constexpr std::string_view kCanary = "canary-7f3a-the-customer-is-named-Ondine";

/// A home on disk.
struct DiskHome
{
    QTemporaryDir folder;
    Ports ports = store::sqlitePorts();
    SystemClock clock;
    SystemRandom random;
    Created created;
    std::unique_ptr<Journal> journal;

    std::filesystem::path path() const { return std::filesystem::path(folder.path().toStdString()) / "home"; }
    Result<> create(const Unlock &unlock = testUnlock())
    {
        auto made = journal::create(path(), ports, unlock, clock, random);
        if (!made)
            return tl::unexpected(made.error());
        created = *made;
        return {};
    }
    Result<> open(const Unlock &unlock = testUnlock())
    {
        auto opened = Journal::open(path(), ports, unlock, clock, random);
        if (!opened)
            return tl::unexpected(opened.error());
        journal = std::move(*opened);
        return {};
    }
    std::vector<Answers::Answer> append(std::uint64_t upTo, std::size_t bytes = 100)
    {
        Answers answers;
        const std::uint64_t first = journal->head() + 1;
        for (std::uint64_t s = first; s <= upTo; ++s) {
            Bytes body = bytesOf(kCanary);
            body.resize(bytes, 'x');
            journal->append(
                {s, Instant{static_cast<std::int64_t>(s)}, {{"incident/" + std::string(kCanary), 3, std::move(body)}}},
                answers.take());
        }
        return answers.wait(upTo + 1 - first);
    }
    bool fill(std::uint64_t upTo)
    {
        const auto all = append(upTo);
        return !all.empty() && std::all_of(all.begin(), all.end(), [](const auto &a) { return a.record != nullptr; });
    }
    std::size_t readable() const
    {
        std::size_t n = 0;
        const auto read = journal->replay(1, UINT64_MAX, [&](const Committed &r) {
            n += asText(r.parts[0].body).starts_with(kCanary);
            return true;
        });
        return read ? n : 0;
    }
    /// Runs SQL on a closed file, as somebody with another program would.
    bool change(const char *file, const char *sql) const
    {
        sqlite3 *db = nullptr;
        const bool ok = sqlite3_open((path() / file).c_str(), &db) == SQLITE_OK &&
                        sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
        sqlite3_close(db);
        return ok;
    }
};

std::string contentsOf(const std::filesystem::path &path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::map<std::string, std::string> snapshot(const std::filesystem::path &home)
{
    std::map<std::string, std::string> out;
    for (const auto &entry : std::filesystem::directory_iterator(home))
        out[entry.path().filename()] = contentsOf(entry.path());
    return out;
}

int modeOf(const std::filesystem::path &path)
{
    struct stat st
    {
    };
    return ::stat(path.c_str(), &st) == 0 ? static_cast<int>(st.st_mode & 0777) : -1;
}

} // namespace

class TestHome : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void filesArePrivate();
    void filesAreWhatTheDesignSays();
    void noPlaintextInAnyFile();
    void passphraseOpensAndAWrongOneDoesNot();
    void keyFileIsMadeAndOpens();
    void keyFileOthersCanReadIsRefused();
    void existingHomeIsNotMadeAgain_data();
    void existingHomeIsNotMadeAgain();
    void failedMakingLeavesNothing();
    void missingHomeIsSaidSo();
    void secondCoreIsRefused();
    void newerFormatIsRefusedUnchanged_data();
    void newerFormatIsRefusedUnchanged();
    void otherFilesAreRefused_data();
    void otherFilesAreRefused();
    void strangeKeysAreRefused();
    void reopensAfterACrash();
    void readersReadWhileTheJournalWrites();
    void fullDiskStoresNothingHalf();
    void verifiesACopyAndChangesNothing();
    void verifiesALogAlone();
    void verifyFindsADamagedPage();
    void truncatedFileIsRefused();
};

void TestHome::filesArePrivate()
{
    const auto old = ::umask(0);
    DiskHome home;
    VERIFY_RESULT(home.create({Unlock::KeyFile, {}}));
    VERIFY_RESULT(home.open({Unlock::KeyFile, {}}));
    QVERIFY(home.fill(3));
    ::umask(old);
    QCOMPARE(modeOf(home.path()), 0700);
    int files = 0;
    for (const auto &entry : std::filesystem::directory_iterator(home.path())) {
        QVERIFY2(modeOf(entry.path()) == 0600, entry.path().c_str());
        ++files;
    }
    QVERIFY(files >= 6); // journal.db, its -wal and -shm, keys.db, root.key, lock
}

void TestHome::filesAreWhatTheDesignSays()
{
    DiskHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(3));
    QVERIFY(std::filesystem::exists(home.path() / "journal.db-wal"));
    QVERIFY(!std::filesystem::exists(home.path() / "keys.db-wal"));
    home.journal.reset();
    QVERIFY(!std::filesystem::exists(home.path() / "journal.db-wal"));
    sqlite3 *db = nullptr;
    QCOMPARE(sqlite3_open((home.path() / "journal.db").c_str(), &db), SQLITE_OK);
    const auto pragma = [&](const char *sql) {
        std::string out;
        sqlite3_exec(
            db, sql,
            [](void *o, int, char **v, char **) {
                *static_cast<std::string *>(o) = v[0];
                return 0;
            },
            &out, nullptr);
        return out;
    };
    QCOMPARE(pragma("PRAGMA journal_mode"), std::string("wal"));
    QCOMPARE(pragma("PRAGMA page_size"), std::string("8192"));
    QCOMPARE(pragma("PRAGMA user_version"), std::string("1"));
    QCOMPARE(pragma("PRAGMA application_id"), std::to_string(0x51444a31));
    QCOMPARE(pragma("SELECT count(*) FROM record"), std::string("3"));
    QCOMPARE(pragma("SELECT count(*) FROM checkpoint"), std::string("1"));
    sqlite3_close(db);
    QCOMPARE(sqlite3_open((home.path() / "keys.db").c_str(), &db), SQLITE_OK);
    QCOMPARE(pragma("PRAGMA journal_mode"), std::string("delete"));
    sqlite3_close(db);
    const auto file =
        store::Database::open(home.path() / "keys.db", {"keys.db", 0x51444b31, 2}, store::Database::Mode::Write);
    VERIFY_RESULT(file);
    const auto refused = (*file)->execute("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = 'x'");
    QVERIFY(!refused); // defensive
}

void TestHome::noPlaintextInAnyFile()
{
    DiskHome home;
    VERIFY_RESULT(home.create({Unlock::Passphrase, Secret(kCanary)}));
    VERIFY_RESULT(home.open({Unlock::Passphrase, Secret(kCanary)}));
    QVERIFY(home.fill(70));
    const auto check = [&] {
        for (const auto &[name, text] : snapshot(home.path())) {
            QVERIFY2(text.find(kCanary) == std::string::npos, name.c_str());
            QVERIFY2(text.find("incident/") == std::string::npos, name.c_str());
            QVERIFY2(text.find(home.created.recoveryKey) == std::string::npos, name.c_str());
        }
    };
    check();                                    // with the write-ahead log
    QCOMPARE(home.readable(), std::size_t(70)); // it is really there
    home.journal.reset();
    check();
}

void TestHome::passphraseOpensAndAWrongOneDoesNot()
{
    DiskHome home;
    QCOMPARE(home.create({Unlock::Passphrase, {}}).error().code, Code::Invalid);
    VERIFY_RESULT(home.create({Unlock::Passphrase, Secret(std::string_view("correct horse"))}));
    const auto before = snapshot(home.path());
    const auto wrong =
        Journal::open(home.path(), home.ports, {Unlock::Passphrase, Secret(std::string_view("correct house"))},
                      home.clock, home.random);
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().code, Code::Forbidden);
    QCOMPARE(wrong.error().message, std::string("The passphrase does not open this home; nothing was changed."));
    QVERIFY(snapshot(home.path()) == before);
    VERIFY_RESULT(Journal::open(home.path(), home.ports,
                                {Unlock::Passphrase, Secret(std::string_view("correct horse"))}, home.clock,
                                home.random));
    VERIFY_RESULT(Journal::open(home.path(), home.ports, {Unlock::Recovery, Secret(home.created.recoveryKey)},
                                home.clock, home.random));
}

void TestHome::keyFileIsMadeAndOpens()
{
    DiskHome home;
    VERIFY_RESULT(home.create({Unlock::KeyFile, {}}));
    QCOMPARE(contentsOf(home.path() / "root.key").size(), std::size_t(32));
    VERIFY_RESULT(Journal::open(home.path(), home.ports, {Unlock::KeyFile, {}}, home.clock, home.random));
    std::filesystem::remove(home.path() / "root.key");
    QCOMPARE(Journal::open(home.path(), home.ports, {Unlock::KeyFile, {}}, home.clock, home.random).error().code,
             Code::Forbidden);
    VERIFY_RESULT(Journal::open(home.path(), home.ports, {Unlock::Recovery, Secret(home.created.recoveryKey)},
                                home.clock, home.random));
}

void TestHome::keyFileOthersCanReadIsRefused()
{
    DiskHome home;
    VERIFY_RESULT(home.create({Unlock::KeyFile, {}}));
    ::chmod((home.path() / "root.key").c_str(), 0644);
    QCOMPARE(Journal::open(home.path(), home.ports, {Unlock::KeyFile, {}}, home.clock, home.random).error().code,
             Code::Forbidden);
}

void TestHome::existingHomeIsNotMadeAgain_data()
{
    QTest::addColumn<QString>("kept");
    QTest::newRow("all of it") << "";
    QTest::newRow("only the log") << "journal.db";
    QTest::newRow("only the keys") << "keys.db";
    QTest::newRow("only the key file") << "root.key";
}

void TestHome::existingHomeIsNotMadeAgain()
{
    QFETCH(QString, kept);
    DiskHome home;
    VERIFY_RESULT(home.create({Unlock::KeyFile, {}}));
    for (const char *name : {"journal.db", "keys.db", "root.key"})
        if (!kept.isEmpty() && kept != QLatin1String(name))
            std::filesystem::remove(home.path() / name);
    const auto before = snapshot(home.path());
    QCOMPARE(home.create({Unlock::KeyFile, {}}).error().code, Code::Conflict);
    QVERIFY(snapshot(home.path()) == before);
}

void TestHome::failedMakingLeavesNothing()
{
    DiskHome home;
    QCOMPARE(home.create({Unlock::KeyFile, Secret(Bytes(31))}).error().code, Code::Invalid);
    QVERIFY(!std::filesystem::exists(home.path()));
    // A folder that was there stays, as it was.
    std::filesystem::create_directory(home.path());
    QCOMPARE(::chmod(home.path().c_str(), 0750), 0);
    const auto rest = [] { return Result<>(fail(Code::Io, "The rest cannot be made.")); };
    QCOMPARE(journal::create(home.path(), home.ports, {Unlock::KeyFile, {}}, home.clock, home.random, rest).error().message, std::string("The rest cannot be made."));
    QVERIFY(snapshot(home.path()).empty());
    QCOMPARE(modeOf(home.path()), 0750);
    VERIFY_RESULT(home.create());
    QCOMPARE(modeOf(home.path()), 0700);
}

void TestHome::missingHomeIsSaidSo()
{
    DiskHome home;
    QCOMPARE(home.open().error().code, Code::NotFound);
    std::filesystem::create_directory(home.path());
    QCOMPARE(home.open().error().code, Code::NotFound);
    QVERIFY(snapshot(home.path()).empty());
    QCOMPARE(verify(home.path(), home.ports).error().code, Code::NotFound);
}

void TestHome::secondCoreIsRefused()
{
    DiskHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(1));
    const auto second = Journal::open(home.path(), home.ports, testUnlock(), home.clock, home.random);
    QVERIFY(!second);
    QCOMPARE(second.error().code, Code::Conflict);
    QVERIFY(second.error().message.starts_with("Another Quarterdeck core is using the home"));
    QCOMPARE(home.create().error().code, Code::Conflict);
    QVERIFY(home.fill(2)); // the first does not mind
    home.journal->close();
    VERIFY_RESULT(Journal::open(home.path(), home.ports, testUnlock(), home.clock, home.random));
}

void TestHome::newerFormatIsRefusedUnchanged_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("log") << "journal.db";
    QTest::newRow("keys") << "keys.db";
}

void TestHome::newerFormatIsRefusedUnchanged()
{
    QFETCH(QString, file);
    DiskHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(2));
    home.journal.reset();
    QVERIFY(home.change(file.toStdString().c_str(), "PRAGMA user_version=9"));
    const auto before = snapshot(home.path());
    const auto opened = home.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, Code::Version);
    QVERIFY(opened.error().message.find("newer Quarterdeck (format 9, this one knows ") != std::string::npos);
    const auto report = verify(home.path(), home.ports);
    VERIFY_RESULT(report);
    QVERIFY(report->outcome == VerifyReport::Outcome::UnknownVersion);
    QVERIFY(snapshot(home.path()) == before);
}

void TestHome::otherFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray(
        "This is not a database at all, but long enough to have a header of a hundred bytes, and more than that.");
}

void TestHome::otherFilesAreRefused()
{
    QFETCH(QByteArray, contents);
    for (const char *name : {"journal.db", "keys.db"}) {
        DiskHome home;
        VERIFY_RESULT(home.create());
        std::ofstream(home.path() / name, std::ios::binary) << contents.toStdString();
        const auto before = snapshot(home.path());
        const auto opened = home.open();
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, Code::Corrupt);
        QVERIFY(snapshot(home.path()) == before);
    }
    // A database, but somebody else's.
    DiskHome home;
    VERIFY_RESULT(home.create());
    QVERIFY(home.change("journal.db", "PRAGMA application_id=7"));
    QCOMPARE(home.open().error().code, Code::Corrupt);
}

void TestHome::strangeKeysAreRefused()
{
    DiskHome home, other;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(other.create());
    std::filesystem::copy_file(other.path() / "keys.db", home.path() / "keys.db",
                               std::filesystem::copy_options::overwrite_existing);
    const auto opened = home.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, Code::Corrupt);
    QVERIFY(opened.error().message.find("do not belong together") != std::string::npos);
}

void TestHome::reopensAfterACrash()
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

void TestHome::readersReadWhileTheJournalWrites()
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

void TestHome::fullDiskStoresNothingHalf()
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

void TestHome::verifiesACopyAndChangesNothing()
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

void TestHome::verifiesALogAlone()
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

void TestHome::verifyFindsADamagedPage()
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

void TestHome::truncatedFileIsRefused()
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

QTEST_GUILESS_MAIN(TestHome)
#include "tst_home.moc"
