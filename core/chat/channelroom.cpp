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
    m_had = m_had || !cursor.empty();
}

void ChannelRoom::setFormer(const std::string &channel)
{
    m_had = true;
    m_former = channel;
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
    m_overflow = m_created = m_deletionsUnknown = m_reactionsUnknown = false;
    m_changes.clear();
    m_compared.clear();
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
    giveUp({why.code, doing + " failed: " + why.message, why.detail});
}

void ChannelRoom::absent()
{
    giveUp({Code::NotFound, m_had ? "the channel of " + m_room + " is not there any more, or we are shut out of it: somebody deleted, archived or renamed it" : "there is no room " + m_room});
}

void ChannelRoom::archived()
{
    giveUp({Code::Conflict, "the channel of " + m_room + " was archived"});
}

void ChannelRoom::giveUp(const Error &why)
{
    ++m_generation;
    if (m_had) {
        const std::string said = why.message + ". Nothing is read or written there from here on; attach it once it is there again, or another: room --attach " + m_room;
        m_story.tellGone(said);
        m_story.mended(Recovery::Kind::Gap, 0, said);
    }
    Q_EMIT failed(why);
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
    else if (recovering && (m_deletionsUnknown || m_reactionsUnknown)) // one line for both
        m_story.tellGap(!m_reactionsUnknown       ? "what was deleted meanwhile is not told"
                            : m_deletionsUnknown ? "what was deleted meanwhile, or reacted to earlier messages, is not told as a whole"
                                                 : "what was reacted to earlier messages meanwhile is not told as a whole",
                        m_deletionsUnknown, m_reactionsUnknown);
    m_deletionsUnknown = m_reactionsUnknown = false;
    for (const std::string &message : std::exchange(m_compared, {}))
        reactionsTo(message);
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
    if (event.replayed && event.receipt == 0 && isNoNews(event))
        return;
    const bool isItem = event.kind == Kind::Message || event.kind == Kind::Action || event.kind == Kind::Topic;
    const std::string id = isItem && marksPlace(event) && isNews(event.eventId) ? event.eventId : std::string();
    know(event);
    m_story.give(std::move(event));
    m_story.advance(id);
}

void ChannelRoom::know(const ChatEvent &event)
{
    using Kind = ChatEvent::Kind;
    if (event.kind == Kind::Delete) {
        std::erase_if(m_known, [&](const Known &k) { return k.id == event.targetId; });
        forgetReactions(event.targetId);
    }
    if (const auto known = m_reactions.find(event.targetId); known != m_reactions.end()) {
        for (const std::string &emoji : event.emojis) {
            if (event.kind == Kind::Reaction)
                known->second[{emoji, event.senderId}] = {emoji, event.senderId, event.senderName, event.own, event.serverTime, event.identityVerified};
            if (event.kind == Kind::Unreaction)
                known->second.erase({emoji, event.senderId});
        }
        if (known->second.size() > kReactionsToOne)
            forgetReactions(event.targetId);
    }
    if ((event.kind != Kind::Message && event.kind != Kind::Action) || event.eventId.empty() || m_story.knows(event.eventId))
        return;
    m_known.push_back({event.eventId, event.senderId, event.senderName, threadHolding(event), event.own});
    reactionsTo(event.eventId);
    if (m_known.size() > kKnown)
        m_known.pop_front();
}

std::set<std::string> ChannelRoom::threadsKnown() const
{
    std::set<std::string> out;
    for (const Known &known : m_known)
        if (!known.thread.empty())
            out.insert(known.thread);
    return out;
}

void ChannelRoom::compare(const std::set<std::string> &there, bool isAll, const std::string &thread)
{
    bool isWithin = isAll;
    if (!m_wasReady) // what an earlier process heard is not known here
        deletionsAreUnknown();
    for (const Known &known : m_known) {
        if (known.thread != thread)
            continue;
        const bool isThere = there.contains(known.id);
        isWithin = isWithin || isThere;
        if (!isWithin)
            deletionsAreUnknown();
        if (!isWithin || isThere || (thread.empty() && isNews(known.id))) // read again from further back: it was not asked for
            continue;
        ChatEvent gone;
        gone.connector = m_connector;
        gone.room = m_room;
        gone.kind = ChatEvent::Kind::Delete;
        gone.targetId = known.id;
        gone.eventId = known.id + "@deleted";
        gone.senderId = known.senderId;
        gone.senderName = known.senderName;
        gone.own = known.own;
        gone.replayed = true;
        gone.serverTime = gone.receivedAt = m_clock.now(); // when it was, nobody says
        change(std::move(gone));
    }
}

void ChannelRoom::reactionsTo(const std::string &message)
{
    if (!m_reactions.try_emplace(message).second)
        return;
    m_reactionsOrder.push_back(message);
    if (m_reactionsOrder.size() > kKnown) {
        m_reactions.erase(m_reactionsOrder.front());
        m_reactionsOrder.pop_front();
    }
}

void ChannelRoom::forgetReactions(const std::string &message)
{
    if (m_reactions.erase(message) > 0)
        m_reactionsOrder.erase(std::find(m_reactionsOrder.begin(), m_reactionsOrder.end(), message));
}

std::vector<ChannelRoom::Reacted> ChannelRoom::reactionsOf(const std::string &message, const std::string &emoji) const
{
    std::vector<Reacted> out;
    if (const auto known = m_reactions.find(message); known != m_reactions.end())
        for (const auto &[key, reacted] : known->second)
            if (emoji.empty() || reacted.emoji == emoji)
                out.push_back(reacted);
    return out;
}

bool ChannelRoom::isNoNews(const ChatEvent &reaction) const
{
    using Kind = ChatEvent::Kind;
    const auto known = m_reactions.find(reaction.targetId);
    if ((reaction.kind != Kind::Reaction && reaction.kind != Kind::Unreaction) || known == m_reactions.end())
        return false;
    return std::all_of(reaction.emojis.begin(), reaction.emojis.end(),
                       [&](const std::string &emoji) { return known->second.contains({emoji, reaction.senderId}) == (reaction.kind == Kind::Reaction); });
}

void ChannelRoom::tellReaction(ChatEvent::Kind kind, const std::string &message, const Reacted &reacted)
{
    ChatEvent event;
    event.connector = m_connector;
    event.room = m_room;
    event.kind = kind;
    event.targetId = message;
    event.emojis = {reacted.emoji};
    event.senderId = reacted.senderId;
    event.senderName = reacted.senderName;
    event.own = reacted.own;
    event.identityVerified = !reacted.senderId.empty() && reacted.isPersons;
    event.replayed = true;
    event.receivedAt = m_clock.now();
    event.serverTime = reacted.at && kind == ChatEvent::Kind::Reaction ? reacted.at : event.receivedAt; // else when it was, nobody says
    change(std::move(event));
}

void ChannelRoom::compareReactions(const std::string &message, const std::vector<Reacted> &now, bool isAll)
{
    const auto known = m_reactions.find(message);
    Reactions standing;
    for (const Reacted &reacted : now) {
        if (known == m_reactions.end() || !known->second.contains({reacted.emoji, reacted.senderId}))
            tellReaction(ChatEvent::Kind::Reaction, message, reacted);
        standing[{reacted.emoji, reacted.senderId}] = reacted;
    }
    if (!isAll)
        return;
    if (known == m_reactions.end())
        return m_compared.push_back(message);
    for (const auto &[key, reacted] : known->second)
        if (!standing.contains(key))
            tellReaction(ChatEvent::Kind::Unreaction, message, reacted);
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
