// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlitelog.h"

namespace qd::store {

namespace {

const FileKind kKind{"journal.db", 0x51444a31 /* QDJ1 */, journal::kFormat};

// The page size must come before the first page, WAL before the first table.
constexpr const char *kPrepare = "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
constexpr const char *kSchema = R"(
    CREATE TABLE log (one INTEGER PRIMARY KEY CHECK (one = 1), id BLOB NOT NULL, origin TEXT NOT NULL,
                      public_key BLOB NOT NULL, created INTEGER NOT NULL) STRICT;
    CREATE TABLE record (seq INTEGER PRIMARY KEY, blob BLOB NOT NULL) STRICT;
    CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL, frontier BLOB NOT NULL) STRICT;
    PRAGMA application_id=0x51444a31;
    PRAGMA user_version=1;
)";
// FULL does not outlast the connection; the cache holds the hot pages, records are read once.
constexpr const char *kWriting = "PRAGMA synchronous=FULL; PRAGMA cache_size=-4096;";

constexpr std::size_t kLogAtMost = 64u << 20;

std::filesystem::path fileOf(const std::filesystem::path &path)
{
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored) ? path : path / "journal.db";
}

} // namespace

Result<std::unique_ptr<SqliteLog>> SqliteLog::open(const std::filesystem::path &path, journal::Access access,
                                                   SqliteOptions options)
{
    const auto mode = access == journal::Access::Create  ? Database::Mode::Create
                      : access == journal::Access::Write ? Database::Mode::Write
                                                         : Database::Mode::Read;
    const auto file = fileOf(path);
    std::error_code none;
    const auto size = std::filesystem::file_size(file.string() + "-wal", none);
    const std::uintmax_t left = none ? 0 : size; // a core that died left it
    auto database = Database::open(file, kKind, mode);
    if (!database)
        return tl::unexpected(database.error());
    std::unique_ptr<SqliteLog> log(new SqliteLog(file, std::move(*database)));
    log->m_unfinished = mode == Database::Mode::Create;
    if (mode == Database::Mode::Read)
        return log;
    if (mode == Database::Mode::Create) {
        if (const auto prepared = log->m_database->execute(kPrepare); !prepared)
            return tl::unexpected(prepared.error());
        return log;
    }
    if (const auto set = log->m_database->execute(kWriting); !set)
        return tl::unexpected(set.error());
    if (left > 0)
        log->m_database->keepLogOnClose(true); // until accept()
    log->m_logWhenIdle = options.logWhenIdle;
    if (options.maxPages > 0) {
        const std::string limit = "PRAGMA max_page_count=" + std::to_string(options.maxPages);
        if (const auto set = log->m_database->execute(limit.c_str()); !set)
            return tl::unexpected(set.error());
    }
    auto insert = log->m_database->prepare("INSERT INTO record (seq, blob) VALUES (?1, ?2)");
    auto insertCheckpoint =
        log->m_database->prepare("INSERT INTO checkpoint (size, note, frontier) VALUES (?1, ?2, ?3)");
    if (!insert || !insertCheckpoint)
        return tl::unexpected(insert ? insertCheckpoint.error() : insert.error());
    log->m_insert = std::move(*insert);
    log->m_insertCheckpoint = std::move(*insertCheckpoint);
    return log;
}

SqliteLog::~SqliteLog()
{
    // Statements go before the connection they belong to.
    m_insert.reset();
    m_insertCheckpoint.reset();
    m_database.reset();
    if (!m_unfinished)
        return;
    std::error_code ignored;
    for (const char *suffix : {"", "-wal", "-shm", "-journal"})
        std::filesystem::remove(m_file.string() + suffix, ignored);
}

Result<journal::LogRow> SqliteLog::log()
{
    auto row = m_database->prepare("SELECT id, origin, public_key, created FROM log WHERE one = 1");
    if (!row)
        return tl::unexpected(row.error());
    const auto there = row->step();
    if (!there)
        return tl::unexpected(there.error());
    journal::LogRow log;
    if (!*there || row->blob(0).size() != log.id.bytes.size())
        return fail(Code::Corrupt, "journal.db does not say which log it is; it is damaged. Nothing was changed.");
    const auto id = row->blob(0);
    std::copy(id.begin(), id.end(), log.id.bytes.begin());
    log.origin = row->text(1);
    const auto key = row->blob(2);
    log.publicKey.assign(key.begin(), key.end());
    log.created = {row->number(3)};
    return log;
}

Result<std::uint64_t> SqliteLog::last()
{
    const auto seq = m_database->number("SELECT max(seq) FROM record");
    if (!seq)
        return tl::unexpected(seq.error());
    return static_cast<std::uint64_t>(*seq);
}

