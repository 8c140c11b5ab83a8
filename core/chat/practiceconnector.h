// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/chat/connector.h"
#include "core/chat/outbox.h"

#include <deque>
#include <map>

namespace qd::chat {

/// The rooms of the practice incident: a chat platform that lives in this process, so that practice speaks by the same way a
/// real room does and nothing can leave the machine. Every room's address says practice. What is written is echoed back as own
/// and confirmed; what the script's people say comes in by say(). The platform vouches for who speaks, as a server with
/// signed-in members does; whether that address is bound to a person is decided where it is for any other platform.
/// Rooms end with the process: after a restart a room is empty and nothing was missed, because nobody could speak in it.
class PracticeConnector final : public ChatConnector, private Outbox::Port {
    Q_OBJECT
public:
    /// One thing a member does in a room.
    struct Said {
        enum class Kind : std::uint8_t { Message, Edit, Reaction };
        Kind kind = Kind::Message;
        std::string room;
        std::string sender; ///< the member's address: name@host
        std::string name;   ///< what the room shows
        std::string id;     ///< the member's own id for a message, new in its room
        std::string text;   ///< Message, Edit; Reaction: the emoji
        std::string target; ///< Edit, Reaction: the id of the message it is about
    };
    static constexpr std::string_view kOurs = "console@practice.invalid"; ///< who we are there
    static constexpr std::size_t kTextLimit = 8 * 1024;  ///< bytes of one message
    static constexpr std::size_t kMessagesKept = 2'000;  ///< a room remembers for edits, reactions and look-ups

    /// `clock` and `random` must outlive it.
    PracticeConnector(std::string name, const Clock &clock, Random &random);
    ~PracticeConnector() override;

    [[nodiscard]] const Caps &caps() const override { return m_caps; }
    [[nodiscard]] ConnectorState state() const override { return m_state; }
    [[nodiscard]] std::vector<Member> members(const std::string &room) const override;
    void open() override;
    void close() override;
    void createRoom(const RoomRequest &request) override;
    void attach(const std::string &room, const std::string &cursor) override;
    void join(const JoinRequest &request) override;
    void detach(const std::string &room) override;
    void send(const Outgoing &outgoing) override;
    void recall(const Uuid &idem, const std::string &why) override { m_outbox.recall(idem, why); }
    void fetchSince(const std::string &room, const std::string &cursor) override;

    /// A member speaks. Unavailable: not open; NotFound: no such room or message; Forbidden: an edit of somebody else's
    /// message; Invalid: no text, no sender or an id that was used; TooLarge. What is refused changed nothing.
    [[nodiscard]] Result<> say(const Said &said);

private:
    struct Message {
        std::string eventId, messageId, sender;
    };
    struct Room {
        std::deque<Message> messages;
        std::map<std::string, std::string> members; ///< address → name
        std::string cursor;
    };

    [[nodiscard]] bool canSend(const std::string &lane) const override;
    void transmit(const Outgoing &outgoing, const std::string &text, const std::string &id) override;
    void lookUp(const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done) override;
    [[nodiscard]] std::vector<std::string> split(const Outgoing &outgoing) const override;

    Room &enter(const std::string &address);
    [[nodiscard]] ChatEvent happened(const std::string &room, ChatEvent::Kind kind, const std::string &sender, const std::string &name) const;
    void emitIn(const std::string &address, ChatEvent event);
    void setState(ConnectorState state);

    std::string m_name;
    const Clock &m_clock;
    Random &m_random;
    Caps m_caps;
    ConnectorState m_state = ConnectorState::Offline;
    Outbox m_outbox;
    std::map<std::string, Room> m_rooms;
};

} // namespace qd::chat
