// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/mattermostroom.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/chat/cards.h"
#include "core/chat/jsonread.h"
#include "core/chat/textparts.h"
#include "core/model/emojinames.h"

#include <algorithm>
#include <limits>

namespace qd::chat {

namespace {

constexpr std::size_t kMattermostHistory = 20'000; ///< posts read at once; beyond is a gap
constexpr int kMattermostNames = 5;
constexpr int kRoomPage = 200;
constexpr qsizetype kChangedAtOnce = 1000; ///< posts a server tells of at once that were changed since a moment

/// No instant where there is none, or one that no clock of ours can show (before 1970, or after 2262).
Instant fromMillis(const QJsonObject &object, const char *name)
{
    constexpr std::int64_t kMilli = 1'000'000;
    const std::int64_t millis = object.value(QLatin1String(name)).toInteger();
    return millis < 0 || millis > std::numeric_limits<std::int64_t>::max() / kMilli ? Instant{} : Instant{millis * kMilli};
}

constexpr std::string_view kMarkup = "\\`*_~[]()!#>|";

/// As names have them; what is not ASCII may become it in small letters.
bool isNameByte(char c) { return isAsciiWord(c) || c == '_' || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80; }

/// Whether the one named wrote it with their own hands: webhooks, commands and plugins post in the name of whoever set them up.
bool isByHand(const QJsonObject &post)
{
    const QJsonObject props = json::objectOf(post, "props");
    constexpr const char *others[] = {"from_webhook", "from_bot", "from_plugin", "from_oauth_app", "override_username"};
    return json::textOf(post, "type").empty() && std::none_of(std::begin(others), std::end(others), [&](const char *prop) { return props.contains(QLatin1String(prop)); });
}

/// The text with the first user it calls by name written withAddress(); "" when it calls none that is known. A post holds names, not ids.
std::string mattermostAddressed(const std::string &text, const MattermostPeople &people)
{
    for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
        if (at > 0 && isNameByte(text[at - 1]))
            continue; // an address of mail
        std::size_t end = at + 1;
        while (end < text.size() && isNameByte(text[end]))
            ++end;
        std::string name = asciiLower(std::string_view(text).substr(at + 1, end - at - 1));
        while (!name.empty()) {
            const auto user = std::find_if(people.names.begin(), people.names.end(), [&](const auto &known) { return known.second == name; });
            if (user != people.names.end())
                return text.substr(0, at + 1) + withAddress(name, user->first + '@' + people.server) + text.substr(at + 1 + name.size());
            if (isAsciiWord(name.back()))
                break;
            name.pop_back(); // the end of a sentence
        }
    }
    return {};
}

/// What one edit of a post, or its end, is called, live and when it is found out later.
std::string changeOf(const std::string &post, std::int64_t editedAt, bool isDeleted)
{
    return post + '@' + (isDeleted ? std::string("deleted") : std::to_string(editedAt));
}

std::int64_t editedAt(const QJsonObject &post)
{
    const std::int64_t at = post.value(QLatin1String("edit_at")).toInteger();
    return at > 0 ? at : post.value(QLatin1String("update_at")).toInteger();
}

} // namespace

bool isMattermostId(std::string_view text)
{
    return text.size() == 26 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

bool isMattermostName(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && text != "all" && text != "channel" && text != "here"
        && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; });
}

std::string mattermostLocal(std::string_view address, std::string_view server)
{
    if (address.size() <= server.size() + 1 || !address.ends_with(server) || address[address.size() - server.size() - 1] != '@')
        return {};
    const std::string_view local = address.substr(0, address.size() - server.size() - 1);
    const bool sound = local.size() <= 64 && std::all_of(local.begin(), local.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; });
    return sound ? std::string(local) : std::string();
}

std::string mattermostQuoted(std::string_view raw)
{
    const std::string text = cleanLines(raw); // first, or a control character inside "@channel" would hide it from us only
    std::string out;
    bool inUrl = false; // whose characters are no markup, and would not be the same with a backslash
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool behindWord = i > 0 && isAsciiWord(text[i - 1]);
        inUrl = inUrl ? isUrlByte(text[i]) : !behindWord && beginsUrl(std::string_view(text).substr(i));
        if (text[i] == '@' && !behindWord && i + 1 < text.size() && isNameByte(text[i + 1])) {
            out += "＠"; // looks the same, and is no mention
            continue;
        }
        if (!inUrl && kMarkup.find(text[i]) != std::string_view::npos)
            out += '\\';
        out += text[i];
    }
    return out;
}

