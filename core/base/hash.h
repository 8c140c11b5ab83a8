// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace qd {

/// Hashes for tables in memory. Keyed by a number each process draws at its start, so that no sender can choose texts or fingerprints
/// that fall into one slot. They differ from run to run: never stored, never sent, never an order anybody sees. Thread-safe.
class Hash {
public:
    /// XXH3, 64 bits (Y. Collet, xxHash).
    [[nodiscard]] static std::uint64_t of(std::string_view text) { return of(text, processKey()); }
    [[nodiscard]] static std::uint64_t of(std::string_view text, std::uint64_t key);

    /// 64 bits of which any may carry what differs, down to the 32 that a slot of a HashIndex keeps (the finalizer of MurmurHash3).
    [[nodiscard]] static std::uint32_t of(std::uint64_t number) { return of(number, processKey()); }
    [[nodiscard]] static constexpr std::uint32_t of(std::uint64_t number, std::uint64_t key)
    {
        number ^= key;
        number = (number ^ (number >> 33)) * 0xff51afd7ed558ccdULL;
        number = (number ^ (number >> 33)) * 0xc4ceb9fe1a85ec53ULL;
        return static_cast<std::uint32_t>(number >> 32);
    }

private:
    [[nodiscard]] static std::uint64_t processKey()
    {
        static const std::uint64_t key = drawn();
        return key;
    }
    [[nodiscard]] static std::uint64_t drawn();
};

} // namespace qd
