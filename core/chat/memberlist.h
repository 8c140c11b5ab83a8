// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace qd::chat {

/// Who is in a room, where the list is asked for and comings and goings are told beside it. An answer was true when it was made: who came
/// or went while it was on its way is told once only, and stands against it.
class MemberList {
public:
    void asked()
    {
        m_isAsked = true;
        m_meanwhile.clear();
    }
    void answered(const std::vector<std::string> &ids)
    {
        m_all = {ids.begin(), ids.end()};
        m_isAsked = false;
        for (const auto &[id, isThere] : m_meanwhile)
            turn(id, isThere);
        m_meanwhile.clear();
    }
    void turned(const std::string &id, bool isThere)
    {
        if (m_isAsked)
            m_meanwhile[id] = isThere;
        turn(id, isThere);
    }
    [[nodiscard]] const std::set<std::string> &all() const { return m_all; }

private:
    void turn(const std::string &id, bool isThere)
    {
        if (isThere)
            m_all.insert(id);
        else
            m_all.erase(id);
    }

    std::set<std::string> m_all;
    std::map<std::string, bool> m_meanwhile; ///< since the list was asked for, while its answer is awaited
    bool m_isAsked = false;
};

} // namespace qd::chat
