// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hash.h"
#include "core/base/hashindex.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace qd::triage {

/// Rows of numbers, each distinct one numbered once, from 0 on: what is worked out once for all that have the same. Not thread-safe.
class Tuples {
public:
    /// The number of these, and whether it is new.
    std::pair<std::uint32_t, bool> numberOf(std::span<const std::uint32_t> tuple)
    {
        const auto hash = static_cast<std::uint32_t>(Hash::of({reinterpret_cast<const char *>(tuple.data()), tuple.size_bytes()}));
        const std::uint32_t known = m_index.find(hash, [&](std::uint32_t n) { return std::ranges::equal(at(n), tuple); });
        if (known != HashIndex::npos)
            return {known, false};
        const auto number = static_cast<std::uint32_t>(m_ends.size());
        m_all.insert(m_all.end(), tuple.begin(), tuple.end());
        m_ends.push_back(m_all.size());
        m_index.insert(hash, number);
        return {number, true};
    }

private:
    [[nodiscard]] std::span<const std::uint32_t> at(std::uint32_t n) const
    {
        const std::size_t begin = n == 0 ? 0 : m_ends[n - 1];
        return std::span(m_all).subspan(begin, m_ends[n] - begin);
    }

    std::vector<std::uint32_t> m_all;
    std::vector<std::size_t> m_ends;
    HashIndex m_index; ///< of m_ends
};

} // namespace qd::triage
