// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/ports.h"
#include "core/store/database.h"

namespace qd::store {

/// <home>/keys.db, format 2; format 1 (before texts had keys of their own) is taken over when opened for writing. A rollback journal and secure_delete, never WAL: a write-ahead log keeps old pages, and with them
/// keys that were deleted. synchronous=EXTRA, so that a finished change outlasts a power cut.
class SqliteKeys final : public journal::KeyStore
{
public:
    [[nodiscard]] static Result<std::unique_ptr<SqliteKeys>> open(const std::filesystem::path &home,
                                                                  journal::Access access);
    ~SqliteKeys() override;

    Result<journal::KeyFileContents> load() override;
    Result<> begin(const journal::KeyFileContents &contents) override;
    Result<> add(std::span<const journal::KeyRow> keys, std::span<const journal::PageRow> pages) override;
    Result<> change(const std::function<Result<>(journal::KeyFileContents &)> &edit) override;

private:
    SqliteKeys(std::filesystem::path file, std::unique_ptr<Database> database)
        : m_file(std::move(file))
        , m_database(std::move(database))
    {
    }
    [[nodiscard]] Result<> migrate();
    [[nodiscard]] Result<> insert(std::span<const journal::SlotRow> slots);
    [[nodiscard]] Result<> insert(std::span<const journal::EpochRow> epochs);
    [[nodiscard]] Result<> insert(std::span<const journal::KeyRow> keys);
    [[nodiscard]] Result<> insert(std::span<const journal::PageRow> pages);
    [[nodiscard]] Result<> insert(std::span<const journal::HoldRow> holds);
    [[nodiscard]] Result<> insert(std::span<const journal::IntentRow> intents);
    [[nodiscard]] Result<> insert(const std::map<std::string, std::int64_t> &facts);
    [[nodiscard]] Result<> insertSigner(const Bytes &signer);
    template <typename Rows>
    [[nodiscard]] Result<> replace(const char *clear, const Rows &was, const Rows &is);

    std::filesystem::path m_file;
    std::unique_ptr<Database> m_database;
    bool m_unfinished = false;
};

} // namespace qd::store
