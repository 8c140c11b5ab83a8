// SPDX-License-Identifier: GPL-3.0-or-later
// The threads below a channel: what the channel's room does about them.
#include "core/chat/discordroom.h"

#include "core/chat/jsonread.h"

namespace qd::chat {

namespace {

constexpr std::size_t kDiscordThreadsRead = 20'000; ///< messages read at once, with those of the channel; beyond is a gap
constexpr int kThreadPage = 100;
constexpr auto kThreadsPutAway = "25"; ///< of those nobody wrote in lately, so many are known again
constexpr std::size_t kThreadsLookedBack = 25; ///< those in which somebody wrote last: a call each
/// What is said in a channel and its threads has no order but that of its ids, which are given a moment before it is told.
constexpr Span kThreadsApart = seconds(10);

} // namespace

/// Threads are channels of their own, which the channel's history does not hold: those in use are read as it is.
void DiscordRoom::askThreads(std::shared_ptr<Read> read)
{
    if (m_isThread)
        return askReactions(std::move(read));
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
                  if (!read->baseline && isSnowflake(m_story.cursor()))
                      read->lookedInto = m_threads.newest(kThreadsLookedBack);
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
        return askReactions(std::move(read));
    const std::string thread = read->threads.back();
    m_api.get("channels/" + thread + "/messages?limit=" + std::to_string(kThreadPage) + "&after=" + read->inThread, heard([this, read, thread](const DiscordAnswer &answer) {
                  if (answer.kind == ApiAnswer::Kind::Unknown)
                      return refused(answer, "reading a thread of " + m_room);
                  const QJsonArray page = answer.body.array(); // none of one that is gone meanwhile, or that we may not read
                  for (const auto &value : page) {
                      QJsonObject message = value.toObject();
                      message.insert(QStringLiteral("channel_id"), QString::fromStdString(thread));
                      read->messages.push_back(message);
                      const std::string id = json::textOf(message, "id");
                      read->there.insert(id);
                      if (read->lookedInto.contains(thread) && (m_story.knows(id) || !isNews(id))) {
                          lookAt(message);
                          lookAtReactions(*read, message, true);
                      }
                  }
                  if (answer.status == 404) { // it was deleted, and with it what was said there
                      compare({}, true, thread);
                      m_threads.forget(thread);
                      return nextThread(read);
                  }
                  const std::string newest = page.isEmpty() ? std::string() : json::textOf(page.first().toObject(), "id");
                  const bool isWhole = page.size() < kThreadPage || !isLaterSnowflake(newest, read->inThread);
                  if (!isWhole && read->messages.size() >= kDiscordThreadsRead)
                      m_gap = "more was said in between than is read at once";
                  if (isWhole && answer.isDone())
                      return lookBackInThread(read);
                  if (isWhole || read->messages.size() >= kDiscordThreadsRead)
                      return nextThread(read);
                  read->inThread = newest;
                  readThread(read);
              }, [this, read] { readThread(read); }));
}

void DiscordRoom::nextThread(std::shared_ptr<Read> read)
{
    read->threads.pop_back();
    read->inThread = inThreadsFrom();
    read->there.clear();
    readThread(read);
}

/// As in the channel itself, in the threads that were written in last.
void DiscordRoom::lookBackInThread(std::shared_ptr<Read> read)
{
    const std::string thread = read->threads.back();
    if (!read->lookedInto.contains(thread)) {
        if (threadsKnown().contains(thread)) {
            deletionsAreUnknown();
            reactionsAreUnknown();
        }
        return nextThread(read);
    }
    const std::string behind = std::to_string(std::stoull(inThreadsFrom()) + 1);
    m_api.get("channels/" + thread + "/messages?limit=" + std::to_string(kThreadPage) + "&before=" + behind, heard([this, read, thread](const DiscordAnswer &answer) {
                  if (answer.kind == ApiAnswer::Kind::Unknown)
                      return refused(answer, "reading a thread of " + m_room);
                  const QJsonArray page = answer.body.array();
                  for (const auto &value : page) {
                      QJsonObject message = value.toObject();
                      message.insert(QStringLiteral("channel_id"), QString::fromStdString(thread));
                      read->there.insert(json::textOf(message, "id"));
                      lookAt(message);
                      lookAtReactions(*read, message, true);
                  }
                  if (answer.isDone())
                      compare(read->there, page.size() < kThreadPage, thread);
                  if (!answer.isDone() || page.size() >= kThreadPage)
                      reactionsAreUnknown();
                  nextThread(read);
              }, [this, read] { lookBackInThread(read); }));
}

std::string DiscordRoom::placeOf(const std::string &message) const
{
    const std::string thread = m_threads.placeOf(message);
    return thread.empty() ? m_channel : thread;
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
    m_api.get("channels/" + thread + "/messages?limit=" + std::to_string(kThreadPage) + "&after=" + after, heard([this, thread, after](const DiscordAnswer &answer) {
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
                  if (answer.isDone() && page.size() == kThreadPage && isLaterSnowflake(newest, after))
                      catchUpThread(thread, newest);
              }, [this, thread, after] { catchUpThread(thread, after); }));
}

/// With a thread goes what was said in it.
void DiscordRoom::onThreadGone(const std::string &thread, const ChannelNews &news)
{
    for (const std::string &message : m_threads.forget(thread))
        onDeleted(message, news);
}

} // namespace qd::chat
