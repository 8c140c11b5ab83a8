// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/attempts.h"
#include "core/chat/connector.h"
#include "core/chat/filefetch.h"
#include "core/chat/outbox.h"
#include "core/chat/pace.h"
#include "core/chat/transport.h"
#include "core/chat/xmpparchive.h"
#include "core/chat/xmppfollower.h"
#include "core/chat/xmppsession.h"

#include <map>
#include <memory>
#include <set>

namespace qd::chat {

/// How to reach an XMPP server and who we are there.
struct XmppSettings {
    std::string name;     ///< the connection's name in the workspace
    std::string url;      ///< wss://…, or ws:// on this machine (RFC 7395)
    std::string jid;      ///< our account, user@domain
    Secret password;
    std::string mucHost;  ///< where rooms are made, e.g. conference.example.org
    std::string nick;     ///< how we are shown in rooms; the account's user part when empty
    std::string caFile;   ///< PEM roots instead of the system's
    XmppTimings timings;
};

/// XMPP multi-user chat over WebSocket (RFC 6120, RFC 7395, XEP-0045) as a ChatConnector. The account's direct messages are
/// followed as room "" from open() on; attach("", cursor) only sets where to read on. A Confirmed Direct means that our own
/// server took it; a later report may say that the person's client has it (XEP-0184) or that their server refused it.
class XmppConnector final : public ChatConnector, public FileSource, private Outbox::Port {
    Q_OBJECT
public:
    /// Checks the settings; says what is wrong with them. `clock` and `random` must outlive the connector. A test gives its own
    /// `transports`; without them WebSockets are used.
    [[nodiscard]] static Result<std::unique_ptr<XmppConnector>> make(XmppSettings settings, const Clock &clock, Random &random,
                                                                     TransportFactory transports = {});
    ~XmppConnector() override;

    [[nodiscard]] const Caps &caps() const override { return m_caps; }
    [[nodiscard]] ConnectorState state() const override { return m_state; }
    [[nodiscard]] std::vector<Member> members(const std::string &room) const override;
    void open() override;
    void close() override;
    void createRoom(const RoomRequest &request) override;
    void retitle(const Uuid &request, const std::string &title) override;
    void attach(const std::string &room, const std::string &cursor) override;
    void wasIn(const std::string &room, const std::string & /*channel*/) override { m_former.insert(room); }
    void join(const JoinRequest &request) override;
    void detach(const std::string &room) override;
    void send(const Outgoing &outgoing) override;
    void recall(const Uuid &idem, const std::string &why) override { m_outbox.recall(idem, why); }
    void fetchSince(const std::string &room, const std::string &cursor) override;
    /// A file lies wherever its sender put it: it is asked for over https only, without any credentials of ours, and in private networks only at our own server's hosts.
    void readFile(const FileAsked &asked, Read done) override;

private:
    struct Room {
        std::unique_ptr<XmppFollower> follower;
        std::vector<Uuid> requests; ///< createRoom()s to answer
    };

    XmppConnector(XmppSettings settings, const Clock &clock, Random &random, TransportFactory transports);

    bool canSend(const std::string &lane) const override;
    void transmit(const Outgoing &outgoing, const std::string &text, const std::string &id) override;
    void lookUp(const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done) override;
    std::vector<std::string> split(const Outgoing &outgoing) const override;

    Room &follow(const std::string &room, const std::string &cursor);
    void admit(const Outgoing &outgoing, std::function<void()> then);
    void put(const Outgoing &outgoing, const std::string &text, const std::string &id);
    void silence(XmppFollower &follower);
    void letGo(const std::string &room, const Error &why);
    void onReady(bool resumed);
    void onLost(const Error &why, bool refused);
    void onStanza(const Element &stanza, const QByteArray &raw);
    void onMessage(const Element &message, const QByteArray &raw);
    void onError(const Element &message);
    /// Asks for patience: what is refused as too much is sent again after it.
    std::chrono::milliseconds bePatient();
    void onStanzaRefused(const Error &why);
    void refresh();
    void setState(ConnectorState state, const std::string &reason = {});

    XmppSettings m_settings;
    const Clock &m_clock;
    Caps m_caps;
    ConnectorState m_state = ConnectorState::Offline;
    std::string m_reason;
    bool m_wanted = false;
    FileFetch m_files;
    XmppSession m_session;
    XmppArchive m_archive{m_session};
    Outbox m_outbox;
    std::map<std::string, Room> m_rooms;
    std::set<std::string> m_former; ///< rooms an earlier process was in, until they are entered
    Attempts m_attempts;
    Pace m_pace;
};

} // namespace qd::chat
