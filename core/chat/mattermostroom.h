// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/chat/attempts.h"
#include "core/chat/mattermostapi.h"
#include "core/chat/memberlist.h"
#include "core/chat/story.h"

#include <QObject>
#include <QTimer>
#include <map>
#include <memory>
#include <optional>
#include <set>

namespace qd::chat {

/// How long the Mattermost connector waits for what. Tests shorten them.
struct MattermostTimings : AttemptTimings {
    std::chrono::milliseconds attempt{30'000};       ///< from connecting to hello
    std::chrono::milliseconds pingEvery{15'000};
    std::chrono::milliseconds pongWithin{10'000};    ///< then the line counts as dead
    std::chrono::milliseconds answerWithin{15'000};  ///< one call
    std::chrono::milliseconds confirmWithin{25'000}; ///< a write; then it is Unknown and looked up, while the server still knows it again (30 s)
    std::chrono::milliseconds rejoinAfter{30'000};   ///< after a channel cannot be read now
};

/// Who we are on the server, and who others are as far as was asked.
struct MattermostPeople {
    std::string server;                       ///< "chat.example.org"
    std::string team, userId;                 ///< ids; ours
    std::map<std::string, std::string> names; ///< by user id

    [[nodiscard]] std::string nameOf(const std::string &id) const
    {
        const auto it = names.find(id);
        return it == names.end() ? id : it->second;
    }
};

/// The prop our own id for a message travels in.
inline constexpr const char *kMattermostId = "quarterdeck_id";

/// A post as an event of this room ("" for a direct message); nothing when it carries nothing we show.
[[nodiscard]] std::optional<ChatEvent> readMattermost(const QJsonObject &post, const std::string &connector, const std::string &room, const MattermostPeople &people, Instant now,
                                                      bool history);
/// How long a channel's header may be before it is quoted, which doubles it at most; Mattermost takes 1,024 characters.
inline constexpr std::size_t kMattermostHeader = 500;

/// Text as we post it: no markup is read in it, and it calls nobody.
[[nodiscard]] std::string mattermostQuoted(std::string_view text);
/// A post that was written so, as it was meant; a defused mention stays one.
[[nodiscard]] std::string mattermostPlain(std::string_view text);
/// The local part of an address of this server, or "".
[[nodiscard]] std::string mattermostLocal(std::string_view address, std::string_view server);
/// Whether it can be one of Mattermost's ids.
[[nodiscard]] bool isMattermostId(std::string_view text);

/// Follows one channel: finds, makes or joins it, reads what was missed from its history, and gives every item once and in order. While
/// history is read, live items are held back. Lives in its connector's thread.
class MattermostRoom final : public QObject {
    Q_OBJECT
public:
    enum class Phase { Out, Opening, CatchingUp, Live, Waiting };

    MattermostRoom(MattermostApi &api, const MattermostPeople &people, const Clock &clock, const MattermostTimings &timings, std::string connector, std::string address,
                   const std::string &cursor);

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
    /// The server lets us write here no more, though nobody told us that we are out.
    void seatLost();
    /// An event of this channel.
    void onEvent(const QString &name, const QJsonObject &data, const QByteArray &raw);

Q_SIGNALS:
    void phaseChanged();
    void ready(bool created, const std::string &cursor);
    void failed(const qd::Error &error);
    /// People whose names are not known yet.
    void strangers(const std::vector<std::string> &userIds);

private:
    struct Read {
        std::vector<QJsonObject> posts;
        std::string after; ///< the post behind which is read, oldest first; else from the newest back
        int page = 0;
        Instant stop;      ///< from the newest back, not beyond
        bool baseline = false;
    };
    void look();
    void make(int attempt);
    void join(bool created);
    void learnMembers();
    void catchUp();
    void readPage(std::shared_ptr<Read> read);
    void giveAll(const Read &read);
    void goLive();
    void give(ChatEvent event);
    void refused(const MattermostAnswer &answer, const std::string &doing);
    void wait(const std::string &why);
    void setPhase(Phase phase);
    /// Wraps an answer so that it counts only while nothing began anew, and is asked again where patience was asked for.
    [[nodiscard]] MattermostApi::Answered current(MattermostApi::Answered answered, std::function<void()> again);

    MattermostApi &m_api;
    const MattermostPeople &m_people;
    const Clock &m_clock;
    MattermostTimings m_timings;
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
