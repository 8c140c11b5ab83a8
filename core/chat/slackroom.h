// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/chat/attempts.h"
#include "core/chat/memberlist.h"
#include "core/chat/slackapi.h"
#include "core/chat/slacktext.h"
#include "core/chat/story.h"

#include <QObject>
#include <QTimer>
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
/// Slack's "1700000000.000100", the id and the time of a message.
[[nodiscard]] Instant slackInstant(std::string_view ts);

/// Follows one channel: finds, makes or joins it, reads what was missed from its history, and gives every item once and in order. While
/// history is read, live items are held back. Lives in its connector's thread.
class SlackRoom final : public QObject {
    Q_OBJECT
public:
    enum class Phase { Out, Opening, CatchingUp, Live, Waiting };

    SlackRoom(SlackApi &api, const SlackPeople &people, const Clock &clock, const SlackTimings &timings, std::string connector, std::string address, const std::string &cursor);

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] const std::string &channel() const { return m_channel; } ///< its id, once it is known
    [[nodiscard]] const std::string &trouble() const { return m_trouble; }
    [[nodiscard]] std::vector<Member> members() const;
    [[nodiscard]] Story &story() { return m_story; }

    void setTitle(const std::string &title) { m_title = title; }
    /// It is somebody's: never made. Without a cursor its history is read from `since`. Before enter().
    void setForeign(Instant since);
    void setCursor(const std::string &cursor);
    void enter();
    void leave();
    void lineLost();
    void fetchSince(const std::string &cursor);
    /// An event of this channel.
    void onEvent(const QJsonObject &event, const QByteArray &raw, int retry);

Q_SIGNALS:
    void phaseChanged();
    void ready(bool created, const std::string &cursor);
    void failed(const qd::Error &error);
    /// Somebody whose name is not known yet.
    void stranger(const std::string &userId);

private:
    struct Read {
        std::vector<QJsonObject> messages; ///< as Slack lists them: the newest first
        std::vector<std::string> threads;  ///< whose replies are still to be read
        std::string oldest, next;
        bool baseline = false;
    };
    void make(const std::string &name, int attempt);
    void find(const std::string &name, const std::string &cursor, std::function<void(const QJsonObject &channel)> done);
    void join(bool created);
    void joined(bool created);
    void learnMembers();
    void catchUp();
    void readPage(std::shared_ptr<Read> read);
    void readReplies(std::shared_ptr<Read> read);
    void give(const Read &read);
    void goLive();
    void give(ChatEvent event);
    void refused(const SlackAnswer &answer, const std::string &doing);
    void wait(const std::string &why);
    void setPhase(Phase phase);
    /// Calls back only while nothing began anew meanwhile.
    void ask(const std::string &method, const SlackApi::Parameters &parameters, SlackApi::Answered answered);

    SlackApi &m_api;
    const SlackPeople &m_people;
    const Clock &m_clock;
    SlackTimings m_timings;
    std::string m_connector, m_room, m_channel, m_title, m_trouble, m_gap;
    Story m_story;
    Phase m_phase = Phase::Out;
    bool m_foreign = false, m_created = false, m_wasReady = false, m_recovering = false, m_overflow = false;
    Instant m_since;
    int m_generation = 0;
    std::size_t m_found = 0;
    MemberList m_members;
    std::vector<ChatEvent> m_held;
    QTimer m_timer{this};
};

} // namespace qd::chat
