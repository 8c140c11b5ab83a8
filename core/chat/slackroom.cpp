// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/slackroom.h"

#include "core/base/safetext.h"
#include "core/chat/jsonread.h"
#include "core/model/emojinames.h"

#include <QJsonArray>
#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::size_t kHistoryLimit = 20'000; ///< messages read at once; beyond is a gap
constexpr int kNameTries = 5;
constexpr auto kPage = "200";
constexpr auto kListPage = "1000";
constexpr int kPagesBack = 5;                   ///< from before we stopped reading; a call each, of the 50 a minute that Slack answers
constexpr std::size_t kThreadsLookedInto = 20;  ///< a call each, too
constexpr std::size_t kThreadsAnswered = 200;   ///< while we were away; beyond is a gap

/// "1700000000.000100": a moment just before everything said since then.
std::string slackTs(Instant when)
{
    std::string micros = std::to_string(when.ns / 1'000 % 1'000'000);
    micros.insert(0, 6 - std::min<std::size_t>(6, micros.size()), '0');
    return std::to_string(when.ns / 1'000'000'000) + '.' + micros;
}

} // namespace

SlackRoom::SlackRoom(SlackApi &api, const SlackPeople &people, const Clock &clock, const SlackTimings &timings, std::string connector, std::string address,
                     const std::string &cursor)
    : ChannelRoom(clock, timings.rejoinAfter, std::move(connector), std::move(address), cursor), m_api(api), m_people(people)
{}

std::vector<Member> SlackRoom::members() const
{
    std::vector<Member> out;
    for (const std::string &id : m_members.all())
        out.push_back({slackAddress(id, m_people.workspace), m_people.nameOf(id).empty() ? id : m_people.nameOf(id), true, id == m_people.userId});
    return out;
}

void SlackRoom::ask(const std::string &method, const SlackApi::Parameters &parameters, SlackApi::Answered answered)
{
    m_api.call(method, parameters, current<SlackAnswer>(answered, [this, method, parameters, answered] { ask(method, parameters, answered); }));
}

void SlackRoom::open()
{
    if (m_channel.empty())
        m_channel = m_former.empty() ? slackId(m_room, m_people.workspace, "CG") : m_former;
    if (!m_channel.empty())
        return m_had && !m_wasReady ? revisit() : join(false);
    const std::string name = slackLocal(m_room, m_people.workspace);
    find(name, {}, [this, name](const QJsonObject &channel) {
        m_channel = json::textOf(channel, "id");
        if (!m_channel.empty() && m_private && !channel.value(QLatin1String("is_private")).toBool())
            return taken(name);
        if (!m_channel.empty())
            return join(false);
        if (mayMake())
            return make(name, 0);
        absent();
    });
}

void SlackRoom::revisit()
{
    ask("conversations.info", {{"channel", m_channel}}, [this](const SlackAnswer &answer) {
        const QJsonObject channel = json::objectOf(answer.body, "channel");
        if (answer.error == "channel_not_found")
            return absent();
        if (!answer.isDone())
            return refused(answer, "finding " + m_room);
        if (channel.value(QLatin1String("is_archived")).toBool())
            return archived();
        if (m_private && !channel.value(QLatin1String("is_private")).toBool())
            return taken(json::textOf(channel, "name"));
        join(false);
    });
}

/// The channel of that name that is in use; without an id when there is none.
void SlackRoom::find(const std::string &name, const std::string &cursor, std::function<void(const QJsonObject &)> done)
{
    SlackApi::Parameters parameters{{"types", "public_channel,private_channel"}, {"exclude_archived", "true"}, {"limit", kListPage}};
    if (!cursor.empty())
        parameters.emplace_back("cursor", cursor);
    ask("conversations.list", parameters, [this, name, done = std::move(done)](const SlackAnswer &answer) {
        if (!answer.isDone())
            return refused(answer, "looking for " + m_room);
        for (const auto &value : answer.body.value(QLatin1String("channels")).toArray())
            if (json::textOf(value.toObject(), "name") == name)
                return done(value.toObject());
        const std::string next = json::nextOf(answer.body);
        if (next.empty())
            return done({});
        find(name, next, done);
    });
}

/// What is said in a private room is never said in another one of its name.
void SlackRoom::taken(const std::string &name)
{
    m_channel.clear();
    ChannelRoom::refused(ApiAnswer::Kind::Refused, {Code::Conflict, "there is a channel #" + safeLine(name, 80) + " already that is not ours or that others see; rename it there, or invite the app to a private one and: room --attach", {}}, "making the private " + m_room);
}

/// A name that an archived channel has is taken all the same, and stays so: another is close enough.
void SlackRoom::make(const std::string &name, int attempt)
{
    const std::string wished = attempt == 0 ? name : name.substr(0, 76) + '-' + std::to_string(attempt + 1);
    ask("conversations.create", {{"name", wished}, {"is_private", m_private ? "true" : "false"}}, [this, name, wished, attempt](const SlackAnswer &answer) {
        if (answer.isDone() && m_private && !json::objectOf(answer.body, "channel").value(QLatin1String("is_private")).toBool())
            return ChannelRoom::refused(ApiAnswer::Kind::Refused, {Code::Conflict, "Slack made a channel that everybody sees", {}}, "making the private " + m_room);
        if (answer.isDone()) {
            m_channel = json::textOf(json::objectOf(answer.body, "channel"), "id");
            return joined(true);
        }
        if (answer.error == "name_taken" && m_private)
            return taken(name);
        if (answer.error != "name_taken" || attempt >= kNameTries)
            return refused(answer, "making " + m_room);
        find(wished, {}, [this, name, attempt](const QJsonObject &channel) { // somebody was faster, or it is archived
            m_channel = json::textOf(channel, "id");
            if (m_channel.empty())
                make(name, attempt + 1);
            else
                join(false);
        });
    });
}

void SlackRoom::join(bool created)
{
    ask("conversations.join", {{"channel", m_channel}}, [this, created](const SlackAnswer &answer) {
        // A private channel cannot be joined: whoever is in it has to invite the app, and its history tells whether they did.
        if (answer.isDone() || answer.error == "method_not_supported_for_channel_type")
            return joined(created);
        if (answer.error == "channel_not_found" && !m_wasReady)
            return absent();
        refused(answer, "joining " + m_room);
    });
}

void SlackRoom::joined(bool created)
{
    m_created = created;
    if (created && !m_title.empty())
        m_api.call("conversations.setTopic", {{"channel", m_channel}, {"topic", slackEscaped(safeLine(m_title, 200))}}, [](const SlackAnswer &) {});
    learnMembers();
    catchUp();
}

void SlackRoom::learnMembers()
{
    m_members.asked();
    ask("conversations.members", {{"channel", m_channel}, {"limit", kPage}}, [this](const SlackAnswer &answer) {
        if (!answer.isDone())
            return; // it is only for names
        std::vector<std::string> ids, unknown;
        for (const auto &value : answer.body.value(QLatin1String("members")).toArray()) {
            const std::string id = value.toString().toStdString();
            ids.push_back(id);
            if (m_people.nameOf(id).empty())
                unknown.push_back(id);
        }
        m_members.answered(ids);
        Q_EMIT strangers(unknown);
    });
}

void SlackRoom::readHistory()
{
    auto read = std::make_shared<Read>();
    if (!m_story.cursor().empty() && !m_story.isAtBegin()) {
        read->oldest = m_story.cursor();
        if (!slackInstant(read->oldest)) {
            m_gap = "\"" + safeLine(read->oldest, 40) + "\", where we stopped reading, is no moment of Slack's";
            read->baseline = true;
        }
    } else if (m_story.isAtBegin()) {
        read->oldest = "0";
    } else if (m_since) {
        read->oldest = slackTs(m_since);
    } else {
        read->baseline = true;
    }
    readPage(std::move(read));
}

void SlackRoom::readPage(std::shared_ptr<Read> read)
{
    SlackApi::Parameters parameters{{"channel", m_channel}, {"limit", read->baseline ? "1" : kPage}, {"include_all_metadata", "true"}};
    if (!read->baseline)
        parameters.insert(parameters.end(), {{"oldest", read->oldest}, {"inclusive", "false"}});
    if (!read->next.empty())
        parameters.emplace_back("cursor", read->next);
    ask("conversations.history", parameters, [this, read](const SlackAnswer &answer) {
        if (!answer.isDone())
            return refused(answer, "reading the history of " + m_room);
        for (const auto &value : answer.body.value(QLatin1String("messages")).toArray()) {
            const QJsonObject message = value.toObject();
            read->messages.push_back(message);
            if (message.value(QLatin1String("reply_count")).toInt() > 0)
                read->threads.push_back(json::textOf(message, "ts"));
        }
        read->next = answer.body.value(QLatin1String("has_more")).toBool() ? json::nextOf(answer.body) : std::string();
        if (read->baseline)
            return giveAll(*read);
        if (!read->next.empty() && read->messages.size() < kHistoryLimit)
            return readPage(read);
        if (!read->next.empty())
            m_gap = "more was said in between than is read at once";
        readReplies(read);
    });
}

/// A history holds a thread's first message only.
void SlackRoom::readReplies(std::shared_ptr<Read> read)
{
    if (read->threads.empty())
        return lookBack(read);
    const std::string thread = read->threads.back();
    SlackApi::Parameters parameters{{"channel", m_channel}, {"ts", thread}, {"oldest", read->oldest}, {"limit", kListPage}, {"include_all_metadata", "true"}};
    if (!read->further.empty())
        parameters.emplace_back("cursor", read->further);
    ask("conversations.replies", parameters, [this, read, thread](const SlackAnswer &answer) {
        if (!answer.isDone())
            return refused(answer, "reading a thread of " + m_room);
        for (const auto &value : answer.body.value(QLatin1String("messages")).toArray())
            if (json::textOf(value.toObject(), "ts") != thread)
                read->messages.push_back(value.toObject());
        if (!goesOn(answer, *read))
            read->threads.pop_back();
        readReplies(read);
    });
}

/// Slack gives as many at once as it likes, whatever was asked for. Whether the same thread is to be read further; beyond what is read at once is a gap.
bool SlackRoom::goesOn(const SlackAnswer &answer, Read &read)
{
    read.further = answer.isDone() && answer.body.value(QLatin1String("has_more")).toBool() ? json::nextOf(answer.body) : std::string();
    if (read.further.empty() || read.messages.size() < kHistoryLimit)
        return !read.further.empty();
    m_gap = "more was said in between than is read at once";
    read.further.clear();
    return false;
}

/// What was said before we stopped reading may have been edited, deleted, reacted to or answered since; of that the newest pages are looked at. Where we read a room for the first time, from
/// an instant, only the answers since then are ours to tell.
void SlackRoom::lookBack(std::shared_ptr<Read> read)
{
    const std::string from = m_story.cursor().empty() ? read->oldest : m_story.cursor();
    if (!slackInstant(from))
        return giveAll(*read);
    SlackApi::Parameters parameters{{"channel", m_channel}, {"limit", kPage}, {"latest", from}, {"inclusive", "true"}, {"include_all_metadata", "true"}};
    if (!read->back.empty())
        parameters.emplace_back("cursor", read->back);
    ask("conversations.history", parameters, [this, read, from](const SlackAnswer &answer) {
        if (!answer.isDone())
            return refused(answer, "reading the history of " + m_room);
        for (const auto &value : answer.body.value(QLatin1String("messages")).toArray()) {
            const QJsonObject message = value.toObject();
            const std::string ts = json::textOf(message, "ts");
            if (json::textOf(message, "subtype") != kSlackTombstone)
                read->there.insert(ts);
            if (message.value(QLatin1String("reply_count")).toInt() > 0)
                read->answered.emplace_back(json::textOf(message, "latest_reply"), ts);
            if (!m_story.cursor().empty())
                lookAt(message);
        }
        const bool isAll = !answer.body.value(QLatin1String("has_more")).toBool();
        read->back = isAll ? std::string() : json::nextOf(answer.body);
        if (!read->back.empty() && ++read->pagesBack < kPagesBack)
            return lookBack(read);
        lookedBack(*read, from, isAll);
        lookIntoThreads(read);
    });
}

/// Which threads are to be looked into: all that were answered since, and of the others those answered last.
void SlackRoom::lookedBack(Read &read, const std::string &from, bool isAll)
{
    std::sort(read.answered.rbegin(), read.answered.rend());
    const auto isNew = [&](const std::pair<std::string, std::string> &thread) { return thread.first > from; };
    const auto news = static_cast<std::size_t>(std::count_if(read.answered.begin(), read.answered.end(), isNew)); // they come first
    if (news > kThreadsAnswered)
        m_gap = "more threads were answered in between than are read at once";
    const bool isFirst = m_story.cursor().empty();
    const std::size_t most = isFirst ? news : std::max(news, kThreadsLookedInto);
    for (std::size_t n = 0; n < std::min({most, read.answered.size(), kThreadsAnswered}); ++n)
        read.earlier.push_back(read.answered[n].second);
    const std::set<std::string> there = std::exchange(read.there, {});
    if (isFirst)
        return;
    compare(there, isAll);
    if (!isAll || read.answered.size() > read.earlier.size())
        reactionsAreUnknown();
    for (const std::string &thread : threadsKnown())
        if (std::find(read.earlier.begin(), read.earlier.end(), thread) == read.earlier.end()) {
            deletionsAreUnknown();
            reactionsAreUnknown();
        }
}

void SlackRoom::lookAt(const QJsonObject &message)
{
    const std::string ts = json::textOf(message, "ts");
    auto event = readSlack(message, m_connector, m_room, m_people, m_clock.now(), true);
    if (!event)
        return;
    if (event->kind != ChatEvent::Kind::Topic) {
        if (!knowsReactions(ts)) // what an earlier process heard, and is taken back now, is not known here
            reactionsAreUnknown();
        lookAtReactions(ts, message);
    }
    const Instant edited = slackInstant(json::textOf(json::objectOf(message, "edited"), "ts"));
    if (!edited || edited < slackInstant(m_story.cursor()))
        return;
    event->kind = ChatEvent::Kind::Edit;
    event->targetId = ts;
    event->eventId = slackEditOf(ts, message);
    event->messageId.clear();
    event->serverTime = edited;
    event->raw = json::compact(message);
    change(std::move(*event));
}

/// Slack lists who reacted, of many some only beside their number.
void SlackRoom::lookAtReactions(const std::string &ts, const QJsonObject &message)
{
    std::vector<Reacted> now;
    bool isAll = true;
    for (const auto &value : message.value(QLatin1String("reactions")).toArray()) {
        const QJsonObject reaction = value.toObject();
        const std::string emoji = safeLine(emojiOf(json::textOf(reaction, "name")), 64);
        const QJsonArray users = reaction.value(QLatin1String("users")).toArray();
        for (const auto &each : users) {
            const std::string user = each.toString().toStdString(), name = m_people.nameOf(user);
            if (!user.empty() && name.empty())
                Q_EMIT strangers({user});
            if (!user.empty())
                now.push_back({emoji, slackAddress(safeLine(user, 64), m_people.workspace), safeLine(name.empty() ? user : name, 128), user == m_people.userId, {}});
        }
        const qint64 count = reaction.value(QLatin1String("count")).toInteger();
        if (count <= users.size())
            continue;
        isAll = false;
        if (static_cast<qint64>(reactionsOf(ts, emoji).size()) != count)
            reactionsAreUnknown();
    }
    compareReactions(ts, now, isAll);
}

/// What was answered in them meanwhile, and what of the answers from before was edited or is gone. Slack gives a thread from its beginning on.
void SlackRoom::lookIntoThreads(std::shared_ptr<Read> read)
{
    if (read->earlier.empty())
        return giveAll(*read);
    const std::string thread = read->earlier.back();
    const bool isFirst = m_story.cursor().empty();
    SlackApi::Parameters parameters{{"channel", m_channel}, {"ts", thread}, {"limit", kListPage}, {"include_all_metadata", "true"}};
    if (!read->further.empty())
        parameters.emplace_back("cursor", read->further);
    ask("conversations.replies", parameters, [this, read, thread, isFirst](const SlackAnswer &answer) {
        if (!answer.isDone() && answer.kind != ApiAnswer::Kind::Refused)
            return refused(answer, "reading a thread of " + m_room);
        for (const auto &value : answer.body.value(QLatin1String("messages")).toArray()) {
            const QJsonObject message = value.toObject();
            const std::string ts = json::textOf(message, "ts");
            read->there.insert(ts);
            if (ts != thread && (isFirst ? ts > read->oldest : isNews(ts)))
                read->messages.push_back(message);
            else if (ts != thread && !isFirst)
                lookAt(message);
        }
        if (goesOn(answer, *read))
            return lookIntoThreads(read);
        if (answer.isDone() && m_gap.empty() && !isFirst) // else it is not read to its end
            compare(std::exchange(read->there, {}), true, thread);
        else if (!isFirst)
            deletionsAreUnknown(); // it may be gone as a whole, and what was reacted there with it
        read->there.clear();
        read->earlier.pop_back();
        lookIntoThreads(read);
    });
}

void SlackRoom::giveAll(const Read &read)
{
    if (read.baseline)
        return startFrom(read.messages.empty() ? std::string() : json::textOf(read.messages.front(), "ts"));
    std::vector<Told> history;
    for (const QJsonObject &message : read.messages)
        if (auto event = readSlack(message, m_connector, m_room, m_people, m_clock.now(), true)) {
            event->raw = json::compact(message);
            if (event->kind != ChatEvent::Kind::Topic)
                lookAtReactions(event->eventId, message);
            history.push_back({event->eventId, std::move(event)});
        }
    std::sort(history.begin(), history.end(), [](const Told &a, const Told &b) { return a.id < b.id; });
    giveHistory(std::move(history));
}

void SlackRoom::sayGoodbye()
{
    m_api.call("conversations.leave", {{"channel", m_channel}}, [](const SlackAnswer &) {});
}

void SlackRoom::onEvent(const ChannelNews &news)
{
    using Kind = ChatEvent::Kind;
    const QJsonObject &object = news.data;
    const std::string type = news.name.toStdString();
    std::optional<ChatEvent> event;
    const std::string user = json::textOf(object, "user");
    if (!user.empty() && m_people.nameOf(user).empty())
        Q_EMIT strangers({user});
    if (type == "message") {
        event = readSlack(object, m_connector, m_room, m_people, m_clock.now(), false);
    } else if (type == "reaction_added" || type == "reaction_removed" || type == "member_joined_channel" || type == "member_left_channel") {
        event.emplace();
        event->connector = m_connector;
        event->room = m_room;
        event->senderId = slackAddress(safeLine(user, 64), m_people.workspace);
        event->senderName = safeLine(m_people.nameOf(user).empty() ? user : m_people.nameOf(user), 128);
        event->identityVerified = true;
        event->own = user == m_people.userId;
        event->receivedAt = m_clock.now();
        const Instant told = slackInstant(json::textOf(object, "event_ts"));
        event->serverTime = told ? told : event->receivedAt;
        if (type.starts_with("member_")) {
            event->kind = type == "member_joined_channel" ? Kind::Join : Kind::Leave;
            return turned(user, *event);
        }
        event->kind = type == "reaction_added" ? Kind::Reaction : Kind::Unreaction;
        event->emojis = {safeLine(emojiOf(json::textOf(object, "reaction")), 64)};
        event->targetId = safeLine(json::textOf(json::objectOf(object, "item"), "ts"), 64);
    } else if (type == "interactive" || type == "slash_commands") {
        event = readSlackAsk(type, object, m_connector, m_room, m_people, m_clock.now());
    } else if ((type.starts_with("channel_") || type.starts_with("group_")) && (type.ends_with("_archive") || type.ends_with("_deleted") || type.ends_with("_left"))) { // of a channel, or a private one: group_left
        m_story.broke();
        return wait(type.ends_with("_archive") ? "the channel was archived" : type.ends_with("_deleted") ? "the channel was deleted" : "we are out of the channel");
    }
    if (!event)
        return;
    event->retry = news.retry;
    event->receipt = news.receipt;
    if (news.retry > 0) { // it comes late: Slack had nobody to give it to
        event->replayed = true;
        event->identityVerified = false;
    }
    event->raw = news.raw.toStdString();
    hear(std::move(*event));
}

} // namespace qd::chat
