// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"
#include "tests/core/search/searchhome.h"
#include "tests/support/suite.h"

#include <future>

using namespace qd;
using namespace qd::tests;

namespace {

std::string contentsOf(const std::filesystem::path &path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void put(const std::filesystem::path &path, const std::string &bytes)
{
    std::ofstream(path, std::ios::binary | std::ios::trunc).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

struct Told
{
    std::uint64_t total = 0;
    bool complete = false;
    std::string problem;
    bool more = false; ///< the newest, and at least as many as `total`
    /// Nothing is missing of what it says.
    [[nodiscard]] bool isOf(std::uint64_t lines) const { return total == lines || (more && total >= 50); }
};

Told told(search::Indexer &indexer, const std::string &text)
{
    const auto query = search::parseQuery(text, {});
    std::promise<Told> promise;
    auto answered = promise.get_future();
    indexer.search(search::indexQuery(*query, {}), 50, [&](Result<search::Answer> answer, search::Progress progress) {
        promise.set_value({answer ? answer->total : 0, progress.complete, answer ? progress.problem : answer.error().message, answer && answer->more});
    });
    return answered.get();
}

} // namespace

/// A damaged derived.db, each region of it: what is searched for is found, or the answer says that it is not complete and it is found
/// once it is. The journal is not touched by any of it.
class TestDamagedDerived final : public QObject
{
    Q_OBJECT

    static constexpr int kSeals = 5;
    static constexpr std::uint64_t kLines = 60; ///< each with the word "canary" and one of its own

    SearchHome m_home{store::sqlitePorts()};
    std::string m_derived, m_journal; ///< as they were when all was sealed
    std::vector<std::string> m_older; ///< derived.db after each seal before
    int m_complete = 0, m_rebuilt = 0;

    /// Of what is tried one after the other every n-th; all of it in ci-long.
    const int m_every = std::max(1, qEnvironmentVariableIntValue("QD_FAULT_EVERY") > 0 ? qEnvironmentVariableIntValue("QD_FAULT_EVERY") : 7);
    int m_turn = 0;
    bool isTurn() { return m_turn++ % m_every == 0; }

    std::filesystem::path derived() const { return m_home.path() / "derived.db"; }

    void shut()
    {
        m_home.journal.reset();
        std::error_code ignored;
        for (const char *suffix : {"", "-wal", "-shm", "-journal"})
            std::filesystem::remove(derived().string() + suffix, ignored);
    }

    /// "" when the search told the truth of what is in derived.db now, and found everything in the end; else what is wrong.
    std::string judged(std::uint64_t lines = kLines, const std::string &word = "canary")
    {
        const auto opened = m_home.open();
        if (!opened)
            return "the home does not open: " + opened.error().message;
        std::string wrong;
        {
            // A limit of one byte: nothing is merged, so that a stream keeps its segments.
            search::Indexer indexer(m_home.feed(), m_home.journal->sections(), m_home.random, {1, 192u << 20, 32u << 20});
            const Told first = told(indexer, word);
            ++(first.total == lines ? m_complete : m_rebuilt);
            if (first.complete && !first.isOf(lines))
                wrong = "complete, and " + std::to_string(lines - first.total) + " texts are missing";
            indexer.settle();
            const Told second = told(indexer, word);
            if (wrong.empty() && (!second.complete || !second.isOf(lines) || !second.problem.empty()))
                wrong = "built again, and " + std::to_string(second.total) + " texts are found" + (second.complete ? "" : ", not complete") + ' ' + second.problem;
        }
        if (wrong.empty()) {
            // What was sealed again is whole: the next start knows it, or, when the file was made anew under the index that had sealed
            // there, lacks it, builds it once more, and then it stays.
            for (const bool last : {false, true}) {
                search::Index again(m_home.journal->sections(), m_home.random, {1, 192u << 20, 32u << 20}, m_home.leaf());
                const bool knows = again.next() == m_home.journal->head() + 1;
                if ((last && !knows) || !m_home.catchUp(again) || !again.seal())
                    wrong = "sealed again, and the next start does not know it";
                else if (const auto found = ask(again, word); !found || (found->total != lines && !found->more))
                    wrong = "sealed again, and the next start does not find it";
            }
        }
        shut();
        if (wrong.empty() && contentsOf(m_home.path() / "journal.db") != m_journal)
            wrong = "the journal was changed";
        return wrong;
    }
    std::string judged(const std::string &bytes)
    {
        put(derived(), bytes);
        return judged();
    }
    /// derived.db whole, then changed by these statements.
    std::string judgedAfter(const std::string &sql)
    {
        put(derived(), m_derived);
        {
            auto database = store::Database::open(derived(), {"derived.db", 0x51445331, 1}, store::Database::Mode::Write);
            if (!database)
                return database.error().message;
            if (const auto done = (*database)->execute(sql.c_str()); !done)
                return sql + ": " + done.error().detail;
        }
        return judged();
    }

    int countOf(const char *sql)
    {
        put(derived(), m_derived);
        const auto database = store::Database::open(derived(), {"derived.db", 0x51445331, 1}, store::Database::Mode::Read);
        const auto number = database ? (*database)->number(sql) : Result<std::int64_t>(tl::unexpected(database.error()));
        return number ? static_cast<int>(*number) : 0;
    }

private Q_SLOTS:
    void initTestCase()
    {
        VERIFY_RESULT(m_home.open());
        for (int seal = 0; seal < kSeals; ++seal) {
            for (std::uint64_t i = 0; i < kLines / kSeals; ++i)
                QVERIFY(m_home.line("canary number" + std::to_string(m_home.journal->head()), "INC-" + std::to_string(i % 3 + 1)));
            {
                search::Index index(m_home.journal->sections(), m_home.random, {1, 192u << 20, 32u << 20}, m_home.leaf());
                VERIFY_RESULT(m_home.catchUp(index));
                VERIFY_RESULT(index.seal());
            }
            m_home.journal.reset();
            m_older.push_back(contentsOf(derived()));
            VERIFY_RESULT(m_home.open());
        }
        m_home.journal.reset();
        m_derived = m_older.back();
        m_older.pop_back();
        m_journal = contentsOf(m_home.path() / "journal.db");
        QCOMPARE(judged(m_derived), std::string());
        QCOMPARE(m_complete, 1); // the whole file is believed: the rest of the tests are about what is not
    }

    void eachRegionOfEachPage()
    {
        int seen = 0;
        const std::size_t pages = m_derived.size() / store::Database::kPage;
        QVERIFY(pages > 20);
        m_complete = m_rebuilt = 0;
        for (std::size_t page = 0; page < pages; ++page)
            // The head of the page, its cell pointers, and places all over it; the first page has the file's head before.
            for (const std::size_t within : {0, 1, 3, 5, 8, 9, 12, 28, 60, 68, 100, 103, 108, 700, 2'900, 5'111, 7'300, 8'150, 8'191}) {
                if (!isTurn())
                    continue;
                std::string bytes = m_derived;
                char &byte = bytes[page * store::Database::kPage + within];
                byte = static_cast<char>(byte ^ (++seen % 3 == 0 ? 0xff : 1 << seen % 8));
                const std::string wrong = judged(bytes);
                QVERIFY2(wrong.empty(), qPrintable(QStringLiteral("page %1, byte %2: %3").arg(page).arg(within).arg(QString::fromStdString(wrong))));
            }
        qInfo("%d positions: %d found all at once, %d said that it is not complete and built it again", seen, m_complete, m_rebuilt);
        QVERIFY(m_rebuilt > 20 && m_complete > 0);
    }

    void eachPageZeroed()
    {
        for (std::size_t at = 0; at < m_derived.size(); at += store::Database::kPage) {
            if (!isTurn())
                continue;
            std::string bytes = m_derived;
            std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), store::Database::kPage, '\0');
            const std::string wrong = judged(bytes);
            QVERIFY2(wrong.empty(), qPrintable(QStringLiteral("page %1: %2").arg(at / store::Database::kPage).arg(QString::fromStdString(wrong))));
        }
    }

    void eachTruncation()
    {
        for (std::size_t size = 0; size < m_derived.size(); size += size < 200 ? 50 : 4'000) {
            if (!isTurn())
                continue;
            const std::string wrong = judged(m_derived.substr(0, size));
            QVERIFY2(wrong.empty(), qPrintable(QStringLiteral("%1 bytes: %2").arg(size).arg(QString::fromStdString(wrong))));
        }
        QCOMPARE(judged(), std::string()); // no file at all
    }

    void rowsThatAreGoneOrStandForOthers()
    {
        const std::string search = "kind = 'search'", position = "(SELECT id FROM head WHERE name = 'position')";
        std::vector<std::string> all{"DELETE FROM head", "DELETE FROM body", "DELETE FROM head WHERE " + search, "DELETE FROM head WHERE name = 'position'",
                                     "DELETE FROM head WHERE name <> 'position'", "DELETE FROM body WHERE id = " + position,
                                     "UPDATE head SET last = last - 20 WHERE name = 'position'", "UPDATE head SET last = last + 20 WHERE name <> 'position'"};
        const int heads = countOf("SELECT count(*) FROM head");
        QVERIFY(heads > kSeals * 3);
        for (int n = 0; n < heads; ++n) {
            const std::string id = "(SELECT id FROM head ORDER BY id LIMIT 1 OFFSET " + std::to_string(n) + ")";
            const std::string other = "(SELECT id FROM head ORDER BY id LIMIT 1 OFFSET " + std::to_string((n + 3) % heads) + ")";
            const std::string lost = "DELETE FROM head WHERE id = " + id;
            all.push_back(lost);
            all.push_back(lost + "; DELETE FROM head WHERE name = 'position'");
            all.push_back("DELETE FROM head WHERE id > " + id); // … and everything newer
            all.push_back("DELETE FROM body WHERE id = " + id);
            all.push_back("UPDATE body SET sealed = (SELECT sealed FROM body WHERE id = " + other + ") WHERE id = " + id);
            all.push_back("UPDATE body SET id = -1 WHERE id = " + id + "; UPDATE body SET id = " + id + " WHERE id = " + other); // their places
            all.push_back("INSERT INTO head SELECT id + 1000, kind, 'double', first, last, key, bytes FROM head WHERE id = " + id +
                          "; INSERT INTO body SELECT id + 1000, sealed FROM body WHERE id = " + id);
            all.push_back("INSERT INTO head SELECT id + 1000, kind, '0', first, last + 40, key, bytes FROM head WHERE id = " + id + "; " + lost);
            all.push_back("UPDATE head SET first = first + 1 WHERE id = " + id);
            all.push_back("UPDATE head SET last = 60 WHERE id = " + id);
            all.push_back("UPDATE head SET key = (SELECT key FROM head WHERE id = " + other + ") WHERE id = " + id);
            all.push_back("UPDATE head SET kind = 'snapshot' WHERE id = " + id);
            all.push_back("UPDATE head SET bytes = -1 WHERE id = " + id);
            all.push_back("UPDATE head SET bytes = 1000000000 WHERE id = " + id);
        }
        for (const std::string &sql : all) {
            if (!isTurn())
                continue;
            const std::string wrong = judgedAfter(sql);
            QVERIFY2(wrong.empty(), (sql + ": " + wrong).c_str());
        }
    }

    void eachOlderCopy()
    {
        for (const std::string &older : m_older) {
            m_complete = m_rebuilt = 0;
            QCOMPARE(judged(older), std::string());
        }
    }

    /// The journal was put back to an older copy and went on otherwise; derived.db is of what came then.
    void aCopyOfAnotherCourseOfTheLog()
    {
        SearchHome other{store::sqlitePorts()};
        const auto files = {"journal.db", "keys.db", "head.note"};
        VERIFY_RESULT(other.open());
        QVERIFY(other.line("canary of both"));
        other.journal.reset();
        std::map<std::string, std::string> before;
        for (const char *file : files)
            before[file] = contentsOf(other.path() / file);
        std::string derivedOf;
        for (const char *course : {"one", "two"}) {
            for (const char *file : files)
                put(other.path() / file, before[file]);
            VERIFY_RESULT(other.open());
            for (int i = 0; i < 20; ++i)
                QVERIFY(other.line(std::string("canary of course ") + course, "INC-1"));
            search::Indexer indexer(other.feed(), other.journal->sections(), other.random);
            const Told first = told(indexer, std::string("course ") + course);
            QVERIFY2(!first.complete || first.total == 20, course);
            indexer.settle();
            QCOMPARE(told(indexer, std::string("course ") + course).total, std::uint64_t(20));
            QCOMPARE(told(indexer, "canary").total, std::uint64_t(21)); // nothing of the other course
            indexer.stop();
            other.journal.reset(); // derived.db stays as it is: the next course finds it
        }
    }

    void aLinkToAnotherHomesFileIsNotFollowed()
    {
        SearchHome other{store::sqlitePorts()};
        VERIFY_RESULT(other.open());
        QVERIFY(other.line("of the other home"));
        {
            search::Index index(other.journal->sections(), other.random, {}, other.leaf());
            VERIFY_RESULT(other.catchUp(index));
            VERIFY_RESULT(index.seal());
        }
        other.journal.reset();
        const auto theirs = other.path() / "derived.db";
        const std::string before = contentsOf(theirs);
        shut();
        for (const char *suffix : {"", "-wal"}) {
            put(derived(), m_derived);
            std::filesystem::remove(derived().string() + suffix);
            std::filesystem::create_symlink(theirs, derived().string() + suffix);
            QCOMPARE(judged(), std::string());
            QCOMPARE(contentsOf(theirs), before);
            QVERIFY(!std::filesystem::exists(theirs.string() + "-wal"));
        }
        // A copy of it is as good as nothing.
        QCOMPARE(judged(before), std::string());
    }
};

QD_TEST(TestDamagedDerived)
#include "tst_damagedderived.moc"
