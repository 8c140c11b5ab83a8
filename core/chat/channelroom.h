// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/chat/apianswer.h"
#include "core/chat/memberlist.h"
#include "core/chat/story.h"

#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <deque>
#include <optional>
#include <set>

namespace qd::chat {

/// What the platform tells over its line of one channel.
struct ChannelNews {
    QString name; ///< what kind of event it is, in the platform's word
    QJsonObject data;
    QByteArray raw;
    int retry = 0; ///< how often it was sent before
    std::uint64_t receipt = 0; ///< ChatEvent::receipt of what it says
};

/// Follows one channel of a platform that is asked over HTTP (Slack, Mattermost, Discord): finds, makes or joins it, reads what was missed
/// from its history, and gives every item once and in order. While history is read, live items are held back. An answer is heard only while
/// nothing began anew since the question. What the platform is asked, and what its items mean, are the hooks. Lives in its connector's thread.
class ChannelRoom : public QObject {
    Q_OBJECT
public:
    enum class Phase { Out, Opening, CatchingUp, Live, Waiting };

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] const std::string &channel() const { return m_channel; } ///< its id, once it is known
    [[nodiscard]] const std::string &trouble() const { return m_trouble; }
    [[nodiscard]] virtual std::vector<Member> members() const = 0;
    [[nodiscard]] Story &story() { return m_story; }

    void setTitle(const std::string &title) { m_title = title; }
    /// Made so that only those see it who are asked in, or not at all. Before enter().
    void setPrivate(bool isPrivate) { m_private = isPrivate; }
    /// It is somebody's: never made. Without a cursor its history is read from `since`. Before enter().
    void setForeign(Instant since);
    void setCursor(const std::string &cursor);
    void enter();
    void leave();
    void lineLost();
    /// The same line again, which has told what was missed.
    void lineResumed();
    void fetchSince(const std::string &cursor);
    /// The platform lets us write here no more, though nobody told us that we are out.
    void seatLost();
    /// Something was told of this channel.
    virtual void onEvent(const ChannelNews &news) = 0;

Q_SIGNALS:
    void phaseChanged();
    void ready(bool created, const std::string &cursor);
    void failed(const qd::Error &error);
    /// People whose names are not known yet.
    void strangers(const std::vector<std::string> &userIds);

protected:
    ChannelRoom(const Clock &clock, std::chrono::milliseconds rejoinAfter, std::string connector, std::string address, const std::string &cursor);

    // The platform's part.
    /// Finds, makes or joins the channel; ends in catchUp(), absent() or refused().
    virtual void open() = 0;
    /// Reads what was said behind the cursor, or since `m_since`; ends in startFrom(), giveHistory() or refused().
    virtual void readHistory() = 0;
    /// Tells the platform that we leave.
    virtual void sayGoodbye() = 0;
    /// Whether a live item of this id moves the cursor, which is the newest one's.
    [[nodiscard]] virtual bool isNews(const std::string &id) const = 0;
    /// Whether the cursor is about what is said there: a thread with a history of its own is read from a little before it.
    [[nodiscard]] virtual bool marksPlace(const ChatEvent &) const { return true; }

    /// An item of a history: its id, and what it says when it says something we show.
    struct Told {
        std::string id;
        std::optional<ChatEvent> event;
    };
    /// We are in: whether we made it is in `m_created`.
    void catchUp();
    /// There is no such channel.
    void absent();
    /// Nothing is read: what was said until `newest` ("": nothing yet) is not ours to tell.
    void startFrom(const std::string &newest);
    /// The history, oldest first. Where `m_gap` says so, not all of it is there.
    void giveHistory(std::vector<Told> history);
    /// While history is read: what was changed meanwhile in messages from before the cursor. Given behind the history, once.
    void change(ChatEvent event) { m_changes.push_back(std::move(event)); }
    /// While history is read, for a platform that does not show what was deleted: what of what we know from before the cursor is there now. `isAll`: there is nothing before it;
    /// else what we know from before the first of them may be gone or not. What is not there was deleted, by its writer as far as anybody knows.
    void compare(const std::set<std::string> &there, bool isAll);
    /// What was deleted meanwhile cannot be known as a whole: said once the history was given.
    void deletionsAreUnknown() { m_deletionsUnknown = true; }
    /// A live item: given, or held back while history is read.
    void hear(ChatEvent event);
    /// Who came or went.
    void turned(const std::string &user, const ChatEvent &event);
    /// For good the first time, for a while when it worked before.
    void refused(ApiAnswer::Kind kind, const Error &why, const std::string &doing);
    /// The seat is lost now; it is tried again later.
    void wait(const std::string &why);
    /// Wraps an answer so that it counts only while nothing began anew, and is asked again where patience was asked for.
    template <typename Answer>
    [[nodiscard]] std::function<void(const Answer &)> current(std::function<void(const Answer &)> answered, std::function<void()> again)
    {
        return [this, still = QPointer<QObject>(this), answered = std::move(answered), again = std::move(again), generation = m_generation](const Answer &answer) {
            if (!still || generation != m_generation) // the room may have been let go meanwhile
                return;
            if (answer.kind != ApiAnswer::Kind::Wait)
                return answered(answer);
            QTimer::singleShot(answer.retryAfter, this, [this, again, generation] {
                if (generation == m_generation)
                    again();
            });
        };
    }

    const Clock &m_clock;
    std::string m_connector, m_room, m_channel, m_title, m_gap;
    Story m_story;
    bool m_foreign = false, m_private = false, m_created = false, m_wasReady = false;
    Instant m_since;
    MemberList m_members;

private:
    void goLive();
    void give(ChatEvent event);
    void setPhase(Phase phase);

    std::chrono::milliseconds m_rejoinAfter;
    std::string m_trouble;
    Phase m_phase = Phase::Out;
    /// What was said here, as far back as can be compared with what a history holds; not in threads, which no history holds.
    struct Known {
        std::string id, senderId, senderName;
        bool own = false;
    };
    void know(const ChatEvent &event);

    bool m_recovering = false, m_overflow = false, m_deletionsUnknown = false;
    std::deque<Known> m_known;
    std::vector<ChatEvent> m_changes;
    int m_generation = 0;
    std::size_t m_found = 0;
    std::vector<ChatEvent> m_held;
    QTimer m_timer{this};
};

} // namespace qd::chat
