// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/chatconnectors.h"
#include "core/chat/filesource.h"
#include "core/chat/practiceconnector.h"
#include "core/desk/handover.h"
#include "core/notify/outboxdriver.h"

#include <QObject>
#include <QTimer>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>

namespace qd::app {

inline constexpr int kGoodbyeMs = 1200; ///< how long a chat connection has to say goodbye when it is let go

inline constexpr std::size_t kSettledKept = 1000; ///< writes that are done of which a platform's later word is still passed on

inline constexpr int kAgainMs = 1000;   ///< what the desk refused is offered again so much later

/// The chat connections of the core, on the edge thread: what rooms say goes to the desk as events, what the outbox wants
/// written goes to the connectors, and their word on it comes back. Every function but the constructor's is called in the
/// object's own thread.
class ChatEdge final : public QObject {
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatEdge)

public:
    /// A room to follow, and from where.
    struct RoomAt {
        std::string room, incident, cursor;
        bool attached = false; ///< somebody's room, or a private one: joined only while it is there, read from `since` without a cursor
        Instant since;
        bool isPrivate = false; ///< made so by us: joined only while it is
        std::string channel = {}; ///< the platform's own id, as it was recorded
    };
    using Moved = std::function<void(std::uint64_t number, Delivery, std::string messageId, std::string reason, Looked looked, Instant again)>;

    /// `desk`, `clock` and `random` must outlive it.
    ChatEdge(desk::Desk &desk, const Clock &clock, Random &random, std::string origin, Moved moved);
    ~ChatEdge() override;

    void setWorkspace(std::shared_ptr<const Workspace> workspace) { m_workspace = std::move(workspace); }
    /// Starts a connection, or starts it anew with other settings.
    void start(const Connection &connection, ChatSecrets secrets, const std::vector<RoomAt> &rooms);
    void link(const std::string &connection, const std::string &room, const std::string &incident);
    /// False: there is no such connection (yet).
    [[nodiscard]] bool write(const notify::Item &item);
    /// It may not be sent any more; `why`. A room that is being made or entered is left to it, without the words it was to be called by.
    void recall(const events::OutboxQueued &what, const std::string &why);
    /// There is no line to write it through: it failed.
    void refuse(const notify::Item &item) { m_moved(item.what.number, Delivery::Failed, {}, "the connection could not be started", Looked::NotYet, {}); }
    /// Somebody of the practice incident's script speaks. NotFound: there are no practice rooms here; else as PracticeConnector::say.
    [[nodiscard]] Result<> say(const chat::PracticeConnector::Said &said);
    /// A file of a message, as FileSource::readFile; Conflict: that connection's platform gives none, or it is not live.
    void readFile(const std::string &connection, const chat::FileAsked &file, chat::FileSource::Read done);
    void stopOne(const std::string &connection);
    void stop();

private:
    struct Line {
        std::map<std::string, std::string> joining;                ///< rooms being attached, until the incident is told: room → incident
        std::unique_ptr<chat::ChatConnector> connector;
        bool closed = false;                                       ///< isClosedChat of its kind
        bool postOnly = false;                                     ///< isPostOnly of its kind
        std::map<std::string, std::string> incidents;              ///< room → incident
        std::set<std::string> gone;                                ///< rooms that were not found again: attached again, they are told anew
        std::map<std::string, std::uint64_t> leaving;              ///< rooms to be left once what is queued is said: room → outbox entry
    };
    struct Sent {
        std::uint64_t number = 0;
        std::string incident;
        bool attaches = false;
        std::string connection, room;  ///< of what is said in a room
        bool isSettled = false;
        bool archives = false;         ///< `room`; once that is done, it is left
        bool isPrivate = false;        ///< CreateRoom: once it is there, only who is asked in sees it
        bool isHeld = false;           ///< it waits here for its link to be kept
        std::string recalled = {};     ///< why it may not be sent any more
        std::string words = {};        ///< taken anew while it is held
        std::shared_ptr<const Secret> link = {}; ///< kept, and said with it
    };
    void settle(Uuid idem);
    void leaveWhenSaid(const std::string &connection, const std::string &room);
    void leave(Line &line, const std::string &room);
    void attach(Line &line, const Uuid &idem, const notify::Item &item);
    /// To the desk, in order, and again when it is busy.
    void hand(events::Event event, desk::HandOver::Kept kept = {});
    void offerAgainLater();
    void tellAttached(const std::string &connection, Line &line, const std::string &room);

    /// Records what is to be recorded; what a platform waits for is told to it once that is kept, at once where there is nothing to keep.
    void onEvent(const std::string &connection, const chat::ChatEvent &event);
    /// False: nothing of it goes to the desk that `kept` would follow.
    [[nodiscard]] bool record(const std::string &connection, Line &line, const chat::ChatEvent &event, const desk::HandOver::Kept &kept);
    /// A word that binds an address to a person ("!bind WORD"), also one said to us alone. Only its hash goes on.
    [[nodiscard]] bool commanded(const std::string &connection, const Line &line, const chat::ChatEvent &event, const desk::HandOver::Kept &kept);
    void hearWord(const std::string &connection, const Line &line, const chat::ChatEvent &event);
    /// The person a message is of, when its platform vouches for the sender and they are bound; else "".
    [[nodiscard]] std::string personOf(const Line &line, const chat::ChatEvent &event) const;
    void onRoomReady(const std::string &connection, const chat::RoomReport &report);

    desk::Desk &m_desk;
    const Clock &m_clock;
    Random &m_random;
    std::string m_origin;
    Moved m_moved;
    std::shared_ptr<const Workspace> m_workspace = std::make_shared<const Workspace>();
    std::map<std::string, Line> m_lines;
    std::map<Uuid, Sent> m_sent;
    std::deque<Uuid> m_settled; ///< of m_sent those that are done, oldest first; kSettledKept at most
    /// By which the desk's threads reach it while it is there.
    struct Door {
        std::mutex mutex;
        ChatEdge *edge = nullptr;
    };
    std::shared_ptr<Door> m_door;
    desk::HandOver m_handOver;
    QTimer m_again;
};

} // namespace qd::app
