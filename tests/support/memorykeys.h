// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/memorydisk.h"

#include <algorithm>

namespace qd::tests {

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

} // namespace qd::tests
