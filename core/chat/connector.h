// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/chatevent.h"

#include <QObject>
#include <string>
#include <string_view>
#include <vector>

namespace qd::chat {

/// Numbers are shown and may be journaled: never reuse or reorder one.
enum class ConnectorState : std::uint8_t {
    Offline = 0,        ///< not opened, or closed by us
    Connecting = 1,
    Authenticating = 2,
    CatchingUp = 3,     ///< signed in; at least one room is still being read from its history
    Live = 4,
    Degraded = 5,       ///< the line is lost (the next attempt is planned), or a room cannot be joined
    AuthFailed = 6,     ///< the platform refused the credentials, or could not prove itself: stopped until open()
};

/// "offline", "connecting" … for screens and JSON.
[[nodiscard]] std::string_view word(ConnectorState state);

/// One connection to one chat platform. What every implementation guarantees (held by the conformance suite):
/// - an item reaches event() at most once in a process, in the room's order; a reader that journals eventId drops what a
///   restarted process sees again;
/// - every reconnect ends, for every room, in exactly one recovered(): resumed, caught up, or a Gap (then also an event of
///   that kind);
/// - writes to one room keep their order; one write is in flight a room; one that may or may not have arrived is Unknown and
///   is looked up before it is ever sent again;
/// - the cursor of a room advances only after the events it covers were emitted;
/// - a half-open line is found by our own ping and deadline; reconnects wait with full jitter; refused credentials stop;
/// - no token or password is ever logged, emitted or put in an Error.
///
/// Lives on one thread with an event loop (the edge thread) without a parent. Create it there, or move it there before
/// open(); every method is called in that thread (from others: QMetaObject::invokeMethod with a lambda). Nothing blocks.
/// Signals carry values only.
class ChatConnector : public QObject {
    Q_OBJECT
public:
    ~ChatConnector() override = default;

    [[nodiscard]] virtual const Caps &caps() const = 0;
    [[nodiscard]] virtual ConnectorState state() const = 0;
    /// Who is in the room now, as far as the platform tells; empty when not joined.
    [[nodiscard]] virtual std::vector<Member> members(const std::string &room) const = 0;

    /// Connects and stays connected until close(). Does nothing when open.
    virtual void open() = 0;
    /// Says goodbye (bounded, about a second), then Offline. What is queued stays queued for the next open().
    virtual void close() = 0;

    /// Makes a room, or joins it when the name is taken; answered by roomReady or roomFailed. May be repeated. One that is to be private is never one that others see:
    /// it fails instead. Come back to it by join(), which makes none anew that everybody sees.
    virtual void createRoom(const RoomRequest &request) = 0;
    /// A room that is asked for by this request is called otherwise, or by its name alone (""), as long as its platform was not told yet.
    virtual void retitle(const Uuid & /*request*/, const std::string & /*title*/) {}
    /// Joins a room and follows it from `cursor` (as last given by cursorAdvanced or RoomReport); without one, from now on.
    virtual void attach(const std::string &room, const std::string &cursor) = 0;
    /// Before attach() or join(): an earlier process was in this room, which its platform called `channel` ("": that is not recorded). Where a platform knows its
    /// channels by ids, it is found again by that under whatever name, and never made anew, nor is one that attach() has a cursor of: not found, or archived, it
    /// is told as a Gap with ChatEvent::roomGone, then by roomFailed. Where a room is its name (XMPP) the same is found out by that; on IRC, where a channel ends with whoever
    /// leaves it last, it is made again.
    virtual void wasIn(const std::string & /*room*/, const std::string & /*channel*/) {}
    /// The platform's own id of a room that was found, for wasIn(); "" where its address is all there is.
    [[nodiscard]] virtual std::string channelOf(const std::string & /*room*/) const { return {}; }
    /// Joins a room that must be there: never makes one, never sets one up. Follows it from the request's cursor or instant; what
    /// is read of its history comes as replayed events before roomReady. Answered by roomReady or roomFailed. May be repeated.
    virtual void join(const JoinRequest &request) = 0;
    /// Leaves; its queued writes become Failed.
    virtual void detach(const std::string &room) = 0;

    /// Queues a write; answered by delivery() reports. A repeat of an idem that is queued or was confirmed in this process
    /// is answered with its state and not sent again.
    virtual void send(const Outgoing &outgoing) = 0;

    /// Takes back a write that is not on the wire, and `why`: it fails with that. What is on the wire is left to its answer, and never sent again; of what may have
    /// arrived is still found out whether it did. One that is not queued here: nothing happens.
    virtual void recall(const Uuid &idem, const std::string &why) = 0;

    /// What came with this receipt is kept (or is nobody's business): whoever said it may be told that it arrived.
    virtual void kept(std::uint64_t /*receipt*/) {}

    /// Reads the room's history after `cursor` and emits what was not emitted yet as replayed events, then recovered().
    virtual void fetchSince(const std::string &room, const std::string &cursor) = 0;

    /// The same as send(), spelled out.
    void post(const Uuid &idem, const std::string &room, const std::string &text, const std::string &thread = {});
    void postDirect(const Uuid &idem, const std::string &person, const std::string &text);
    void edit(const Uuid &idem, const std::string &room, const MessageRef &target, const std::string &text);
    void react(const Uuid &idem, const std::string &room, const MessageRef &target, const std::vector<std::string> &emojis);
    void retract(const Uuid &idem, const std::string &room, const MessageRef &target);
    void setTopic(const Uuid &idem, const std::string &room, const std::string &topic);
    void invite(const Uuid &idem, const std::string &room, const std::string &person, const std::string &reason);
    void archive(const Uuid &idem, const std::string &room);

Q_SIGNALS:
    /// `reason` is a sentence for people when the state is Degraded or AuthFailed, or when something is wrong though the line stands.
    void stateChanged(qd::chat::ConnectorState state, std::string reason);
    void event(qd::chat::ChatEvent event);
    void delivery(qd::chat::DeliveryReport report);
    void roomReady(qd::chat::RoomReport report);
    /// Joining or creating failed for good (or the room threw us out); the connector has let go of the room.
    void roomFailed(qd::Uuid idem, std::string room, qd::Error error);
    /// Emitted after the events it covers. Opaque text; store it with them.
    void cursorAdvanced(std::string room, std::string cursor);
    void recovered(qd::chat::Recovery recovery);
    /// The platform asked for patience; writes wait until then.
    void rateLimited(qd::Instant until);

protected:
    ChatConnector() = default;

private:
    Q_DISABLE_COPY_MOVE(ChatConnector)
};

} // namespace qd::chat
