// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"
#include "tests/core/store/diskhome.h"
#include "tests/support/suite.h"

#include <sys/stat.h>
#include <unistd.h>

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

/// Making and opening a home on disk.
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

QD_TEST(TestHome)
#include "tst_home.moc"
