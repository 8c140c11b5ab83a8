// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/ports.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

namespace qd::tests {

/// What the in-memory stores hold: it outlives them, so a journal can be closed and opened again, and a test can look
/// at it, change it, or make commits fail. Thread-safe as far as the journal needs; change rows only while no journal
/// is open.
struct MemoryDisk
{
    std::mutex mutex;
    bool hasLog = false;
    journal::LogRow log;
    std::map<std::uint64_t, Bytes> rows;
    std::map<std::uint64_t, journal::CheckpointRow> checkpoints;
    bool hasKeys = false;
    journal::KeyFileContents keys;
    std::map<std::pair<std::string, std::string>, journal::SectionRow> sections; ///< by kind and name

    std::atomic<int> failingCommits = 0; ///< this many of the next commits of records fail
    std::atomic<int> failingKeys = 0;    ///< this many of the next writes of keys fail
    std::atomic<bool> unreadable = false; ///< reading records fails too
    std::atomic<int> commits = 0;
    std::atomic<int> keyWrites = 0;      ///< transactions of the key file
    Error failure{Code::Unavailable, "The disk is full (a test says so)."};
    /// Called on the journal thread before a commit is stored; a test can hold the journal here.
    std::function<void()> beforeCommit;

    void failNextCommit() { failingCommits = 1; }
    /// Takes nothing until it is said otherwise.
    void fill(bool full = true) { failingCommits = failingKeys = full ? 1'000'000'000 : 0; }
};

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

class MemoryKeys final : public journal::KeyStore
{
public:
    explicit MemoryKeys(std::shared_ptr<MemoryDisk> disk)
        : m_disk(std::move(disk))
    {
    }
    Result<journal::KeyFileContents> load() override
    {
        const std::lock_guard lock(m_disk->mutex);
        return m_disk->keys;
    }
    Result<> begin(const journal::KeyFileContents &contents) override
    {
        const std::lock_guard lock(m_disk->mutex);
        m_disk->keys = contents;
        for (std::uint32_t i = 0; i < m_disk->keys.slots.size(); ++i)
            m_disk->keys.slots[i].number = i + 1;
        m_disk->hasKeys = true;
        return {};
    }
    Result<> add(std::span<const journal::KeyRow> keys, std::span<const journal::PageRow> pages) override
    {
        return change([&](journal::KeyFileContents &contents) -> Result<> {
            contents.keys.insert(contents.keys.end(), keys.begin(), keys.end());
            contents.pages.insert(contents.pages.end(), pages.begin(), pages.end());
            return {};
        });
    }
    Result<> change(const std::function<Result<>(journal::KeyFileContents &)> &edit) override
    {
        std::unique_lock lock(m_disk->mutex);
        ++m_disk->keyWrites;
        if (m_disk->failingKeys > 0) {
            --m_disk->failingKeys;
            return tl::unexpected(m_disk->failure);
        }
        auto contents = m_disk->keys;
        lock.unlock(); // who edits may look at the records
        if (const auto edited = edit(contents); !edited)
            return edited;
        lock.lock();
        std::uint32_t last = 0;
        for (const auto &slot : contents.slots)
            last = std::max(last, slot.number);
        for (auto &slot : contents.slots)
            if (slot.number == 0)
                slot.number = ++last;
        m_disk->keys = std::move(contents);
        return {};
    }

private:
    std::shared_ptr<MemoryDisk> m_disk;
};

class MemorySections final : public journal::SectionStore
{
public:
    explicit MemorySections(std::shared_ptr<MemoryDisk> disk)
        : m_disk(std::move(disk))
    {
    }
    Result<> put(std::span<const journal::SectionRow> rows) override
    {
        const std::lock_guard lock(m_disk->mutex);
        for (const journal::SectionRow &row : rows)
            m_disk->sections.insert_or_assign({row.head.kind, row.head.name}, row);
        return {};
    }
    Result<bool> read(const std::string &kind, const std::string &name,
                      const std::function<void(const journal::SectionHeadRow &, BytesView)> &found) override
    {
        const std::lock_guard lock(m_disk->mutex);
        const auto it = m_disk->sections.find({kind, name});
        if (it == m_disk->sections.end())
            return false;
        found(it->second.head, it->second.sealed);
        return true;
    }
    Result<std::vector<journal::SectionHeadRow>> list(const std::string &kind) override
    {
        const std::lock_guard lock(m_disk->mutex);
        std::vector<journal::SectionHeadRow> out;
        for (const auto &[key, row] : m_disk->sections)
            if (kind.empty() || row.head.kind == kind)
                out.push_back(row.head);
        std::stable_sort(out.begin(), out.end(), [](const auto &a, const auto &b) {
            return std::tie(a.kind, a.first, a.name) < std::tie(b.kind, b.first, b.name);
        });
        return out;
    }
    Result<> remove(const std::string &kind, std::span<const std::string> names) override
    {
        const std::lock_guard lock(m_disk->mutex);
        for (const std::string &name : names)
            m_disk->sections.erase({kind, name});
        return {};
    }

private:
    std::shared_ptr<MemoryDisk> m_disk;
};

/// A home's records and keys in memory. The folder is still used for the lock: give a temporary one. A home is quickest
/// made and opened with Unlock{Unlock::KeyFile, Secret(Bytes(32, 7))}: no passphrase hashing, no file.
[[nodiscard]] inline journal::Ports memoryPorts(std::shared_ptr<MemoryDisk> disk)
{
    journal::Ports ports;
    const auto check = [](bool there, journal::Access access) -> Result<> {
        if (access == journal::Access::Create ? there : !there)
            return there ? fail(Code::Conflict, "There is a home already.") : fail(Code::NotFound, "There is no home.");
        return {};
    };
    ports.records = [disk, check](const std::filesystem::path &,
                                  journal::Access access) -> Result<std::unique_ptr<journal::RecordStore>> {
        if (const auto ok = check(disk->hasLog, access); !ok)
            return tl::unexpected(ok.error());
        return std::make_unique<MemoryRecords>(disk);
    };
    ports.keys = [disk, check](const std::filesystem::path &,
                               journal::Access access) -> Result<std::unique_ptr<journal::KeyStore>> {
        if (const auto ok = check(disk->hasKeys, access); !ok)
            return tl::unexpected(ok.error());
        return std::make_unique<MemoryKeys>(disk);
    };
    ports.sections = [disk](const std::filesystem::path &) -> Result<std::unique_ptr<journal::SectionStore>> {
        return std::make_unique<MemorySections>(disk);
    };
    ports.discard = [disk](const std::filesystem::path &) { disk->hasLog = disk->hasKeys = false; };
    return ports;
}

} // namespace qd::tests
