// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hashindex.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace qd::state {

/// Lines of a timeline by what their message is called in chat. Names lie one after the other in one text and are read in the order
/// they came: an incident may have thousands, and each costs no allocation. Not thread-safe.
class MessageIndex {
public:
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    /// The line, or npos.
    [[nodiscard]] std::size_t find(std::string_view connection, std::string_view room, std::string_view message) const;
    /// False, and nothing happens, when there is a line of this name.
    bool add(std::string_view connection, std::string_view room, std::string_view message, std::size_t line);
    /// The same, but the line of this name is now another.
    void put(std::string_view connection, std::string_view room, std::string_view message, std::size_t line);
    /// The same as add() by the whole name, as each() gives it.
    bool add(std::string_view name, std::size_t line);

    /// How a message is named by what its sender calls it: no other sender's message is ever meant by it.
    [[nodiscard]] static std::string bySender(std::string_view sender, std::string_view id);

    void clear() { *this = MessageIndex(); }
    /// f(name, line) for each, in the order they came.
    template <typename F>
    void each(F &&f) const
    {
        for (std::uint32_t n = 0; n < m_all.size(); ++n)
            f(nameAt(n), m_all[n].line);
    }

private:
    struct Named {
        std::size_t end = 0; ///< of its name in m_names, which begins where the one before ends
        std::size_t line = 0;
    };
    [[nodiscard]] std::string_view nameAt(std::uint32_t n) const
    {
        const std::size_t begin = n == 0 ? 0 : m_all[n - 1].end;
        return std::string_view(m_names).substr(begin, m_all[n].end - begin);
    }
    /// What was put behind the names becomes one of them, unless it is there already.
    bool addLast(std::size_t begin, std::size_t line);

    std::string m_names;
    std::vector<Named> m_all;
    HashIndex m_index; ///< of m_all
};

} // namespace qd::state
