// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace qd::store {

namespace {

/// SQLite's own sentence for the log, ours for people.
Error errorOf(int code, const FileKind &kind, const std::string &doing, const std::string &detail)
{
    const std::string &name = kind.name;
    switch (code & 0xff) {
    case SQLITE_FULL:
        return {Code::Unavailable,
                "The disk is full: " + name + " could not be written. Nothing of it was stored; free some space.",
                detail};
    case SQLITE_NOMEM:
        return {Code::Unavailable, "There is not enough memory to use " + name + ".", detail};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {Code::Unavailable, name + " is in use by another program.", detail};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {Code::Corrupt, name + " is damaged. Nothing was changed; " + kind.whenDamaged + ".", detail};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
        return {Code::Io,
                name + " cannot be read or written: the operating system refused. Check the disk and the file's owner "
                       "and mode.",
                detail};
    default:
        return {Code::Internal, name + ": " + doing + " failed.", detail};
    }
}

std::string quotedPath(const std::filesystem::path &path)
{
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out = "file:";
    for (const char c : std::filesystem::absolute(path).string()) {
        const auto b = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-' ||
            c == '_' || c == '.') {
            out += c;
        } else {
            out += '%';
            out += kHex[b >> 4];
            out += kHex[b & 15];
        }
    }
    return out;
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

Statement &Statement::bind(int index, std::int64_t value)
{
    sqlite3_bind_int64(m_statement.get(), index, value);
    return *this;
}

Statement &Statement::bind(int index, BytesView blob)
{
    // An empty view may have a null pointer, which would bind NULL.
    static constexpr std::uint8_t kNothing = 0;
    sqlite3_bind_blob64(m_statement.get(), index, blob.empty() ? &kNothing : blob.data(), blob.size(), SQLITE_STATIC);
    return *this;
}

Statement &Statement::bind(int index, std::string_view text)
{
    sqlite3_bind_text64(m_statement.get(), index, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC,
                        SQLITE_UTF8);
    return *this;
}

Result<bool> Statement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        reset();
        return false;
    }
    Error error = m_database->error("a step");
    reset();
    return tl::unexpected(std::move(error));
}

Result<> Statement::run()
{
    for (;;) {
        const auto row = step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return {};
    }
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
}

std::int64_t Statement::number(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

BytesView Statement::blob(int column) const
{
    const auto *data = static_cast<const std::uint8_t *>(sqlite3_column_blob(m_statement.get(), column));
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return data ? BytesView(data, static_cast<std::size_t>(size)) : BytesView();
}

std::string Statement::text(int column) const
{
    return std::string(asText(blob(column)));
}

Database::Database(sqlite3 *handle, std::filesystem::path path, FileKind kind)
    : m_handle(handle)
    , m_path(std::move(path))
    , m_kind(std::move(kind))
{
}

/// Our own settings, and the limits: no statement of ours is long or nested.
void Database::protect(sqlite3 *handle)
{
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 4096);
    sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 16);
}

Database::~Database()
{
    sqlite3_close_v2(m_handle);
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path &path, const FileKind &kind, Mode mode)
{
    std::error_code ignored;
    if (mode == Mode::Create) {
        // Made by us first, so that SQLite's files, which take their mode from this one, are private from the first
        // byte.
        const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0 && errno == EEXIST)
            return fail(Code::Conflict, "There is a " + kind.name + " in " + path.parent_path().string() +
                                            " already; nothing was changed.");
        if (fd < 0)
            return fail(errno == ENOSPC || errno == EDQUOT ? Code::Unavailable : Code::Io,
                        path.string() + " cannot be made: " + std::strerror(errno) + ".");
        ::fchmod(fd, 0600);
        ::close(fd);
    } else if (!std::filesystem::exists(path, ignored)) {
        return fail(Code::NotFound, "There is no " + kind.name + " in " + path.parent_path().string() +
                                        "; make a home with `quarterdeckctl init`.");
    }
    std::string uri = quotedPath(path);
    int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
    const bool reads = mode == Mode::Read || mode == Mode::Follow;
    flags |= reads ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (mode == Mode::Read && !std::filesystem::exists(path.string() + "-wal", ignored) &&
        !std::filesystem::exists(path.string() + "-journal", ignored))
        uri += "?immutable=1";
    sqlite3 *handle = nullptr;
    const int code = sqlite3_open_v2(uri.c_str(), &handle, flags, nullptr);
    std::unique_ptr<Database> database(new Database(handle, path, kind));
    if (code != SQLITE_OK)
        return tl::unexpected(database->error("opening"));
    if (mode != Mode::Create && !std::filesystem::exists(path.string() + "-wal", ignored))
        if (const auto known = database->checkHeader(); !known)
            return tl::unexpected(known.error());
    sqlite3_busy_timeout(handle, 2000);
    protect(handle);
    if (mode != Mode::Create) {
        // Until the kind is known, closing must not even move a left write-ahead log into the file.
        sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        if (const auto known = database->checkKind(); !known)
            return tl::unexpected(known.error());
        sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, reads ? 1 : 0, nullptr);
    }
    if (const auto set = database->execute("PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;"); !set)
        return tl::unexpected(set.error());
    if (!reads) {
        sqlite3_wal_autocheckpoint(handle, 0); // the owner says when
        sqlite3_wal_hook(handle, &Database::onLog, database.get());
    }
    return database;
}

