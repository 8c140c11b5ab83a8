// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/attempts.h"
#include "core/chat/channelroom.h"

#include <QJsonArray>
#include "core/chat/discordapi.h"
#include "core/chat/discordtext.h"
#include "core/chat/discordthreads.h"

#include <deque>
#include <map>
#include <memory>

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

/// Who we are in the server, and who others are as far as was told.
struct DiscordPeople {
    std::string host;                         ///< "discord.com": what stands behind the @ of its people and channels
    std::string guild, category;              ///< ids; the category channels are made in, or ""
    std::string userId;                       ///< ours
    std::map<std::string, std::string> names; ///< by user id

    [[nodiscard]] std::string nameOf(const std::string &id) const
    {
        const auto it = names.find(id);
        return it == names.end() ? id : it->second;
    }
};

/// A message as an event of this room ("" for a direct message); nothing when it carries nothing we show.
[[nodiscard]] std::optional<ChatEvent> readDiscord(const QJsonObject &message, const std::string &connector, const std::string &room, const DiscordPeople &people, Instant now,
                                                   bool history);

/// A button of ours that was pressed, as if what it says had been written: a message that moves no cursor, because no history holds it. Nothing when it is no command. Its
/// `token`, as good as a password, is left where it is.
/// "/quarterdeck say: ack INC-7" says what "!ack INC-7" does, and so does a button for it.
inline constexpr const char *kDiscordWord = "quarterdeck", *kDiscordSaid = "say";
/// The word as an application tells Discord of it.
[[nodiscard]] QJsonObject discordWord();
[[nodiscard]] std::optional<ChatEvent> readDiscordPress(const QJsonObject &interaction, const std::string &connector, const std::string &room, const DiscordPeople &people, Instant now);
/// A row with these buttons; empty for none, or for more than one row holds (five).
[[nodiscard]] QJsonArray discordButtons(const std::vector<ChatButton> &buttons);

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
        bool baseline = false;
    };
    using Answered = DiscordApi::Answered;
    void open() override;
    void readHistory() override;
    void sayGoodbye() override {}
    bool marksPlace(const ChatEvent &event) const override { return event.thread.empty() || !m_threads.has(event.thread); }
    bool isNews(const std::string &id) const override { return m_story.isAtBegin() || isLaterSnowflake(id, m_story.cursor()); }
    void look();
    void visit();
    void make();
    void take(const QJsonObject &channel);
    void readPage(std::shared_ptr<Read> read);
    void lookBack(std::shared_ptr<Read> read);
    void askThreads(std::shared_ptr<Read> read);
    void askOlderThreads(std::shared_ptr<Read> read);
    void readThread(std::shared_ptr<Read> read);
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
