// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/filesource.h"
#include "core/chat/httpchatconnector.h"
#include "core/chat/mattermostroom.h"
#include "core/chat/mattermostsocket.h"

#include <memory>

namespace qd::chat {

/// How to reach a Mattermost server and who we are there.
struct MattermostSettings {
    std::string name;   ///< the connection's name in the workspace
    std::string url;    ///< "https://chat.example.org"; http:// on this machine only
    std::string server; ///< what stands behind the @ of its people and channels; the URL's host when empty
    std::string team;   ///< the team's name, as in its URL
    Secret token;       ///< of a bot account, or a personal access token
    std::string caFile; ///< PEM roots instead of the system's
    MattermostTimings timings;
};

/// Mattermost as a ChatConnector: events over its WebSocket, everything else over REST. A channel is named by its name in the team or its
/// id, a person by their user id ("…26 letters…@chat.example.org"). A write is confirmed by the server's answer and known again by the server
/// for half a minute; after that it is looked for in the channel's history by our id, which travels in the post's props. Files stay there until somebody
/// asks for one.
class MattermostConnector final : public HttpChatConnector, public FileSource {
    Q_OBJECT
public:
    static constexpr std::size_t kMaxText = 8'000; ///< bytes; quoting doubles them at most, and Mattermost takes 16,383 characters

    [[nodiscard]] static Result<std::unique_ptr<MattermostConnector>> make(MattermostSettings settings, const Clock &clock, Random &random);
    ~MattermostConnector() override;

    void readFile(const FileAsked &asked, Read done) override;

private:
    MattermostConnector(MattermostSettings settings, const Clock &clock, Random &random, TransportFactory transports);

    void startLine() override;
    void stopLine() override;
    bool isLineReady() const override { return m_socket.isReady(); }
    bool isRoomAddress(const std::string &address) const override { return !mattermostLocal(address, m_settings.server).empty(); }
    std::unique_ptr<ChannelRoom> makeFollower(const std::string &address, const std::string &cursor) override;
    bool isPerson(const std::string &address) const override { return isMattermostId(mattermostLocal(address, m_settings.server)); }
    std::string targetOf(const MessageRef &target) const override { return isMattermostId(target.eventId) ? target.eventId : std::string(); }
    bool canReactWith(const std::string &emoji) const override;
    void openDirect(const std::string &person, Opened opened) override;
    std::string called(const Outgoing &outgoing, const std::string &id) const;
    void write(const std::string &channel, const Outgoing &outgoing, const std::string &text, const std::string &id) override;
    void find(const std::string &channel, const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done) override;
    void askNames(const std::vector<std::string> &userIds) override;
    void readDirect(const std::string &channel, const std::string &newest, Done done) override;

    void onEvent(const QString &name, const QJsonObject &data, const QString &channel, const QByteArray &raw);
    void onDirectPost(const QJsonObject &post, const QByteArray &raw, bool history);
    [[nodiscard]] MattermostApi::Answered written(const std::string &channel, const Outgoing &outgoing, const std::string &id);
    void findPage(const std::string &channel, const std::string &id, Instant since, int page, Outbox::LookedUp done);

    MattermostSettings m_settings;
    MattermostPeople m_people;
    MattermostApi m_api;
    MattermostSocket m_socket;
};

} // namespace qd::chat