std::string mattermostPlain(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && kMarkup.find(text[i + 1]) != std::string_view::npos)
            ++i;
        out += text[i];
    }
    return out;
}

std::optional<ChatEvent> readMattermost(const QJsonObject &post, const std::string &connector, const std::string &room, const MattermostPeople &people, Instant now, bool history)
{
    using Kind = ChatEvent::Kind;
    const std::string type = json::textOf(post, "type"), user = json::textOf(post, "user_id");
    ChatEvent event;
    event.connector = connector;
    event.room = room;
    event.direct = room.empty();
    event.eventId = safeLine(json::textOf(post, "id"), 64);
    event.thread = safeLine(json::textOf(post, "root_id"), 64);
    event.messageId = safeLine(json::textOf(json::objectOf(post, "props"), kMattermostId), 128);
    event.senderId = user.empty() ? std::string() : safeLine(user, 64) + '@' + people.server;
    event.senderName = safeLine(people.nameOf(user), 128);
    event.own = !people.userId.empty() && user == people.userId;
    event.identityVerified = !user.empty() && !history && isByHand(post); // the server signs people in, and says who wrote
    event.receivedAt = now;
    event.serverTime = fromMillis(post, "create_at");
    if (!event.serverTime)
        event.serverTime = now;
    event.replayed = history;
    if (type == "system_header_change") {
        event.kind = Kind::Topic;
        const std::string header = json::textOf(json::objectOf(post, "props"), "new_header");
        event.text = safeText(event.own ? mattermostPlain(header) : header);
        return event;
    }
    if (type == "me")
        event.kind = Kind::Action;
    else if (!type.empty() && !type.starts_with("custom_") && type != "slack_attachment")
        return std::nullopt; // who came, what was renamed …
    const std::string message = json::textOf(post, "message");
    event.text = safeText(withFiles(event.messageId.empty() ? message : mattermostPlain(message), json::filesOf(json::objectOf(post, "metadata"), "files", "name"))); // a console wrote it, as mattermostQuoted() does
    if (event.text.empty()) {
        if (event.text = asCard(cardWords(json::objectOf(post, "props").value(QLatin1String("attachments")).toArray())); !event.text.empty())
            event.identityVerified = false; // nobody's own words
    } else if (event.messageId.empty() && event.kind == Kind::Message)
        event.addressed = mattermostAddressed(event.text, people);
    return event.text.empty() || event.eventId.empty() ? std::nullopt : std::optional(event);
}

MattermostRoom::MattermostRoom(MattermostApi &api, const MattermostPeople &people, const Clock &clock, const MattermostTimings &timings, std::string connector,
                               std::string address, const std::string &cursor)
    : ChannelRoom(clock, timings.rejoinAfter, std::move(connector), std::move(address), cursor), m_api(api), m_people(people)
{}

std::vector<Member> MattermostRoom::members() const
{
    std::vector<Member> out;
    for (const std::string &id : m_members.all())
        out.push_back({id + '@' + m_people.server, m_people.nameOf(id), true, id == m_people.userId});
    return out;
}

void MattermostRoom::open()
{
    const std::string local = mattermostLocal(m_room, m_people.server);
    if (m_channel.empty())
        m_channel = !m_former.empty() ? m_former : isMattermostId(local) ? local : std::string();
    if (m_channel.empty())
        look();
    else if (m_had && !m_wasReady)
        revisit();
    else
        join(false);
}

void MattermostRoom::look()
{
    const std::string name = mattermostLocal(m_room, m_people.server);
    m_api.get("teams/" + m_people.team + "/channels/name/" + name, heard([this](const MattermostAnswer &answer) {
                  if (answer.isDone() && m_private && json::textOf(answer.body.object(), "type") != "P")
                      return taken();
                  if (answer.isDone()) {
                      m_channel = json::textOf(answer.body.object(), "id");
                      return join(false);
                  }
                  if (answer.status != 404)
                      return refused(answer, "looking for " + m_room);
                  if (mayMake())
                      return make(0);
                  absent();
              }, [this] { look(); }));
}

void MattermostRoom::revisit()
{
    m_api.get("channels/" + m_channel, heard([this](const MattermostAnswer &answer) {
                  const QJsonObject channel = answer.body.object();
                  if (answer.status == 404)
                      return absent();
                  if (answer.status == 403 && !m_private) // we were put out of it: where it is open we come in again
                      return join(false);
                  if (!answer.isDone())
                      return refused(answer, "finding " + m_room);
                  if (channel.value(QLatin1String("delete_at")).toInteger() > 0)
                      return archived();
                  if (m_private && json::textOf(channel, "type") != "P")
                      return taken();
                  join(false);
              }, [this] { revisit(); }));
}

