// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/attempts.h"
#include "core/chat/connector.h"
#include "core/chat/outbox.h"
#include "core/chat/slackroom.h"
#include "core/chat/slacksocket.h"

#include <map>
#include <memory>
#include <set>

namespace qd::chat {

/// How to reach a Slack workspace and as which app.
struct SlackSettings {
    std::string name;      ///< the connection's name in the workspace
    std::string url;       ///< of the Web API: "https://slack.com/api"; http:// on this machine only
    std::string workspace; ///< "acme.slack.com": what stands behind the @ of its people and channels; the token must be of it
    Secret botToken;       ///< xoxb-…
    Secret appToken;       ///< xapp-…, with connections:write
    std::string caFile;    ///< PEM roots instead of the system's
    SlackTimings timings;
};

/// Slack as a ChatConnector: events over Socket Mode, everything else over the Web API. Rooms and people are Slack's ids in small letters
/// before the workspace ("c0123abcd@acme.slack.com"); a channel may be named by its name too. A write is confirmed by Slack's answer;
/// where that is lost, it is looked for in the channel's history by our id, which travels in the message's metadata.
class SlackConnector final : public ChatConnector, private Outbox::Port {
    Q_OBJECT
public:
    static constexpr std::size_t kMaxText = 3'800; ///< bytes; Slack advises 4,000 characters

    /// Makes the line to an address Slack gave; a test gives its own.
    using Transports = SlackSocket::Transports;
    [[nodiscard]] static Result<std::unique_ptr<SlackConnector>> make(SlackSettings settings, const Clock &clock, Random &random, Transports transports = {});
    ~SlackConnector() override;

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
    void fetchSince(const std::string &room, const std::string &cursor) override;

private:
    struct Room {
        std::unique_ptr<SlackRoom> follower;
        std::vector<Uuid> requests; ///< createRoom()s and join()s to answer
    };

    SlackConnector(SlackSettings settings, const Clock &clock, Random &random, Transports transports);

    bool canSend(const std::string &lane) const override;
    void transmit(const Outgoing &outgoing, const std::string &text, const std::string &id) override;
    void lookUp(const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done) override;
    std::vector<std::string> split(const Outgoing &outgoing) const override;

    Room &follow(const std::string &address, const std::string &cursor);
    void letGo(const std::string &address, const Error &why);
    void silence(SlackRoom &follower);
    void signIn();
    void onReady();
    void onLost(const Error &why, bool refused);
    void onEvent(const QJsonObject &outer, const QByteArray &raw, int retry);
    void onDirect(const QJsonObject &message, const QByteArray &raw, bool history);
    void readDirects();
    void learnName(const std::string &userId);
    void write(const std::string &method, const SlackApi::Parameters &parameters, const Outgoing &outgoing, const std::string &id, const std::string &harmless = {});
    /// The channel of a lane: a room's, or that with one person, opened for it.
    void withChannel(const Outgoing &outgoing, const std::string &id, std::function<void(const std::string &channel)> go);
    void find(const std::string &channel, const std::string &id, const std::string &oldest, const std::string &next, Outbox::LookedUp done);
    [[nodiscard]] std::string tsOf(const MessageRef &target) const { return target.eventId.empty() ? target.messageId : target.eventId; }
    void pause(const std::string &lane);
    void refresh();
    void setState(ConnectorState state, const std::string &reason = {});

    SlackSettings m_settings;
    const Clock &m_clock;
    Caps m_caps;
    ConnectorState m_state = ConnectorState::Offline;
    std::string m_reason;
    bool m_wanted = false, m_wasReady = false;
    int m_generation = 0;
    SlackPeople m_people;
    SlackApi m_api;
    SlackSocket m_socket;
    Outbox m_outbox;
    Story m_direct; ///< what is said to us alone
    std::map<std::string, std::string> m_directs; ///< channel with one person → the newest message seen there
    std::map<std::string, Room> m_rooms;          ///< by address
    std::set<std::string> m_asked;                ///< people whose names were asked for
    std::set<std::string> m_paused;               ///< lanes that wrote a moment ago
    mutable std::map<std::string, std::vector<std::string>> m_reactions; ///< ours, by target
    Attempts m_attempts;
};

} // namespace qd::chat
