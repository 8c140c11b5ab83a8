// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/ircroom.h"
#include "core/chat/ircsession.h"
#include "core/chat/roomed.h"

#include <map>
#include <memory>

namespace qd::chat {

/// How to reach an IRC server and who we are there.
struct IrcSettings {
    std::string name;    ///< the connection's name in the workspace
    std::string url;     ///< wss://…, or ws:// on this machine
    std::string nick;
    std::string account; ///< what we sign in to; the nick when empty
    Secret password;     ///< of the account; empty: nobody is signed in to
    std::string network; ///< what stands behind the @ of its people and channels; the URL's host when empty
    std::string caFile;  ///< PEM roots instead of the system's
    IrcTimings timings;
};

/// IRC over WebSocket (RFC 2812, IRCv3) as a ChatConnector. A room is a channel, "inc-7@network" for #inc-7, and a person an account of the
/// network's services, never a nick. IRC cannot change or take back what was said, resumes nothing, and keeps what the
/// channel's history mode keeps: caps() says so, and what is beyond is a Gap. A Confirmed Direct means that the server
/// handed it to somebody signed in to the account.
class IrcConnector final : public RoomedConnector<IrcRoom> {
    Q_OBJECT
public:
    static constexpr std::size_t kMaxText = 320; ///< bytes: a line less the longest prefix, channel and command a server puts before it

    /// Checks the settings; says what is wrong with them. `clock` and `random` must outlive the connector. A test gives its own
    /// `transports`; without them WebSockets are used.
    [[nodiscard]] static Result<std::unique_ptr<IrcConnector>> make(IrcSettings settings, const Clock &clock, Random &random, TransportFactory transports = {});
    ~IrcConnector() override;

private:
    IrcConnector(IrcSettings settings, const Clock &clock, Random &random, TransportFactory transports);

    void startLine() override { m_session.start(); }
    void stopLine() override { m_session.stop(); }
    bool isLineReady() const override { return m_session.isReady(); }
    std::string addressFor(const std::string &name) const override;
    bool isRoomAddress(const std::string &address) const override { return !ircChannel(address, m_settings.network).empty(); }
    std::unique_ptr<IrcRoom> makeFollower(const std::string &address, const std::string &cursor) override;
    std::string problemOf(const Outgoing &outgoing) const override;
    bool canSend(const std::string &lane) const override { return m_session.isFree() && RoomedConnector::canSend(lane); }
    void transmit(const Outgoing &outgoing, const std::string &text, const std::string &id) override;
    void lookUp(const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done) override;
    std::vector<std::string> split(const Outgoing &outgoing) const override;

    void onReady();
    void onLine(const IrcLine &line, const QByteArray &raw, bool history);
    void onDirect(const IrcLine &line, const QByteArray &raw);
    void learnCaps();
    /// Writes to whoever is signed in to the person's account now: one of several, the next when one has just left.
    void admit(const Outgoing &outgoing, const std::string &text, const std::string &id);
    /// `admitted`: the room lets them in, told or not.
    void toPerson(const Outgoing &outgoing, const std::string &text, const std::string &id, bool admitted);
    void toNicks(const Outgoing &outgoing, const std::string &text, const std::string &id, std::vector<std::string> nicks, bool admitted);
    using Refused = std::function<bool(const Error &)>; ///< whether it goes on by another way
    void put(const Outgoing &outgoing, IrcLine line, const std::string &id, const std::string &why, Refused refused = {});

    IrcSettings m_settings;
    bool m_wasReady = false;
    IrcSession m_session;
    mutable std::map<std::string, std::vector<std::string>> m_reactions; ///< ours, by target
};

} // namespace qd::chat
