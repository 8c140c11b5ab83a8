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

SymbolTable::SymbolTable() : m_texts{std::string_view()} {}

Symbol SymbolTable::find(std::string_view text) const
{
    const std::uint32_t found = text.empty() ? 0 : m_index.find(hashOf(text), [&](Symbol s) { return m_texts[s] == text; });
    return found == HashIndex::npos ? 0 : found;
}

Symbol SymbolTable::intern(std::string_view text)
{
    if (text.empty())
        return 0;
    const std::uint32_t hash = hashOf(text);
    if (const Symbol known = m_index.find(hash, [&](Symbol s) { return m_texts[s] == text; }); known != HashIndex::npos)
        return known;
    if (text.size() > m_room) {
        const std::size_t size = text.size() > kBlock ? text.size() : kBlock;
        m_blocks.push_back(std::make_unique_for_overwrite<char[]>(size));
        m_next = m_blocks.back().get();
        m_room = size;
    }
    std::memcpy(m_next, text.data(), text.size());
    const auto symbol = static_cast<Symbol>(m_texts.size());
    m_texts.emplace_back(m_next, text.size());
    m_index.insert(hash, symbol);
    m_next += text.size();
    m_room -= text.size();
    return symbol;
}

} // namespace qd
