// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/discordroom.h"

#include "core/base/safetext.h"
#include "core/chat/jsonread.h"

#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::size_t kDiscordHistory = 20'000; ///< messages read at once; beyond is a gap
constexpr std::size_t kAuthorsKept = 8'192;
constexpr int kDiscordPage = 100;
/// Kinds of channel that hold messages: text, announcements, and the threads of both.
constexpr int kRooms[] = {0, 5, 10, 11, 12};
constexpr int kThreads[] = {10, 11, 12};
constexpr int kRole = 0, kOneMember = 1; ///< whom an overwrite of permissions is for
constexpr std::uint64_t kViewChannel = 1U << 10U;

template <std::size_t N>
bool isOneOf(const int (&kinds)[N], const QJsonObject &object)
{
    const int kind = object.value(QLatin1String("type")).toInt(-1);
    return std::find(std::begin(kinds), std::end(kinds), kind) != std::end(kinds);
}

/// A set of permissions, as Discord writes one: a number in digits.
std::uint64_t bitsOf(const QJsonObject &overwrite, const char *field)
{
    return QString::fromStdString(json::textOf(overwrite, field)).toULongLong();
}

/// Whether only those see it who were let in one by one: everybody's own role, which has the server's id, may not, and no other one may.
bool isHidden(const QJsonObject &channel, const std::string &guild)
{
    bool denied = false;
    for (const auto &value : channel.value(QLatin1String("permission_overwrites")).toArray()) {
        const QJsonObject overwrite = value.toObject();
        if (overwrite.value(QLatin1String("type")).toInt() != kRole)
            continue;
        if (bitsOf(overwrite, "allow") & kViewChannel)
            return false;
        denied = denied || (json::textOf(overwrite, "id") == guild && (bitsOf(overwrite, "deny") & kViewChannel));
    }
    return denied;
}

} // namespace

DiscordRoom::DiscordRoom(DiscordApi &api, const DiscordPeople &people, const Clock &clock, const DiscordTimings &timings, std::string connector, std::string address,
                         const std::string &cursor)
    : ChannelRoom(clock, timings.rejoinAfter, std::move(connector), std::move(address), cursor), m_api(api), m_people(people)
{}

void DiscordRoom::open()
{
    if (m_channel.empty())
        m_channel = m_former.empty() ? discordId(m_room, m_people.host) : m_former;
    if (m_channel.empty())
        look();
    else
        visit();
}

/// Names of channels are not unique: the one in our category comes first, then the oldest. A private one is never one that others see.
void DiscordRoom::look()
{
    m_api.get("guilds/" + m_people.guild + "/channels", heard([this](const DiscordAnswer &answer) {
                  if (!answer.isDone())
                      return refused(answer, "looking for " + m_room);
                  const std::string name = discordLocal(m_room, m_people.host);
                  QJsonObject found;
                  bool isTaken = false;
                  for (const auto &value : answer.body.array()) {
                      const QJsonObject channel = value.toObject();
                      if (json::textOf(channel, "name") != name || !isOneOf(kRooms, channel))
                          continue;
                      if (m_private && !isHidden(channel, m_people.guild)) {
                          isTaken = true;
                          continue;
                      }
                      const auto isOurs = [&](const QJsonObject &one) { return !m_people.category.empty() && json::textOf(one, "parent_id") == m_people.category; };
                      if (found.isEmpty() || (isOurs(channel) && !isOurs(found))
                          || (isOurs(channel) == isOurs(found) && isLaterSnowflake(json::textOf(found, "id"), json::textOf(channel, "id"))))
                          found = channel;
                  }
                  if (!found.isEmpty())
                      return take(found);
                  if (isTaken)
                      return taken();
                  if (!mayMake())
                      return absent();
                  make();
              }, [this] { look(); }));
}

void DiscordRoom::visit()
{
    m_api.get("channels/" + m_channel, heard([this](const DiscordAnswer &answer) {
                  const QJsonObject channel = answer.body.object();
                  const bool isElsewhere = answer.isDone() && (json::textOf(channel, "guild_id") != m_people.guild || !isOneOf(kRooms, channel));
                  if (!m_wasReady && (answer.status == 404 || isElsewhere))
                      return absent();
                  if (!answer.isDone())
                      return refused(answer, "finding " + m_room);
                  if (m_private && !isHidden(channel, m_people.guild))
                      return taken();
                  if (!isOneOf(kThreads, channel))
                      return take(channel);
                  // A thread tells only those who are in it.
                  m_api.send(net::Method::Put, "channels/" + m_channel + "/thread-members/@me", {}, heard([this, channel](const DiscordAnswer &joined) {
                                 if (!joined.isDone())
                                     return refused(joined, "joining " + m_room);
                                 take(channel);
                             }, [this] { visit(); }));
              }, [this] { visit(); }));
}

