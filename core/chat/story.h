// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/chat/chatevent.h"

#include <QObject>
#include <deque>
#include <string>
#include <unordered_set>

namespace qd::chat {

/// What one room has told so far, for every platform: each item once, the cursor behind the items it covers, and of every loss
/// of the line exactly one word. Lives in its connector's thread.
class Story final : public QObject {
    Q_OBJECT
public:
    /// The cursor of a room in which nothing was said yet: everything in it is new.
    static constexpr std::string_view kBegin = "begin";

    Story(const Clock &clock, std::string connector, std::string room, std::string cursor);

    [[nodiscard]] const std::string &cursor() const { return m_cursor; }
    [[nodiscard]] bool isAtBegin() const { return m_cursor == kBegin; }
    void setCursor(const std::string &cursor) { m_cursor = cursor; }

    /// Hands an item on, unless it was before (by its eventId, or its sender's own id).
    void give(ChatEvent item);
    /// Hands on what no history holds: who came, who left.
    void tell(const ChatEvent &item) { Q_EMIT event(item); }
    /// Moves the cursor behind an item that was given; nothing when it is there already or `id` is empty.
    void advance(const std::string &id);
    /// Whether this item was told here, in this process.
    [[nodiscard]] bool knows(const std::string &eventId) const { return m_seen.contains(eventId); }

    /// The line, or our seat in the room, is lost from now on; what was lost first counts until it is mended.
    void broke() { brokeAt(m_clock.now()); }
    void brokeAt(Instant when);
    /// The last moment of which we know what was said, after a loss.
    [[nodiscard]] Instant lastKnown() const { return m_lastSeen ? m_lastSeen : m_brokenAt; }
    /// Says as an event that items may be missing: words, or else deletions, reactions or both alone.
    void tellGap(const std::string &why, bool ofDeletions = false, bool ofReactions = false);
    /// Says as an event that the room is followed no more, and so that items may be missing.
    void tellGone(const std::string &why);
    /// Ends a loss with the one word on it.
    void mended(Recovery::Kind kind, std::size_t found = 0, const std::string &why = {});
    /// Ends a loss nobody needs to hear of.
    void forgetLoss() { m_brokenAt = {}; }

Q_SIGNALS:
    void event(const qd::chat::ChatEvent &event);
    void cursorAdvanced(const std::string &cursor);
    void recovered(const qd::chat::Recovery &recovery);

private:
    [[nodiscard]] ChatEvent gapOf(const std::string &why) const;
    [[nodiscard]] bool remember(const std::string &key);

    const Clock &m_clock;
    std::string m_connector, m_room, m_cursor;
    Instant m_brokenAt, m_lastSeen;
    std::unordered_set<std::string> m_seen;
    std::deque<std::string> m_seenOrder;
};

} // namespace qd::chat
