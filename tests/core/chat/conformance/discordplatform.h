// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/discordconnector.h"
#include "servedplatform.h"

namespace qd::test {

/// Discord, as the fake plays it that Discord's own clients accept (tests/e2e/lab_discord.py, tests/judges/discord.mjs): there is no server to install.
class DiscordPlatform final : public FakePlatform {
public:
    DiscordPlatform() : FakePlatform("lab_discord.py", "@discordjs/ws and @discordjs/rest") {}

    std::string idOf(const std::string &user) const override
    {
        return std::string("10000000000000000") + (user == "ic" ? '1' : user == "bob" ? '2' : '3') + "@discord.test";
    }
    bool vouchesForConnectors() const override { return false; }
    std::string nobody() const override { return "999999999999999999@discord.test"; }
    std::string roomAddress(const std::string &name) const override { return name + "@discord.test"; }
    std::string sendHostile(const std::string &, const std::string &) override { return "Discord itself bounds what a message may be"; }
    std::string limitWrites(const std::string &room) override
    {
        return tell("refuse", {{QStringLiteral("channel"), nameOf(room)}, {QStringLiteral("times"), 2}, {QStringLiteral("seconds"), 0.5}}) ? std::string() : "the fake did not hear it";
    }
    bool sayInThread(const std::string &message, const std::string &text) override
    {
        const QString thread = QString::fromStdString(message); // it has the id of the message it was begun from
        tell("thread", {{QStringLiteral("user"), QStringLiteral("bob")}, {QStringLiteral("message"), thread}, {QStringLiteral("name"), QStringLiteral("Below it")}}); // begun before: it is there
        return tell("say", {{QStringLiteral("user"), QStringLiteral("bob")}, {QStringLiteral("channel"), thread}, {QStringLiteral("text"), QString::fromStdString(text)}});
    }
    std::size_t frameLimit() const override { return chat::DiscordConnector::kGatewayFrame; }

private:
    std::string url(bool secure, const std::string &host) const override { return FakePlatform::url(secure, host) + "/api/v10"; }
    std::unique_ptr<chat::ChatConnector> make(const std::string &user, const std::string &url, const std::string &password, const std::string &caFile) override
    {
        chat::DiscordSettings s;
        s.name = "room";
        s.url = url;
        s.host = "discord.test";
        s.guild = "900000000000000001";
        s.category = "900000000000000002";
        s.token = Secret("token-" + (password.empty() ? user : password));
        s.caFile = caFile;
        s.timings = brisk<chat::DiscordTimings>();
        s.timings.identifyEvery = std::chrono::milliseconds(1);
        s.timings.pingInterval = millis(500);
        s.timings.pongDeadline = millis(4000); // the largest frame takes a machine with much to do a while
        auto made = chat::DiscordConnector::make(std::move(s), m_clock, m_random);
        return made ? std::move(*made) : nullptr;
    }
};

} // namespace qd::test