Result<> SqliteLog::read(std::uint64_t from, std::uint64_t to, const std::function<bool(const journal::Row &)> &each)
{
    constexpr std::uint64_t kMost = INT64_MAX;
    auto rows = m_database->prepare("SELECT seq, blob FROM record WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq");
    if (!rows)
        return tl::unexpected(rows.error());
    rows->bind(1, static_cast<std::int64_t>(std::min(from, kMost)))
        .bind(2, static_cast<std::int64_t>(std::min(to, kMost)));
    for (;;) {
        const auto row = rows->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row || !each({static_cast<std::uint64_t>(rows->number(0)), rows->blob(1)}))
            return {};
    }
}

namespace {
Result<> readCheckpoints(Statement &rows, const std::function<bool(const journal::CheckpointRow &)> &each)
{
    for (;;) {
        const auto row = rows.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return {};
        const auto frontier = rows.blob(2);
        if (!each({static_cast<std::uint64_t>(rows.number(0)), rows.text(1), Bytes(frontier.begin(), frontier.end())}))
            return {};
    }
}
} // namespace

Result<std::vector<journal::CheckpointRow>> SqliteLog::newestCheckpoints(std::size_t limit)
{
    auto rows = m_database->prepare("SELECT size, note, frontier FROM checkpoint ORDER BY size DESC LIMIT ?1");
    if (!rows)
        return tl::unexpected(rows.error());
    rows->bind(1, static_cast<std::int64_t>(limit));
    std::vector<journal::CheckpointRow> out;
    const auto read = readCheckpoints(*rows, [&](const journal::CheckpointRow &row) {
        out.push_back(row);
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    return out;
}

Result<std::optional<journal::CheckpointRow>> SqliteLog::checkpointUpTo(std::uint64_t size)
{
    auto rows = m_database->prepare("SELECT size, note, frontier FROM checkpoint WHERE size <= ?1 ORDER BY size DESC LIMIT 1");
    if (!rows)
        return tl::unexpected(rows.error());
    rows->bind(1, static_cast<std::int64_t>(std::min<std::uint64_t>(size, INT64_MAX)));
    std::optional<journal::CheckpointRow> out;
    const auto read = readCheckpoints(*rows, [&](const journal::CheckpointRow &row) {
        out = row;
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    return out;
}

Result<> SqliteLog::checkpoints(const std::function<bool(const journal::CheckpointRow &)> &each)
{
    auto rows = m_database->prepare("SELECT size, note, frontier FROM checkpoint ORDER BY size");
    if (!rows)
        return tl::unexpected(rows.error());
    return readCheckpoints(*rows, each);
}

Result<> SqliteLog::begin(const journal::LogRow &log)
{
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return tl::unexpected(transaction.error());
    if (const auto made = m_database->execute(kSchema); !made)
        return made;
    auto insert =
        m_database->prepare("INSERT INTO log (one, id, origin, public_key, created) VALUES (1, ?1, ?2, ?3, ?4)");
    if (!insert)
        return tl::unexpected(insert.error());
    insert->bind(1, BytesView(log.id.bytes))
        .bind(2, std::string_view(log.origin))
        .bind(3, BytesView(log.publicKey))
        .bind(4, log.created.ns);
    if (const auto done = insert->run(); !done)
        return done;
    if (const auto done = transaction->commit(); !done)
        return done;
    m_unfinished = false;
    return {};
}

Result<> SqliteLog::append(std::span<const journal::Row> rows, const journal::CheckpointRow *checkpoint)
{
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return tl::unexpected(transaction.error());
    for (const journal::Row &row : rows) {
        m_insert->bind(1, static_cast<std::int64_t>(row.seq)).bind(2, row.blob);
        if (const auto done = m_insert->run(); !done)
            return done;
    }
    if (checkpoint) {
        m_insertCheckpoint->bind(1, static_cast<std::int64_t>(checkpoint->size))
            .bind(2, std::string_view(checkpoint->note))
            .bind(3, BytesView(checkpoint->frontier));
        if (const auto done = m_insertCheckpoint->run(); !done)
            return done;
    }
    return transaction->commit();
}

Result<std::unique_ptr<journal::RecordReader>> SqliteLog::reader() const
{
    // Only the path is used: this runs on other threads while the owner commits.
    auto database = Database::open(m_file, kKind, Database::Mode::Follow);
    if (!database)
        return tl::unexpected(database.error());
    return std::unique_ptr<journal::RecordReader>(new SqliteLog(m_file, std::move(*database)));
}

void SqliteLog::tidy(bool idle)
{
    if (m_database->logBytes() > (idle ? m_logWhenIdle : kLogAtMost))
        m_database->checkpoint();
}

} // namespace qd::store
