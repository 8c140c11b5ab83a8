// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/ports.h"
#include "core/store/database.h"

namespace qd::store {

/// <home>/derived.db: sealed sections, in a file of their own so that writing them never waits for the journal's writer nor
/// it for them. WAL, synchronous=NORMAL: a power cut may take the newest, which are then made again. A file found damaged, also while it is
/// used, is made anew, empty; a symbolic link in its place is taken away, never followed.
class SqliteSections final : public journal::SectionStore
{
public:
    /// Makes the file when there is none; replaces one that is damaged, not ours, or of another format.
    [[nodiscard]] static Result<std::unique_ptr<SqliteSections>> open(const std::filesystem::path &home);

    /// The heads of a home's file, read beside a core or without one; changes nothing and follows no link. NotFound, Corrupt, Io.
    [[nodiscard]] static Result<std::vector<journal::SectionHeadRow>> look(const std::filesystem::path &home);

    Result<> put(std::span<const journal::SectionRow> rows) override;
    Result<bool> read(const std::string &kind, const std::string &name,
                      const std::function<void(const journal::SectionHeadRow &, BytesView)> &found) override;
    Result<std::vector<journal::SectionHeadRow>> list(const std::string &kind) override;
    Result<> remove(const std::string &kind, std::span<const std::string> names) override;

private:
    SqliteSections(std::filesystem::path file, std::unique_ptr<Database> database)
        : m_file(std::move(file))
        , m_database(std::move(database))
    {
    }
    [[nodiscard]] Result<> prepare();
    [[nodiscard]] Result<> putAll(std::span<const journal::SectionRow> rows);
    [[nodiscard]] Result<std::vector<journal::SectionHeadRow>> listAll(const std::string &kind);
    [[nodiscard]] Result<> removeAll(const std::string &kind, std::span<const std::string> names);
    [[nodiscard]] Result<> removeOne(const std::string &kind, const std::string &name);
    /// After an error that only a damaged file gives: whether it was made anew.
    [[nodiscard]] bool madeAnewAfter(const Error &error);

    const std::filesystem::path m_file;
    std::unique_ptr<Database> m_database; ///< before its statements, which go first
    Statement m_find, m_insertHead, m_insertBody, m_removeHead, m_removeBody;
};

} // namespace qd::store
