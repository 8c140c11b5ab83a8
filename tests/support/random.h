// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"

#include <mutex>

namespace qd::tests {

/// The same bytes for the same seed (SplitMix64). Thread-safe; the order of callers decides who gets which.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed = 1) : m_state(seed) {}
    void fill(std::span<std::uint8_t> bytes) override
    {
        const std::lock_guard lock(m_mutex);
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            if (i % 8 == 0)
                word = step();
            bytes[i] = static_cast<std::uint8_t>(word >> (8 * (i % 8)));
        }
    }
    [[nodiscard]] std::uint64_t next()
    {
        const std::lock_guard lock(m_mutex);
        return step();
    }
    /// 0 … limit - 1.
    [[nodiscard]] std::uint64_t below(std::uint64_t limit) { return next() % limit; }

private:
    std::uint64_t step()
    {
        std::uint64_t z = m_state += 0x9e3779b97f4a7c15ULL;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    std::mutex m_mutex;
    std::uint64_t m_state;
};

} // namespace qd::tests
