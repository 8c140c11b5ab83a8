// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/discordroom.h"

#include "core/base/safetext.h"
#include "core/chat/jsonread.h"

#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::size_t kDiscordSays = 100; ///< bytes of what a button says, as Discord's custom_id
constexpr std::size_t kDiscordAsked = 2000; ///< bytes of what a word with a slash says
constexpr std::size_t kDiscordHistory = 20'000; ///< messages read at once; beyond is a gap
constexpr std::size_t kAuthorsKept = 8'192;
constexpr int kDiscordPage = 100;
constexpr auto kThreadsPutAway = "25"; ///< of those nobody wrote in lately, so many are known again
/// What is said in a channel and its threads has no order but that of its ids, which are given a moment before it is told.
constexpr Span kThreadsApart = seconds(10);
/// Kinds of channel that hold messages: text, announcements, and the threads of both.
constexpr int kRooms[] = {0, 5, 10, 11, 12};
constexpr int kThreads[] = {10, 11, 12};
/// Kinds of message somebody wrote: plain, a reply, the answers of an app to a command.
constexpr int kSaid[] = {0, 19, 20, 23};

template <std::size_t N>
bool isOneOf(const int (&kinds)[N], const QJsonObject &object)
{
    const int kind = object.value(QLatin1String("type")).toInt(-1);
    return std::find(std::begin(kinds), std::end(kinds), kind) != std::end(kinds);
}

std::string nameIn(const QJsonObject &user, const QJsonObject &member)
{
    for (const std::string &name : {json::textOf(member, "nick"), json::textOf(user, "global_name"), json::textOf(user, "username")})
        if (!name.empty())
            return safeLine(name, 128);
    return safeLine(json::textOf(user, "id"), 64);
}

Instant momentOf(const QJsonObject &object, const char *name, Instant otherwise)
{
    const auto moment = parseInstant(json::textOf(object, name));
    return moment ? *moment : otherwise;
}

/// What a message reads as is what one edit made of it: called the same live and in a history.
void asEdit(ChatEvent &event, const QJsonObject &message)
{
    event.kind = ChatEvent::Kind::Edit;
    event.targetId = event.eventId;
    event.eventId += '@' + safeLine(json::textOf(message, "edited_timestamp"), 40);
    event.serverTime = momentOf(message, "edited_timestamp", event.receivedAt);
}

} // namespace

std::optional<ChatEvent> readDiscord(const QJsonObject &message, const std::string &connector, const std::string &room, const DiscordPeople &people, Instant now, bool history)
{
    const QJsonObject author = json::objectOf(message, "author");
    const std::string id = json::textOf(message, "id"), user = json::textOf(author, "id");
    if (!isSnowflake(id) || !isOneOf(kSaid, message))
        return std::nullopt; // who came, what was pinned …
    ChatEvent event;
    event.connector = connector;
    event.room = room;
    event.direct = room.empty();
    event.eventId = id;
    if (message.value(QLatin1String("type")).toInt() == 19)
        event.thread = safeLine(json::textOf(json::objectOf(message, "message_reference"), "message_id"), 64);
    event.senderId = user.empty() ? std::string() : safeLine(user, 64) + '@' + people.host;
    event.senderName = nameIn(author, json::objectOf(message, "member"));
    event.own = !people.userId.empty() && user == people.userId;
    // Discord signs people in, and says who wrote; bots, apps and webhooks are no people.
    const bool isPerson = !author.value(QLatin1String("bot")).toBool() && !author.value(QLatin1String("system")).toBool() && !message.contains(QLatin1String("webhook_id"))
        && !message.contains(QLatin1String("interaction_metadata"));
    event.identityVerified = !user.empty() && !history && isPerson;
    event.receivedAt = now;
    event.serverTime = instantOfSnowflake(id);
    event.replayed = history;
    std::map<std::string, std::string> mentioned;
    for (const auto &value : message.value(QLatin1String("mentions")).toArray())
        mentioned[json::textOf(value.toObject(), "id")] = nameIn(value.toObject(), {});
    event.text = safeText(withFiles(discordPlain(json::textOf(message, "content"), [&](std::string_view of) {
        const std::string key(of);
        const auto it = mentioned.find(key);
        if (it != mentioned.end())
            return it->second;
        const auto known = people.names.find(key);
        return known == people.names.end() ? std::string() : known->second;
    }), json::filesOf(message, "attachments", "filename")));
    return event.text.empty() ? std::nullopt : std::optional(event);
}

