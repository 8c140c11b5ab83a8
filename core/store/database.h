// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace qd::store {

class Database;

/// A prepared statement. Values bound are not copied: they must live until step() is done. One thread.
class Statement final
{
public:
    Statement() = default;
    Statement &bind(int index, std::int64_t value); ///< indexes count from 1, as in SQL
    Statement &bind(int index, BytesView blob);
    Statement &bind(int index, std::string_view text);
    /// True: a row is there. False: done; the statement is then ready to be bound again.
    [[nodiscard]] Result<bool> step();
    /// Runs to its end and drops rows.
    [[nodiscard]] Result<> run();
    void reset();

    [[nodiscard]] std::int64_t number(int column) const; ///< columns count from 0
    [[nodiscard]] BytesView blob(int column) const;      ///< valid until the next step or reset
    [[nodiscard]] std::string text(int column) const;

private:
    friend class Database;
    struct Finalize
    {
        void operator()(sqlite3_stmt *statement) const;
    };
    Statement(const Database *database, sqlite3_stmt *statement)
        : m_database(database)
        , m_statement(statement)
    {
    }
    const Database *m_database = nullptr;
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

/// What a file is and how to treat it.
struct FileKind
{
    std::string name; ///< in messages: "journal.db"
    std::int64_t applicationId = 0;
    std::int64_t format = 0; ///< the newest known, and what is written
    std::string whenDamaged = "`quarterdeckctl verify` lists all damage"; ///< in messages: what can be done then
};

/// One SQLite connection with our safety settings: defensive, untrusted schema, cell checks, no triggers or views of
/// others. Errors: Unavailable (disk full, busy, out of memory), Io, Corrupt, Version, NotFound, Conflict. One thread.
class Database final
{
public:
    enum class Mode { Create, Write, Read, Follow };
    /// Create: the file must not exist and is made 0600. The others: it must exist and be of this kind. Read is for a
    /// file nobody writes and changes nothing: with no write-ahead log beside it, it is opened as immutable. Follow
    /// reads beside a writer of this process.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::filesystem::path &path, const FileKind &kind,
                                                                Mode mode);
    /// A database that is nowhere but in memory: empty, or these bytes, read only. Nothing of it ever reaches a disk, also
    /// not as a temporary file. `name` stands in messages. Corrupt for bytes that are no database.
    [[nodiscard]] static Result<std::unique_ptr<Database>> inMemory(std::string name);
    [[nodiscard]] static Result<std::unique_ptr<Database>> inMemory(std::string name, BytesView bytes);
    /// The whole of a database made in memory, without free pages, as inMemory() takes it. Never within a transaction.
    [[nodiscard]] Result<Bytes> bytes();
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    [[nodiscard]] Result<> execute(const char *sql);
    [[nodiscard]] Result<Statement> prepare(const char *sql) const;
    [[nodiscard]] Result<std::int64_t> number(const char *sql) const; ///< the first column of the first row, 0 for none
    /// What SQLite last complained about, as an Error of ours.
    [[nodiscard]] Error error(const std::string &doing) const;
    [[nodiscard]] sqlite3 *handle() const { return m_handle; }
    /// Moves what the write-ahead log holds into the file without waiting for readers; nothing to do is no error.
    void checkpoint();
    /// Whether closing leaves the write-ahead log as it is; else the last to close moves it into the file and takes it away.
    void keepLogOnClose(bool keep);
    /// Bytes in the write-ahead log after the last commit of this connection.
    [[nodiscard]] std::size_t logBytes() const { return m_logPages * kPage; }
    static constexpr std::size_t kPage = 8192;

private:
    Database(sqlite3 *handle, std::filesystem::path path, FileKind kind);
    static void protect(sqlite3 *handle);
    [[nodiscard]] Result<> checkKind() const;
    [[nodiscard]] Result<> checkKind(std::int64_t application, std::int64_t format) const;
    [[nodiscard]] Result<> checkHeader() const;
    static int onLog(void *self, sqlite3 *, const char *, int pages);

    sqlite3 *m_handle;
    std::filesystem::path m_path;
    FileKind m_kind;
    std::size_t m_logPages = 0;
};

/// Rolls back when it dies before commit().
class Transaction final
{
public:
    [[nodiscard]] static Result<Transaction> begin(Database &database);
    Transaction(Transaction &&other) noexcept
        : m_database(std::exchange(other.m_database, nullptr))
    {
    }
    Transaction &operator=(Transaction &&) = delete;
    ~Transaction();
    [[nodiscard]] Result<> commit();

private:
    explicit Transaction(Database &database)
        : m_database(&database)
    {
    }
    Database *m_database;
};

} // namespace qd::store
