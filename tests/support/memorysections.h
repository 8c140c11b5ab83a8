// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/memorydisk.h"

#include <algorithm>
#include <tuple>

namespace qd::tests {

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

} // namespace qd::tests
