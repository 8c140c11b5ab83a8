// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/story.h"

#include <algorithm>

namespace qd::chat {

namespace {
constexpr std::size_t kSeen = 24'000; ///< more than any platform's history is read at once, which may be read twice
} // namespace

Story::Story(const Clock &clock, std::string connector, std::string room, std::string cursor)
    : m_clock(clock), m_connector(std::move(connector)), m_room(std::move(room)), m_cursor(std::move(cursor))
{}

void Story::give(ChatEvent item)
{
    const std::string key = item.eventId.empty() ? item.messageId.empty() ? std::string() : item.senderId + ' ' + item.messageId
                                                 : item.eventId;
    if (!key.empty() && !remember(key))
        return;
    m_lastSeen = std::max(m_lastSeen, item.serverTime);
    Q_EMIT event(item);
}

void Story::advance(const std::string &id)
{
    if (id.empty() || id == m_cursor)
        return;
    m_cursor = id;
    Q_EMIT cursorAdvanced(m_cursor);
}

void Story::brokeAt(Instant when)
{
    if (!m_brokenAt)
        m_brokenAt = when;
}

ChatEvent Story::gapOf(const std::string &why) const
{
    ChatEvent gap;
    gap.connector = m_connector;
    gap.room = m_room;
    gap.kind = ChatEvent::Kind::Gap;
    gap.text = why;
    gap.gapFrom = lastKnown();
    gap.serverTime = gap.receivedAt = m_clock.now();
    gap.replayed = true;
    return gap;
}

void Story::tellGap(const std::string &why, bool ofDeletions, bool ofReactions)
{
    ChatEvent gap = gapOf(why);
    gap.ofDeletions = ofDeletions;
    gap.ofReactions = ofReactions;
    Q_EMIT event(gap);
}

void Story::tellGone(const std::string &why)
{
    ChatEvent gap = gapOf(why);
    gap.roomGone = true;
    Q_EMIT event(gap);
}

void Story::mended(Recovery::Kind kind, std::size_t found, const std::string &why)
{
    const Instant from = std::exchange(m_brokenAt, Instant{});
    Q_EMIT recovered({m_room, kind, from, m_clock.now(), found, why});
}

bool Story::remember(const std::string &key)
{
    if (!m_seen.insert(key).second)
        return false;
    m_seenOrder.push_back(key);
    if (m_seenOrder.size() > kSeen) {
        m_seen.erase(m_seenOrder.front());
        m_seenOrder.pop_front();
    }
    return true;
}

} // namespace qd::chat
