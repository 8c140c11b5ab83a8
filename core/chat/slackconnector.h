// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/filefetch.h"
#include "core/chat/httpchatconnector.h"
#include "core/chat/slackroom.h"
#include "core/chat/slacksocket.h"

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
/// where that is lost, it is looked for in the channel's history by our id, which travels in the message's metadata. Files stay
/// there until somebody asks for one; the bot's token goes to Slack's own hosts for them, and nowhere else.
class SlackConnector final : public HttpChatConnector, public FileSource {
    Q_OBJECT
public:
    static constexpr std::size_t kMaxText = 3'800; ///< bytes; Slack advises 4,000 characters

    /// Makes the line to an address Slack gave; a test gives its own.
    using Transports = SlackSocket::Transports;
    [[nodiscard]] static Result<std::unique_ptr<SlackConnector>> make(SlackSettings settings, const Clock &clock, Random &random, Transports transports = {});
    ~SlackConnector() override;
    void kept(std::uint64_t receipt) override { m_socket.kept(receipt); }
    void readFile(const FileAsked &asked, Read done) override;

private:
    SlackConnector(SlackSettings settings, const Clock &clock, Random &random, Transports transports);

    void startLine() override;
    void stopLine() override;
    bool isLineReady() const override { return m_socket.isReady(); }
    bool isRoomAddress(const std::string &address) const override { return !slackLocal(address, m_settings.workspace).empty(); }
    std::unique_ptr<ChannelRoom> makeFollower(const std::string &address, const std::string &cursor) override;
    bool isPerson(const std::string &address) const override { return !slackId(address, m_settings.workspace, "UW").empty(); }
    std::string targetOf(const MessageRef &target) const override { return target.eventId.empty() ? target.messageId : target.eventId; }
    bool canReactWith(const std::string &emoji) const override;
    bool canSend(const std::string &lane) const override;
    void transmit(const Outgoing &outgoing, const std::string &text, const std::string &id) override;
    void openDirect(const std::string &person, Opened opened) override;
    void write(const std::string &channel, const Outgoing &outgoing, const std::string &text, const std::string &id) override;
    void find(const std::string &channel, const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done) override;
    void askNames(const std::vector<std::string> &userIds) override;
    void readDirect(const std::string &channel, const std::string &newest, Done done) override;
    bool isLater(const std::string &id, const std::string &than) const override { return id > than; }

    void onEvent(const QJsonObject &outer, const QByteArray &raw, int retry, std::uint64_t receipt);
    void onAsked(const QString &type, const QJsonObject &payload, std::uint64_t receipt);
    /// What was told with a receipt, and became nothing that anybody would keep, is done with.
    void letGo(std::uint64_t receipt, const ChannelRoom *room);
    void onDirectMessage(const QJsonObject &message, const QByteArray &raw, bool history, std::uint64_t receipt = 0);
    void call(const std::string &method, const SlackApi::Parameters &parameters, const Outgoing &outgoing, const std::string &id, const std::string &harmless = {});
    struct Place {
        std::string channel, thread;
    };
    void findPage(const Place &in, const std::string &id, const std::string &oldest, const std::string &next, Outbox::LookedUp done);
    void pause(const std::string &lane);
    void take(const QJsonObject &message, std::size_t number, std::size_t most, Read done);
    void tellNotice();

    SlackSettings m_settings;
    SlackPeople m_people;
    SlackApi m_api;
    SlackSocket m_socket;
    FileFetch m_files;
    std::string m_lacking, m_shared, m_told;      ///< a scope; the app with other consoles; what was said of either
    std::uint64_t m_given = 0;                    ///< the last receipt that went out with an event
    std::set<std::string> m_paused;               ///< lanes that wrote a moment ago
};

} // namespace qd::chat
