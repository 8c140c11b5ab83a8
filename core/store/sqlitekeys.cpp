// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlitekeys.h"

namespace qd::store {

namespace {

const FileKind kKind{"keys.db", 0x51444b31 /* QDK1 */, 1};

constexpr const char *kSettings = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON;";
constexpr const char *kSchema = R"(
    CREATE TABLE slot (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, parameters BLOB NOT NULL, wrapped BLOB NOT NULL) STRICT;
    CREATE TABLE epoch (epoch INTEGER PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;
    CREATE TABLE stream_key (id BLOB PRIMARY KEY, stream BLOB NOT NULL, epoch INTEGER NOT NULL, wrapped BLOB NOT NULL) STRICT;
    CREATE TABLE signer (one INTEGER PRIMARY KEY CHECK (one = 1), wrapped BLOB NOT NULL) STRICT;
    PRAGMA application_id=0x51444b31;
    PRAGMA user_version=1;
)";

Bytes copyOf(BytesView bytes)
{
    return Bytes(bytes.begin(), bytes.end());
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
    auto database = Database::open(file, kKind, mode);
    if (!database)
        return tl::unexpected(database.error());
    std::unique_ptr<SqliteKeys> keys(new SqliteKeys(file, std::move(*database)));
    keys->m_unfinished = mode == Database::Mode::Create;
    if (mode != Database::Mode::Read)
        if (const auto set = keys->m_database->execute(kSettings); !set)
            return tl::unexpected(set.error());
    return keys;
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
    each("SELECT kind, parameters, wrapped FROM slot ORDER BY id", [&](const Statement &s) {
        out.slots.push_back({s.text(0), copyOf(s.blob(1)), copyOf(s.blob(2))});
    });
    each("SELECT epoch, wrapped FROM epoch ORDER BY epoch", [&](const Statement &s) {
        out.epochs.push_back({static_cast<std::uint32_t>(s.number(0)), copyOf(s.blob(1))});
    });
    each("SELECT id, stream, epoch, wrapped FROM stream_key", [&](const Statement &s) {
        journal::KeyRow &row = out.keys.emplace_back();
        sized = sized && s.blob(0).size() == row.id.size() && s.blob(1).size() == row.stream.size();
        if (!sized)
            return;
        std::copy_n(s.blob(0).begin(), row.id.size(), row.id.begin());
        std::copy_n(s.blob(1).begin(), row.stream.size(), row.stream.begin());
        row.epoch = static_cast<std::uint32_t>(s.number(2));
        row.wrapped = copyOf(s.blob(3));
    });
    each("SELECT wrapped FROM signer WHERE one = 1", [&](const Statement &s) { out.signer = copyOf(s.blob(0)); });
    if (!outcome)
        return tl::unexpected(outcome.error());
    if (!sized)
        return fail(Code::Corrupt, "keys.db is damaged; nothing was changed. Restore it from a backup of this home.");
    return out;
}

Result<> SqliteKeys::insert(std::span<const journal::KeyRow> keys)
{
    auto statement = m_database->prepare("INSERT INTO stream_key (id, stream, epoch, wrapped) VALUES (?1, ?2, ?3, ?4)");
    if (!statement)
        return tl::unexpected(statement.error());
    for (const journal::KeyRow &key : keys) {
        statement->bind(1, BytesView(key.id))
            .bind(2, BytesView(key.stream))
            .bind(3, std::int64_t(key.epoch))
            .bind(4, BytesView(key.wrapped));
        if (const auto done = statement->run(); !done)
            return done;
    }
    return {};
}

Result<> SqliteKeys::begin(const journal::KeyFileContents &contents)
{
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return tl::unexpected(transaction.error());
    if (const auto made = m_database->execute(kSchema); !made)
        return made;
    auto slot = m_database->prepare("INSERT INTO slot (kind, parameters, wrapped) VALUES (?1, ?2, ?3)");
    auto epoch = m_database->prepare("INSERT INTO epoch (epoch, wrapped) VALUES (?1, ?2)");
    auto signer = m_database->prepare("INSERT INTO signer (one, wrapped) VALUES (1, ?1)");
    if (!slot || !epoch || !signer)
        return tl::unexpected(m_database->error("preparing a statement"));
    for (const journal::SlotRow &row : contents.slots)
        if (const auto done = slot->bind(1, std::string_view(row.kind))
                                  .bind(2, BytesView(row.parameters))
                                  .bind(3, BytesView(row.wrapped))
                                  .run();
            !done)
            return done;
    for (const journal::EpochRow &row : contents.epochs)
        if (const auto done = epoch->bind(1, std::int64_t(row.epoch)).bind(2, BytesView(row.wrapped)).run(); !done)
            return done;
    if (const auto done = signer->bind(1, BytesView(contents.signer)).run(); !done)
        return done;
    if (const auto done = insert(contents.keys); !done)
        return done;
    if (const auto done = transaction->commit(); !done)
        return done;
    m_unfinished = false;
    return {};
}

Result<> SqliteKeys::add(std::span<const journal::KeyRow> keys)
{
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return tl::unexpected(transaction.error());
    if (const auto done = insert(keys); !done)
        return done;
    return transaction->commit();
}

} // namespace qd::store
