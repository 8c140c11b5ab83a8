// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/channelroom.h"

#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::size_t kChannelHeld = 5'000;
constexpr std::size_t kKnown = 2'000; ///< far more than is looked at again

} // namespace

ChannelRoom::ChannelRoom(const Clock &clock, std::chrono::milliseconds rejoinAfter, std::string connector, std::string address, const std::string &cursor)
    : m_clock(clock)
    , m_connector(std::move(connector))
    , m_room(std::move(address))
    , m_story(clock, m_connector, m_room, {})
    , m_rejoinAfter(rejoinAfter)
{
    m_story.setParent(this);
    setCursor(cursor);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ChannelRoom::enter);
}

void ChannelRoom::setForeign(Instant since)
{
    m_foreign = true;
    m_since = since;
    if (m_story.cursor().empty() && since) {
        m_recovering = true; // a history that cannot be read is a gap, from then on
        m_story.brokeAt(since);
    }
}

void ChannelRoom::setCursor(const std::string &cursor)
{
    m_story.setCursor(cursor);
    m_recovering = !cursor.empty();
}

void ChannelRoom::setPhase(Phase phase)
{
    m_phase = phase;
    if (phase != Phase::Waiting)
        m_trouble.clear();
    Q_EMIT phaseChanged();
}

void ChannelRoom::enter()
{
    ++m_generation;
    m_timer.stop();
    m_held.clear();
    m_overflow = m_created = m_deletionsUnknown = false;
    m_changes.clear();
    m_gap.clear();
    m_found = 0;
    m_recovering = m_recovering || m_wasReady;
    setPhase(Phase::Opening);
    open();
}

void ChannelRoom::leave()
{
    m_timer.stop();
    ++m_generation;
    if (!m_channel.empty() && m_wasReady)
        sayGoodbye();
    m_phase = Phase::Out;
}

void ChannelRoom::lineLost()
{
    ++m_generation;
    m_timer.stop();
    m_found = 0;
    m_story.broke();
}

void ChannelRoom::lineResumed()
{
    if (m_phase != Phase::Live)
        return enter();
    m_story.mended(Recovery::Kind::Resumed, std::exchange(m_found, 0));
}

void ChannelRoom::fetchSince(const std::string &cursor)
{
    setCursor(cursor);
    m_story.broke();
    m_found = 0;
    m_gap.clear();
    if (m_phase == Phase::Live)
        catchUp();
}

void ChannelRoom::seatLost()
{
    if (m_phase != Phase::Live)
        return;
    m_story.broke();
    enter();
}

void ChannelRoom::wait(const std::string &why)
{
    ++m_generation;
    m_trouble = why;
    m_timer.start(m_rejoinAfter);
    setPhase(Phase::Waiting);
}

void ChannelRoom::refused(ApiAnswer::Kind kind, const Error &why, const std::string &doing)
{
    if (m_wasReady || kind != ApiAnswer::Kind::Refused)
        return wait(doing + " failed: " + why.message);
    ++m_generation;
    Q_EMIT failed({why.code, doing + " failed: " + why.message, why.detail});
}

void ChannelRoom::absent()
{
    ++m_generation;
    Q_EMIT failed({Code::NotFound, "there is no room " + m_room});
}

void ChannelRoom::catchUp()
{
    setPhase(Phase::CatchingUp);
    if (m_created)
        return startFrom({});
    readHistory();
}

void ChannelRoom::startFrom(const std::string &newest)
{
    m_story.advance(newest.empty() ? std::string(Story::kBegin) : newest);
    goLive();
}

void ChannelRoom::giveHistory(std::vector<Told> history)
{
    for (auto &[id, event] : history) {
        const auto held = std::find_if(m_held.begin(), m_held.end(), [&id = id](const ChatEvent &h) { return h.eventId == id; });
        if (held != m_held.end()) { // it came live meanwhile
            event = std::move(*held);
            m_held.erase(held);
        }
        const bool marks = !event || marksPlace(*event);
        if (event) {
            m_found += m_story.knows(id) ? 0 : 1;
            know(*event);
            m_story.give(std::move(*event));
        }
        m_story.advance(marks ? id : std::string());
    }
    if (m_story.cursor().empty())
        m_story.advance(std::string(Story::kBegin));
    goLive();
}

