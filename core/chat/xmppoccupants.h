// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/xmppmessages.h"

#include <map>
#include <string>
#include <vector>

namespace qd::chat {

/// Who is in a multi-user chat room (XEP-0045), as its presence tells. No I/O.
class XmppOccupants final {
public:
    struct Change {
        enum class Kind {
            None,
            Entered,    ///< we are in (status 110); `created`: the room is new and locked (201)
            NickTaken,  ///< joining failed for the nick alone
            Refused,    ///< joining failed: `error`
            ThrownOut,  ///< we are out: `error`; `forGood` when coming back is pointless (banned, destroyed, not a member)
            Joined, Left ///< somebody else: `member`
        };
        Kind kind = Kind::None;
        bool created = false;
        bool forGood = false;
        Member member;
        Error error;
    };

    explicit XmppOccupants(std::string ownJid = {}) : m_ownJid(std::move(ownJid)) {}

    /// Takes a presence from this room.
    [[nodiscard]] Change take(const Element &presence);
    void clear();

    [[nodiscard]] bool areWeIn() const { return m_in; }
    [[nodiscard]] const std::string &ownNick() const { return m_ownNick; }
    [[nodiscard]] Identity who(std::string_view nick) const;
    [[nodiscard]] std::vector<Member> members() const;

private:
    [[nodiscard]] Member memberOf(const std::string &nick, const Identity &identity) const;

    std::string m_ownJid;
    std::string m_ownNick;
    bool m_in = false;
    std::map<std::string, Identity, std::less<>> m_byNick;
};

} // namespace qd::chat
