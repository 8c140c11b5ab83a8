// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/chat/story.h"
#include "core/chat/xmpparchive.h"
#include "core/chat/xmppoccupants.h"

#include <QObject>
#include <QTimer>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace qd::chat {

/// Follows one room (or, with an empty address, our account's direct messages): joins it, makes and unlocks it when it is new,
/// reads what was missed from its archive, and gives every item once and in order. While history is read, live items are held
/// back; what is in both is given once, as live. Lives in its connector's thread.
class XmppFollower final : public QObject {
    Q_OBJECT
public:
    enum class Phase { Out, Joining, Configuring, CatchingUp, Live, Waiting };
    static constexpr int kArchiveTries = 4; ///< so often an archive that has no time is asked, then what is said now is heard without it

    XmppFollower(XmppSession &session, XmppArchive &archive, const Clock &clock, const XmppTimings &timings, std::string connector,
                 std::string room, std::string nick, std::string cursor);

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] const std::string &room() const { return m_room; }
    [[nodiscard]] const std::string &cursor() const { return m_story.cursor(); }
    /// What it tells.
    [[nodiscard]] Story &story() { return m_story; }
    [[nodiscard]] const std::string &trouble() const { return m_trouble; } ///< why it waits
    [[nodiscard]] std::vector<Member> members() const { return m_occupants.members(); }
    [[nodiscard]] ReadContext context() const;

    /// A title for the room should we be the ones to make it.
    void setTitle(const std::string &title) { m_title = title; }
    /// It is somebody's: it is asked for before it is entered, and never made or set up. Without a cursor its history is read from
    /// `since`. Before enter().
    void setForeign(Instant since);
    /// Made so that only members enter it and nobody else finds it, or not at all; entered again only while it is so. Before enter().
    void setPrivate(bool isPrivate) { m_private = isPrivate; }
    [[nodiscard]] bool isPrivate() const { return m_private; }
    /// Whether whoever is asked in must be made a member first, as far as is known.
    [[nodiscard]] bool isForMembers() const { return m_forMembers; }
    void setCursor(const std::string &cursor);
    /// An earlier process was in it: it is told to be gone where it is, and never made anew. Before enter().
    void setFormer() { m_had = true; }
    /// A fresh session: join (again). History is caught up when there is a cursor.
    void enter();
    void leave();
    void lineLost();
    void lineResumed();
    void fetchSince(const std::string &cursor);
    /// We are no longer in the room though nobody told us (a write was refused with not-acceptable).
    void seatLost();

    void onPresence(const Element &presence);
    void onMessage(const Element &message, const QByteArray &raw);

Q_SIGNALS:
    void phaseChanged();
    /// First time Live.
    void ready(bool created, const std::string &cursor);
    void failed(const qd::Error &error);
    /// One of our own messages came back, by echo or from the archive.
    void ownSeen(const std::vector<std::string> &ids, const qd::chat::MessageRef &message);

private:
    void checkSeat();
    void lookFor();
    void absent(const std::string &detail);
    void giveUp(const Error &why);
    /// Whether we were in it, and it does not end with whoever leaves last: one that a server lets nobody set up does, and is made again.
    [[nodiscard]] bool wasIn() const { return m_had || (m_wasReady && !m_passing); }
    void askRoom(std::function<void(const Result<Element> &answer, bool isRoom)> answered);
    void makeSurePrivate();
    void notPrivate();
    void takeSeat();
    void setPhase(Phase phase);
    void wait(const std::string &why);
    void configure(bool withForm);
    void catchUp();
    void readFrom(XmppArchive::Query query);
    void onCaughtUp(const Result<> &done);
    void goLive();
    void tellMembership(ChatEvent::Kind kind, const Member &member);

    XmppSession &m_session;
    XmppArchive &m_archive;
    const Clock &m_clock;
    XmppTimings m_timings;
    std::string m_connector, m_room, m_nick, m_title, m_trouble, m_gap;
    Story m_story;
    std::optional<std::string> m_topic;
    XmppOccupants m_occupants;
    Phase m_phase = Phase::Out;
    bool m_foreign = false, m_private = false, m_forMembers = false;
    Instant m_since; ///< of a foreign room, until there is a cursor
    bool m_created = false, m_wasReady = false, m_recovering = false, m_subjectSeen = false, m_overflow = false;
    bool m_secondTry = false, m_had = false, m_passing = false;
    int m_nickTries = 0, m_archiveTries = 0;
    int m_generation = 0; ///< answers to an earlier attempt are ignored
    std::size_t m_found = 0;
    std::vector<ChatEvent> m_held;
    QTimer m_timer{this};     ///< joining, or waiting to join again
    QTimer m_seatCheck{this};
};

} // namespace qd::chat
