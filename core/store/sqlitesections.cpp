// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlitesections.h"

#include "core/base/log.h"

#include <algorithm>
#include <array>

namespace qd::store {

namespace {

const FileKind kDerivedKind{"derived.db", 0x51445331 /* QDS1 */, 1};

// Page size and auto-vacuum must come before the first page, WAL before the first table.
constexpr const char *kPrepareDerived = "PRAGMA page_size=8192; PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL;";
// Bodies apart from heads, so that a listing reads no pages of bodies.
constexpr const char *kDerivedSchema = R"(
    CREATE TABLE head (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, first INTEGER NOT NULL,
                       last INTEGER NOT NULL, key BLOB NOT NULL, bytes INTEGER NOT NULL, UNIQUE (kind, name)) STRICT;
    CREATE TABLE body (id INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
    PRAGMA application_id=0x51445331;
    PRAGMA user_version=1;
)";
constexpr const char *kWritingDerived = "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-2048; PRAGMA journal_size_limit=4194304;";
constexpr std::size_t kDerivedLogAtMost = 4u << 20;

constexpr std::int64_t kBytesAtMost = 1 << 30; ///< of a section; SQLite holds no larger blob

constexpr std::array<const char *, 4> kSuffixes{"", "-wal", "-shm", "-journal"};

/// Links are taken away, what they point to is left alone.
void discard(const std::filesystem::path &file)
{
    std::error_code ignored;
    for (const char *suffix : kSuffixes)
        std::filesystem::remove(file.string() + suffix, ignored);
}

/// Somebody else's file stands behind it: to write there, or to clean up what does not open, would harm them.
bool isLinked(const std::filesystem::path &file)
{
    std::error_code ignored;
    return std::any_of(kSuffixes.begin(), kSuffixes.end(), [&](const char *suffix) { return std::filesystem::is_symlink(file.string() + suffix, ignored); });
}

/// Not what the disk or another program is to blame for.
bool isDamage(const Error &error)
{
    return error.code == Code::Corrupt || error.code == Code::Internal;
}

Result<std::unique_ptr<Database>> make(const std::filesystem::path &file)
{
    auto database = Database::open(file, kDerivedKind, Database::Mode::Create);
    if (!database)
        return database;
    for (const char *sql : {kPrepareDerived, kDerivedSchema})
        if (const auto done = (*database)->execute(sql); !done) {
            database->reset();
            discard(file);
            return tl::unexpected(done.error());
        }
    return database;
}

bool copyKey(BytesView from, std::array<std::uint8_t, 16> &to)
{
    if (from.size() != to.size())
        return false;
    std::copy(from.begin(), from.end(), to.begin());
    return true;
}

} // namespace

Result<std::unique_ptr<SqliteSections>> SqliteSections::open(const std::filesystem::path &home)
{
    const auto file = home / "derived.db";
    if (isLinked(file)) {
        log(LogLevel::Warning, "store", "derived.db is a symbolic link; the link is taken away and the file made anew");
        discard(file);
    }
    auto database = Database::open(file, kDerivedKind, Database::Mode::Write);
    const bool useless = !database && database.error().code != Code::Unavailable && database.error().code != Code::Io;
    if (useless) {
        if (database.error().code != Code::NotFound)
            log(LogLevel::Warning, "store", "derived.db cannot be used and is made anew: " + database.error().message);
        discard(file);
        database = make(file);
    }
    if (!database)
        return tl::unexpected(database.error());
    std::unique_ptr<SqliteSections> sections(new SqliteSections(file, std::move(*database)));
    if (const auto prepared = sections->prepare(); !prepared) {
        // Its kind was right, its tables are not.
        if (useless)
            return tl::unexpected(prepared.error());
        log(LogLevel::Warning, "store", "derived.db cannot be used and is made anew: " + prepared.error().message);
        sections.reset();
        discard(file);
        auto fresh = make(file);
        if (!fresh)
            return tl::unexpected(fresh.error());
        sections.reset(new SqliteSections(file, std::move(*fresh)));
        if (const auto again = sections->prepare(); !again)
            return tl::unexpected(again.error());
    }
    return sections;
}

Result<std::vector<journal::SectionHeadRow>> SqliteSections::look(const std::filesystem::path &home)
{
    const auto file = home / "derived.db";
    if (isLinked(file))
        return fail(Code::Corrupt, "derived.db is a symbolic link.");
    auto database = Database::open(file, kDerivedKind, Database::Mode::Read);
    if (!database)
        return tl::unexpected(database.error());
    return SqliteSections(file, std::move(*database)).listAll({});
}

Result<> SqliteSections::prepare()
{
    if (const auto set = m_database->execute(kWritingDerived); !set)
        return set;
    const auto take = [&](Statement &to, const char *sql) {
        auto made = m_database->prepare(sql);
        if (!made)
            return false;
        to = std::move(*made);
        return true;
    };
    if (!take(m_find, "SELECT h.id, h.first, h.last, h.key, b.sealed FROM head h JOIN body b ON b.id = h.id "
                      "WHERE h.kind = ?1 AND h.name = ?2") ||
        !take(m_insertHead, "INSERT INTO head (id, kind, name, first, last, key, bytes) "
                            "VALUES ((SELECT coalesce(max(id), 0) + 1 FROM body), ?1, ?2, ?3, ?4, ?5, ?6)") ||
        !take(m_insertBody, "INSERT INTO body (id, sealed) SELECT id, ?3 FROM head WHERE kind = ?1 AND name = ?2") ||
        !take(m_removeBody, "DELETE FROM body WHERE id = (SELECT id FROM head WHERE kind = ?1 AND name = ?2)") ||
        !take(m_removeHead, "DELETE FROM head WHERE kind = ?1 AND name = ?2"))
        return tl::unexpected(m_database->error("preparing a statement"));
    return {};
}

Result<> SqliteSections::removeOne(const std::string &kind, const std::string &name)
{
    for (Statement *statement : {&m_removeBody, &m_removeHead})
        if (const auto done = statement->bind(1, std::string_view(kind)).bind(2, std::string_view(name)).run(); !done)
            return done;
    return {};
}

bool SqliteSections::madeAnewAfter(const Error &error)
{
    if (!isDamage(error))
        return false;
    log(LogLevel::Warning, "store", "derived.db is damaged and is made anew: " + (error.detail.empty() ? error.message : error.detail));
    for (Statement *statement : {&m_find, &m_insertHead, &m_insertBody, &m_removeHead, &m_removeBody})
        *statement = {};
    m_database.reset();
    discard(m_file);
    auto made = make(m_file);
    if (!made) {
        log(LogLevel::Warning, "store", made.error());
        return false;
    }
    m_database = std::move(*made);
    return prepare().has_value();
}

Result<> SqliteSections::put(std::span<const journal::SectionRow> rows)
{
    if (!m_database)
        return fail(Code::Unavailable, "derived.db could not be made anew.");
    auto done = putAll(rows);
    return !done && madeAnewAfter(done.error()) ? putAll(rows) : done;
}

Result<std::vector<journal::SectionHeadRow>> SqliteSections::list(const std::string &kind)
{
    if (!m_database)
        return fail(Code::Unavailable, "derived.db could not be made anew.");
    auto rows = listAll(kind);
    return !rows && madeAnewAfter(rows.error()) ? listAll(kind) : std::move(rows);
}

Result<> SqliteSections::remove(const std::string &kind, std::span<const std::string> names)
{
    if (!m_database)
        return fail(Code::Unavailable, "derived.db could not be made anew.");
    auto done = removeAll(kind, names);
    return !done && madeAnewAfter(done.error()) ? Result<>() : done; // they are gone either way
}

Result<> SqliteSections::putAll(std::span<const journal::SectionRow> rows)
{
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return tl::unexpected(transaction.error());
    for (const journal::SectionRow &row : rows) {
        const std::string_view kind(row.head.kind), name(row.head.name);
        if (const auto done = removeOne(row.head.kind, row.head.name); !done)
            return done;
        m_insertHead.bind(1, kind)
            .bind(2, name)
            .bind(3, static_cast<std::int64_t>(row.head.first))
            .bind(4, static_cast<std::int64_t>(row.head.last))
            .bind(5, BytesView(row.head.key))
            .bind(6, static_cast<std::int64_t>(row.sealed.size()));
        if (const auto done = m_insertHead.run(); !done)
            return done;
        if (const auto done = m_insertBody.bind(1, kind).bind(2, name).bind(3, BytesView(row.sealed)).run(); !done)
            return done;
    }
    if (const auto done = transaction->commit(); !done)
        return done;
    if (m_database->logBytes() > kDerivedLogAtMost)
        m_database->checkpoint();
    return {};
}

Result<bool> SqliteSections::read(const std::string &kind, const std::string &name,
                                  const std::function<void(const journal::SectionHeadRow &, BytesView)> &found)
{
    if (!m_database)
        return fail(Code::Unavailable, "derived.db could not be made anew.");
    const auto row = m_find.bind(1, std::string_view(kind)).bind(2, std::string_view(name)).step();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return false;
    const BytesView sealed = m_find.blob(4);
    journal::SectionHeadRow head{kind,
                                 name,
                                 static_cast<std::uint64_t>(m_find.number(1)),
                                 static_cast<std::uint64_t>(m_find.number(2)),
                                 {},
                                 sealed.size()};
    (void)copyKey(m_find.blob(3), head.key); // a wrong one opens nothing
    found(head, sealed);
    m_find.reset();
    return true;
}

Result<std::vector<journal::SectionHeadRow>> SqliteSections::listAll(const std::string &kind)
{
    // Not one statement for both: with an OR SQLite would look at every head there is.
    auto rows = m_database->prepare(kind.empty() ? "SELECT kind, name, first, last, key, bytes FROM head ORDER BY kind, first, name"
                                                 : "SELECT kind, name, first, last, key, bytes FROM head WHERE kind = ?1 "
                                                   "ORDER BY first, name");
    if (!rows)
        return tl::unexpected(rows.error());
    if (!kind.empty())
        rows->bind(1, std::string_view(kind));
    std::vector<journal::SectionHeadRow> out;
    for (;;) {
        const auto row = rows->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return out;
        journal::SectionHeadRow &head = out.emplace_back();
        head.kind = rows->text(0);
        head.name = rows->text(1);
        head.first = static_cast<std::uint64_t>(rows->number(2));
        head.last = static_cast<std::uint64_t>(rows->number(3));
        (void)copyKey(rows->blob(4), head.key);
        if (rows->number(5) < 0 || rows->number(5) > kBytesAtMost)
            return fail(Code::Corrupt, "derived.db says impossible things of a section.");
        head.bytes = static_cast<std::uint64_t>(rows->number(5));
    }
}

Result<> SqliteSections::removeAll(const std::string &kind, std::span<const std::string> names)
{
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return tl::unexpected(transaction.error());
    for (const std::string &name : names)
        if (const auto done = removeOne(kind, name); !done)
            return done;
    if (const auto done = transaction->commit(); !done)
        return done;
    const auto vacuumed = m_database->execute("PRAGMA incremental_vacuum");
    if (m_database->logBytes() > kDerivedLogAtMost)
        m_database->checkpoint();
    return vacuumed;
}

} // namespace qd::store
