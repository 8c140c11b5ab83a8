// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hashindex.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace qd {

/// A text by number: index into the SymbolTable it came from. 0 is the empty text in every table.
using Symbol = std::uint32_t;

/// Texts kept once: each distinct text gets one number for the life of the table, and views of it stay valid.
/// Not thread-safe; every State owns its own. Texts lie in a bump arena: no allocation a text.
class SymbolTable {
public:
    SymbolTable();
    SymbolTable(SymbolTable &&) noexcept = default;
    SymbolTable &operator=(SymbolTable &&) noexcept = default;

    [[nodiscard]] Symbol intern(std::string_view text);
    /// The number of a text already here, or 0 (also the number of the empty text).
    [[nodiscard]] Symbol find(std::string_view text) const;
    [[nodiscard]] std::string_view text(Symbol symbol) const { return m_texts[symbol]; }
    [[nodiscard]] std::size_t size() const { return m_texts.size(); }

private:
    std::vector<std::string_view> m_texts;
    HashIndex m_index; ///< of every text but the empty one
    std::vector<std::unique_ptr<char[]>> m_blocks;
    std::size_t m_room = 0;
    char *m_next = nullptr;
};

} // namespace qd
