// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/chatconnectors.h"

#include "core/chat/discordconnector.h"
#include "core/chat/ircconnector.h"
#include "core/chat/mattermostconnector.h"
#include "core/chat/practiceconnector.h"
#include "core/chat/slackconnector.h"
#include "core/chat/teamsconnector.h"
#include "core/chat/xmppconnector.h"

namespace qd::app {

namespace {

chat::XmppSettings xmppSettings(const Connection &c, Secret secret)
{
    chat::XmppSettings settings;
    settings.name = c.name;
    settings.url = c.url;
    settings.jid = c.address;
    settings.password = std::move(secret);
    settings.mucHost = c.muc;
    settings.caFile = c.caFile;
    return settings;
}

chat::IrcSettings ircSettings(const Connection &c, Secret secret)
{
    chat::IrcSettings settings;
    settings.name = c.name;
    settings.url = c.url;
    settings.nick = c.address;
    settings.account = c.user;
    settings.password = std::move(secret);
    settings.network = c.muc;
    settings.caFile = c.caFile;
    return settings;
}

chat::SlackSettings slackSettings(const Connection &c, ChatSecrets secrets)
{
    chat::SlackSettings settings;
    settings.name = c.name;
    settings.url = c.url;
    settings.workspace = c.muc;
    settings.botToken = std::move(secrets.own);
    settings.appToken = std::move(secrets.app);
    settings.caFile = c.caFile;
    return settings;
}

chat::MattermostSettings mattermostSettings(const Connection &c, Secret secret)
{
    chat::MattermostSettings settings;
    settings.name = c.name;
    settings.url = c.url;
    settings.server = c.muc;
    settings.team = c.user;
    settings.token = std::move(secret);
    settings.caFile = c.caFile;
    return settings;
}

chat::DiscordSettings discordSettings(const Connection &c, Secret secret)
{
    chat::DiscordSettings settings;
    settings.name = c.name;
    settings.url = c.url;
    settings.host = c.muc;
    settings.guild = c.user;
    settings.category = c.category;
    settings.token = std::move(secret);
    settings.caFile = c.caFile;
    return settings;
}

chat::TeamsSettings teamsSettings(const Connection &c, Secret secret)
{
    chat::TeamsSettings settings;
    settings.name = c.name;
    settings.host = c.muc;
    settings.address = std::move(secret);
    settings.caFile = c.caFile;
    return settings;
}

template <typename Connector>
Result<std::unique_ptr<chat::ChatConnector>> made(Result<std::unique_ptr<Connector>> connector)
{
    if (!connector)
        return tl::unexpected(connector.error());
    return std::move(*connector);
}

} // namespace

Result<std::unique_ptr<chat::ChatConnector>> makeChatConnector(const Connection &c, ChatSecrets secrets, const Clock &clock, Random &random)
{
    if (c.kind == "practice")
        return std::make_unique<chat::PracticeConnector>(c.name, clock, random);
    if (c.kind == "irc")
        return made(chat::IrcConnector::make(ircSettings(c, std::move(secrets.own)), clock, random));
    if (c.kind == "slack")
        return made(chat::SlackConnector::make(slackSettings(c, std::move(secrets)), clock, random));
    if (c.kind == "mattermost")
        return made(chat::MattermostConnector::make(mattermostSettings(c, std::move(secrets.own)), clock, random));
    if (c.kind == "discord")
        return made(chat::DiscordConnector::make(discordSettings(c, std::move(secrets.own)), clock, random));
    if (c.kind == "teams")
        return made(chat::TeamsConnector::make(teamsSettings(c, std::move(secrets.own)), clock));
    if (c.kind == "xmpp")
        return made(chat::XmppConnector::make(xmppSettings(c, std::move(secrets.own)), clock, random));
    return fail(Code::Invalid, "This build has no connector for chat of kind " + c.kind + ".");
}

std::string whereAnother(const Connection &c, bool app)
{
    std::string where = "Get another where it was given to you";
    if (c.kind == "slack" && app)
        where = "Make another at api.slack.com/apps, Basic Information, App-Level Tokens";
    else if (c.kind == "slack")
        where = "Install the app again at api.slack.com/apps, OAuth & Permissions";
    else if (c.kind == "mattermost")
        where = "Make another in Mattermost, a bot's under Integrations, Bot Accounts, a person's under Profile, Security, Personal Access Tokens";
    else if (c.kind == "discord")
        where = "Reset the bot's token at discord.com/developers/applications, Bot";
    else if (c.kind == "teams")
        where = "Make another in Teams, in the channel's Workflows";
    else if (c.kind == "pagerduty-rest")
        where = "Make another in PagerDuty, Integrations, API Access Keys";
    else if (c.kind == "pagerduty")
        where = "Its key is in PagerDuty, in the service's Integrations, Events API v2";
    else if (c.kind == "github")
        where = "Make another at GitHub, Settings, Developer settings, Personal access tokens";
    else if (c.kind == "gitlab")
        where = "Make another in GitLab, in the project's or your own Settings, Access Tokens";
    else if (c.kind == "jira" || c.kind == "confluence")
        where = "Make another at id.atlassian.com, Security, API tokens";
    else if (c.kind == "atlassian")
        where = "Make another at Statuspage, in your profile's API info";
    else if (c.kind == "irc" || c.kind == "xmpp")
        where = "Have the account's password set anew by whoever runs the chat server";
    return where + ", and connect " + c.name + " again with it.";
}

} // namespace qd::app
