// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"
#include "core/store/sqlitesections.h"
#include "core/store/sqliteports.h"
#include "tests/core/journal/journalfixture.h"
#include "tests/support/suite.h"

#include <fstream>
#include <sqlite3.h>
#include <sys/stat.h>
#include <thread>

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

namespace {

constexpr std::string_view kSectionCanary = "canary-11d0-somebody-wrote-this";

struct DerivedHome
{
    QTemporaryDir folder;
    Ports ports = store::sqlitePorts();
    SystemClock clock;
    SystemRandom random;
    std::unique_ptr<Journal> journal;

    std::filesystem::path path() const { return std::filesystem::path(folder.path().toStdString()) / "home"; }
    std::filesystem::path file() const { return path() / "derived.db"; }
    bool make() { return journal::create(path(), ports, testUnlock(), clock, random).has_value() && open() && fill(20); }
    /// What is derived from records that are not there goes at the next start.
    bool fill(std::uint64_t last) const
    {
        bool good = true;
        for (std::uint64_t seq = journal->head() + 1; good && seq <= last; ++seq) {
            Answers answers;
            journal->append({seq, Instant{static_cast<std::int64_t>(seq)}, {{"org", 1, bytesOf("o")}}}, answers.take());
            good = answers.wait(1).at(0).record != nullptr;
        }
        return good;
    }
    bool open()
    {
        journal.reset();
        auto opened = Journal::open(path(), ports, testUnlock(), clock, random);
        if (!opened)
            return false;
        journal = std::move(*opened);
        return true;
    }
    Sections &sections() const { return journal->sections(); }
    bool put(const std::string &kind, const std::string &name, const std::string &stream, std::string_view text,
             std::uint64_t first = 1, std::uint64_t last = 9) const
    {
        return sections().store(std::vector<Section>{{kind, name, stream, first, last, bytesOf(text)}}).has_value();
    }
    std::string get(const std::string &kind, const std::string &name) const
    {
        const auto section = sections().open(kind, name);
        return section ? std::string(asText(section->body)) : std::string();
    }
    /// Runs SQL on the closed file, as somebody with another program would.
    bool change(const std::string &sql) const
    {
        sqlite3 *db = nullptr;
        const bool ok = sqlite3_open(file().c_str(), &db) == SQLITE_OK &&
                        sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
        sqlite3_close(db);
        return ok;
    }
};

std::vector<std::string> namesOf(const Result<std::vector<SectionHead>> &heads)
{
    std::vector<std::string> out;
    if (heads)
        for (const SectionHead &h : *heads)
            out.push_back(h.kind + "/" + h.name);
    return out;
}

} // namespace

class SectionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void opensWhatWasStoredAlsoAfterARestart()
    {
        DerivedHome home;
        QVERIFY(home.make());
        QVERIFY(home.put("snapshot", "a", "derived/snapshots", kSectionCanary, 3, 7));
        QVERIFY(home.put("snapshot", "empty", "derived/snapshots", ""));
        for (int run = 0; run < 2; ++run) {
            const auto section = home.sections().open("snapshot", "a");
            VERIFY_RESULT(section);
            QCOMPARE(asText(section->body), kSectionCanary);
            QCOMPARE(section->stream, std::string("derived/snapshots"));
            QCOMPARE(section->first, std::uint64_t(3));
            QCOMPARE(section->last, std::uint64_t(7));
            QVERIFY(home.sections().open("snapshot", "empty").has_value());
            QCOMPARE(home.sections().open("snapshot", "b").error().code, Code::NotFound);
            QVERIFY(home.open());
        }
    }

    void replacesOneOfTheSameNameAndRemoves()
    {
        DerivedHome home;
        QVERIFY(home.make());
        QVERIFY(home.put("snapshot", "a", "s", "one"));
        QVERIFY(home.put("snapshot", "a", "s", "two", 2, 4));
        QVERIFY(home.put("search", "a", "s", "three"));
        QCOMPARE(home.get("snapshot", "a"), std::string("two"));
        QCOMPARE(home.get("search", "a"), std::string("three"));
        QCOMPARE(namesOf(home.sections().list("")), (std::vector<std::string>{"search/a", "snapshot/a"}));
        const std::string name = "a";
        QVERIFY(home.sections().remove("snapshot", std::span(&name, 1)).has_value());
        QCOMPARE(namesOf(home.sections().list("")), (std::vector<std::string>{"search/a"}));
        QCOMPARE(*home.sections().bytes("snapshot"), std::uint64_t(0));
        QVERIFY(*home.sections().bytes("search") > 5);
    }

    void dropsWhatBelongsToAStreamAndNothingElse()
    {
        DerivedHome home;
        QVERIFY(home.make());
        QVERIFY(home.put("search", "1", "derived/search/incident/INC-1", "one"));
        QVERIFY(home.put("search", "2", "derived/search/incident/INC-1/privileged", "two"));
        QVERIFY(home.put("search", "3", "derived/search/incident/INC-10", "three"));
        QVERIFY(home.put("snapshot", "4", "derived/snapshots", "four"));
        QVERIFY(home.sections().dropStream("derived/search/incident/INC-1").has_value());
        QCOMPARE(namesOf(home.sections().list("")), (std::vector<std::string>{"search/3", "snapshot/4"}));
        QVERIFY(home.sections().dropStream("derived").has_value());
        QVERIFY(home.sections().list("")->empty());
    }

    void removesWhatHasNoKeyAnyMore()
    {
        DerivedHome home;
        QVERIFY(home.make());
        QVERIFY(home.put("snapshot", "a", "derived/snapshots", "one"));
        QVERIFY(home.put("snapshot", "b", "derived/snapshots", "two"));
        home.journal.reset();
        QVERIFY(home.change("UPDATE head SET key = zeroblob(16) WHERE name = 'a'"));
        QVERIFY(home.open());
        QCOMPARE(namesOf(home.sections().list("snapshot")), (std::vector<std::string>{"snapshot/b"}));
        QCOMPARE(home.sections().open("snapshot", "a").error().code, Code::NotFound);
    }

    /// Derived from records that were lost: their numbers will be given to others.
    void removesWhatIsOfRecordsThatAreNotThere()
    {
        DerivedHome home;
        QVERIFY(home.make());
        QVERIFY(home.put("snapshot", "of the last", "derived/snapshots", "one", 1, 20));
        QVERIFY(home.put("snapshot", "of lost ones", "derived/snapshots", "two", 1, 21));
        QVERIFY(home.put("search", "of lost ones", "derived/search/org", "three", 21, 30));
        QVERIFY(home.open());
        QCOMPARE(namesOf(home.sections().list("")), (std::vector<std::string>{"snapshot/of the last"}));
    }

    /// Whatever is changed in a row, the section does not open, and is gone afterwards.
    void trustsNothingThatWasChanged_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("first") << "UPDATE head SET first = first + 1 WHERE name = 'a'";
        QTest::newRow("last") << "UPDATE head SET last = last + 1 WHERE name = 'a'";
        QTest::newRow("another's body") << "UPDATE body SET sealed = (SELECT sealed FROM body WHERE id = 2) WHERE id = 1";
        QTest::newRow("another's key") << "UPDATE head SET key = (SELECT key FROM head WHERE id = 3) WHERE id = 1";
        QTest::newRow("name") << "DELETE FROM head WHERE id = 2; UPDATE head SET name = 'b' WHERE id = 1; UPDATE head SET name = 'a' WHERE id = 3";
        QTest::newRow("cut") << "UPDATE body SET sealed = substr(sealed, 1, 60) WHERE id = 1";
        QTest::newRow("empty") << "UPDATE body SET sealed = zeroblob(0) WHERE id = 1";
    }
    void trustsNothingThatWasChanged()
    {
        QFETCH(QString, sql);
        DerivedHome home;
        QVERIFY(home.make());
        QVERIFY(home.put("snapshot", "a", "s", "one"));
        QVERIFY(home.put("snapshot", "b", "s", "two"));
        QVERIFY(home.put("other", "c", "t", "three"));
        home.journal.reset();
        QVERIFY(home.change(sql.toStdString()));
        QVERIFY(home.open());
        QCOMPARE(home.sections().open("snapshot", "a").error().code, Code::NotFound);
        if (sql.contains(QStringLiteral("name = 'b'")))
            QCOMPARE(home.sections().open("snapshot", "b").error().code, Code::NotFound);
        QVERIFY(!home.sections().open("snapshot", "a"));
        QVERIFY(home.put("snapshot", "a", "s", "again"));
        QCOMPARE(home.get("snapshot", "a"), std::string("again"));
    }

    void noticesEveryChangedByte()
    {
        MemoryHome home;
        QVERIFY(home.create());
        QVERIFY(home.open());
        const std::vector<Section> section{{"snapshot", "a", "s", 1, 2, bytesOf("what was stored")}};
        QVERIFY(home.journal->sections().store(section).has_value());
        const auto stored = home.disk->sections;
        const std::size_t size = stored.begin()->second.sealed.size();
        for (std::size_t at = 0; at < size; ++at) {
            home.disk->sections = stored;
            home.disk->sections.begin()->second.sealed[at] ^= 1;
            QVERIFY2(!home.journal->sections().open("snapshot", "a"), std::to_string(at).c_str());
            QVERIFY(home.disk->sections.empty());
        }
        home.disk->sections = stored;
        QVERIFY(home.journal->sections().open("snapshot", "a").has_value());
    }

    void isNotOpenedInAnotherLog()
    {
        DerivedHome one, two;
        QVERIFY(one.make() && two.make());
        QVERIFY(one.put("snapshot", "a", "s", "one"));
        one.journal.reset();
        two.journal.reset();
        std::filesystem::copy_file(one.file(), two.file(), std::filesystem::copy_options::overwrite_existing);
        QVERIFY(two.open());
        QVERIFY(two.sections().list("")->empty());
    }

    /// Deleted, overwritten, cut or replaced between two runs: the home opens and starts with nothing derived.
    void survivesWhateverHappensToItsFile()
    {
        DerivedHome home;
        QVERIFY(home.make());
        const auto damage = std::vector<std::function<void()>>{
            [&] { std::filesystem::remove(home.file()); },
            [&] { std::ofstream(home.file(), std::ios::trunc) << "this is no database"; },
            [&] { std::filesystem::resize_file(home.file(), 100); },
            [&] { std::filesystem::resize_file(home.file(), 0); },
            [&] { std::filesystem::copy_file(home.path() / "keys.db", home.file(), std::filesystem::copy_options::overwrite_existing); },
            [&] { QVERIFY(home.change("PRAGMA user_version=99")); },
            [&] { QVERIFY(home.change("DROP TABLE body")); },
        };
        for (const auto &change : damage) {
            QVERIFY(home.put("snapshot", "a", "s", "one"));
            home.journal.reset();
            change();
            QVERIFY(home.open());
            QVERIFY(home.sections().list("")->empty());
            QCOMPARE(home.sections().open("snapshot", "a").error().code, Code::NotFound);
        }
        QVERIFY(home.put("snapshot", "a", "s", "one"));
        QCOMPARE(home.get("snapshot", "a"), std::string("one"));
    }

    /// A page overwritten while closed: what is read from it is an error or nothing, never something else.
    void survivesAnyDamagedPage()
    {
        DerivedHome home;
        QVERIFY(home.make());
        for (int i = 0; i < 20; ++i)
            QVERIFY(home.put("snapshot", std::to_string(i), "s", std::string(5000, 'a' + static_cast<char>(i))));
        home.journal.reset();
        const auto size = std::filesystem::file_size(home.file());
        std::filesystem::copy_file(home.file(), home.path() / "kept");
        for (std::uintmax_t at = 4000; at < size; at += 8192) {
            std::filesystem::copy_file(home.path() / "kept", home.file(), std::filesystem::copy_options::overwrite_existing);
            std::fstream file(home.file(), std::ios::binary | std::ios::in | std::ios::out);
            file.seekp(static_cast<std::streamoff>(at));
            file << std::string(4000, '\x5a');
            file.close();
            QVERIFY(home.open());
            for (int i = 0; i < 20; ++i)
                if (const auto section = home.sections().open("snapshot", std::to_string(i)))
                    QCOMPARE(asText(section->body), std::string_view(std::string(5000, 'a' + static_cast<char>(i))));
            home.journal.reset();
        }
    }

    void isNoReasonNotToOpenAHome()
    {
        DerivedHome home;
        QVERIFY(home.make());
        home.journal.reset();
        home.ports.sections = [](const std::filesystem::path &) -> Result<std::unique_ptr<SectionStore>> {
            return fail(Code::Unavailable, "The disk is full (a test says so).");
        };
        QVERIFY(home.open());
        QCOMPARE(home.sections().list("").error().code, Code::Unavailable);
        QCOMPARE(home.sections().store(std::vector<Section>{{"k", "n", "s", 1, 1, {}}}).error().code, Code::Unavailable);
        home.journal->close();
        QCOMPARE(home.sections().open("k", "n").error().code, Code::Unavailable);
    }

    void isPrivateAndHoldsNoPlaintext()
    {
        DerivedHome home;
        QVERIFY(home.make());
        QVERIFY(home.put("search", "1", "derived/search/" + std::string(kSectionCanary), kSectionCanary));
        struct stat st;
        QCOMPARE(::stat(home.file().c_str(), &st), 0);
        QCOMPARE(st.st_mode & 0777, mode_t(0600));
        home.journal.reset();
        for (const auto &entry : std::filesystem::recursive_directory_iterator(home.path())) {
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string bytes((std::istreambuf_iterator<char>(in)), {});
            QVERIFY2(bytes.find(kSectionCanary) == std::string::npos, entry.path().c_str());
        }
    }

    void refusesNamesOverTheLimit()
    {
        DerivedHome home;
        QVERIFY(home.make());
        const std::string most(Sections::kNameLimit, 'n');
        QVERIFY(home.put(most, most, most, "x"));
        QCOMPARE(home.get(most, most), std::string("x"));
        for (const auto &[kind, name, stream] : std::vector<std::array<std::string, 3>>{
                 {most + "n", "n", "s"}, {"k", most + "n", "s"}, {"k", "n", most + "n"}, {"", "n", "s"}, {"k", "", "s"}, {"k", "n", ""}})
            QCOMPARE(home.sections().store(std::vector<Section>{{kind, name, stream, 1, 1, {}}}).error().code, Code::Invalid);
    }

    void servesThreadsBesideAWritingJournal()
    {
        DerivedHome home;
        QVERIFY(home.make());
        Answers answers;
        std::atomic<int> wrong = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 3; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 30; ++i) {
                    const std::string name = std::to_string(t) + "/" + std::to_string(i);
                    wrong += !home.put("search", name, "derived/search/" + std::to_string(t), name);
                    wrong += home.get("search", name) != name;
                }
            });
        for (std::uint64_t s = 1; s <= 100; ++s)
            home.journal->append({s, Instant{std::int64_t(s)}, {{"org", 1, bytesOf("x")}}}, answers.take());
        for (auto &t : threads)
            t.join();
        QCOMPARE(answers.wait(100).size(), std::size_t(100));
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(home.sections().list("search")->size(), std::size_t(90));
    }
};

QD_TEST(SectionsTest)
#include "tst_sections.moc"