int Database::onLog(void *self, sqlite3 *, const char *, int pages)
{
    static_cast<Database *>(self)->m_logPages = static_cast<std::size_t>(pages);
    return SQLITE_OK;
}

Result<> Database::checkKind(std::int64_t application, std::int64_t format) const
{
    if (application == 0 && std::filesystem::exists(m_path.parent_path() / "head.note"))
        return fail(Code::Corrupt, m_kind.name + " is empty or was emptied, though this home has worked. Do not remove it; " + m_kind.whenDamaged + ".");
    if (application == 0)
        return fail(Code::Corrupt,
                    m_kind.name + " was not completely made. If this home never worked, remove it and make it again.");
    if (application != m_kind.applicationId)
        return fail(Code::Corrupt,
                    m_path.string() + " is not a " + m_kind.name + " of Quarterdeck; nothing was changed.");
    if (format > m_kind.format)
        return fail(Code::Version, m_kind.name + " was written by a newer Quarterdeck (format " +
                                       std::to_string(format) + ", this one knows " + std::to_string(m_kind.format) +
                                       "); install the newer one. Nothing was changed.");
    if (format < 1)
        return fail(Code::Corrupt, m_kind.name + " says it is of format " + std::to_string(format) +
                                       ", which never existed; nothing was changed.");
    return {};
}

/// The same by the first bytes of the file, without SQLite, which would make files of its own beside it
/// (sqlite.org/fileformat2.html: user version at 60, application id at 68, big-endian).
Result<> Database::checkHeader() const
{
    std::array<char, 72> bytes{};
    std::ifstream file(m_path, std::ios::binary);
    if (!file.read(bytes.data(), bytes.size()) || std::memcmp(bytes.data(), "SQLite format 3", 16) != 0)
        return {}; // SQLite says better what is wrong
    const auto number = [&](std::size_t at) {
        std::uint32_t v = 0;
        for (std::size_t i = 0; i < 4; ++i)
            v = v << 8 | static_cast<unsigned char>(bytes[at + i]);
        return static_cast<std::int32_t>(v);
    };
    return checkKind(number(68), number(60));
}

Result<> Database::checkKind() const
{
    const auto application = number("PRAGMA application_id");
    if (!application)
        return tl::unexpected(application.error());
    const auto format = number("PRAGMA user_version");
    if (!format)
        return tl::unexpected(format.error());
    return checkKind(*application, *format);
}

Result<> Database::execute(const char *sql)
{
    if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return tl::unexpected(error("a statement"));
    return {};
}

Result<Statement> Database::prepare(const char *sql) const
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(m_handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        // The statements are ours and fit every file of this format: a table or column that is missing is damage to the schema.
        return tl::unexpected((sqlite3_errcode(m_handle) & 0xff) == SQLITE_ERROR ? errorOf(SQLITE_CORRUPT, m_kind, {}, sqlite3_errmsg(m_handle)) : error("preparing a statement"));
    return Statement(this, statement);
}

Result<std::int64_t> Database::number(const char *sql) const
{
    auto statement = prepare(sql);
    if (!statement)
        return tl::unexpected(statement.error());
    const auto row = statement->step();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? statement->number(0) : 0;
}

Error Database::error(const std::string &doing) const
{
    int code = m_handle ? sqlite3_extended_errcode(m_handle) : SQLITE_NOMEM;
    const std::string detail = m_handle ? std::string(sqlite3_errmsg(m_handle)) + " (" + std::to_string(code) + ")"
                                        : std::string("out of memory");
    // Growing the index of the write-ahead log on a full disk is an I/O error to SQLite; the system knows better.
    const int primary = code & 0xff;
    const int system = m_handle ? sqlite3_system_errno(m_handle) : 0;
    if ((primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN) && (system == ENOSPC || system == EDQUOT))
        code = SQLITE_FULL;
    return errorOf(code, m_kind, doing, detail);
}

void Database::keepLogOnClose(bool keep)
{
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, nullptr);
}

void Database::checkpoint()
{
    int pages = 0, moved = 0;
    if (sqlite3_wal_checkpoint_v2(m_handle, nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved) == SQLITE_OK &&
        pages == moved)
        m_logPages = 0;
}

Result<Transaction> Transaction::begin(Database &database)
{
    if (const auto begun = database.execute("BEGIN IMMEDIATE"); !begun)
        return tl::unexpected(begun.error());
    return Transaction(database);
}

Transaction::~Transaction()
{
    // Some errors end the transaction by themselves.
    if (m_database && sqlite3_get_autocommit(m_database->handle()) == 0)
        (void)m_database->execute("ROLLBACK");
}

Result<> Transaction::commit()
{
    if (const auto done = m_database->execute("COMMIT"); !done)
        return done;
    m_database = nullptr;
    return {};
}

} // namespace qd::store