/// What is said in a private channel is never said in one that others see.
void DiscordRoom::taken()
{
    if (m_wasReady) {
        m_story.broke();
        return wait("others see the channel of " + m_room + " now; take View Channel from everybody's and every other role in it");
    }
    ChannelRoom::refused(ApiAnswer::Kind::Refused, {Code::Conflict, "there is a channel of that name already that others see; rename it there, or let the bot see a private one and: room --attach", {}}, "making the private " + m_room);
}

/// A private channel is there for who makes it, and for whom it lets in. Discord tells its topic to clients that may not see it, so that stays empty.
void DiscordRoom::make()
{
    QJsonObject wished{{QStringLiteral("name"), QString::fromStdString(discordLocal(m_room, m_people.host))}, {QStringLiteral("type"), 0}};
    if (!m_people.category.empty())
        wished.insert(QStringLiteral("parent_id"), QString::fromStdString(m_people.category));
    if (m_private)
        wished.insert(QStringLiteral("permission_overwrites"),
                      QJsonArray{QJsonObject{{QStringLiteral("id"), QString::fromStdString(m_people.guild)}, {QStringLiteral("type"), kRole}, {QStringLiteral("deny"), QString::number(kViewChannel)}},
                                 QJsonObject{{QStringLiteral("id"), QString::fromStdString(m_people.userId)}, {QStringLiteral("type"), kOneMember}, {QStringLiteral("allow"), QLatin1String(kDiscordSeat)}}});
    if (!m_title.empty() && !m_private)
        wished.insert(QStringLiteral("topic"), QString::fromStdString(discordQuoted(safeLine(m_title, 200))));
    m_api.send(net::Method::Post, "guilds/" + m_people.guild + "/channels", wished, heard([this](const DiscordAnswer &answer) {
                   if (!answer.isDone())
                       return refused(answer, "making " + m_room);
                   if (m_private && !isHidden(answer.body.object(), m_people.guild))
                       return ChannelRoom::refused(ApiAnswer::Kind::Refused, {Code::Conflict, "Discord made a channel that everybody sees", {}}, "making the private " + m_room);
                   m_created = true;
                   take(answer.body.object());
               }, [this] { make(); }));
}

/// The channel it is. What it is about may have changed while we were away.
void DiscordRoom::take(const QJsonObject &channel)
{
    m_channel = json::textOf(channel, "id");
    m_isThread = isOneOf(kThreads, channel);
    if (m_wasReady)
        onChannel(channel, {QStringLiteral("CHANNEL_UPDATE"), channel, {}, 1});
    m_topic = json::textOf(channel, "topic");
    catchUp();
}

void DiscordRoom::readHistory()
{
    auto read = std::make_shared<Read>();
    if (m_story.isAtBegin())
        read->after = "0";
    else if (!m_story.cursor().empty() && !isSnowflake(m_story.cursor()))
        m_gap = "\"" + safeLine(m_story.cursor(), 40) + "\", where we stopped reading, is no message of Discord's";
    else if (!m_story.cursor().empty())
        read->after = m_story.cursor();
    else if (m_since)
        read->after = snowflakeBefore(m_since);
    readPage(std::move(read));
}

/// Discord gives those right behind an id, the newest of them first.
void DiscordRoom::readPage(std::shared_ptr<Read> read)
{
    const std::string which = read->after.empty() ? "?limit=1" : "?limit=" + std::to_string(kDiscordPage) + "&after=" + read->after;
    m_api.get("channels/" + m_channel + "/messages" + which, heard([this, read](const DiscordAnswer &answer) {
                  if (!answer.isDone())
                      return refused(answer, "reading the history of " + m_room);
                  const QJsonArray page = answer.body.array();
                  for (auto it = page.end(); it != page.begin();)
                      read->messages.push_back((*--it).toObject());
                  if (read->after.empty()) {
                      read->baseline = true;
                      read->newest = read->messages.empty() ? std::string() : json::textOf(read->messages.back(), "id");
                      return askThreads(read);
                  }
                  const std::string newest = page.isEmpty() ? std::string() : json::textOf(page.first().toObject(), "id");
                  if (page.size() < kDiscordPage || !isLaterSnowflake(newest, read->after))
                      return lookBack(read);
                  read->after = newest;
                  if (read->messages.size() < kDiscordHistory)
                      return readPage(read);
                  m_gap = "more was said in between than is read at once";
                  lookBack(read);
              }, [this, read] { readPage(read); }));
}

