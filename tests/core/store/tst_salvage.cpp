// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/damagedlog.h"
#include "core/store/salvage.h"
#include "tests/core/store/diskhome.h"
#include "tests/support/clock.h"
#include "tests/support/random.h"
#include "tests/support/suite.h"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

namespace {

constexpr std::size_t kLogPage = 8192, kKeysPage = 4096;
constexpr std::uint64_t kAll = 120;

/// A closed home of kAll records, some of them longer than a page, in twelve incidents.
struct SalvageHome : DiskHome
{
    std::string log, keys;
    std::map<std::uint64_t, std::string> blobs;

    bool make()
    {
        if (!create() || !open())
            return false;
        Answers answers;
        for (std::uint64_t s = 1; s <= kAll; ++s) {
            Bytes body = bytesOf(kCanary);
            body.resize(s % 20 == 0 ? 30'000 : 100 + s, 'x');
            journal->append({s, Instant{static_cast<std::int64_t>(s)}, {{"incident/INC-" + std::to_string(s / 10), 3, std::move(body)}}},
                            answers.take());
        }
        answers.wait(kAll);
        journal.reset();
        log = contentsOf(path() / "journal.db");
        keys = contentsOf(path() / "keys.db");
        const auto records = ports.records(path(), Access::Read);
        return records && (*records)->read(1, UINT64_MAX >> 1, [this](const Row &row) {
            blobs[row.seq] = std::string(asText(row.blob));
            return true;
        }) && blobs.size() == kAll;
    }
    void put(const char *name, const std::string &bytes) const
    {
        std::ofstream(path() / name, std::ios::binary | std::ios::trunc) << bytes;
    }
    void restore() const
    {
        put("journal.db", log);
        put("keys.db", keys);
    }
    static std::string withPageGone(std::string bytes, std::size_t page, std::size_t size)
    {
        for (std::size_t i = page * size; i < std::min(bytes.size(), (page + 1) * size); ++i)
            bytes[i] = static_cast<char>(bytes[i] ^ 0x5a);
        return bytes;
    }
    /// Something of the record stood on this page.
    bool isOnPage(std::uint64_t seq, std::size_t page) const
    {
        const std::string &blob = blobs.at(seq);
        const std::string_view bytes = std::string_view(log).substr(page * kLogPage, kLogPage);
        return bytes.find(std::string_view(blob).substr(0, 60)) != std::string_view::npos || blob.find(bytes.substr(4, 60)) != std::string::npos;
    }
    Ports withoutSalvage() const
    {
        Ports plain = ports;
        plain.salvageRecords = {};
        plain.salvageKeys = {};
        return plain;
    }
};

/// Records shown, and how many of their parts are shown as erased.
std::pair<std::uint64_t, std::size_t> shownOf(const DamagedLog &damaged)
{
    std::uint64_t last = 0;
    std::size_t erased = 0;
    const auto read = damaged.replay(1, UINT64_MAX, [&](const Committed &r) {
        last = r.seq == last + 1 ? r.seq : 0;
        for (const Part &part : r.parts)
            erased += part.erased ? 1 : 0;
        return last != 0;
    });
    return {read ? last : UINT64_MAX, erased};
}

bool isSentence(const std::string &text)
{
    return !text.empty() && text.find('\n') == std::string::npos && text.find(". ") == std::string::npos && !text.ends_with('.');
}

} // namespace

/// Files whose structure SQLite does not follow any more, opened to be looked at.
class TestSalvage final : public QObject
{
    Q_OBJECT