/// What is said in a private room is never said in another one of its name.
void MattermostRoom::taken()
{
    ChannelRoom::refused(ApiAnswer::Kind::Refused, {Code::Conflict, "there is a channel of that name already that is not ours or that others see; rename it there, or invite the bot to a private one and: room --attach", {}}, "making the private " + m_room);
}

/// A name that an archived channel has stays taken: another is close enough.
void MattermostRoom::make(int attempt)
{
    std::string name = mattermostLocal(m_room, m_people.server).substr(0, 60);
    if (attempt > 0)
        name += '-' + std::to_string(attempt + 1);
    const QJsonObject wished{{QStringLiteral("team_id"), QString::fromStdString(m_people.team)},
                             {QStringLiteral("name"), QString::fromStdString(name)},
                             {QStringLiteral("display_name"), QString::fromStdString(safeLine(m_title.empty() ? name : m_title, 60))},
                             {QStringLiteral("type"), m_private ? QStringLiteral("P") : QStringLiteral("O")}};
    m_api.post("channels", QJsonDocument(wished), heard([this, attempt](const MattermostAnswer &answer) {
                   if (answer.isDone()) {
                       m_channel = json::textOf(answer.body.object(), "id");
                       m_created = true;
                       return join(true);
                   }
                   if (answer.id == "store.sql_channel.save_channel.exists.app_error" && m_private)
                       return taken();
                   if (answer.id == "store.sql_channel.save_channel.exists.app_error" && attempt < kMattermostNames)
                       return make(attempt + 1);
                   refused(answer, "making " + m_room);
               }, [this, attempt] { make(attempt); }));
}

void MattermostRoom::join(bool created)
{
    const QJsonObject me{{QStringLiteral("user_id"), QString::fromStdString(m_people.userId)}};
    m_api.post("channels/" + m_channel + "/members", QJsonDocument(me), heard([this, created](const MattermostAnswer &answer) {
                   if (answer.status == 404 && !m_wasReady)
                       return absent();
                   if (!answer.isDone())
                       return refused(answer, "joining " + m_room);
                   if (created && !m_title.empty())
                       m_api.put("channels/" + m_channel + "/patch", {{QStringLiteral("header"), QString::fromStdString(mattermostQuoted(safeLine(m_title, kMattermostHeader)))}}, [](const MattermostAnswer &) {});
                   learnMembers();
                   catchUp();
               }, [this, created] { join(created); }));
}

void MattermostRoom::learnMembers()
{
    m_members.asked();
    m_api.get("channels/" + m_channel + "/members?page=0&per_page=200", heard([this](const MattermostAnswer &answer) {
                  if (!answer.isDone())
                      return; // it is only for names
                  std::vector<std::string> ids, unknown;
                  for (const auto &value : answer.body.array()) {
                      const std::string id = json::textOf(value.toObject(), "user_id");
                      ids.push_back(id);
                      if (!m_people.names.contains(id))
                          unknown.push_back(id);
                  }
                  m_members.answered(ids);
                  if (!unknown.empty())
                      Q_EMIT strangers(unknown);
              }, [] {}));
}

void MattermostRoom::readHistory()
{
    auto read = std::make_shared<Read>();
    if (m_story.cursor().empty() && !m_since) {
        read->baseline = true;
    } else if (m_story.cursor().empty()) {
        read->stop = m_since;
    } else if (!m_story.isAtBegin()) {
        // A history "after" a post that is not there is empty, and would look like silence.
        m_api.get("posts/" + (isMattermostId(m_story.cursor()) ? m_story.cursor() : std::string("none")), heard([this, read](const MattermostAnswer &answer) {
                      if (!answer.isDone() && answer.kind != MattermostAnswer::Kind::Refused)
                          return refused(answer, "reading the history of " + m_room);
                      if (answer.isDone() && json::textOf(answer.body.object(), "channel_id") == m_channel) {
                          read->after = m_story.cursor();
                          read->stopped = answer.body.object().value(QLatin1String("create_at")).toInteger();
                      } else {
                          m_gap = "the post where we stopped reading is not there any more";
                      }
                      if (read->after.empty()) {
                          read->stop = m_story.lastKnown();
                          read->stopped = read->stop.ns / 1'000'000; // it may be the one that was deleted
                          read->baseline = !read->stop;
                      }
                      readPage(read);
                  }, [this] { readHistory(); }));
        return;
    }
    readPage(std::move(read));
}

