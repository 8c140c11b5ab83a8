// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/ports.h"
#include "core/store/database.h"

namespace qd::store {

/// <home>/derived.db: sealed sections, in a file of their own so that writing them never waits for the journal's writer nor
/// it for them. WAL, synchronous=NORMAL: a power cut may take the newest, which are then made again.
class SqliteSections final : public journal::SectionStore
{
public:
    /// Makes the file when there is none; replaces one that is damaged, not ours, or of another format.
    [[nodiscard]] static Result<std::unique_ptr<SqliteSections>> open(const std::filesystem::path &home);

    Result<> put(std::span<const journal::SectionRow> rows) override;
    Result<bool> read(const std::string &kind, const std::string &name,
                      const std::function<void(const journal::SectionHeadRow &, BytesView)> &found) override;
    Result<std::vector<journal::SectionHeadRow>> list(const std::string &kind) override;
    Result<> remove(const std::string &kind, std::span<const std::string> names) override;

private:
    explicit SqliteSections(std::unique_ptr<Database> database)
        : m_database(std::move(database))
    {
    }
    [[nodiscard]] Result<> prepare();
    [[nodiscard]] Result<> removeOne(const std::string &kind, const std::string &name);

    std::unique_ptr<Database> m_database; ///< before its statements, which go first
    Statement m_find, m_insertHead, m_insertBody, m_removeHead, m_removeBody;
};

} // namespace qd::store
