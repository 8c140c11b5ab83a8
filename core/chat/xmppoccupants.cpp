// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/xmppoccupants.h"

#include "core/base/safetext.h"
#include "core/chat/xmpprequests.h"

namespace qd::chat {

namespace {

constexpr std::size_t kMaxOccupants = 10'000;

bool hasStatus(const Element *user, std::string_view code)
{
    if (user)
        for (const Element &c : user->children)
            if (c.is("status", xmlns::kMucUser) && c.attribute("code") == code)
                return true;
    return false;
}

Identity identityOf(const Element &presence, const Element *item)
{
    if (item)
        if (const std::string_view real = bareOf(item->attribute("jid")); isBareJid(real))
            return {safeLine(real), true};
    if (const Element *occupant = presence.child("occupant-id", xmlns::kOccupantId))
        if (const std::string_view id = occupant->attribute("id"); !id.empty())
            return {"occupant:" + safeLine(id, 256), false};
    return {};
}

} // namespace

void XmppOccupants::clear()
{
    m_in = false;
    m_byNick.clear();
}

Member XmppOccupants::memberOf(const std::string &nick, const Identity &identity) const
{
    return {identity.id, safeLine(nick), identity.verified, nick == m_ownNick || identity.id == m_ownJid};
}

Identity XmppOccupants::who(std::string_view nick) const
{
    const auto it = m_byNick.find(nick);
    return it == m_byNick.end() ? Identity{} : it->second;
}

std::vector<Member> XmppOccupants::members() const
{
    std::vector<Member> out;
    if (m_in)
        for (const auto &[nick, identity] : m_byNick)
            out.push_back(memberOf(nick, identity));
    return out;
}

XmppOccupants::Change XmppOccupants::take(const Element &presence)
{
    using Kind = Change::Kind;
    Change change;
    const std::string nick(resourceOf(presence.attribute("from")));
    const std::string_view type = presence.attribute("type");
    if (type == "error") {
        if (m_in)
            return change;
        change.error = stanzaError(presence);
        change.kind = change.error.detail == "conflict" ? Kind::NickTaken : Kind::Refused;
        change.forGood = change.error.code == Code::Forbidden;
        return change;
    }
    if (nick.empty() || (!type.empty() && type != "unavailable"))
        return change;
    const Element *user = presence.child("x", xmlns::kMucUser);
    const Element *item = user ? user->child("item", xmlns::kMucUser) : nullptr;
    const bool self = hasStatus(user, "110");

    if (type.empty()) {
        const bool known = m_byNick.contains(nick);
        if (!known && m_byNick.size() >= kMaxOccupants && !self)
            return change;
        const Identity identity = identityOf(presence, item);
        m_byNick[nick] = identity;
        if (self) {
            m_ownNick = nick;
            if (!std::exchange(m_in, true)) {
                change.kind = Kind::Entered;
                change.created = hasStatus(user, "201");
            }
        } else if (m_in && !known) {
            change.kind = Kind::Joined;
            change.member = memberOf(nick, identity);
        }
        return change;
    }

    const auto it = m_byNick.find(nick);
    const bool known = it != m_byNick.end();
    const Identity identity = known ? it->second : identityOf(presence, item);
    const Member member = memberOf(nick, identity);
    if (known)
        m_byNick.erase(it);
    if (hasStatus(user, "303") && item && !item->attribute("nick").empty()) {
        const std::string renamed(item->attribute("nick"));
        m_byNick[renamed] = identity;
        if (nick == m_ownNick)
            m_ownNick = renamed;
        return change;
    }
    if (!self && nick != m_ownNick) {
        if (m_in && known) {
            change.kind = Kind::Left;
            change.member = member;
        }
        return change;
    }
    const bool wasIn = m_in;
    clear();
    if (!wasIn)
        return change;
    change.kind = Kind::ThrownOut;
    change.member = member;
    const bool banned = hasStatus(user, "301"), gone = user && user->child("destroy", xmlns::kMucUser);
    const bool notMember = hasStatus(user, "321") || hasStatus(user, "322");
    change.forGood = banned || gone || notMember;
    change.error = {Code::Forbidden, banned ? "we were banned from the room"
                        : gone             ? "the room was destroyed"
                        : notMember        ? "the room is for members only now, and we are none"
                                           : "the room closed our seat; joining it again"};
    return change;
}

} // namespace qd::chat
