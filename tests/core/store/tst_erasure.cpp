// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"
#include "core/store/sqliteports.h"
#include "tests/core/journal/journalfixture.h"
#include "tests/support/suite.h"

#include <fstream>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

namespace {

constexpr std::string_view kDay = "canary-alert-in-the-eu-cluster-of-Ondine";
constexpr std::string_view kText = "canary-text-my-number-is-555-0199";
constexpr std::string_view kKept = "canary-kept-for-the-record";

/// Draws as the system does and remembers every key drawn, so that a test can look for its bytes.
class RememberingRandom final : public Random
{
public:
    void fill(std::span<std::uint8_t> bytes) override
    {
        m_random.fill(bytes);
        if (bytes.size() < 32)
            return;
        const std::lock_guard lock(m_mutex);
        for (std::size_t at = 0; at + 32 <= bytes.size(); at += 32)
            m_keys.emplace(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin() + static_cast<std::ptrdiff_t>(at + 32));
    }
    std::set<std::string> keys() const { return m_keys; }

private:
    SystemRandom m_random;
    std::mutex m_mutex;
    std::set<std::string> m_keys;
};

/// Every byte of every file of a home.
std::string everyFile(const std::filesystem::path &home)
{
    std::string out;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(home))
        if (entry.is_regular_file()) {
            std::ifstream in(entry.path(), std::ios::binary);
            out.append(std::istreambuf_iterator<char>(in), {});
            out += '\n';
        }
    return out;
}

bool contains(const std::string &hay, std::string_view needle)
{
    return hay.find(needle) != std::string::npos;
}

std::string textOf(const Bytes &bytes)
{
    return std::string(asText(bytes));
}

/// The steps of an erasure at which the process can end: before and after each transaction of the two files.
struct Steps
{
    int left = -1; ///< -1: never
    void pass()
    {
        if (left >= 0 && left-- == 0)
            ::_exit(9);
    }
};

class SteppedKeys final : public KeyStore
{
public:
    SteppedKeys(std::unique_ptr<KeyStore> keys, std::shared_ptr<Steps> steps)
        : m_keys(std::move(keys))
        , m_steps(std::move(steps))
    {
    }
    Result<KeyFileContents> load() override { return m_keys->load(); }
    Result<> begin(const KeyFileContents &c) override { return m_keys->begin(c); }
    Result<> add(std::span<const KeyRow> k, std::span<const PageRow> p) override { return m_keys->add(k, p); }
    Result<> change(const std::function<Result<>(KeyFileContents &)> &edit) override
    {
        m_steps->pass();
        auto done = m_keys->change([&](KeyFileContents &c) {
            auto edited = edit(c);
            m_steps->pass(); // inside the transaction
            return edited;
        });
        m_steps->pass();
        return done;
    }

private:
    std::unique_ptr<KeyStore> m_keys;
    std::shared_ptr<Steps> m_steps;
};

class SteppedRecords final : public RecordStore
{
public:
    SteppedRecords(std::unique_ptr<RecordStore> records, std::shared_ptr<Steps> steps)
        : m_records(std::move(records))
        , m_steps(std::move(steps))
    {
    }
    Result<LogRow> log() override { return m_records->log(); }
    Result<std::uint64_t> last() override { return m_records->last(); }
    Result<> read(std::uint64_t a, std::uint64_t b, const std::function<bool(const Row &)> &row) override
    {
        return m_records->read(a, b, row);
    }
    Result<std::vector<CheckpointRow>> newestCheckpoints(std::size_t n) override { return m_records->newestCheckpoints(n); }
    Result<std::optional<CheckpointRow>> checkpointUpTo(std::uint64_t size) override { return m_records->checkpointUpTo(size); }
    Result<> checkpoints(const std::function<bool(const CheckpointRow &)> &each) override { return m_records->checkpoints(each); }
    Result<> begin(const LogRow &log) override { return m_records->begin(log); }
    Result<> append(std::span<const Row> rows, const CheckpointRow *checkpoint) override
    {
        m_steps->pass();
        auto done = m_records->append(rows, checkpoint);
        m_steps->pass();
        return done;
    }
    Result<std::unique_ptr<RecordReader>> reader() const override { return m_records->reader(); }
    void tidy(bool idle) override { m_records->tidy(idle); }
    void accept() override { m_records->accept(); }

private:
    std::unique_ptr<RecordStore> m_records;
    std::shared_ptr<Steps> m_steps;
};

