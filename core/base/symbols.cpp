// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/symbols.h"

#include <cstring>
#include <functional>

namespace qd {

namespace {
constexpr std::size_t kBlock = 64 * 1024;
std::uint32_t hashOf(std::string_view text)
{
    const std::size_t h = std::hash<std::string_view>{}(text);
    return static_cast<std::uint32_t>(h ^ (h >> 32));
}
} // namespace

SymbolTable::SymbolTable() : m_texts{std::string_view()}, m_hashes{0}, m_slots(64, 0) {}

std::size_t SymbolTable::slotOf(std::string_view text, std::uint32_t hash) const
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = hash & mask;
    while (m_slots[at] != 0 && (m_hashes[m_slots[at]] != hash || m_texts[m_slots[at]] != text))
        at = (at + 1) & mask;
    return at;
}

Symbol SymbolTable::find(std::string_view text) const
{
    return text.empty() ? 0 : m_slots[slotOf(text, hashOf(text))];
}

Symbol SymbolTable::intern(std::string_view text)
{
    if (text.empty())
        return 0;
    const std::uint32_t hash = hashOf(text);
    std::size_t at = slotOf(text, hash);
    if (m_slots[at] != 0)
        return m_slots[at];
    if (m_texts.size() * 2 >= m_slots.size()) {
        grow();
        at = slotOf(text, hash);
    }
    if (text.size() > m_room) {
        const std::size_t size = text.size() > kBlock ? text.size() : kBlock;
        m_blocks.push_back(std::make_unique_for_overwrite<char[]>(size));
        m_next = m_blocks.back().get();
        m_room = size;
    }
    std::memcpy(m_next, text.data(), text.size());
    const auto symbol = static_cast<Symbol>(m_texts.size());
    m_texts.emplace_back(m_next, text.size());
    m_hashes.push_back(hash);
    m_slots[at] = symbol;
    m_next += text.size();
    m_room -= text.size();
    return symbol;
}

void SymbolTable::grow()
{
    std::vector<Symbol> slots(m_slots.size() * 2, 0);
    const std::size_t mask = slots.size() - 1;
    for (Symbol s = 1; s < m_texts.size(); ++s) {
        std::size_t at = m_hashes[s] & mask;
        while (slots[at] != 0)
            at = (at + 1) & mask;
        slots[at] = s;
    }
    m_slots = std::move(slots);
}

} // namespace qd
