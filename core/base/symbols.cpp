// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/symbols.h"

#include "core/base/hash.h"

#include <algorithm>
#include <cstring>

namespace qd {

namespace {
constexpr std::size_t kBlock = 64 * 1024;
} // namespace

SymbolTable::SymbolTable() : m_texts{std::string_view()} {}

std::uint32_t SymbolTable::hashOf(std::string_view text)
{
    return static_cast<std::uint32_t>(Hash::of(text));
}

void SymbolTable::prefetch(std::span<const std::uint32_t> hashes) const
{
    const auto each = [&](auto &&look) {
        for (const std::uint32_t hash : hashes) {
            if (m_base)
                look(m_base->index, hash, m_base->texts, 0);
            look(m_index, hash, m_texts, m_known);
        }
    };
    // One step of a search after the other, each for all: where it begins, which text it finds, that text.
    each([](const HashIndex &index, std::uint32_t hash, const auto &, std::size_t) { index.prefetch(hash); });
    each([](const HashIndex &index, std::uint32_t hash, const auto &texts, std::size_t first) {
        if (const std::uint32_t n = index.likely(hash); n != HashIndex::npos)
            __builtin_prefetch(&texts[n - first]);
    });
    each([](const HashIndex &index, std::uint32_t hash, const auto &texts, std::size_t first) {
        if (const std::uint32_t n = index.likely(hash); n != HashIndex::npos)
            __builtin_prefetch(texts[n - first].data());
    });
}

Symbol SymbolTable::find(std::string_view text) const
{
    if (text.empty())
        return 0;
    const std::uint32_t hash = hashOf(text);
    if (m_base)
        if (const Symbol s = m_base->index.find(hash, [&](Symbol n) { return m_base->texts[n] == text; }); s < m_known)
            return s;
    const Symbol found = m_index.find(hash, [&](Symbol n) { return m_texts[n - m_known] == text; });
    return found == HashIndex::npos ? 0 : found;
}

Symbol SymbolTable::intern(std::string_view text, std::uint32_t hash)
{
    if (text.empty())
        return 0;
    if (m_base) {
        const Symbol s = m_base->index.find(hash, [&](Symbol n) { return m_base->texts[n] == text; });
        if (s < m_known)
            return s;
        if (s == m_known && m_texts.empty())
            return static_cast<Symbol>(m_known++); // along the base
    }
    if (const Symbol known = m_index.find(hash, [&](Symbol n) { return m_texts[n - m_known] == text; }); known != HashIndex::npos)
        return known;
    if (text.size() > m_room) {
        const std::size_t size = std::max(text.size(), kBlock);
        m_blocks.emplace_back(new char[size]);
        m_next = m_blocks.back().get();
        m_room = size;
    }
    std::memcpy(m_next, text.data(), text.size());
    const auto symbol = static_cast<Symbol>(size());
    m_texts.emplace_back(m_next, text.size());
    m_index.insert(hash, symbol);
    m_next += text.size();
    m_room -= text.size();
    return symbol;
}

void SymbolTable::reserve(std::size_t more)
{
    m_texts.reserve(m_texts.size() + more);
    m_index.reserve(m_index.size() + more);
}

void SymbolTable::freeze()
{
    if (m_base && m_texts.empty() && m_known == m_base->texts.size())
        return;
    auto base = std::make_shared<Base>();
    if (!m_base) {
        base->texts = std::move(m_texts);
        base->index = std::move(m_index);
        base->blocks = std::move(m_blocks);
    } else {
        std::vector<std::string_view> &texts = base->texts;
        texts.reserve(size());
        texts.assign(m_base->texts.begin(), m_base->texts.begin() + static_cast<std::ptrdiff_t>(m_known));
        texts.insert(texts.end(), m_texts.begin(), m_texts.end());
        base->blocks = m_base->blocks;
        base->blocks.insert(base->blocks.end(), m_blocks.begin(), m_blocks.end());
        std::size_t indexed = 1;
        if (m_known == m_base->texts.size()) {
            base->index = m_base->index;
            indexed = m_known;
        }
        base->index.reserve(texts.size());
        for (std::size_t i = indexed; i < texts.size(); ++i)
            base->index.insert(hashOf(texts[i]), static_cast<Symbol>(i));
    }
    const std::size_t size = base->texts.size();
    m_base = std::move(base);
    *this = prefix(size);
}

SymbolTable SymbolTable::prefix(std::size_t size) const
{
    SymbolTable out;
    if (!m_base)
        return out;
    out.m_base = m_base;
    out.m_known = std::clamp<std::size_t>(size, 1, m_base->texts.size());
    out.m_texts.clear();
    return out;
}

SymbolTable SymbolTable::share()
{
    if (!m_base || !m_texts.empty())
        freeze();
    return prefix(size());
}

} // namespace qd