struct Home
{
    QTemporaryDir folder;
    std::shared_ptr<Steps> steps = std::make_shared<Steps>();
    Ports ports = stepped(steps);
    SystemClock clock;
    RememberingRandom random;
    std::unique_ptr<Journal> journal;

    static Ports stepped(const std::shared_ptr<Steps> &steps)
    {
        Ports real = store::sqlitePorts();
        Ports ports = real;
        ports.keys = [real, steps](const auto &home, Access access) -> Result<std::unique_ptr<KeyStore>> {
            auto keys = real.keys(home, access);
            return keys ? Result<std::unique_ptr<KeyStore>>(std::make_unique<SteppedKeys>(std::move(*keys), steps))
                        : tl::unexpected(keys.error());
        };
        ports.records = [real, steps](const auto &home, Access access) -> Result<std::unique_ptr<RecordStore>> {
            auto records = real.records(home, access);
            return records ? Result<std::unique_ptr<RecordStore>>(std::make_unique<SteppedRecords>(std::move(*records), steps))
                           : tl::unexpected(records.error());
        };
        return ports;
    }

    std::filesystem::path path() const { return std::filesystem::path(folder.path().toStdString()) / "home"; }
    Result<> open()
    {
        auto opened = Journal::open(path(), ports, testUnlock(), clock, random);
        if (!opened)
            return tl::unexpected(opened.error());
        journal = std::move(*opened);
        return {};
    }
    /// Records 1 to 3: an alert of the day, a text of its own key, something of the organisation's; a section derived.
    Result<> fill()
    {
        if (auto made = create(path(), ports, testUnlock(), clock, random); !made)
            return tl::unexpected(made.error());
        if (auto opened = open(); !opened)
            return opened;
        Answers answers;
        journal->append({1, clock.now(), {{"alerts/2026-11-18", 2, bytesOf(kDay)}}}, answers.take());
        journal->append({2, clock.now(), {{"org", 1, bytesOf("said")}, {"text/incident/INC-1", 5, bytesOf(kText), false, true}}},
                        answers.take());
        journal->append({3, clock.now(), {{"org", 1, bytesOf(kKept)}}}, answers.take());
        answers.wait(3);
        const Section sections[] = {{"snapshot", "a", "derived/snapshots", 1, 3, bytesOf(kDay)},
                                    {"search", "b", "derived/search/alerts/2026-11-18", 1, 3, bytesOf(kDay)}};
        return journal->sections().store(sections);
    }
    std::vector<std::string> readable() const
    {
        std::vector<std::string> out;
        const auto read = journal->replay(1, UINT64_MAX, [&](const Committed &r) {
            for (const Part &p : r.parts)
                out.push_back(p.erased ? "erased" : textOf(p.body));
            return true;
        });
        return read ? out : std::vector<std::string>{read.error().message};
    }
    KeyChange everything() const
    {
        KeyChange change;
        change.erase = {"alerts/2026-11-18"};
        const auto read = journal->replay(2, 2, [&](const Committed &r) {
            change.strike.push_back(r.parts.at(1).key);
            return true;
        });
        return change;
    }
    Answers::Answer erase()
    {
        Answers answers;
        journal->append({journal->head() + 1, clock.now(), {{"org", 1, bytesOf("erased")}}}, everything(), answers.take());
        return answers.wait(1).at(0);
    }
    bool isClean() const
    {
        const std::string all = everyFile(path());
        if (contains(all, kDay) || contains(all, kText) || contains(all, kKept))
            return false;
        for (const std::string &key : random.keys())
            if (contains(all, key))
                return false;
        return true;
    }
};

} // namespace