void DiscordRoom::lookAt(const QJsonObject &message)
{
    const Instant edited = discordEditedAt(message);
    if (!edited || edited < instantOfSnowflake(m_story.cursor()))
        return;
    auto event = this->read(message, true);
    if (!event)
        return;
    remember(event->eventId, *event);
    asDiscordEdit(*event, message);
    event->raw = json::compact(message);
    change(std::move(*event));
}

/// What was said before we stopped reading may have been edited or deleted since; of that only the newest page is looked at.
void DiscordRoom::lookBack(std::shared_ptr<Read> read)
{
    if (!isSnowflake(m_story.cursor()))
        return askThreads(read);
    const std::string behind = std::to_string(std::stoull(m_story.cursor()) + 1);
    m_api.get("channels/" + m_channel + "/messages?limit=" + std::to_string(kDiscordPage) + "&before=" + behind, heard([this, read](const DiscordAnswer &answer) {
                  if (!answer.isDone())
                      return refused(answer, "reading the history of " + m_room);
                  const QJsonArray page = answer.body.array();
                  std::set<std::string> there;
                  for (const auto &value : page) {
                      const QJsonObject message = value.toObject();
                      there.insert(json::textOf(message, "id"));
                      lookAt(message);
                      lookAtReactions(*read, message, true);
                  }
                  compare(there, page.size() < kDiscordPage);
                  if (page.size() >= kDiscordPage)
                      reactionsAreUnknown(); // to what was said before
                  askThreads(read);
              }, [this, read] { lookBack(read); }));
}

/// A message of the room: in the thread it was said in, when it was one.
std::optional<ChatEvent> DiscordRoom::read(const QJsonObject &message, bool history)
{
    auto event = readDiscord(message, m_connector, m_room, m_people, m_clock.now(), history);
    const std::string in = json::textOf(message, "channel_id");
    if (event && m_threads.has(in)) {
        event->thread = in;
        m_threads.saidIn(in, event->eventId);
    }
    return event;
}

void DiscordRoom::giveAll(Read &read)
{
    if (read.baseline)
        return startFrom(read.newest);
    std::erase_if(read.messages, [](const QJsonObject &message) { return !isSnowflake(json::textOf(message, "id")); });
    std::stable_sort(read.messages.begin(), read.messages.end(), [](const QJsonObject &a, const QJsonObject &b) { return isLaterSnowflake(json::textOf(b, "id"), json::textOf(a, "id")); });
    std::vector<Told> history;
    for (const QJsonObject &message : read.messages) {
        auto event = this->read(message, true);
        if (event) {
            event->raw = json::compact(message);
            remember(event->eventId, *event);
        }
        history.push_back({json::textOf(message, "id"), std::move(event)});
    }
    giveHistory(std::move(history));
}

ChatEvent DiscordRoom::event(ChatEvent::Kind kind, const ChannelNews &news) const
{
    ChatEvent event;
    event.connector = m_connector;
    event.room = m_room;
    event.kind = kind;
    event.receivedAt = event.serverTime = m_clock.now();
    event.raw = news.raw.toStdString();
    event.retry = news.retry;
    event.replayed = news.retry > 0;
    return event;
}

void DiscordRoom::remember(const std::string &id, const ChatEvent &event)
{
    if (!m_authors.insert_or_assign(id, std::pair(event.senderId, event.senderName)).second)
        return;
    m_authorsOrder.push_back(id);
    if (m_authorsOrder.size() > kAuthorsKept) {
        m_authors.erase(m_authorsOrder.front());
        m_authorsOrder.pop_front();
    }
}

void DiscordRoom::onMessage(const ChannelNews &news)
{
    const bool isEdit = news.name == QLatin1String("MESSAGE_UPDATE");
    const std::string edited = json::textOf(news.data, "edited_timestamp");
    if (isEdit && edited.empty())
        return; // a preview of a link came
    auto event = read(news.data, news.retry > 0);
    if (!event)
        return;
    event->raw = news.raw.toStdString();
    event->retry = news.retry;
    if (isEdit) {
        asDiscordEdit(*event, news.data); // told again when a preview comes later
    } else {
        remember(event->eventId, *event);
    }
    hear(std::move(*event));
}

