// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/httpchatconnector.h"

#include "core/base/safetext.h"
#include "core/chat/textparts.h"
#include "core/model/connection.h"

#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::size_t kReactionsKept = 1'000;
constexpr std::size_t kDirectsKept = 500;

} // namespace

HttpChatConnector::HttpChatConnector(Platform platform, const Clock &clock, Random &random, const AttemptTimings &timings, std::chrono::milliseconds confirmWithin,
                                     const std::string &name, const std::string &host)
    : RoomedConnector(clock, random, timings, confirmWithin, name, host, {}), m_platform(std::move(platform))
{
    m_caps.createRoom = m_caps.setTopic = m_caps.invite = m_caps.threads = m_caps.edit = m_caps.remove = m_caps.reactions = m_caps.direct = true;
    m_caps.verifiedIdentity = m_caps.historyQuery = m_caps.serverOrder = true;
    m_caps.multiline = m_caps.reactionsInCatchUp = m_caps.directCatchUp = m_caps.historyIdentity = m_caps.historyDurable = true;
    m_caps.ack = Caps::Ack::Response;
    m_caps.resume = Caps::Resume::Cursor;
    m_caps.idempotency = m_platform.idempotency;
    m_caps.maxText = m_platform.text;
    m_caps.unit = Caps::Unit::Bytes;
}

std::string HttpChatConnector::problemOfUrl(std::string &url, const std::string &word)
{
    while (url.ends_with('/'))
        url.pop_back();
    if (url.starts_with("https://") || (url.starts_with("http://") && namesThisMachine(url)))
        return {};
    return word + " must be asked over https://; http:// is only for a server on this machine";
}

std::string HttpChatConnector::addressFor(const std::string &name) const
{
    std::string local = localPart(name).substr(0, m_platform.name);
    std::replace(local.begin(), local.end(), '.', '-');
    return local.empty() ? local : local + '@' + m_host;
}

std::string HttpChatConnector::channelOf(const std::string &room) const
{
    const auto it = m_rooms.find(room);
    return it == m_rooms.end() ? std::string() : it->second.follower->channel();
}

void HttpChatConnector::prepare(ChannelRoom &follower, const std::string &address)
{
    if (const auto former = m_former.extract(address)) // once: whoever joins it later means what is there by then
        follower.setFormer(former.mapped());
}

std::string HttpChatConnector::problemOf(const Outgoing &outgoing) const
{
    using Kind = Outgoing::Kind;
    if ((outgoing.kind == Kind::Direct || outgoing.kind == Kind::Invite) && !isPerson(outgoing.person))
        return "\"" + outgoing.person + "\" is no " + m_platform.person + "@" + m_host;
    if (outgoing.kind == Kind::Archive && !m_caps.archivesRooms)
        return m_platform.word + " has no archive a channel could go to; leave it, and close it there by hand";
    const bool needsTarget = outgoing.kind == Kind::Edit || outgoing.kind == Kind::Reaction || outgoing.kind == Kind::Retraction;
    if (needsTarget && targetOf(outgoing.target).empty())
        return "there is no message named to edit, react to or retract";
    for (const std::string &emoji : outgoing.emojis)
        if (outgoing.kind == Kind::Reaction && !canReactWith(emoji))
            return "we know no name of " + m_platform.word + "'s for the reaction " + safeLine(emoji, 32);
    return {};
}

/// The channel of a lane: a room's, or that with one person, opened for it.
void HttpChatConnector::withChannel(const Outgoing &outgoing, Opened go)
{
    if (outgoing.kind != Outgoing::Kind::Direct) {
        const auto it = m_rooms.find(outgoing.room);
        return it == m_rooms.end() ? void() : go(it->second.follower->channel(), {}, {});
    }
    openDirect(outgoing.person, [this, go = std::move(go)](const std::string &channel, const ApiAnswer &answer, const Error &why) {
        if (!channel.empty())
            m_directs.try_emplace(channel);
        go(channel, answer, why);
    });
}

void HttpChatConnector::transmit(const Outgoing &outgoing, const std::string &text, const std::string &id)
{
    withChannel(outgoing, [this, outgoing, text, id](const std::string &channel, const ApiAnswer &opened, const Error &why) {
        if (!channel.empty())
            return outgoing.kind == Outgoing::Kind::Reaction && text.empty() ? wasSo(outgoing, id, "it is as it was") : write(channel, outgoing, text, id);
        if (opened.kind == ApiAnswer::Kind::Refused)
            m_outbox.refused(Outbox::laneOf(outgoing), id, outgoing.person + " cannot be written to: " + why.message, {});
        else if (opened.kind == ApiAnswer::Kind::Wait)
            m_outbox.refused(Outbox::laneOf(outgoing), id, m_platform.word + " asks for patience", opened.retryAfter);
        // Else it is looked for when its time is over.
    });
}