std::optional<ChatEvent> readDiscordPress(const QJsonObject &interaction, const std::string &connector, const std::string &room, const DiscordPeople &people, Instant now)
{
    constexpr int kCommand = 2, kComponent = 3, kButton = 2, kText = 3;
    const QJsonObject data = json::objectOf(interaction, "data"), member = json::objectOf(interaction, "member");
    const QJsonObject by = member.isEmpty() ? json::objectOf(interaction, "user") : json::objectOf(member, "user");
    const std::string id = json::textOf(interaction, "id"), user = json::textOf(by, "id"), guild = json::textOf(interaction, "guild_id");
    const int type = interaction.value(QLatin1String("type")).toInt();
    ChatEvent event;
    if (type == kComponent && data.value(QLatin1String("component_type")).toInt() == kButton)
        event.text = safeLine(json::textOf(data, "custom_id"), kDiscordSays);
    else if (type == kCommand && json::textOf(data, "name") == kDiscordWord)
        for (const auto &value : data.value(QLatin1String("options")).toArray())
            if (const QJsonObject option = value.toObject(); option.value(QLatin1String("type")).toInt() == kText && json::textOf(option, "name") == kDiscordSaid)
                event.text = "!" + QString::fromStdString(safeLine(json::textOf(option, "value"), kDiscordAsked)).trimmed().toStdString();
    if (!isSnowflake(id) || user.empty() || event.text.size() < 2 || !event.text.starts_with('!'))
        return std::nullopt;
    event.connector = connector;
    event.room = room;
    event.direct = room.empty();
    event.messageId = "pressed/" + id;
    event.senderId = safeLine(user, 64) + '@' + people.host;
    event.senderName = nameIn(by, member);
    event.own = !people.userId.empty() && user == people.userId;
    event.identityVerified = !by.value(QLatin1String("bot")).toBool() && (guild.empty() || guild == people.guild); // Discord signs people in, and says who pressed
    event.receivedAt = now;
    event.serverTime = instantOfSnowflake(id);
    return event;
}

QJsonObject discordWord()
{
    constexpr int kChatInput = 1, kText = 3;
    return {{QStringLiteral("name"), QString::fromLatin1(kDiscordWord)},
            {QStringLiteral("type"), kChatInput},
            {QStringLiteral("description"), QStringLiteral("Says a command to the incident's console")},
            {QStringLiteral("options"), QJsonArray{QJsonObject{{QStringLiteral("name"), QString::fromLatin1(kDiscordSaid)},
                                                               {QStringLiteral("type"), kText},
                                                               {QStringLiteral("description"), QStringLiteral("ack INC-7, status, log what was done")},
                                                               {QStringLiteral("required"), true}}}}};
}

QJsonArray discordButtons(const std::vector<ChatButton> &buttons)
{
    constexpr int kRow = 1, kButton = 2, kPrimary = 1;
    if (buttons.empty() || buttons.size() > 5)
        return {};
    QJsonArray row;
    for (const ChatButton &button : buttons) {
        if (button.says.size() > kDiscordSays)
            return {};
        row.append(QJsonObject{{QStringLiteral("type"), kButton}, {QStringLiteral("style"), kPrimary}, {QStringLiteral("label"), QString::fromStdString(safeLine(button.label, 80))},
                               {QStringLiteral("custom_id"), QString::fromStdString(button.says)}});
    }
    return {QJsonObject{{QStringLiteral("type"), kRow}, {QStringLiteral("components"), row}}};
}

DiscordRoom::DiscordRoom(DiscordApi &api, const DiscordPeople &people, const Clock &clock, const DiscordTimings &timings, std::string connector, std::string address,
                         const std::string &cursor)
    : ChannelRoom(clock, timings.rejoinAfter, std::move(connector), std::move(address), cursor), m_api(api), m_people(people)
{}

void DiscordRoom::open()
{
    if (m_channel.empty())
        m_channel = discordId(m_room, m_people.host);
    if (m_channel.empty())
        look();
    else
        visit();
}

