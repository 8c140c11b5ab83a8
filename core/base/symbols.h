// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hashindex.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace qd {

/// A text by number: index into the SymbolTable it came from. 0 is the empty text in every table.
using Symbol = std::uint32_t;

/// Texts kept once: each distinct text gets one number for the life of the table, and views of it stay valid as long as the
/// table or a copy of it lives. Not thread-safe; every State owns its own. Texts lie in a bump arena: no allocation a text.
///
/// Tables that get the same texts in the same order give them the same numbers, so what one table knows is a prefix of what a
/// later one knows. freeze() makes the texts known so far an immutable base that others share, also between threads;
/// prefix(n) is a table that knows only the first n of them, and that grows along the base without copying a byte as long as
/// it is given the same texts in the same order. Any other text it keeps for itself.
class SymbolTable {
public:
    SymbolTable();
    SymbolTable(SymbolTable &&) noexcept = default;
    SymbolTable &operator=(SymbolTable &&) noexcept = default;

    [[nodiscard]] Symbol intern(std::string_view text) { return intern(text, hashOf(text)); }
    /// The same for whoever has the hash already.
    [[nodiscard]] Symbol intern(std::string_view text, std::uint32_t hash);
    [[nodiscard]] static std::uint32_t hashOf(std::string_view text);
    /// Asks memory for what interning texts of these hashes will touch, all at once: in a large table that waits three times a text otherwise.
    void prefetch(std::span<const std::uint32_t> hashes) const;
    /// The number of a text already here, or 0 (also the number of the empty text).
    [[nodiscard]] Symbol find(std::string_view text) const;
    [[nodiscard]] std::string_view text(Symbol symbol) const { return symbol < m_known ? m_base->texts[symbol] : m_texts[symbol - m_known]; }
    [[nodiscard]] std::size_t size() const { return m_known + m_texts.size(); }

    /// Room for this many more texts without growing step by step.
    void reserve(std::size_t more);
    /// Everything known becomes the base. Costs time in proportion to all texts unless there is nothing new.
    void freeze();
    /// A table over the same base with the first `size` texts (at least 1). freeze() first: what is not in the base is left out.
    [[nodiscard]] SymbolTable prefix(std::size_t size) const;
    /// The same texts in a second table, shared: freezes only when there are texts beyond the base.
    [[nodiscard]] SymbolTable share();
    /// How many texts the base holds, known here or not; 0 without one.
    [[nodiscard]] std::size_t baseSize() const { return m_base ? m_base->texts.size() : 0; }

private:
    using Block = std::shared_ptr<char[]>;
    struct Base {
        std::vector<std::string_view> texts;
        HashIndex index;
        std::vector<Block> blocks;
    };

    std::shared_ptr<const Base> m_base;
    std::size_t m_known = 0; ///< texts of the base that are known here
    // What is not in the base; number m_known + i. m_known stands still while there is any.
    std::vector<std::string_view> m_texts;
    HashIndex m_index; ///< of every text but the empty one
    std::vector<Block> m_blocks;
    std::size_t m_room = 0;
    char *m_next = nullptr;
};

} // namespace qd
