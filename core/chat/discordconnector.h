// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/discordgateway.h"
#include "core/chat/discordroom.h"
#include "core/chat/filefetch.h"
#include "core/chat/httpchatconnector.h"
#include "core/net/limits.h"

#include <memory>

namespace qd::chat {

/// How to reach a Discord server and as which bot.
struct DiscordSettings {
    std::string name;     ///< the connection's name in the workspace
    std::string url;      ///< of the REST interface: "https://discord.com/api/v10"; http:// on this machine only
    std::string host;     ///< what stands behind the @ of its people and channels; the URL's host when empty
    std::string guild;    ///< the server's id
    std::string category; ///< the id of the category channels are made in; "" = in none
    Secret token;         ///< the bot's
    std::string caFile;   ///< PEM roots instead of the system's
    DiscordTimings timings;
};

/// Discord as a ChatConnector: events over its gateway, everything else over REST. A channel is named by its name or its id, a person by their user
/// id ("123456789012345678@discord.com"). A write is confirmed by Discord's answer and known again by Discord for some minutes, by a nonce;
/// where the answer is lost, what we wrote is looked for in the channel's history. Nothing we write calls anybody. Files stay there until somebody
/// asks for one: the message is asked for anew, because the address of a file is good for a day, and the file without our token.
class DiscordConnector final : public HttpChatConnector, public FileSource {
    Q_OBJECT
public:
    static constexpr std::size_t kMaxText = 1'900; ///< bytes; Discord takes 2,000 characters
    static constexpr std::size_t kGatewayFrame = 4 * net::kMebi; ///< a server with many channels says them all in one frame

    [[nodiscard]] static Result<std::unique_ptr<DiscordConnector>> make(DiscordSettings settings, const Clock &clock, Random &random, DiscordGateway::Transports transports = {});
    ~DiscordConnector() override;

    void readFile(const FileAsked &asked, Read done) override;

private:
    DiscordConnector(DiscordSettings settings, const Clock &clock, Random &random, DiscordGateway::Transports transports);

    void startLine() override;
    void stopLine() override;
    bool isLineReady() const override { return m_gateway.isReady(); }
    bool isRoomAddress(const std::string &address) const override { return !discordLocal(address, m_settings.host).empty(); }
    std::unique_ptr<ChannelRoom> makeFollower(const std::string &address, const std::string &cursor) override;
    bool isPerson(const std::string &address) const override { return !discordId(address, m_settings.host).empty(); }
    std::string targetOf(const MessageRef &target) const override { return isSnowflake(target.eventId) ? target.eventId : std::string(); }
    bool canReactWith(const std::string &emoji) const override { return !emoji.empty() && emoji.size() <= 64 && emoji.front() != ':'; }
    void openDirect(const std::string &person, Opened opened) override;
    std::string written(const Outgoing &outgoing, const std::string &part, bool isFirst) const;
    void write(const std::string &channel, const Outgoing &outgoing, const std::string &text, const std::string &id) override;
    void find(const std::string &channel, const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done) override;
    void askNames(const std::vector<std::string> &userIds) override;
    void readDirect(const std::string &channel, const std::string &newest, Done done) override;
    bool isLater(const std::string &id, const std::string &than) const override { return isLaterSnowflake(id, than); }
    std::vector<std::string> split(const Outgoing &outgoing) const override;

    void onReady(bool resumed);
    void onEvent(const QString &name, const QJsonObject &data, const QByteArray &raw, bool late);
    void onGuild(bool isThere, bool isOver);
    void tellTheWord();
    /// The room something told is about: the one of its channel, or the one its thread is below.
    [[nodiscard]] ChannelRoom *about(const QString &name, const QJsonObject &data) const;
    /// The channel a write goes to: `channel`, its room's own, or the one of a thread there.
    [[nodiscard]] std::string placeOf(const Outgoing &outgoing, const std::string &channel) const;
    void take(const QJsonObject &message, std::size_t number, std::size_t most, Read done);
    void onPress(const QJsonObject &interaction, ChannelRoom *room, bool late);
    void onDirectMessage(const QJsonObject &message, const QByteArray &raw, bool history);
    void call(net::Method method, const std::string &path, const QJsonObject &body, const std::string &channel, const Outgoing &outgoing, const std::string &id, int harmless = 0);
    void findPage(const std::string &channel, const std::string &content, const std::string &id, const std::string &after, Outbox::LookedUp done);

    DiscordSettings m_settings;
    DiscordPeople m_people;
    DiscordApi m_api;
    DiscordGateway m_gateway;
    FileFetch m_files;
    Span m_ahead; ///< of our clock, before Discord's, as the newest live message tells it
    bool m_guildAway = false, m_wordTold = false;
    std::map<std::string, std::string> m_written; ///< messages of ours whose own id is known → that
};

} // namespace qd::chat