/// Names of channels are not unique: the one in our category comes first, then the oldest.
void DiscordRoom::look()
{
    m_api.get("guilds/" + m_people.guild + "/channels", heard([this](const DiscordAnswer &answer) {
                  if (!answer.isDone())
                      return refused(answer, "looking for " + m_room);
                  const std::string name = discordLocal(m_room, m_people.host);
                  QJsonObject found;
                  for (const auto &value : answer.body.array()) {
                      const QJsonObject channel = value.toObject();
                      if (json::textOf(channel, "name") != name || !isOneOf(kRooms, channel))
                          continue;
                      const auto isOurs = [&](const QJsonObject &one) { return !m_people.category.empty() && json::textOf(one, "parent_id") == m_people.category; };
                      if (found.isEmpty() || (isOurs(channel) && !isOurs(found))
                          || (isOurs(channel) == isOurs(found) && isLaterSnowflake(json::textOf(found, "id"), json::textOf(channel, "id"))))
                          found = channel;
                  }
                  if (!found.isEmpty())
                      return take(found);
                  if (m_foreign)
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

void DiscordRoom::make()
{
    QJsonObject wished{{QStringLiteral("name"), QString::fromStdString(discordLocal(m_room, m_people.host))}, {QStringLiteral("type"), 0}};
    if (!m_people.category.empty())
        wished.insert(QStringLiteral("parent_id"), QString::fromStdString(m_people.category));
    if (!m_title.empty())
        wished.insert(QStringLiteral("topic"), QString::fromStdString(discordQuoted(safeLine(m_title, 200))));
    m_api.send(net::Method::Post, "guilds/" + m_people.guild + "/channels", wished, heard([this](const DiscordAnswer &answer) {
                   if (!answer.isDone())
                       return refused(answer, "making " + m_room);
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

/// What was said before we stopped reading may have been edited or deleted since; of that only the newest page is looked at.
void DiscordRoom::lookBack(std::shared_ptr<Read> read)
{
    if (!isSnowflake(m_story.cursor()))
        return askThreads(read);
    const Instant stopped = instantOfSnowflake(m_story.cursor());
    const std::string behind = std::to_string(std::stoull(m_story.cursor()) + 1);
    m_api.get("channels/" + m_channel + "/messages?limit=" + std::to_string(kDiscordPage) + "&before=" + behind, heard([this, read, stopped](const DiscordAnswer &answer) {
                  if (!answer.isDone())
                      return refused(answer, "reading the history of " + m_room);
                  const QJsonArray page = answer.body.array();
                  std::set<std::string> there;
                  for (const auto &value : page) {
                      const QJsonObject message = value.toObject();
                      there.insert(json::textOf(message, "id"));
                      const Instant edited = momentOf(message, "edited_timestamp", {});
                      if (!edited || edited < stopped)
                          continue;
                      auto event = this->read(message, true);
                      if (!event)
                          continue;
                      remember(event->eventId, *event);
                      asEdit(*event, message);
                      event->raw = json::compact(message);
                      change(std::move(*event));
                  }
                  compare(there, page.size() < kDiscordPage);
                  askThreads(read);
              }, [this, read] { lookBack(read); }));
}

/// Threads are channels of their own, which the channel's history does not hold: those in use are read as it is.
void DiscordRoom::askThreads(std::shared_ptr<Read> read)
{
    if (m_isThread)
        return giveAll(*read);
    m_api.get("guilds/" + m_people.guild + "/threads/active", heard([this, read](const DiscordAnswer &answer) {
                  if (answer.kind == ApiAnswer::Kind::Unknown)
                      return refused(answer, "looking for the threads of " + m_room);
                  std::set<std::string> joined;
                  for (const auto &value : answer.body.object().value(QLatin1String("members")).toArray())
                      joined.insert(json::textOf(value.toObject(), "id"));
                  m_threads.learn(answer.body.object().value(QLatin1String("threads")).toArray(), m_channel);
                  for (const std::string &thread : m_threads.all())
                      if (!joined.contains(thread))
                          join(thread);
                  askOlderThreads(read);
              }, [this, read] { askThreads(read); }));
}

/// One that nobody wrote in for a while is put away by Discord itself, and comes back with the next word in it.
void DiscordRoom::askOlderThreads(std::shared_ptr<Read> read)
{
    m_api.get("channels/" + m_channel + "/threads/archived/public?limit=" + kThreadsPutAway, heard([this, read](const DiscordAnswer &answer) {
                  if (answer.kind == ApiAnswer::Kind::Unknown)
                      return refused(answer, "looking for the threads of " + m_room);
                  m_threads.learn(answer.body.object().value(QLatin1String("threads")).toArray(), m_channel);
                  if (!read->baseline)
                      read->threads = m_threads.all();
                  read->inThread = inThreadsFrom();
                  readThread(read);
              }, [this, read] { askOlderThreads(read); }));
}

/// A thread tells only those who are in it; where we may not be, what the server tells all the same has to do.
void DiscordRoom::join(const std::string &thread)
{
    m_api.send(net::Method::Put, "channels/" + thread + "/thread-members/@me", {}, [](const DiscordAnswer &) {});
}

/// Behind which threads are read: the cursor is the channel's own.
std::string DiscordRoom::inThreadsFrom() const
{
    if (isSnowflake(m_story.cursor()))
        return snowflakeBefore(instantOfSnowflake(m_story.cursor()) - kThreadsApart);
    return m_story.cursor().empty() && m_since ? snowflakeBefore(m_since) : "0";
}

void DiscordRoom::readThread(std::shared_ptr<Read> read)
{
    if (read->threads.empty())
        return giveAll(*read);
    const std::string thread = read->threads.back();
    m_api.get("channels/" + thread + "/messages?limit=" + std::to_string(kDiscordPage) + "&after=" + read->inThread, heard([this, read, thread](const DiscordAnswer &answer) {
                  if (answer.kind == ApiAnswer::Kind::Unknown)
                      return refused(answer, "reading a thread of " + m_room);
                  const QJsonArray page = answer.body.array(); // none of one that is gone meanwhile, or that we may not read
                  for (const auto &value : page) {
                      QJsonObject message = value.toObject();
                      message.insert(QStringLiteral("channel_id"), QString::fromStdString(thread));
                      read->messages.push_back(message);
                  }
                  const std::string newest = page.isEmpty() ? std::string() : json::textOf(page.first().toObject(), "id");
                  const bool isWhole = page.size() < kDiscordPage || !isLaterSnowflake(newest, read->inThread);
                  if (!isWhole && read->messages.size() >= kDiscordHistory)
                      m_gap = "more was said in between than is read at once";
                  if (isWhole || read->messages.size() >= kDiscordHistory) {
                      read->threads.pop_back();
                      read->inThread = inThreadsFrom();
                  } else {
                      read->inThread = newest;
                  }
                  readThread(read);
              }, [this, read] { readThread(read); }));
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

std::string DiscordRoom::placeOf(const std::string &message) const
{
    const std::string thread = m_threads.placeOf(message);
    return thread.empty() ? m_channel : thread;
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
        asEdit(*event, news.data); // told again when a preview comes later
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
    reaction.senderName = member.isEmpty() ? safeLine(m_people.nameOf(user), 128) : nameIn(json::objectOf(member, "user"), member);
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

/// A thread we hear of for the first time. One that was begun just now holds nothing we were not told.
void DiscordRoom::onThread(const QJsonObject &thread, bool isNew)
{
    if (m_isThread || !m_threads.learn(thread, m_channel))
        return;
    const std::string id = json::textOf(thread, "id");
    join(id);
    if (!isNew && phase() == Phase::Live) // else it is read with the others
        catchUpThread(id, inThreadsFrom());
}

void DiscordRoom::catchUpThread(const std::string &thread, const std::string &after)
{
    m_api.get("channels/" + thread + "/messages?limit=" + std::to_string(kDiscordPage) + "&after=" + after, heard([this, thread, after](const DiscordAnswer &answer) {
                  const QJsonArray page = answer.body.array();
                  for (auto it = page.end(); answer.isDone() && it != page.begin();) { // the newest comes first
                      QJsonObject message = (*--it).toObject();
                      message.insert(QStringLiteral("channel_id"), QString::fromStdString(thread));
                      if (auto event = read(message, true)) {
                          remember(event->eventId, *event);
                          event->raw = json::compact(message);
                          hear(std::move(*event));
                      }
                  }
                  const std::string newest = page.isEmpty() ? std::string() : json::textOf(page.first().toObject(), "id");
                  if (answer.isDone() && page.size() == kDiscordPage && isLaterSnowflake(newest, after))
                      catchUpThread(thread, newest);
              }, [this, thread, after] { catchUpThread(thread, after); }));
}

/// With a thread goes what was said in it.
void DiscordRoom::onThreadGone(const std::string &thread, const ChannelNews &news)
{
    for (const std::string &message : m_threads.forget(thread))
        onDeleted(message, news);
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
