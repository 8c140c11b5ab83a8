// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/memorydisk.h"

namespace qd::tests {

class MemoryRecords final : public journal::RecordStore
{
public:
    explicit MemoryRecords(std::shared_ptr<MemoryDisk> disk)
        : m_disk(std::move(disk))
    {
    }

    Result<journal::LogRow> log() override
    {
        const std::lock_guard lock(m_disk->mutex);
        if (!m_disk->hasLog)
            return fail(Code::NotFound, "There is no log.");
        return m_disk->log;
    }
    Result<std::uint64_t> last() override
    {
        const std::lock_guard lock(m_disk->mutex);
        return m_disk->rows.empty() ? 0 : m_disk->rows.rbegin()->first;
    }
    Result<> read(std::uint64_t from, std::uint64_t to, const std::function<bool(const journal::Row &)> &each) override
    {
        std::unique_lock lock(m_disk->mutex);
        if (m_disk->unreadable)
            return fail(Code::Io, "The disk cannot be read (a test says so).");
        for (auto it = m_disk->rows.lower_bound(from); it != m_disk->rows.end() && it->first <= to; ++it) {
            // Map nodes stay where they are, so the row may be used while others are added.
            lock.unlock();
            const bool more = each({it->first, it->second});
            lock.lock();
            if (!more)
                break;
        }
        return {};
    }
    Result<std::vector<journal::CheckpointRow>> newestCheckpoints(std::size_t limit) override
    {
        const std::lock_guard lock(m_disk->mutex);
        std::vector<journal::CheckpointRow> out;
        for (auto it = m_disk->checkpoints.rbegin(); it != m_disk->checkpoints.rend() && out.size() < limit; ++it)
            out.push_back(it->second);
        return out;
    }
    Result<std::optional<journal::CheckpointRow>> checkpointUpTo(std::uint64_t size) override
    {
        const std::lock_guard lock(m_disk->mutex);
        const auto after = m_disk->checkpoints.upper_bound(size);
        return after == m_disk->checkpoints.begin() ? std::optional<journal::CheckpointRow>() : std::prev(after)->second;
    }
    Result<> checkpoints(const std::function<bool(const journal::CheckpointRow &)> &each) override
    {
        const std::lock_guard lock(m_disk->mutex);
        for (const auto &[size, row] : m_disk->checkpoints)
            if (!each(row))
                break;
        return {};
    }
    Result<> begin(const journal::LogRow &log) override
    {
        const std::lock_guard lock(m_disk->mutex);
        m_disk->log = log;
        m_disk->hasLog = true;
        return {};
    }
    Result<> append(std::span<const journal::Row> rows, const journal::CheckpointRow *checkpoint) override
    {
        if (m_disk->beforeCommit)
            m_disk->beforeCommit();
        const std::lock_guard lock(m_disk->mutex);
        if (m_disk->failingCommits > 0) {
            --m_disk->failingCommits;
            return tl::unexpected(m_disk->failure);
        }
        for (const journal::Row &row : rows)
            m_disk->rows.emplace(row.seq, Bytes(row.blob.begin(), row.blob.end()));
        if (checkpoint)
            m_disk->checkpoints.emplace(checkpoint->size, *checkpoint);
        ++m_disk->commits;
        return {};
    }
    Result<std::unique_ptr<journal::RecordReader>> reader() const override
    {
        return std::unique_ptr<journal::RecordReader>(std::make_unique<MemoryRecords>(m_disk));
    }
    void tidy(bool) override {}

private:
    std::shared_ptr<MemoryDisk> m_disk;
};

} // namespace qd::tests
