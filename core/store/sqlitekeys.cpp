// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlitekeys.h"

namespace qd::store {

namespace {

const FileKind kKeysKind{"keys.db", 0x51444b31 /* QDK1 */, 2,
                         "put it back from a backup of this home (an older one opens what was recorded until then); to command on "
                         "meanwhile, make another home with `quarterdeckctl init` and this one's folder workspace"};

constexpr const char *kSettings = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON;";
constexpr const char *kKeysSchema = R"(
    CREATE TABLE slot (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, parameters BLOB NOT NULL, wrapped BLOB NOT NULL) STRICT;
    CREATE TABLE epoch (epoch INTEGER PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;
    CREATE TABLE stream_key (id BLOB PRIMARY KEY, stream BLOB NOT NULL, epoch INTEGER NOT NULL, wrapped BLOB NOT NULL) STRICT;
    CREATE TABLE signer (one INTEGER PRIMARY KEY CHECK (one = 1), wrapped BLOB NOT NULL) STRICT;
    PRAGMA application_id=0x51444b31;
)";
/// What format 2 adds to format 1.
constexpr const char *kSecond = R"(
    CREATE TABLE text_page (id BLOB PRIMARY KEY, stream BLOB NOT NULL, epoch INTEGER NOT NULL, struck INTEGER NOT NULL, wrapped BLOB NOT NULL) STRICT;
    CREATE TABLE hold (number INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, wrapped BLOB NOT NULL) STRICT;
    CREATE TABLE intent (seq INTEGER PRIMARY KEY, keys BLOB NOT NULL) STRICT;
    CREATE TABLE fact (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
    PRAGMA user_version=2;
)";

Bytes copyOf(BytesView bytes)
{
    return Bytes(bytes.begin(), bytes.end());
}

/// False when the column is not of that size.
template <std::size_t N>
bool read(const Statement &row, int column, std::array<std::uint8_t, N> &into)
{
    const BytesView bytes = row.blob(column);
    if (bytes.size() == N)
        std::copy_n(bytes.begin(), N, into.begin());
    return bytes.size() == N;
}

/// Inserts every row as `bind` says.
template <typename Rows, typename Bind>
Result<> insertEach(Database &database, const char *sql, const Rows &rows, const Bind &bind)
{
    auto statement = database.prepare(sql);
    if (!statement)
        return tl::unexpected(statement.error());
    for (const auto &row : rows)
        if (const auto done = bind(*statement, row).run(); !done)
            return done;
    return {};
}

} // namespace

Result<std::unique_ptr<SqliteKeys>> SqliteKeys::open(const std::filesystem::path &home, journal::Access access)
{
    std::error_code ignored;
    const auto folder = std::filesystem::is_regular_file(home, ignored) ? home.parent_path() / "no-keys" : home;
    const auto file = folder / "keys.db";
    const auto mode = access == journal::Access::Create  ? Database::Mode::Create
                      : access == journal::Access::Write ? Database::Mode::Write
                                                         : Database::Mode::Read;
    auto database = Database::open(file, kKeysKind, mode);
    if (!database && database.error().code == Code::NotFound && std::filesystem::exists(folder / "journal.db", ignored))
        return fail(Code::NotFound, "The journal is there, but keys.db is gone, and without it nothing in it can be opened. Nothing was changed; " + kKeysKind.whenDamaged + ".");
    if (!database)
        return tl::unexpected(database.error());
    std::unique_ptr<SqliteKeys> keys(new SqliteKeys(file, std::move(*database)));
    keys->m_unfinished = mode == Database::Mode::Create;
    if (mode != Database::Mode::Read)
        if (const auto set = keys->m_database->execute(kSettings); !set)
            return tl::unexpected(set.error());
    if (mode == Database::Mode::Write)
        if (const auto current = keys->migrate(); !current)
            return tl::unexpected(current.error());
    return keys;
}

Result<> SqliteKeys::migrate()
{
    const auto format = m_database->number("PRAGMA user_version");
    if (!format)
        return tl::unexpected(format.error());
    if (*format >= kKeysKind.format)
        return {};
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return tl::unexpected(transaction.error());
    if (const auto made = m_database->execute(kSecond); !made)
        return made;
    return transaction->commit();
}

SqliteKeys::~SqliteKeys()
{
    m_database.reset();
    if (!m_unfinished)
        return;
    std::error_code ignored;
    for (const char *suffix : {"", "-journal"})
        std::filesystem::remove(m_file.string() + suffix, ignored);
}

Result<journal::KeyFileContents> SqliteKeys::load()
{
    journal::KeyFileContents out;
    Result<> outcome;
    const auto each = [&](const char *sql, const auto &take) {
        auto rows = outcome ? m_database->prepare(sql) : Result<Statement>(tl::unexpected(outcome.error()));
        for (auto row = rows ? rows->step() : Result<bool>(tl::unexpected(rows.error()));; row = rows->step()) {
            if (!row)
                outcome = tl::unexpected(row.error());
            if (!row || !*row)
                return;
            take(*rows);
        }
    };
    bool sized = true;
    each("SELECT kind, parameters, wrapped, id FROM slot ORDER BY id", [&](const Statement &s) {
        out.slots.push_back(
            {s.text(0), copyOf(s.blob(1)), copyOf(s.blob(2)), static_cast<std::uint32_t>(s.number(3))});
    });
    each("SELECT epoch, wrapped FROM epoch ORDER BY epoch", [&](const Statement &s) {
        out.epochs.push_back({static_cast<std::uint32_t>(s.number(0)), copyOf(s.blob(1))});
    });
    each("SELECT id, stream, epoch, wrapped FROM stream_key", [&](const Statement &s) {
        journal::KeyRow &row = out.keys.emplace_back();
        sized = read(s, 0, row.id) && read(s, 1, row.stream) && sized;
        row.epoch = static_cast<std::uint32_t>(s.number(2));
        row.wrapped = copyOf(s.blob(3));
    });
    each("SELECT wrapped FROM signer WHERE one = 1", [&](const Statement &s) { out.signer = copyOf(s.blob(0)); });
    if (!outcome)
        return tl::unexpected(outcome.error());
    const auto format = m_database->number("PRAGMA user_version");
    if (format && *format >= 2) {
        each("SELECT id, stream, epoch, struck, wrapped FROM text_page", [&](const Statement &s) {
            journal::PageRow &row = out.pages.emplace_back();
            sized = read(s, 0, row.id) && read(s, 1, row.stream) && sized;
            row.epoch = static_cast<std::uint32_t>(s.number(2));
            row.struck = static_cast<std::uint64_t>(s.number(3));
            row.wrapped = copyOf(s.blob(4));
        });
        each("SELECT number, epoch, wrapped FROM hold ORDER BY number", [&](const Statement &s) {
            out.holds.push_back({static_cast<std::uint32_t>(s.number(0)), static_cast<std::uint32_t>(s.number(1)),
                                 copyOf(s.blob(2))});
        });
        each("SELECT seq, keys FROM intent ORDER BY seq", [&](const Statement &s) {
            out.intents.push_back({static_cast<std::uint64_t>(s.number(0)), copyOf(s.blob(1))});
        });
        each("SELECT name, value FROM fact", [&](const Statement &s) { out.facts[s.text(0)] = s.number(1); });
    }
    if (!format || !outcome)
        return tl::unexpected(format ? outcome.error() : format.error());
    if (!sized)
        return fail(Code::Corrupt, "keys.db is damaged. Nothing was changed; " + kKeysKind.whenDamaged + ".");
    return out;
}

Result<> SqliteKeys::insert(std::span<const journal::SlotRow> slots)
{
    return insertEach(*m_database, "INSERT INTO slot (id, kind, parameters, wrapped) VALUES (nullif(?1, 0), ?2, ?3, ?4)", slots,
                      [](Statement &s, const journal::SlotRow &row) -> Statement & {
                          return s.bind(1, std::int64_t(row.number))
                              .bind(2, std::string_view(row.kind))
                              .bind(3, BytesView(row.parameters))
                              .bind(4, BytesView(row.wrapped));
                      });
}

Result<> SqliteKeys::insert(std::span<const journal::EpochRow> epochs)
{
    return insertEach(*m_database, "INSERT INTO epoch (epoch, wrapped) VALUES (?1, ?2)", epochs,
                      [](Statement &s, const journal::EpochRow &row) -> Statement & {
                          return s.bind(1, std::int64_t(row.epoch)).bind(2, BytesView(row.wrapped));
                      });
}

Result<> SqliteKeys::insert(std::span<const journal::KeyRow> keys)
{
    return insertEach(*m_database, "INSERT INTO stream_key (id, stream, epoch, wrapped) VALUES (?1, ?2, ?3, ?4)", keys,
                      [](Statement &s, const journal::KeyRow &row) -> Statement & {
                          return s.bind(1, BytesView(row.id))
                              .bind(2, BytesView(row.stream))
                              .bind(3, std::int64_t(row.epoch))
                              .bind(4, BytesView(row.wrapped));
                      });
}

Result<> SqliteKeys::insert(std::span<const journal::PageRow> pages)
{
    return insertEach(*m_database, "INSERT INTO text_page (id, stream, epoch, struck, wrapped) VALUES (?1, ?2, ?3, ?4, ?5)", pages,
                      [](Statement &s, const journal::PageRow &row) -> Statement & {
                          return s.bind(1, BytesView(row.id))
                              .bind(2, BytesView(row.stream))
                              .bind(3, std::int64_t(row.epoch))
                              .bind(4, static_cast<std::int64_t>(row.struck))
                              .bind(5, BytesView(row.wrapped));
                      });
}

Result<> SqliteKeys::insert(std::span<const journal::HoldRow> holds)
{
    return insertEach(*m_database, "INSERT INTO hold (number, epoch, wrapped) VALUES (?1, ?2, ?3)", holds,
                      [](Statement &s, const journal::HoldRow &row) -> Statement & {
                          return s.bind(1, std::int64_t(row.number)).bind(2, std::int64_t(row.epoch)).bind(3, BytesView(row.wrapped));
                      });
}

Result<> SqliteKeys::insert(std::span<const journal::IntentRow> intents)
{
    return insertEach(*m_database, "INSERT INTO intent (seq, keys) VALUES (?1, ?2)", intents,
                      [](Statement &s, const journal::IntentRow &row) -> Statement & {
                          return s.bind(1, static_cast<std::int64_t>(row.seq)).bind(2, BytesView(row.keys));
                      });
}

Result<> SqliteKeys::insert(const std::map<std::string, std::int64_t> &facts)
{
    return insertEach(*m_database, "INSERT INTO fact (name, value) VALUES (?1, ?2)", facts,
                      [](Statement &s, const auto &fact) -> Statement & {
                          return s.bind(1, std::string_view(fact.first)).bind(2, fact.second);
                      });
}

Result<> SqliteKeys::insertSigner(const Bytes &signer)
{
    auto statement = m_database->prepare("INSERT INTO signer (one, wrapped) VALUES (1, ?1)");
    if (!statement)
        return tl::unexpected(statement.error());
    return statement->bind(1, BytesView(signer)).run();
}

Result<> SqliteKeys::begin(const journal::KeyFileContents &contents)
{
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return tl::unexpected(transaction.error());
    for (const char *sql : {kKeysSchema, kSecond})
        if (const auto made = m_database->execute(sql); !made)
            return made;
    Result<> done = insert(contents.slots);
    if (done)
        done = insert(contents.epochs);
    if (done)
        done = insertSigner(contents.signer);
    if (done)
        done = insert(contents.keys);
    if (done)
        done = transaction->commit();
    if (done)
        m_unfinished = false;
    return done;
}

Result<> SqliteKeys::add(std::span<const journal::KeyRow> keys, std::span<const journal::PageRow> pages)
{
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return tl::unexpected(transaction.error());
    if (const auto done = insert(keys); !done)
        return done;
    if (const auto done = insert(pages); !done)
        return done;
    return transaction->commit();
}

template <typename Rows>
Result<> SqliteKeys::replace(const char *clear, const Rows &was, const Rows &is)
{
    if (was == is)
        return {};
    if (const auto cleared = m_database->execute(clear); !cleared)
        return cleared;
    return insert(is);
}

Result<> SqliteKeys::change(const std::function<Result<>(journal::KeyFileContents &)> &edit)
{
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return tl::unexpected(transaction.error());
    const auto was = load();
    if (!was)
        return tl::unexpected(was.error());
    journal::KeyFileContents is = *was;
    if (const auto edited = edit(is); !edited)
        return edited;
    Result<> done = replace("DELETE FROM slot", was->slots, is.slots);
    if (done)
        done = replace("DELETE FROM epoch", was->epochs, is.epochs);
    if (done)
        done = replace("DELETE FROM stream_key", was->keys, is.keys);
    if (done)
        done = replace("DELETE FROM text_page", was->pages, is.pages);
    if (done)
        done = replace("DELETE FROM hold", was->holds, is.holds);
    if (done)
        done = replace("DELETE FROM intent", was->intents, is.intents);
    if (done)
        done = replace("DELETE FROM fact", was->facts, is.facts);
    if (done && was->signer != is.signer) {
        done = m_database->execute("DELETE FROM signer");
        if (done)
            done = insertSigner(is.signer);
    }
    return done ? transaction->commit() : done;
}

} // namespace qd::store
