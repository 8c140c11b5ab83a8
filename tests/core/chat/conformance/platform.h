// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/connector.h"
#include "core/net/limits.h"
#include "tests/support/tcprelay.h"

#include <memory>
#include <string>

namespace qd::test {

/// What the conformance suite needs of a chat platform: a real server it can start, cut off, freeze and restart, and
/// connectors to it. One implementation a platform; the scenarios know only this and the connector's capabilities.
class Platform {
public:
    virtual ~Platform() = default;

    /// What it is that answers: "prosody 0.12.3".
    [[nodiscard]] virtual std::string server() const = 0;
    /// "" when the server is up and accepts, else why not (a missing program names its Debian package).
    [[nodiscard]] virtual std::string start() = 0;
    /// The server dies at once and loses its live sessions; what it keeps on disk stays.
    virtual void kill() = 0;
    /// The server process stands still, its connections stay (the half-open case).
    virtual void freeze() = 0;
    virtual void thaw() = 0;

    enum class Via { Relay, Direct };
    /// A connector of one of the users "ic", "bob", "dba"; timings fit for tests.
    [[nodiscard]] virtual std::unique_ptr<chat::ChatConnector> connector(const std::string &user, Via via,
                                                                         const std::string &password = {}) = 0;
    /// A connector over TLS to the same server, whose certificate comes from an authority of the test's own.
    enum class Trust { TestAuthority, SystemOnly, WrongName };
    [[nodiscard]] virtual std::unique_ptr<chat::ChatConnector> tlsConnector(const std::string &user, Trust trust) = 0;
    [[nodiscard]] virtual std::string password(const std::string &user) const = 0;
    /// The identity an event of this user must carry.
    [[nodiscard]] virtual std::string idOf(const std::string &user) const = 0;
    /// Whether what a connector writes counts as a person's own word to others; an app's does not on Slack.
    [[nodiscard]] virtual bool vouchesForConnectors() const { return true; }
    /// Whether a line that was reset is resumed where it broke off, and nothing is read again.
    [[nodiscard]] virtual bool resumesLines() const { return false; }
    /// A person's address that nobody has.
    [[nodiscard]] virtual std::string nobody() const = 0;
    [[nodiscard]] virtual std::string roomAddress(const std::string &name) const = 0;

    /// Whatever our clock says, it is this much ahead of the server's (behind, when negative); before the first connector.
    virtual void skewClock(Span ahead) = 0;

    /// Before the first connector: fill() follows.
    virtual void expectBacklog() {}
    /// Lets "bob" say so many messages in the room, "missed 0" and on, as if it had taken a while; nobody may be connected then. False when it has to be
    /// said message by message, by somebody who is.
    [[nodiscard]] virtual bool fill(const std::string &room, int messages) = 0;
    /// How much of a room's history the server keeps; 0 = all of it.
    [[nodiscard]] virtual std::size_t keeps() const { return 0; }

    /// The first two messages to this room are too many. "" when they are refused with that, else what the server does instead, and from now on
    /// does. Before the first connector.
    [[nodiscard]] virtual std::string limitWrites(const std::string &room) = 0;
    /// The next answer to something written is nothing a client can read, though the server did what was asked; "" or why that cannot be.
    [[nodiscard]] virtual std::string garbleAnswer() = 0;
    /// A frame in which no part of the platform's language can be found, and one that means nothing and has this size.
    [[nodiscard]] virtual QByteArray garbage() const = 0;
    [[nodiscard]] virtual QByteArray padding(std::size_t bytes) const = 0;
    /// The largest frame a connector reads.
    [[nodiscard]] virtual std::size_t frameLimit() const { return net::kWebSocketMessage; }

    /// Lets `user` write something to the room that is legal for the server but beyond our limits; "" or why that cannot be.
    [[nodiscard]] virtual std::string sendHostile(const std::string &user, const std::string &room) = 0;

    /// Somebody gives the channel of a room another name by hand, or ends it: archives it, or deletes it where there is no archive. False where a room is its name.
    [[nodiscard]] virtual bool rename(const std::string &, const std::string & /*name*/) { return false; }
    [[nodiscard]] virtual bool endRoom(const std::string &) { return false; }

    /// Begins a thread from this message, a channel of its own below the room, and lets "bob" say something in it; false where threads are no such thing.
    [[nodiscard]] virtual bool sayInThread(const std::string &, const std::string &) { return false; }

    /// What stands between connectors made with Via::Relay and the server; valid after start().
    [[nodiscard]] TcpRelay &relay() { return *m_relay; }

protected:
    std::unique_ptr<TcpRelay> m_relay;
};

} // namespace qd::test