void DiscordRoom::onDeleted(const std::string &id, const ChannelNews &news)
{
    ChatEvent gone = event(ChatEvent::Kind::Delete, news);
    gone.targetId = safeLine(id, 64);
    gone.eventId = gone.targetId + "@deleted"; // as when it is found out later
    if (const auto it = m_authors.find(gone.targetId); it != m_authors.end()) {
        gone.senderId = it->second.first;
        gone.senderName = it->second.second;
        gone.own = gone.senderId == m_people.userId + '@' + m_people.host;
    }
    hear(std::move(gone));
}

void DiscordRoom::onReaction(const ChannelNews &news)
{
    const bool adds = news.name == QLatin1String("MESSAGE_REACTION_ADD");
    const std::string user = json::textOf(news.data, "user_id");
    const QJsonObject emoji = json::objectOf(news.data, "emoji"), member = json::objectOf(news.data, "member");
    const std::string name = safeLine(json::textOf(emoji, "name"), 62);
    if (user.empty() || name.empty())
        return;
    if (!m_people.names.contains(user))
        Q_EMIT strangers({user});
    ChatEvent reaction = event(adds ? ChatEvent::Kind::Reaction : ChatEvent::Kind::Unreaction, news);
    reaction.senderId = safeLine(user, 64) + '@' + m_people.host;
    reaction.senderName = member.isEmpty() ? safeLine(m_people.nameOf(user), 128) : discordNameIn(json::objectOf(member, "user"), member);
    reaction.own = user == m_people.userId;
    reaction.identityVerified = news.retry == 0 && !json::objectOf(member, "user").value(QLatin1String("bot")).toBool();
    reaction.emojis = {json::textOf(emoji, "id").empty() ? name : ':' + name + ':'};
    reaction.targetId = safeLine(json::textOf(news.data, "message_id"), 64);
    hear(std::move(reaction));
}

/// Discord does not say who changed it.
void DiscordRoom::onChannel(const QJsonObject &channel, const ChannelNews &news)
{
    const std::string topic = json::textOf(channel, "topic");
    if (topic == m_topic)
        return;
    m_topic = topic;
    ChatEvent changed = event(ChatEvent::Kind::Topic, news);
    changed.text = safeText(discordPlain(topic, [this](std::string_view id) { return m_people.nameOf(std::string(id)); }));
    hear(std::move(changed));
}

void DiscordRoom::onEvent(const ChannelNews &news)
{
    if (news.name == QLatin1String("MESSAGE_CREATE") || news.name == QLatin1String("MESSAGE_UPDATE"))
        return onMessage(news);
    if (news.name == QLatin1String("INTERACTION_CREATE")) {
        if (auto event = readDiscordPress(news.data, m_connector, m_room, m_people, m_clock.now())) {
            if (const std::string in = json::textOf(news.data, "channel_id"); m_threads.has(in))
                event->thread = in;
            hear(std::move(*event));
        }
        return;
    }
    if (news.name == QLatin1String("MESSAGE_DELETE"))
        return onDeleted(json::textOf(news.data, "id"), news);
    if (news.name == QLatin1String("MESSAGE_DELETE_BULK"))
        for (const auto &id : news.data.value(QLatin1String("ids")).toArray())
            onDeleted(id.toString().toStdString(), news);
    if (news.name == QLatin1String("MESSAGE_REACTION_ADD") || news.name == QLatin1String("MESSAGE_REACTION_REMOVE"))
        return onReaction(news);
    if (news.name == QLatin1String("MESSAGE_REACTION_REMOVE_ALL") || news.name == QLatin1String("MESSAGE_REACTION_REMOVE_EMOJI"))
        return onReactionsCleared(news);
    if (news.name == QLatin1String("CHANNEL_UPDATE"))
        return onChannel(news.data, news);
    if (news.name == QLatin1String("THREAD_CREATE") || (news.name == QLatin1String("THREAD_UPDATE") && json::textOf(news.data, "id") != m_channel))
        return onThread(news.data, news.data.value(QLatin1String("newly_created")).toBool());
    if (news.name == QLatin1String("THREAD_LIST_SYNC")) {
        for (const auto &value : news.data.value(QLatin1String("threads")).toArray())
            onThread(value.toObject(), false);
        return;
    }
    if (news.name == QLatin1String("THREAD_DELETE") && json::textOf(news.data, "id") != m_channel)
        return onThreadGone(json::textOf(news.data, "id"), news);
    if (news.name == QLatin1String("CHANNEL_DELETE") || news.name == QLatin1String("THREAD_DELETE")) {
        m_story.broke();
        wait("the channel was deleted");
    }
}

} // namespace qd::chat