void HttpChatConnector::wrote(const Outgoing &outgoing, const std::string &channel, const std::string &id, const ApiAnswer &answer, const Error &why, const std::string &message)
{
    const std::string lane = Outbox::laneOf(outgoing);
    switch (answer.kind) {
    case ApiAnswer::Kind::Done:
        if (outgoing.kind == Outgoing::Kind::Direct && isLater(message, m_directs[channel]))
            m_directs[channel] = message;
        return m_outbox.confirmed(lane, id, {message, id});
    case ApiAnswer::Kind::Refused: return m_outbox.refused(lane, id, why.message, {});
    case ApiAnswer::Kind::Wait:
        if (outgoing.kind == Outgoing::Kind::Topic) // nothing else waits for it
            return m_outbox.refused(lane, id, m_platform.word + " takes no other topic yet", answer.retryAfter);
        Q_EMIT rateLimited(m_clock.now() + millis(answer.retryAfter.count()));
        return m_outbox.refused(lane, id, m_platform.word + " asks for patience", answer.retryAfter);
    case ApiAnswer::Kind::Unknown: return; // it is looked for when its time is over
    }
}

void HttpChatConnector::lookUp(const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done)
{
    using Kind = Outgoing::Kind;
    if (outgoing.kind != Kind::Message && outgoing.kind != Kind::Direct)
        return done(Outbox::Found::No, {}); // an edit, a reaction, a topic, an archiving, done twice, is the same
    if (outgoing.kind == Kind::Message && !m_rooms.contains(outgoing.room))
        return done(Outbox::Found::CannotTell, {});
    withChannel(outgoing, [this, outgoing, id, since, done = std::move(done)](const std::string &channel, const ApiAnswer &opened, const Error &) {
        if (!channel.empty())
            return find(channel, outgoing, id, since, done);
        done(opened.kind == ApiAnswer::Kind::Refused ? Outbox::Found::CannotTell : Outbox::Found::AskAgain, {});
    });
}

std::vector<std::string> HttpChatConnector::split(const Outgoing &outgoing) const
{
    using Kind = Outgoing::Kind;
    switch (outgoing.kind) {
    case Kind::Message:
    case Kind::Direct: return splitText(outgoing.text, m_platform.text);
    case Kind::Topic: return {safeLine(outgoing.text, m_platform.topic)};
    case Kind::Reaction:
        if (m_reactions.size() > kReactionsKept)
            m_reactions.clear();
        return reactionParts(m_reactions[outgoing.room + ' ' + targetOf(outgoing.target)], outgoing.emojis);
    default: return {splitText(outgoing.text, m_platform.text).front()};
    }
}

ChannelRoom *HttpChatConnector::roomOf(const std::string &channel) const
{
    for (const auto &[address, room] : m_rooms)
        if (!channel.empty() && room.follower->channel() == channel)
            return room.follower.get();
    return nullptr;
}

void HttpChatConnector::onDirect(const std::string &channel, const std::string &id, std::optional<ChatEvent> event, const QByteArray &raw)
{
    if (!channel.empty() && m_directs.size() < kDirectsKept && isLater(id, m_directs[channel]))
        m_directs[channel] = id;
    if (!event || event->own || event->kind != ChatEvent::Kind::Message)
        return;
    event->raw = raw.toStdString();
    m_direct.give(std::move(*event));
}

void HttpChatConnector::readDirects()
{
    if (!std::exchange(m_wasReady, true))
        return m_direct.forgetLoss();
    const auto left = std::make_shared<std::size_t>(1);
    const auto whole = std::make_shared<std::string>();
    const auto one = [this, left, whole, generation = m_generation](const std::string &trouble) {
        if (!trouble.empty()) {
            *whole = "what was said to us alone meanwhile cannot be read: " + trouble;
            m_direct.tellGap(*whole);
        }
        if (generation == m_generation && --*left == 0)
            m_direct.mended(whole->empty() ? Recovery::Kind::CaughtUp : Recovery::Kind::Gap, 0, *whole);
    };
    const std::map<std::string, std::string> directs = m_directs; // answers that come at once change it
    for (const auto &[channel, newest] : directs) {
        if (newest.empty())
            continue;
        ++*left;
        readDirect(channel, newest, one);
    }
    one({});
}

void HttpChatConnector::tokenRefused(const Error &why)
{
    if (!m_wanted)
        return;
    stopLine();
    lineIsLost(why, true);
}

void HttpChatConnector::learnNames(const std::vector<std::string> &userIds)
{
    std::vector<std::string> wanted;
    for (const std::string &id : userIds)
        if (m_asked.insert(id).second)
            wanted.push_back(id);
    if (!wanted.empty())
        askNames(wanted);
}

void HttpChatConnector::forgetNames(const std::vector<std::string> &userIds)
{
    for (const std::string &id : userIds)
        m_asked.erase(id);
}

} // namespace qd::chat