    SalvageHome m_home; ///< made once; each test begins with its files as they were

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_home.make()); }
    void init() { m_home.restore(); }

    /// The schema is text of ours: where a bit of it is another, SQLite speaks of missing tables and columns. That is damage like any other.
    void aBitOfTheFirstPageIsDamageAndNoRiddle()
    {
        SalvageHome &home = m_home;
        int damaged = 0, refused = 0;
        for (const auto &[name, whole] : {std::pair("journal.db", &home.log), std::pair("keys.db", &home.keys)})
            for (std::size_t at = 0, seen = 0; at < 4096; ++at) {
                if ((*whole)[at] == 0 || ++seen % 11 != 0)
                    continue;
                home.restore();
                std::string bytes = *whole;
                bytes[at] = static_cast<char>(bytes[at] ^ 1 << (at % 8));
                home.put(name, bytes);
                FakeClock clock;
                SystemRandom random;
                const auto opened = Journal::open(home.path(), home.ports, testUnlock(), clock, random);
                if (opened || opened.error().code == Code::Version || opened.error().code == Code::Forbidden)
                    continue; // what nobody reads, a newer program's file, another key
                const QString where = QStringLiteral("%1 byte %2: %3").arg(QLatin1String(name)).arg(at).arg(QString::fromStdString(opened.error().message));
                QVERIFY2(opened.error().code == Code::Corrupt, qPrintable(where));
                ++damaged;
                refused += DamagedLog::open(home.path(), home.ports, testUnlock()) ? 0 : 1;
            }
        QVERIFY(damaged > 10);
        QVERIFY2(refused <= damaged / 4, qPrintable(QStringLiteral("%1 of %2 show nothing").arg(refused).arg(damaged)));
    }

    /// Each page of journal.db in turn: the first one with the schema, the tree's inner pages, leaves, long records.
    void everyDamagedPageCostsOnlyWhatStoodOnIt()
    {
        SalvageHome &home = m_home;
        int more = 0, all = 0, refusedBefore = 0;
        const std::size_t pages = home.log.size() / kLogPage;
        for (std::size_t page = 0; page < pages; ++page) {
            home.put("journal.db", SalvageHome::withPageGone(home.log, page, kLogPage));
            const auto before = snapshot(home.path());
            std::uint64_t plain = 0;
            if (const auto opened = DamagedLog::open(home.path(), home.withoutSalvage(), testUnlock()); opened)
                plain = (*opened)->head();
            else
                ++refusedBefore;
            const auto opened = DamagedLog::open(home.path(), home.ports, testUnlock());
            VERIFY_RESULT(opened);
            const std::uint64_t head = (*opened)->head();
            QCOMPARE(shownOf(**opened), std::pair(head, std::size_t(0)));
            const QString where = QStringLiteral("page %1 of %2: %3").arg(page).arg(pages).arg(QString::fromStdString((*opened)->damage()));
            QVERIFY2(isSentence((*opened)->damage()), qPrintable(where));
            QVERIFY2(head == kAll || home.isOnPage(head + 1, page), qPrintable(where));
            QVERIFY2(head >= plain, qPrintable(where));
            more += head > plain ? 1 : 0;
            all += head == kAll ? 1 : 0;
            QVERIFY(snapshot(home.path()) == before);
        }
        home.restore();
        qInfo("%zu pages: of %d more is shown than SQLite gives (of %d nothing was), of %d everything", pages, more, refusedBefore, all);
        QVERIFY(more >= 3 && refusedBefore >= 1 && all >= 3);
        VERIFY_RESULT(home.open());
        home.journal.reset();
    }

    /// What a core that was killed left in the write-ahead log is read as well, up to its last whole commit.
    void whatTheWriteAheadLogHoldsIsFound()
    {
        DiskHome home;
        VERIFY_RESULT(home.create());
        const pid_t child = ::fork();
        if (child == 0) {
            const bool good = home.open() && home.fill(90);
            ::kill(::getpid(), good ? SIGKILL : SIGTERM);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        const auto readAll = [](RecordReader &reader) {
            std::map<std::uint64_t, std::string> out;
            const auto read = reader.read(1, UINT64_MAX >> 1, [&](const Row &row) {
                out[row.seq] = std::string(asText(row.blob));
                return true;
            });
            return read ? out : decltype(out)();
        };
        const std::string wal = contentsOf(home.path() / "journal.db-wal");
        auto found = store::salvageRecords(home.path());
        VERIFY_RESULT(found);
        const auto whole = readAll(**found);
        QCOMPARE(whole.size(), std::size_t(90));
        const auto checkpoint = (*found)->newestCheckpoints(1);
        QVERIFY(checkpoint && checkpoint->size() == 1 && checkpoint->front().size >= 64); // more, where records met in one commit
        QVERIFY((*found)->log()->origin == home.created.origin);
        // A frame that is not whole ends it, and with it goes the commit it belongs to.
        std::string torn = wal;
        torn[torn.size() - 100] = static_cast<char>(torn[torn.size() - 100] ^ 1);
        std::ofstream(home.path() / "journal.db-wal", std::ios::binary | std::ios::trunc) << torn;
        found = store::salvageRecords(home.path());
        VERIFY_RESULT(found);
        const auto part = readAll(**found);
        QVERIFY(part.size() < 90 && part.size() > 40);
        QVERIFY(std::includes(whole.begin(), whole.end(), part.begin(), part.end()));
        std::ofstream(home.path() / "journal.db-wal", std::ios::binary | std::ios::trunc) << wal;
        const auto records = home.ports.records(home.path(), Access::Read);
        VERIFY_RESULT(records);
        QVERIFY(readAll(**records) == whole);
        const auto asSqliteReads = (*records)->newestCheckpoints(1);
        QVERIFY(asSqliteReads && asSqliteReads->size() == 1);
        QVERIFY(checkpoint->front().size == asSqliteReads->front().size && checkpoint->front().note == asSqliteReads->front().note);
    }

    /// The log's own row is gone, and the schema: its records say which log it is, the keys what it is signed with.
    void aLogThatDoesNotSayWhichItIs()
    {
        SalvageHome &home = m_home;
        const std::size_t at = home.log.find(home.created.origin);
        QVERIFY(at != std::string::npos);
        home.put("journal.db", SalvageHome::withPageGone(SalvageHome::withPageGone(home.log, at / kLogPage, kLogPage), 0, kLogPage));
        const auto opened = DamagedLog::open(home.path(), home.ports, testUnlock());
        VERIFY_RESULT(opened);
        QCOMPARE(shownOf(**opened).first, kAll);
        QCOMPARE((*opened)->origin(), home.created.origin);
        SAME((*opened)->damage(), std::string("The structure of journal.db is damaged, and its pages were read one by one"));
    }

    void nothingOfALogIsRefused()
    {
        SalvageHome &home = m_home;
        for (const std::string &bytes : {std::string(), std::string(50'000, 'x'), home.keys}) {
            home.put("journal.db", bytes);
            const auto opened = DamagedLog::open(home.path(), home.ports, testUnlock());
            QVERIFY(!opened);
            QCOMPARE(opened.error().code, Code::Corrupt);
        }
    }

    /// Each page of keys.db in turn: everything that the other keys open is shown, or a sentence says what can be done.
    void everyDamagedPageOfKeysCostsOnlyWhatItHeld()
    {
        SalvageHome &home = m_home;
        int shown = 0, refused = 0, whole = 0;
        const std::size_t pages = home.keys.size() / kKeysPage;
        for (std::size_t page = 0; page < pages; ++page) {
            home.put("keys.db", SalvageHome::withPageGone(home.keys, page, kKeysPage));
            const auto before = snapshot(home.path());
            const auto opened = DamagedLog::open(home.path(), home.ports, testUnlock());
            QVERIFY(snapshot(home.path()) == before);
            if (!opened) {
                ++refused;
                QVERIFY2(opened.error().message.find("backup") != std::string::npos, opened.error().message.c_str());
                QVERIFY2(opened.error().message.find("`quarterdeckctl init`") != std::string::npos, opened.error().message.c_str());
                continue;
            }
            const auto [head, erased] = shownOf(**opened);
            QCOMPARE(head, kAll);
            ++(erased == 0 ? whole : shown);
            if (erased > 0) {
                QVERIFY(isSentence((*opened)->damage()));
                QVERIFY((*opened)->damage().starts_with("The key file keys.db is damaged"));
            }
        }
        qInfo("%zu pages of keys.db: %d cost nothing, %d some streams, %d everything", pages, whole, shown, refused);
        QVERIFY(whole >= 3 && shown >= 1 && refused >= 2 && refused < static_cast<int>(pages) / 2);
    }

    /// SQLite reads it all, but one key does not open any more.
    void oneDamagedKeyCostsOneStream()
    {
        SalvageHome &home = m_home;
        QVERIFY(home.change("keys.db", "UPDATE stream_key SET wrapped = zeroblob(length(wrapped)) WHERE rowid = 3"));
        QCOMPARE(home.open().error().code, Code::Corrupt);
        auto opened = DamagedLog::open(home.path(), home.ports, testUnlock());
        VERIFY_RESULT(opened);
        QCOMPARE(shownOf(**opened), std::pair(kAll, std::size_t(10)));
        SAME((*opened)->damage(), std::string("The key file keys.db is damaged, and what was sealed with keys that are gone is shown as erased"));
        opened->reset();
        const Unlock wrong{Unlock::KeyFile, Secret(Bytes(32, 1))};
        QCOMPARE(DamagedLog::open(home.path(), home.ports, wrong).error().code, Code::Forbidden);
    }

    /// Both files at once, anywhere, from a fixed seed: it opens or says no, and never more than was written is shown.
    void scribblesNeverCrashAndNeverInvent()
    {
        SalvageHome &home = m_home;
        SeededRandom random(20261130);
        int opened = 0;
        for (int round = 0; round < 40; ++round) {
            std::string log = home.log, keys = home.keys;
            for (int n = 0; n < 40; ++n) {
                log[random.below(n % 2 == 0 ? log.size() : 2 * kLogPage)] = static_cast<char>(random.next());
                if (round % 3 == 0)
                    keys[random.below(keys.size())] = static_cast<char>(random.next());
            }
            if (round % 5 == 0)
                log.resize(random.below(log.size()));
            home.put("journal.db", log);
            home.put("keys.db", keys);
            const auto damaged = DamagedLog::open(home.path(), home.ports, testUnlock());
            if (!damaged)
                continue;
            ++opened;
            bool same = true;
            const auto read = (*damaged)->replay(1, UINT64_MAX, [&](const Committed &r) {
                same = same && r.time.ns == static_cast<std::int64_t>(r.seq);
                for (const Part &part : r.parts)
                    same = same && (part.erased || asText(part.body).starts_with(kCanary));
                return same;
            });
            QVERIFY(read && same);
        }
        qInfo("%d of 40 opened", opened);
        QVERIFY(opened > 15);
    }
};

QD_TEST(TestSalvage)
#include "tst_salvage.moc"
