// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqliteports.h"

#include "core/store/salvage.h"
#include "core/store/sqlitekeys.h"
#include "core/store/sqlitelog.h"
#include "core/store/sqlitesections.h"

namespace qd::store {

journal::Ports sqlitePorts(SqliteOptions options)
{
    journal::Ports ports;
    ports.records = [options](const std::filesystem::path &home,
                              journal::Access access) -> Result<std::unique_ptr<journal::RecordStore>> {
        return SqliteLog::open(home, access, options).map([](auto &&log) -> std::unique_ptr<journal::RecordStore> {
            return std::move(log);
        });
    };
    ports.keys = [](const std::filesystem::path &home,
                    journal::Access access) -> Result<std::unique_ptr<journal::KeyStore>> {
        return SqliteKeys::open(home, access).map([](auto &&keys) -> std::unique_ptr<journal::KeyStore> {
            return std::move(keys);
        });
    };
    ports.sections = [](const std::filesystem::path &home) {
        return SqliteSections::open(home).map([](auto &&sections) -> std::unique_ptr<journal::SectionStore> {
            return std::move(sections);
        });
    };
    ports.salvageRecords = salvageRecords;
    ports.salvageKeys = salvageKeys;
    ports.discard = [](const std::filesystem::path &home) {
        std::error_code ignored;
        for (const char *name : {"journal.db", "journal.db-wal", "journal.db-shm", "keys.db", "keys.db-journal"})
            std::filesystem::remove(home / name, ignored);
    };
    return ports;
}

} // namespace qd::store
