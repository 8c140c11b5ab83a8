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
#include <map>
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
    /// Where more stand on one message, what stands there is not known any more: it is learnt anew from each history, and whoever keeps it knows it by then.
    static constexpr std::size_t kReactionsToOne = 1'000;

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] const std::string &channel() const { return m_channel; } ///< its id, once it is known
    [[nodiscard]] const std::string &trouble() const { return m_trouble; }
    [[nodiscard]] virtual std::vector<Member> members() const = 0;
    [[nodiscard]] Story &story() { return m_story; }

    void setTitle(const std::string &title) { m_title = title; }
    /// Made so that only those see it who are asked in, or not at all. Before enter().
    void setPrivate(bool isPrivate) { m_private = isPrivate; }
    [[nodiscard]] bool isPrivate() const { return m_private; }
    /// It is somebody's: never made. Without a cursor its history is read from `since`. Before enter().
    void setForeign(Instant since);
    /// With one, we were in it before.
    void setCursor(const std::string &cursor);
    /// We were in it before, and the platform called it so ("": that is not known): it is found again by that, and never made anew. Before enter().
    void setFormer(const std::string &channel);
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
    /// The thread whose own history holds what was said; "": the channel's does.
    [[nodiscard]] virtual std::string threadHolding(const ChatEvent &) const { return {}; }

    /// An item of a history: its id, and what it says when it says something we show.
    struct Told {
        std::string id;
        std::optional<ChatEvent> event;
    };
    /// We are in: whether we made it is in `m_created`.
    void catchUp();
    /// There is no such channel.
    void absent();
    /// It is there, and archived: nothing is written in it.
    void archived();
    /// Whether one that is not there is made.
    [[nodiscard]] bool mayMake() const { return !m_foreign && !m_had; }
    /// Nothing is read: what was said until `newest` ("": nothing yet) is not ours to tell.
    void startFrom(const std::string &newest);
    /// The history, oldest first. Where `m_gap` says so, not all of it is there.
    void giveHistory(std::vector<Told> history);
    /// While history is read: what was changed meanwhile in messages from before the cursor. Given behind the history, once.
    void change(ChatEvent event) { m_changes.push_back(std::move(event)); }
    /// While history is read, for a platform that does not show what was deleted: what of what we know from before the cursor is there now. `isAll`: there is nothing before it;
    /// else what we know from before the first of them may be gone or not. What is not there was deleted, by its writer as far as anybody knows.
    /// `thread`: the same of one with a history of its own, read from there to its end; not a word after the cursor is left out.
    void compare(const std::set<std::string> &there, bool isAll, const std::string &thread = {});
    /// The threads with a history of their own in which something was said that we know.
    [[nodiscard]] std::set<std::string> threadsKnown() const;
    /// What was deleted meanwhile cannot be known as a whole: said once the history was given.
    void deletionsAreUnknown() { m_deletionsUnknown = true; }
    /// A reaction that stands on a message.
    struct Reacted {
        std::string emoji, senderId, senderName;
        bool own = false;
        Instant at; ///< none where the platform does not say it
        bool isPersons = true; ///< the platform vouches for whose it is
    };
    /// While history is read: what stands on a message now. What is new of it, or was taken back, is told behind the history as it would have been live, replayed.
    /// `isAll`: nothing else stands there. Whose they are the platform vouches for as it does live, or one that is told again would count as a stranger's.
    void compareReactions(const std::string &message, const std::vector<Reacted> &now, bool isAll = true);
    /// Whether what stands on a message was known as a whole until we were away.
    [[nodiscard]] bool knowsReactions(const std::string &message) const { return m_reactions.contains(message); }
    /// As far as is known; `emoji`: "" for all.
    [[nodiscard]] std::vector<Reacted> reactionsOf(const std::string &message, const std::string &emoji) const;
    /// What was reacted meanwhile cannot be known as a whole: said once the history was given.
    void reactionsAreUnknown() { m_reactionsUnknown = true; }
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
    std::string m_former; ///< what the platform called it when we were in it; "" where that is not known
    bool m_foreign = false, m_private = false, m_created = false, m_wasReady = false, m_had = false;
    Instant m_since;
    MemberList m_members;

private:
    void goLive();
    /// For good. Of one we were in the room's readers hear it too, and how to go on.
    void giveUp(const Error &why);
    void give(ChatEvent event);
    void setPhase(Phase phase);

    std::chrono::milliseconds m_rejoinAfter;
    std::string m_trouble;
    Phase m_phase = Phase::Out;
    /// What was said here, as far back as can be compared with what a history holds.
    struct Known {
        std::string id, senderId, senderName, thread; ///< thread: threadHolding() it
        bool own = false;
    };
    void know(const ChatEvent &event);
    using Reactions = std::map<std::pair<std::string, std::string>, Reacted>; ///< by emoji and sender
    void reactionsTo(const std::string &message); ///< all is known from here on that stands there
    void forgetReactions(const std::string &message);
    /// Whether a reaction is as it was known to be.
    [[nodiscard]] bool isNoNews(const ChatEvent &reaction) const;
    void tellReaction(ChatEvent::Kind kind, const std::string &message, const Reacted &reacted);

    bool m_recovering = false, m_overflow = false, m_deletionsUnknown = false, m_reactionsUnknown = false;
    std::deque<Known> m_known;
    std::vector<ChatEvent> m_changes;
    std::map<std::string, Reactions> m_reactions; ///< by message, of those of which all is known that stands there
    std::deque<std::string> m_reactionsOrder; ///< the same messages, the oldest first
    std::vector<std::string> m_compared; ///< of which all is known once the history was given
    int m_generation = 0;
    std::size_t m_found = 0;
    std::vector<ChatEvent> m_held;
    QTimer m_timer{this};
};

} // namespace qd::chat
