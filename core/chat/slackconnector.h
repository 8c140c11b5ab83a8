// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/roomed.h"
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
class SlackConnector final : public RoomedConnector<SlackRoom> {
    Q_OBJECT
public:
    static constexpr std::size_t kMaxText = 3'800; ///< bytes; Slack advises 4,000 characters

    /// Makes the line to an address Slack gave; a test gives its own.
    using Transports = SlackSocket::Transports;
    [[nodiscard]] static Result<std::unique_ptr<SlackConnector>> make(SlackSettings settings, const Clock &clock, Random &random, Transports transports = {});
    ~SlackConnector() override;

private:
    SlackConnector(SlackSettings settings, const Clock &clock, Random &random, Transports transports);

    void startLine() override;
    void stopLine() override;
    bool isLineReady() const override { return m_socket.isReady(); }
    bool writesEndWithLine() const override { return false; } // they go by HTTP
    std::string addressFor(const std::string &name) const override;
    bool isRoomAddress(const std::string &address) const override { return !slackLocal(address, m_settings.workspace).empty(); }
    std::unique_ptr<SlackRoom> makeFollower(const std::string &address, const std::string &cursor) override;
    std::string problemOf(const Outgoing &outgoing) const override;
    bool canSend(const std::string &lane) const override;
    void transmit(const Outgoing &outgoing, const std::string &text, const std::string &id) override;
    void lookUp(const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done) override;
    std::vector<std::string> split(const Outgoing &outgoing) const override;

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

    SlackSettings m_settings;
    bool m_wasReady = false;
    int m_generation = 0;
    SlackPeople m_people;
    SlackApi m_api;
    SlackSocket m_socket;
    std::map<std::string, std::string> m_directs; ///< channel with one person → the newest message seen there
    std::set<std::string> m_asked;                ///< people whose names were asked for
    std::set<std::string> m_paused;               ///< lanes that wrote a moment ago
    mutable std::map<std::string, std::vector<std::string>> m_reactions; ///< ours, by target
};

} // namespace qd::chat
