// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/attempts.h"
#include "core/chat/channelroom.h"
#include "core/chat/slackapi.h"
#include "core/chat/slackmessages.h"

#include <memory>
#include <set>
#include <utility>
#include <vector>

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

/// One channel of Slack: its history holds a thread's first message only, so the threads are read too: those begun since we stopped reading, and of those in
/// the newest pages before it the ones that were answered since, or last.
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
        std::vector<std::pair<std::string, std::string>> answered; ///< begun before we stopped reading: when they were answered last, and which
        std::vector<std::string> earlier;  ///< of those, the ones still to be looked into
        std::set<std::string> there;       ///< what the channel, or the last of them, holds, as far as it was read
        std::string back;                  ///< where reading from before we stopped goes on
        int pagesBack = 0;
        std::string further;               ///< where reading a thread goes on
        std::string oldest, next;
        bool baseline = false;
    };
    void open() override;
    void readHistory() override;
    void sayGoodbye() override;
    bool isNews(const std::string &id) const override { return m_story.isAtBegin() || id > m_story.cursor(); }
    std::string threadHolding(const ChatEvent &event) const override { return event.thread; }
    /// The channel we were in, under whatever name.
    void revisit();
    void make(const std::string &name, int attempt);
    void taken(const std::string &name);
    void find(const std::string &name, const std::string &cursor, std::function<void(const QJsonObject &channel)> done);
    void join(bool created);
    void joined(bool created);
    void learnMembers();
    void readPage(std::shared_ptr<Read> read);
    void readReplies(std::shared_ptr<Read> read);
    bool goesOn(const SlackAnswer &answer, Read &read);
    void lookBack(std::shared_ptr<Read> read);
    void lookedBack(Read &read, const std::string &from, bool isAll);
    void lookIntoThreads(std::shared_ptr<Read> read);
    /// A message from before we stopped reading: a change when it was edited since.
    void lookAt(const QJsonObject &message);
    void lookAtReactions(const std::string &ts, const QJsonObject &message);
    void giveAll(const Read &read);
    void refused(const SlackAnswer &answer, const std::string &doing) { ChannelRoom::refused(answer.kind, answer.asError(doing), doing); }
    void ask(const std::string &method, const SlackApi::Parameters &parameters, SlackApi::Answered answered);

    SlackApi &m_api;
    const SlackPeople &m_people;
};

} // namespace qd::chat
