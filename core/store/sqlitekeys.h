// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/ports.h"
#include "core/store/database.h"

namespace qd::store {

/// <home>/keys.db. A rollback journal and secure_delete, never WAL: a write-ahead log keeps old pages, and with them
/// keys that were deleted. synchronous=EXTRA, so that a finished change outlasts a power cut.
class SqliteKeys final : public journal::KeyStore
{
public:
    [[nodiscard]] static Result<std::unique_ptr<SqliteKeys>> open(const std::filesystem::path &home,
                                                                  journal::Access access);
    ~SqliteKeys() override;

    Result<journal::KeyFileContents> load() override;
    Result<> begin(const journal::KeyFileContents &contents) override;
    Result<> add(std::span<const journal::KeyRow> keys) override;

private:
    SqliteKeys(std::filesystem::path file, std::unique_ptr<Database> database)
        : m_file(std::move(file))
        , m_database(std::move(database))
    {
    }
    [[nodiscard]] Result<> insert(std::span<const journal::KeyRow> keys);

    std::filesystem::path m_file;
    std::unique_ptr<Database> m_database;
    bool m_unfinished = false;
};

} // namespace qd::store
