// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace qd {

/// Numbers found by hash: an index beside a table that holds the things themselves. Open addressing with linear probing; a
/// slot is a hash and a number (8 bytes), at most three quarters are taken, so a miss costs about one cache line and a
/// hit touches the table once. Hashes are Hash::of's (hash.h), low bits first. Not thread-safe.
class HashIndex {
public:
    static constexpr std::uint32_t npos = 0xffffffff; ///< no number; never inserted

    /// The number with this hash for which `same(number)` holds, or npos.
    template <typename Same>
    [[nodiscard]] std::uint32_t find(std::uint32_t hash, Same same) const
    {
        if (m_slots.empty())
            return npos;
        for (std::size_t at = hash & mask(); m_slots[at].number != npos; at = (at + 1) & mask())
            if (m_slots[at].hash == hash && same(m_slots[at].number))
                return m_slots[at].number;
        return npos;
    }

    /// Asks memory for where a search for this hash begins.
    void prefetch(std::uint32_t hash) const
    {
        if (!m_slots.empty())
            __builtin_prefetch(&m_slots[hash & mask()]);
    }
    /// The first number with this hash, or npos: where find() will most likely end.
    [[nodiscard]] std::uint32_t likely(std::uint32_t hash) const
    {
        return find(hash, [](std::uint32_t) { return true; });
    }

    /// `number` must not be in the index yet.
    void insert(std::uint32_t hash, std::uint32_t number)
    {
        if ((m_size + 1) * 4 > m_slots.size() * 3)
            resize(m_slots.empty() ? kSmallest : m_slots.size() * 2);
        place({hash, number});
        ++m_size;
    }

    /// Takes a number out; nothing happens when it is not there.
    void erase(std::uint32_t hash, std::uint32_t number)
    {
        if (m_slots.empty())
            return;
        std::size_t at = hash & mask();
        while (m_slots[at].number != number) {
            if (m_slots[at].number == npos)
                return;
            at = (at + 1) & mask();
        }
        // What follows without a gap moves up where its own place allows, so that no search ends early (Knuth 6.4, R).
        for (std::size_t next = (at + 1) & mask(); m_slots[next].number != npos; next = (next + 1) & mask()) {
            const std::size_t home = m_slots[next].hash & mask();
            if (((next - home) & mask()) >= ((next - at) & mask())) {
                m_slots[at] = m_slots[next];
                at = next;
            }
        }
        m_slots[at].number = npos;
        --m_size;
    }

    /// Makes room for so many without growing in between.
    void reserve(std::size_t count)
    {
        std::size_t slots = kSmallest;
        while (count * 4 > slots * 3)
            slots *= 2;
        if (slots > m_slots.size())
            resize(slots);
    }

    [[nodiscard]] std::size_t size() const { return m_size; }

private:
    static constexpr std::size_t kSmallest = 64; ///< a power of two, as every size
    struct Slot {
        std::uint32_t hash = 0, number = npos;
    };

    [[nodiscard]] std::size_t mask() const { return m_slots.size() - 1; }

    void place(Slot slot)
    {
        std::size_t at = slot.hash & mask();
        while (m_slots[at].number != npos)
            at = (at + 1) & mask();
        m_slots[at] = slot;
    }

    void resize(std::size_t slots)
    {
        std::vector<Slot> old(slots);
        old.swap(m_slots);
        for (const Slot &slot : old)
            if (slot.number != npos)
                place(slot);
    }

    std::vector<Slot> m_slots;
    std::size_t m_size = 0;
};

} // namespace qd
