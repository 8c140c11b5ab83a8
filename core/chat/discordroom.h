// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/attempts.h"
#include "core/chat/channelroom.h"
#include "core/chat/discordapi.h"
#include "core/chat/discordmessages.h"
#include "core/chat/discordtext.h"
#include "core/chat/discordthreads.h"

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace qd::chat {

/// How long the Discord connector waits for what. Tests shorten them.
struct DiscordTimings : AttemptTimings {
    std::chrono::milliseconds attempt{40'000};       ///< from asking for an address to being there
    std::chrono::milliseconds identifyEvery{5'500};  ///< Discord takes one session begun every five seconds
    std::chrono::milliseconds answerWithin{15'000};  ///< one call
    std::chrono::seconds reuseWithin{10};            ///< a connection that was idle for longer may be as dead as a line that is found so
    std::chrono::milliseconds confirmWithin{30'000}; ///< a write; then it is Unknown and looked up, while Discord still knows it again (some minutes)
    std::chrono::milliseconds rejoinAfter{30'000};   ///< after a channel cannot be read now
    Span pingInterval = seconds(10), pongDeadline = seconds(25);
};

/// One channel of a Discord server, with the threads below it: what is said in one is said in the room, in that thread. Nobody comes or goes: it is there for whoever may see it.
class DiscordRoom final : public ChannelRoom {
    Q_OBJECT
public:
    DiscordRoom(DiscordApi &api, const DiscordPeople &people, const Clock &clock, const DiscordTimings &timings, std::string connector, std::string address, const std::string &cursor);

    [[nodiscard]] std::vector<Member> members() const override { return {}; }
    void onEvent(const ChannelNews &news) override;
    [[nodiscard]] bool hasThread(const std::string &id) const { return m_threads.has(id); }
    /// The channel a message of this room stands in, as far as it is known: a thread's, or the room's own.
    [[nodiscard]] std::string placeOf(const std::string &message) const;

private:
    struct Read {
        std::vector<QJsonObject> messages;
        std::string after; ///< behind which is read; "" reads the newest only
        std::string newest;               ///< of those there were, when nothing is to be read
        std::vector<std::string> threads; ///< that are still to be read
        std::string inThread;             ///< behind which the last of them is read
        std::set<std::string> lookedInto; ///< of those, the ones in which it is looked for what was changed
        std::set<std::string> there;      ///< what the last of them holds, as far as it was read
        struct Reaction {
            std::string place, message, emoji, shown; ///< the channel it stands in; the emoji as a path names it, and as it is shown
        };
        std::vector<Reaction> reacted;                        ///< of which is still to be asked whose they are
        std::map<std::string, std::vector<Reacted>> standing; ///< by message, what is known to stand there now
        std::set<std::string> half;                           ///< of those, the ones of which not all is known
        bool baseline = false;
    };
    using Answered = DiscordApi::Answered;
    void open() override;
    void readHistory() override;
    void sayGoodbye() override {}
    bool marksPlace(const ChatEvent &event) const override { return event.thread.empty() || !m_threads.has(event.thread); }
    std::string threadHolding(const ChatEvent &event) const override { return m_threads.has(event.thread) ? event.thread : std::string(); }
    bool isNews(const std::string &id) const override { return m_story.isAtBegin() || isLaterSnowflake(id, m_story.cursor()); }
    void look();
    void visit();
    void make();
    void taken();
    void take(const QJsonObject &channel);
    void readPage(std::shared_ptr<Read> read);
    void lookBack(std::shared_ptr<Read> read);
    void askThreads(std::shared_ptr<Read> read);
    void askOlderThreads(std::shared_ptr<Read> read);
    void readThread(std::shared_ptr<Read> read);
    void lookBackInThread(std::shared_ptr<Read> read);
    void nextThread(std::shared_ptr<Read> read);
    /// A message that was told before, or may have been: a change when it was edited since we stopped reading.
    void lookAt(const QJsonObject &message);
    /// `isEarlier`: it was there when we stopped reading.
    void lookAtReactions(Read &read, const QJsonObject &message, bool isEarlier);
    void askReactions(std::shared_ptr<Read> read);
    void readReactions(std::shared_ptr<Read> read);
    void join(const std::string &thread);
    void giveAll(Read &read);
    [[nodiscard]] std::string inThreadsFrom() const;
    [[nodiscard]] std::optional<ChatEvent> read(const QJsonObject &message, bool history);
    void onThread(const QJsonObject &thread, bool isNew);
    void catchUpThread(const std::string &thread, const std::string &after);
    void onThreadGone(const std::string &thread, const ChannelNews &news);
    void onMessage(const ChannelNews &news);
    void onDeleted(const std::string &id, const ChannelNews &news);
    void onReaction(const ChannelNews &news);
    void onReactionsCleared(const ChannelNews &news);
    void onChannel(const QJsonObject &channel, const ChannelNews &news);
    [[nodiscard]] ChatEvent event(ChatEvent::Kind kind, const ChannelNews &news) const;
    /// Who wrote what: a deletion does not say it.
    void remember(const std::string &id, const ChatEvent &event);
    void refused(const DiscordAnswer &answer, const std::string &doing) { ChannelRoom::refused(answer.kind, answer.asError(), doing); }
    [[nodiscard]] Answered heard(Answered answered, std::function<void()> again) { return current<DiscordAnswer>(std::move(answered), std::move(again)); }

    DiscordApi &m_api;
    const DiscordPeople &m_people;
    std::string m_topic;
    bool m_isThread = false; ///< the room itself is one: none is below it
    DiscordThreads m_threads;
    std::map<std::string, std::pair<std::string, std::string>> m_authors; ///< address and name, by message
    std::deque<std::string> m_authorsOrder;
};

} // namespace qd::chat
