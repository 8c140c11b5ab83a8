// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/attempts.h"
#include "core/chat/channelroom.h"
#include "core/chat/slackapi.h"
#include "core/chat/slacktext.h"

#include <map>
#include <optional>

namespace qd::chat {

/// How long the Slack connector waits for what, and how fast it may write. Tests shorten them.
struct SlackTimings : AttemptTimings {
    std::chrono::milliseconds attempt{30'000};       ///< from asking for an address to hello
    std::chrono::milliseconds youngFor{10'000};      ///< a line that is to end sooner is not replaced at once, but after a while
    std::chrono::milliseconds answerWithin{15'000};  ///< one call
    std::chrono::milliseconds confirmWithin{30'000}; ///< a write; then it is Unknown and looked up
    std::chrono::milliseconds rejoinAfter{30'000};   ///< after a channel cannot be read now
    std::chrono::milliseconds perMessage{1'100};     ///< Slack takes about one message a second in a channel
    std::chrono::milliseconds ackWithin{2'500};      ///< what is acknowledged once it is kept; Slack shows a failure after 3 s
    Span pingInterval = seconds(10), pongDeadline = seconds(25);
};

/// Who we are in the workspace, and who others are as far as was asked.
struct SlackPeople {
    std::string workspace;                       ///< "acme.slack.com"
    std::string userId, botId;                   ///< ours
    std::map<std::string, std::string> names;    ///< by user id
    std::string team;                            ///< the workspace's id, "T012AB3CD"

    [[nodiscard]] std::string nameOf(std::string_view id) const
    {
        const auto it = names.find(std::string(id));
        return it == names.end() ? std::string() : it->second;
    }
    [[nodiscard]] bool isUs(const std::string &user, const std::string &bot) const { return (!userId.empty() && user == userId) || (!botId.empty() && bot == botId); }
};

/// A message of the Events API or of a history, as an event of this room; nothing when it carries nothing we show.
[[nodiscard]] std::optional<ChatEvent> readSlack(const QJsonObject &message, const std::string &connector, const std::string &room, const SlackPeople &people, Instant now,
                                                 bool history);
/// A button that was pressed (block_actions), or what stands behind our word with a slash, as if it had been written: a message that moves no cursor, because
/// no history holds it. Nothing when it is no command. What answers it (`response_url`) is left where it is: it is as good as a password.
[[nodiscard]] std::optional<ChatEvent> readSlackAsk(std::string_view type, const QJsonObject &payload, const std::string &connector, const std::string &room, const SlackPeople &people,
                                                    Instant now);
/// The blocks of a message with buttons; "" for one without, or too long for blocks (3,000 characters).
[[nodiscard]] std::string slackBlocks(const std::string &text, const std::vector<ChatButton> &buttons, const std::string &mentions = {});
/// Slack's "1700000000.000100", the id and the time of a message.
[[nodiscard]] Instant slackInstant(std::string_view ts);

/// One channel of Slack: its history holds a thread's first message only, so the threads are read too.
class SlackRoom final : public ChannelRoom {
    Q_OBJECT
public:
    SlackRoom(SlackApi &api, const SlackPeople &people, const Clock &clock, const SlackTimings &timings, std::string connector, std::string address, const std::string &cursor);

    [[nodiscard]] std::vector<Member> members() const override;
    void onEvent(const ChannelNews &news) override;

private:
    struct Read {
        std::vector<QJsonObject> messages; ///< as Slack lists them: the newest first
        std::vector<std::string> threads;  ///< whose replies are still to be read
        std::string oldest, next;
        bool baseline = false;
    };
    void open() override;
    void readHistory() override;
    void sayGoodbye() override;
    bool isNews(const std::string &id) const override { return m_story.isAtBegin() || id > m_story.cursor(); }
    void make(const std::string &name, int attempt);
    void taken(const std::string &name);
    void find(const std::string &name, const std::string &cursor, std::function<void(const QJsonObject &channel)> done);
    void join(bool created);
    void joined(bool created);
    void learnMembers();
    void readPage(std::shared_ptr<Read> read);
    void readReplies(std::shared_ptr<Read> read);
    void lookBack(std::shared_ptr<Read> read);
    void giveAll(const Read &read);
    void refused(const SlackAnswer &answer, const std::string &doing) { ChannelRoom::refused(answer.kind, answer.asError(doing), doing); }
    void ask(const std::string &method, const SlackApi::Parameters &parameters, SlackApi::Answered answered);

    SlackApi &m_api;
    const SlackPeople &m_people;
};

} // namespace qd::chat
