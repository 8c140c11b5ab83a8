// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hashindex.h"
#include "core/events/org.h"

#include <vector>

namespace qd::state {

/// Reasons by number, each distinct one kept once: a hundred thousand alerts have a few hundred of them. Number 0 is the
/// empty reason. Numbers are given in the order of the fold, so they are the same in every reader.
class BecauseTable {
public:
    BecauseTable() : m_all(1) {}

    std::uint32_t intern(const events::Because &because)
    {
        const std::uint32_t hash = hashOf(because);
        const std::uint32_t known = m_index.find(hash, [&](std::uint32_t n) { return same(m_all[n], because); });
        if (known != HashIndex::npos)
            return known;
        const auto number = static_cast<std::uint32_t>(m_all.size());
        m_all.push_back(because);
        m_index.insert(hash, number);
        return number;
    }

    [[nodiscard]] const events::Because &operator[](std::uint32_t number) const { return m_all[number < m_all.size() ? number : 0]; }
    [[nodiscard]] std::size_t size() const { return m_all.size(); }
    [[nodiscard]] const std::vector<events::Because> &all() const { return m_all; } ///< by number

private:
    [[nodiscard]] static bool same(const events::Because &a, const events::Because &b)
    {
        return a.rule == b.rule && a.matched == b.matched && a.ruledOut == b.ruledOut;
    }
    [[nodiscard]] static std::uint32_t hashOf(const events::Because &because);

    std::vector<events::Because> m_all;
    HashIndex m_index;
};

} // namespace qd::state