void MattermostRoom::readPage(std::shared_ptr<Read> read)
{
    const std::string size = std::to_string(read->baseline ? 1 : kRoomPage);
    const std::string path = "channels/" + m_channel + "/posts?page=" + std::to_string(read->page) + "&per_page=" + size + (read->after.empty() ? "" : "&after=" + read->after);
    m_api.get(path, heard([this, read](const MattermostAnswer &answer) {
                  if (!answer.isDone())
                      return refused(answer, "reading the history of " + m_room);
                  const QJsonArray order = answer.body.object().value(QLatin1String("order")).toArray();
                  const QJsonObject posts = json::objectOf(answer.body.object(), "posts");
                  bool enough = order.size() < kRoomPage || read->baseline;
                  for (const auto &id : order) {
                      const QJsonObject post = posts.value(id.toString()).toObject();
                      if (read->stop && fromMillis(post, "create_at") < read->stop)
                          enough = true;
                      else
                          read->posts.push_back(post);
                  }
                  ++read->page;
                  if (!enough && read->posts.size() < kMattermostHistory)
                      return readPage(read);
                  if (!enough)
                      m_gap = "more was said in between than is read at once";
                  lookBack(read);
              }, [this, read] { readPage(read); }));
}

/// What was said before we stopped reading, and was edited or deleted since.
void MattermostRoom::lookBack(std::shared_ptr<Read> read)
{
    if (read->stopped <= 0)
        return giveAll(*read);
    m_api.get("channels/" + m_channel + "/posts?since=" + std::to_string(read->stopped), heard([this, read](const MattermostAnswer &answer) {
                  if (!answer.isDone())
                      return refused(answer, "reading the history of " + m_room);
                  const QJsonObject posts = json::objectOf(answer.body.object(), "posts");
                  if (posts.size() >= kChangedAtOnce) {
                      deletionsAreUnknown();
                      reactionsAreUnknown();
                  }
                  std::set<std::string> answered;
                  for (const QJsonObject &post : read->posts)
                      answered.insert(json::textOf(post, "root_id"));
                  std::vector<QJsonObject> changed;
                  for (const auto &value : posts) // what is newer is in the history, as it is now; what has an original is how a post was before
                      if (const QJsonObject post = value.toObject(); post.value(QLatin1String("create_at")).toInteger() <= read->stopped && json::textOf(post, "original_id").empty())
                          changed.push_back(post);
                  std::stable_sort(changed.begin(), changed.end(), [](const QJsonObject &a, const QJsonObject &b) { return fromMillis(a, "update_at") < fromMillis(b, "update_at"); });
                  for (const QJsonObject &post : changed) {
                      const bool isDeleted = post.value(QLatin1String("delete_at")).toInteger() > 0;
                      const bool isEdited = post.value(QLatin1String("edit_at")).toInteger() >= read->stopped;
                      auto event = readMattermost(post, m_connector, m_room, m_people, m_clock.now(), true);
                      if (!event)
                          continue;
                      if (!isDeleted && event->kind != ChatEvent::Kind::Topic) {
                          // Somebody reacted to it: what an earlier process heard, and is taken back now, is not known here.
                          if (!isEdited && !knowsReactions(event->eventId) && !answered.contains(event->eventId))
                              reactionsAreUnknown();
                          lookAtReactions(event->eventId, post);
                      }
                      if (!isDeleted && !isEdited)
                          continue; // somebody reacted to it, or answered
                      event->kind = isDeleted ? ChatEvent::Kind::Delete : ChatEvent::Kind::Edit;
                      event->targetId = event->eventId;
                      event->eventId = changeOf(event->targetId, editedAt(post), isDeleted);
                      event->messageId.clear();
                      event->serverTime = fromMillis(post, "update_at");
                      if (isDeleted)
                          event->text.clear();
                      event->raw = json::compact(post);
                      change(std::move(*event));
                  }
                  giveAll(*read);
              }, [this, read] { lookBack(read); }));
}

/// A post shows who reacted to it; that somebody did changes the post, so that it is among those that were changed.
void MattermostRoom::lookAtReactions(const std::string &id, const QJsonObject &post)
{
    if (!post.value(QLatin1String("metadata")).isObject())
        return reactionsAreUnknown(); // a server, or something before it, leaves it out
    std::vector<Reacted> now;
    for (const auto &value : json::objectOf(post, "metadata").value(QLatin1String("reactions")).toArray()) {
        const QJsonObject reaction = value.toObject();
        const std::string user = json::textOf(reaction, "user_id"), emoji = safeLine(emojiOf(json::textOf(reaction, "emoji_name")), 64);
        if (!user.empty() && !m_people.names.contains(user))
            Q_EMIT strangers({user});
        if (!user.empty() && !emoji.empty())
            now.push_back({emoji, safeLine(user, 64) + '@' + m_people.server, safeLine(m_people.nameOf(user), 128), user == m_people.userId, fromMillis(reaction, "create_at")});
    }
    compareReactions(id, now);
}