void ChannelRoom::goLive()
{
    if (std::exchange(m_overflow, false))
        return catchUp();
    const bool recovering = std::exchange(m_recovering, false);
    if (recovering && !m_gap.empty())
        m_story.tellGap(m_gap);
    else if (recovering && m_deletionsUnknown)
        m_story.tellGap("what was deleted meanwhile is not told", true);
    for (ChatEvent &changed : std::exchange(m_changes, {}))
        give(std::move(changed));
    for (ChatEvent &held : std::exchange(m_held, {}))
        give(std::move(held));
    if (recovering)
        m_story.mended(m_gap.empty() ? Recovery::Kind::CaughtUp : Recovery::Kind::Gap, m_found, m_gap);
    else
        m_story.forgetLoss();
    setPhase(Phase::Live);
    const bool created = std::exchange(m_created, false);
    if (!std::exchange(m_wasReady, true))
        Q_EMIT ready(created, m_story.cursor());
}

/// The cursor is the newest item's: what is only about one (an edit, a reaction) does not move it.
void ChannelRoom::give(ChatEvent event)
{
    using Kind = ChatEvent::Kind;
    const bool isItem = event.kind == Kind::Message || event.kind == Kind::Action || event.kind == Kind::Topic;
    const std::string id = isItem && marksPlace(event) && isNews(event.eventId) ? event.eventId : std::string();
    know(event);
    m_story.give(std::move(event));
    m_story.advance(id);
}

void ChannelRoom::know(const ChatEvent &event)
{
    using Kind = ChatEvent::Kind;
    if (event.kind == Kind::Delete)
        std::erase_if(m_known, [&](const Known &k) { return k.id == event.targetId; });
    if ((event.kind != Kind::Message && event.kind != Kind::Action) || event.eventId.empty() || !event.thread.empty())
        return;
    m_known.push_back({event.eventId, event.senderId, event.senderName, event.own});
    if (m_known.size() > kKnown)
        m_known.pop_front();
}

void ChannelRoom::compare(const std::set<std::string> &there, bool isAll)
{
    const auto first = isAll ? m_known.begin() : std::find_if(m_known.begin(), m_known.end(), [&](const Known &k) { return there.contains(k.id); });
    if (first != m_known.begin() || !m_wasReady) // what an earlier process heard is not known here
        deletionsAreUnknown();
    for (auto known = first; known != m_known.end(); ++known) {
        if (there.contains(known->id) || isNews(known->id)) // read again from further back: it was not asked for
            continue;
        ChatEvent gone;
        gone.connector = m_connector;
        gone.room = m_room;
        gone.kind = ChatEvent::Kind::Delete;
        gone.targetId = known->id;
        gone.eventId = known->id + "@deleted";
        gone.senderId = known->senderId;
        gone.senderName = known->senderName;
        gone.own = known->own;
        gone.replayed = true;
        gone.serverTime = gone.receivedAt = m_clock.now(); // when it was, nobody says
        change(std::move(gone));
    }
}

void ChannelRoom::hear(ChatEvent event)
{
    if (m_phase == Phase::Live) {
        m_found += event.replayed && event.kind == ChatEvent::Kind::Message ? 1 : 0;
        return give(std::move(event));
    }
    if (m_phase == Phase::Out)
        return;
    if (m_held.size() < kChannelHeld) {
        m_held.push_back(std::move(event));
    } else {
        m_held.clear(); // it is in the history too: read that again
        m_overflow = true;
    }
}

void ChannelRoom::turned(const std::string &user, const ChatEvent &event)
{
    m_members.turned(user, event.kind == ChatEvent::Kind::Join);
    if (!event.own && m_phase == Phase::Live)
        m_story.tell(event);
}

} // namespace qd::chat
