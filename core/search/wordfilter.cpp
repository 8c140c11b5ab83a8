// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/wordfilter.h"

#include "core/base/hash.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace qd::search {

namespace {

static_assert(std::endian::native == std::endian::little, "the bits are stored as they lie in memory");

constexpr std::uint8_t kFilterLayout = 1;
constexpr std::uint64_t kFilterKey = 0x71645f776f726473ULL; ///< who made words collide would only make a search slower
constexpr std::array<std::uint32_t, 8> kMultipliers{0x47b6137bU, 0x44974d91U, 0x8824ad5bU, 0xa2b7289dU, 0x705495c7U, 0x2df1424bU, 0x9efc4947U, 0x5c6bfb31U};

std::uint32_t bitOf(std::uint64_t hash, std::size_t lane)
{
    return std::uint32_t{1} << ((static_cast<std::uint32_t>(hash) * kMultipliers[lane]) >> 27);
}

} // namespace

std::uint64_t WordFilter::hashOf(std::string_view word)
{
    return Hash::of(word, kFilterKey);
}

WordFilter::WordFilter(std::span<const std::uint64_t> hashes)
{
    constexpr std::size_t kBlockBits = kLanes * 32;
    m_bits.resize(std::max<std::size_t>(1, (hashes.size() * kBitsAWord + kBlockBits - 1) / kBlockBits) * kLanes);
    for (const std::uint64_t hash : hashes)
        for (std::size_t lane = 0, block = blockOf(hash); lane < kLanes; ++lane)
            m_bits[block + lane] |= bitOf(hash, lane);
}

bool WordFilter::mayHold(std::uint64_t hash) const
{
    bool all = true;
    for (std::size_t lane = 0, block = blockOf(hash); lane < kLanes; ++lane)
        all &= (m_bits[block + lane] & bitOf(hash, lane)) != 0;
    return all;
}

Bytes WordFilter::bytes() const
{
    Bytes out(1 + memory());
    out[0] = kFilterLayout;
    std::memcpy(&out[1], m_bits.data(), memory());
    return out;
}

std::optional<WordFilter> WordFilter::read(BytesView bytes)
{
    constexpr std::size_t kBlock = kLanes * sizeof(std::uint32_t);
    if (bytes.size() <= 1 || bytes[0] != kFilterLayout || (bytes.size() - 1) % kBlock != 0)
        return {};
    WordFilter filter;
    filter.m_bits.resize((bytes.size() - 1) / sizeof(std::uint32_t));
    std::memcpy(filter.m_bits.data(), &bytes[1], bytes.size() - 1);
    return filter;
}

} // namespace qd::search