void MattermostRoom::giveAll(const Read &read)
{
    std::vector<QJsonObject> posts = read.posts;
    std::stable_sort(posts.begin(), posts.end(), [](const QJsonObject &a, const QJsonObject &b) { return fromMillis(a, "create_at") < fromMillis(b, "create_at"); });
    if (read.baseline)
        return startFrom(posts.empty() ? std::string() : json::textOf(posts.back(), "id"));
    std::vector<Told> history;
    for (const QJsonObject &post : posts) {
        auto event = readMattermost(post, m_connector, m_room, m_people, m_clock.now(), true);
        if (event)
            event->raw = json::compact(post);
        if (event && event->kind != ChatEvent::Kind::Topic)
            lookAtReactions(event->eventId, post);
        history.push_back({json::textOf(post, "id"), std::move(event)});
    }
    giveHistory(std::move(history));
}

void MattermostRoom::sayGoodbye()
{
    m_api.remove("channels/" + m_channel + "/members/" + m_people.userId, [](const MattermostAnswer &) {});
}

void MattermostRoom::onEvent(const ChannelNews &news)
{
    using Kind = ChatEvent::Kind;
    const QString &name = news.name;
    const QJsonObject &data = news.data;
    const auto inner = [&](const char *field) { return QJsonDocument::fromJson(data.value(QLatin1String(field)).toString().toUtf8()).object(); }; // JSON in a string
    std::optional<ChatEvent> event;
    if (name == QLatin1String("posted") || name == QLatin1String("post_edited") || name == QLatin1String("post_deleted")) {
        const QJsonObject post = inner("post");
        const std::string user = json::textOf(post, "user_id");
        if (!user.empty() && !m_people.names.contains(user))
            Q_EMIT strangers({user});
        event = readMattermost(post, m_connector, m_room, m_people, m_clock.now(), false);
        if (event && name == QLatin1String("posted") && !m_people.names.contains(user))
            event->senderName = safeLine(json::textOf(data, "sender_name").erase(0, 1), 128);
        if (event && name != QLatin1String("posted")) {
            event->kind = name == QLatin1String("post_edited") ? Kind::Edit : Kind::Delete;
            event->targetId = event->eventId;
            event->eventId = changeOf(event->targetId, editedAt(post), event->kind == Kind::Delete);
            event->messageId.clear();
            event->serverTime = fromMillis(post, "update_at");
            if (event->kind == Kind::Delete)
                event->text.clear();
        }
    } else if (name == QLatin1String("reaction_added") || name == QLatin1String("reaction_removed") || name == QLatin1String("user_added") || name == QLatin1String("user_removed")) {
        const bool reacts = name.startsWith(QLatin1String("reaction"));
        const QJsonObject reaction = inner("reaction");
        const std::string user = reacts ? json::textOf(reaction, "user_id") : json::textOf(data, "user_id");
        if (!m_people.names.contains(user))
            Q_EMIT strangers({user});
        event.emplace();
        event->connector = m_connector;
        event->room = m_room;
        event->senderId = safeLine(user, 64) + '@' + m_people.server;
        event->senderName = safeLine(m_people.nameOf(user), 128);
        event->identityVerified = true;
        event->own = user == m_people.userId;
        event->receivedAt = event->serverTime = m_clock.now();
        if (!reacts) {
            const bool comes = name == QLatin1String("user_added");
            event->kind = comes ? Kind::Join : Kind::Leave;
            turned(user, *event);
            if (event->own && !comes && phase() == Phase::Live) {
                m_story.broke();
                wait("we were taken out of the channel");
            }
            return;
        }
        event->kind = name == QLatin1String("reaction_added") ? Kind::Reaction : Kind::Unreaction;
        event->emojis = {safeLine(emojiOf(json::textOf(reaction, "emoji_name")), 64)};
        event->targetId = safeLine(json::textOf(reaction, "post_id"), 64);
    }
    if (!event)
        return;
    event->raw = news.raw.toStdString();
    hear(std::move(*event));
}

} // namespace qd::chat
