// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/database.h"
#include "core/store/sqliteports.h"

#include <optional>

namespace qd::store {

/// <home>/journal.db. WAL, synchronous=FULL, 8 KB pages, a row a record. Closing leaves no write-ahead log behind.
class SqliteLog final : public journal::RecordStore
{
public:
    /// `path`: a home or the file itself.
    [[nodiscard]] static Result<std::unique_ptr<SqliteLog>> open(const std::filesystem::path &path,
                                                                 journal::Access access, SqliteOptions options);
    ~SqliteLog() override;

    Result<journal::LogRow> log() override;
    Result<std::uint64_t> last() override;
    Result<> read(std::uint64_t from, std::uint64_t to, const std::function<bool(const journal::Row &)> &row) override;
    Result<std::vector<journal::CheckpointRow>> newestCheckpoints(std::size_t limit) override;
    Result<std::optional<journal::CheckpointRow>> checkpointUpTo(std::uint64_t size) override;
    Result<> checkpoints(const std::function<bool(const journal::CheckpointRow &)> &each) override;

    Result<> begin(const journal::LogRow &log) override;
    Result<> append(std::span<const journal::Row> rows, const journal::CheckpointRow *checkpoint) override;
    Result<std::unique_ptr<journal::RecordReader>> reader() const override;
    void tidy(bool idle) override;
    void accept() override { m_database->keepLogOnClose(false); }

private:
    SqliteLog(std::filesystem::path file, std::unique_ptr<Database> database)
        : m_file(std::move(file))
        , m_database(std::move(database))
    {
    }

    std::filesystem::path m_file;
    std::unique_ptr<Database> m_database;
    std::optional<Statement> m_insert;
    std::optional<Statement> m_insertCheckpoint;
    std::size_t m_logWhenIdle = SqliteOptions().logWhenIdle;
    bool m_unfinished = false; ///< made but not begun: the file goes again
};

} // namespace qd::store
