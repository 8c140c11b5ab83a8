// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace qd::search {

/// Which words a segment may hold, told without the segment: never no for one it was made of, seldom yes for another. A split block Bloom
/// filter (as Apache Parquet's, whose multipliers these are): a word sets eight bits of one block of 32 bytes, so asking costs one cache line.
class WordFilter final
{
public:
    static constexpr std::size_t kBitsAWord = 16; ///< one word in some 700 that is not there is taken for one that is

    /// What stands for a word here. The same in every run: filters are stored (sealed).
    [[nodiscard]] static std::uint64_t hashOf(std::string_view word);

    explicit WordFilter(std::span<const std::uint64_t> hashes);
    [[nodiscard]] bool mayHold(std::uint64_t hash) const;

    [[nodiscard]] std::size_t memory() const { return m_bits.size() * sizeof(std::uint32_t); }
    [[nodiscard]] Bytes bytes() const;
    /// Nothing when these are not the bytes of a filter.
    [[nodiscard]] static std::optional<WordFilter> read(BytesView bytes);

private:
    WordFilter() = default;
    static constexpr std::size_t kLanes = 8; ///< numbers of 32 bits a block
    [[nodiscard]] std::size_t blockOf(std::uint64_t hash) const { return static_cast<std::size_t>((hash >> 32) * (m_bits.size() / kLanes) >> 32) * kLanes; }

    std::vector<std::uint32_t> m_bits;
};

} // namespace qd::search