class TestErasureOnDisk final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingOfItIsLeftInAnyFile()
    {
        Home home;
        VERIFY_RESULT(home.fill());
        QVERIFY(home.isClean()); // while the core runs: the write-ahead logs as well
        QVERIFY(home.random.keys().size() > kPageKeys);
        const auto before = home.ports.keys(home.path(), Access::Read).value()->load();
        VERIFY_RESULT(before);
        const auto wrapped = [&](const std::string &all) {
            int n = 0;
            for (const KeyRow &row : before->keys)
                n += contains(all, textOf(row.wrapped)) ? 1 : 0;
            for (const PageRow &row : before->pages)
                n += contains(all, textOf(row.wrapped).substr(0, 1000)) ? 1 : 0;
            for (const EpochRow &row : before->epochs)
                n += contains(all, textOf(row.wrapped)) ? 1 : 0;
            return n;
        };
        QVERIFY(wrapped(everyFile(home.path())) >= 4);
        QVERIFY(home.erase().record);
        const std::vector<std::string> left{"erased", "said", "erased", std::string(kKept), "erased"};
        QVERIFY(home.readable().size() == 6);
        QVERIFY(std::equal(left.begin(), left.end(), home.readable().begin()));
        QVERIFY(home.isClean());
        QCOMPARE(wrapped(everyFile(home.path())), 0); // neither the rows nor what wrapped them
        QVERIFY(home.journal->sections().list({}).value().empty());
        home.journal.reset();
        QVERIFY(home.isClean());
        QCOMPARE(wrapped(everyFile(home.path())), 0);
        VERIFY_RESULT(home.open());
        QVERIFY(std::equal(left.begin(), left.end(), home.readable().begin()));
        home.journal.reset();
        const auto report = verify(home.path(), home.ports);
        VERIFY_RESULT(report);
        QVERIFY(report->outcome == VerifyReport::Outcome::Consistent);
        QCOMPARE(report->holes.size(), std::size_t(2));
        QVERIFY(report->holes[0].authorised && report->holes[1].authorised);
    }

    /// The process ends before, in and after every transaction: the home opens, as before or as after, never in between.
    void aCrashAtEveryStepOpensAsBeforeOrAfter()
    {
        int before = 0, after = 0;
        for (int step = 0;; ++step) {
            Home home;
            VERIFY_RESULT(home.fill());
            home.journal.reset();
            const pid_t child = ::fork();
            if (child == 0) {
                if (home.open()) {
                    home.steps->left = step;
                    (void)home.erase();
                }
                ::_exit(0);
            }
            int status = 0;
            QCOMPARE(::waitpid(child, &status, 0), child);
            QVERIFY(WIFEXITED(status));
            const bool finished = WEXITSTATUS(status) == 0;
            QVERIFY(finished || WEXITSTATUS(status) == 9);
            QVERIFY(home.isClean());
            VERIFY_RESULT(home.open());
            const auto read = home.readable();
            QVERIFY(read.size() == 4 || read.size() == 6);
            const bool gone = read[0] == "erased";
            QCOMPARE(read[2] == "erased", gone);   // all of it or nothing
            QCOMPARE(read.size() == 6, gone);      // and the record with it
            QCOMPARE(read[3], std::string(kKept));
            ++(gone ? after : before);
            if (!gone) // it can still be done
                QVERIFY(home.erase().record && home.readable()[0] == "erased");
            home.journal.reset();
            QVERIFY(home.isClean());
            const auto report = verify(home.path(), home.ports);
            VERIFY_RESULT(report);
            QVERIFY(report->outcome == VerifyReport::Outcome::Consistent);
            if (finished)
                break;
            QVERIFY(step < 50);
        }
        QVERIFY2(before >= 3 && after >= 5, qPrintable(QStringLiteral("%1 before, %2 after").arg(before).arg(after)));
    }

    /// A key file of the first format is taken over, with all it holds.
    void theFirstFormatIsTakenOver()
    {
        Home home;
        VERIFY_RESULT(home.fill());
        home.journal.reset();
        sqlite3_down(home.path() / "keys.db");
        const auto report = verify(home.path(), home.ports); // read as it is
        VERIFY_RESULT(report);
        QCOMPARE(report->errors.size(), std::size_t(1)); // the text's key went with the table
        VERIFY_RESULT(home.open());
        QCOMPARE(home.readable()[0], std::string(kDay));
        QVERIFY(home.journal->holds().value().empty());
    }

private:
    /// What a program of before would have written: no tables of the second format.
    static void sqlite3_down(const std::filesystem::path &file)
    {
        const auto database = store::Database::open(file, {"keys.db", 0x51444b31, 2}, store::Database::Mode::Write);
        QVERIFY(database);
        for (const char *sql : {"DROP TABLE text_page", "DROP TABLE hold", "DROP TABLE intent", "DROP TABLE fact", "PRAGMA user_version=1"})
            QVERIFY((*database)->execute(sql));
    }
};

QD_TEST(TestErasureOnDisk)
#include "tst_erasure.moc"
