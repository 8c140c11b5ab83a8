// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/chat/ircmessages.h"
#include "core/chat/ircsession.h"
#include "core/chat/story.h"

#include <QObject>
#include <QTimer>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace qd::chat {

/// Follows one channel: joins it, or makes it, has the server keep a history of it, and gives every item once and in order. What was
/// said while we were away is what the server plays back when we come in; where that does not reach, it is a gap. Lives in its
/// connector's thread.
class IrcRoom final : public QObject {
    Q_OBJECT
public:
    enum class Phase { Out, Joining, Live, Waiting };

    IrcRoom(IrcSession &session, const Clock &clock, const IrcTimings &timings, std::string connector, std::string network, std::string address,
            const std::string &cursor);

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] const std::string &channel() const { return m_channel; }
    [[nodiscard]] const std::string &trouble() const { return m_trouble; } ///< why it waits
    [[nodiscard]] std::vector<Member> members() const;
    /// The nick of who is signed in to this account here, or "".
    [[nodiscard]] std::string nickOf(const std::string &account) const;
    [[nodiscard]] const std::string &topic() const { return m_topic; }
    [[nodiscard]] Story &story() { return m_story; }

    /// The topic should we be the ones to make it.
    void setTitle(const std::string &title) { m_title = title; }
    /// It is somebody's: never made or set up; what we make by entering one that is not there we leave at once. Before enter().
    void setForeign(Instant since);
    /// Made so that nobody enters or sees it who was not let in (modes i and s), or not at all; entered again only while it is so. Whoever is let in is so by
    /// their account, we ourselves too: a cut line would shut us out. Before enter().
    void setPrivate(bool isPrivate) { m_private = isPrivate; }
    [[nodiscard]] bool isPrivate() const { return m_private; }
    /// Whether whoever is asked in must be let in, as far as is known.
    [[nodiscard]] bool isInviteOnly() const { return m_modes.contains('i'); }
    void setCursor(const std::string &cursor);
    void enter();
    void leave();
    void lineLost()
    {
        ++m_generation;
        m_maySit = m_parting = false;
        m_story.broke();
    }
    /// There is no asking an IRC server for history: either everything since the cursor was told here, or it is a gap.
    void fetchSince(const std::string &cursor);
    /// The server says that we are not in the channel, though nobody told us that we left.
    void seatLost();

    /// A line about this channel, or about people wherever they are (QUIT, NICK, ACCOUNT).
    void onLine(const IrcLine &line, const QByteArray &raw, bool history);

    /// One of our own writes, as the channel showed it; nothing when it did not.
    [[nodiscard]] std::optional<MessageRef> shown(const std::string &id) const;
    /// Whether what was written since then would be known here had it arrived.
    [[nodiscard]] bool remembersSince(Instant since) const;

Q_SIGNALS:
    void phaseChanged();
    /// First time Live.
    void ready(bool created, const std::string &cursor);
    void failed(const qd::Error &error);
    void ownSeen(const std::string &id, const qd::chat::MessageRef &message);

private:
    struct Occupant {
        std::string nick, account;
    };
    [[nodiscard]] IrcContext context() const;
    [[nodiscard]] bool isUs(std::string_view nick) const { return m_session.folded(nick) == m_session.folded(m_session.nick()); }
    void setPhase(Phase phase);
    void wait(const std::string &why);
    void begin();
    void inTurn(IrcSession::Turn turn, std::function<void()> run);
    void takeSeat();
    /// Asks the server; an answer counts only while the room is there and nothing began anew.
    void ask(IrcLine line, IrcSession::Answer answered);
    void onSeated(const std::vector<IrcLine> &modes);
    /// In it and set up, as far as it is ours.
    void setUp();
    void shut();
    void notPrivate(const std::string &why);
    [[nodiscard]] bool isShut() const { return m_modes.contains('i') && (m_modes.contains('s') || m_modes.contains('p')); }
    void learnModes(const std::vector<IrcLine> &lines);
    void keepHistory(std::size_t attempt);
    void learnMembers();
    void catchUp();
    void goLive(bool recovering, const std::string &gap, std::size_t found);
    void hear(ChatEvent event);
    void onPeople(const IrcLine &line);
    void onGone(const IrcLine &line);
    void tellMembership(ChatEvent::Kind kind, const IrcLine &line, const Occupant &who);

    IrcSession &m_session;
    const Clock &m_clock;
    IrcTimings m_timings;
    std::string m_connector, m_network, m_room, m_channel, m_title, m_trouble, m_topic, m_beginning;
    Story m_story;
    Phase m_phase = Phase::Out;
    bool m_foreign = false, m_private = false;
    std::set<char> m_modes;      ///< that it has, as far as they were told since we came in
    Instant m_since; ///< of a foreign room, until there is a cursor
    bool m_seated = false, m_created = false, m_wasReady = false, m_recovering = false, m_topicKnown = false;
    bool m_maySit = false;       ///< we asked for a seat in this session and were not told that it is lost
    bool m_parting = false;      ///< we gave up such a seat to take it anew, and that is not answered yet
    bool m_whole = true;         ///< the last playback reached back to what we knew
    std::size_t m_kept = 0;      ///< lines of history the channel keeps; 0 = none
    Span m_keptFor;
    std::optional<Error> m_refusal;
    int m_generation = 0;        ///< answers to an earlier attempt are ignored
    std::map<std::string, Occupant> m_occupants; ///< by folded nick
    std::size_t m_named = 0;     ///< names the server listed when we came in
    std::vector<ChatEvent> m_replay, m_held;
    std::map<std::string, MessageRef> m_shown;
    QTimer m_timer{this};        ///< joining, or waiting to join again
};

} // namespace qd::chat
