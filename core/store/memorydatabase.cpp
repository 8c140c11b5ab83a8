// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"

#include <cstring>
#include <sqlite3.h>

namespace qd::store {

Result<std::unique_ptr<Database>> Database::inMemory(std::string name)
{
    sqlite3 *handle = nullptr;
    const int code = sqlite3_open_v2(":memory:", &handle,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX |
                                         SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE,
                                     nullptr);
    std::unique_ptr<Database> database(new Database(handle, {}, FileKind{std::move(name), 0, 0}));
    if (code != SQLITE_OK)
        return tl::unexpected(database->error("opening"));
    // There may be hundreds of them, each small: none sets memory aside.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_LOOKASIDE, nullptr, 0, 0);
    protect(handle);
    if (const auto set = database->execute("PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;"); !set)
        return tl::unexpected(set.error());
    return database;
}

Result<std::unique_ptr<Database>> Database::inMemory(std::string name, BytesView bytes)
{
    auto database = inMemory(std::move(name));
    if (!database)
        return database;
    auto *copy = static_cast<unsigned char *>(sqlite3_malloc64(bytes.empty() ? 1 : bytes.size()));
    if (!copy)
        return fail(Code::Unavailable, "There is not enough memory to use " + (*database)->m_kind.name + ".");
    if (!bytes.empty())
        std::memcpy(copy, bytes.data(), bytes.size());
    const auto size = static_cast<sqlite3_int64>(bytes.size());
    // It owns the copy from here on, whatever comes of it.
    if (sqlite3_deserialize((*database)->m_handle, "main", copy, size, size,
                            SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
        return tl::unexpected((*database)->error("opening"));
    // Pages are read where they lie, not copied once more.
    if (const auto set = (*database)->execute("PRAGMA mmap_size=2147418112; PRAGMA cell_size_check=ON;"); !set)
        return tl::unexpected(set.error());
    if (const auto read = (*database)->number("SELECT count(*) FROM sqlite_schema"); !read)
        return tl::unexpected(read.error());
    return database;
}

Result<Bytes> Database::bytes()
{
    // VACUUM builds the tidy copy in an attached database, in memory as all that is temporary here.
    sqlite3_limit(m_handle, SQLITE_LIMIT_ATTACHED, 1);
    const auto tidy = execute("VACUUM");
    sqlite3_limit(m_handle, SQLITE_LIMIT_ATTACHED, 0);
    if (!tidy)
        return tl::unexpected(tidy.error());
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, void (*)(void *)> all(sqlite3_serialize(m_handle, "main", &size, 0),
                                                               sqlite3_free);
    if (!all || size < 0)
        return fail(Code::Unavailable, "There is not enough memory to use " + m_kind.name + ".");
    return Bytes(all.get(), all.get() + size);
}

} // namespace qd::store
