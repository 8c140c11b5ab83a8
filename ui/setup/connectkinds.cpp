// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/setup/connectkinds.h"

#include <QCoreApplication>

namespace qd::setup {

namespace {

using Form = ConnectPart::Form;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(qd::setup::Connect)
};

QString w(const char *text)
{
    return QString::fromLatin1(text);
}

ConnectField must(const char *part, const QString &hint = {})
{
    return {w(part), true, hint};
}

ConnectField may(const char *part, const QString &hint = {})
{
    return {w(part), false, hint};
}

/// What everything that is read again and again can be given.
std::vector<ConnectField> polled(const QString &url)
{
    return {must("url", url), may("token", Words::tr("bearer token, if it asks for one")), may("set", Words::tr("those of one set carry the same alerts; else its name")), may("interval", w("5s")), may("ca")};
}

std::vector<ConnectKind> sources()
{
    return {
        {w("alertmanager"), w("Alertmanager"), Words::tr("Its alerts and silences are read, again and again."), polled(w("http://alertmanager:9093"))},
        {w("prometheus"), w("Prometheus"), Words::tr("Its alerts are read, again and again."), polled(w("http://prometheus:9090"))},
        {w("inbound"), Words::tr("Whatever sends to us (webhooks, heartbeats)"), Words::tr("Gives a key and the addresses to send to; the key is shown once."),
         {may("sign", Words::tr("from then on nothing unsigned is taken")), may("set", Words::tr("those of one set carry the same alerts; else its name")), may("interval", Words::tr("how often word is expected; none: when it comes"))}},
        {w("cloudevents"), w("CloudEvents"), Words::tr("Events are heard over a WebSocket that stays open."), {must("url", w("wss://")), may("token"), may("set"), may("ca")}},
        {w("ical"), Words::tr("A calendar that says who is on call"), Words::tr("It is asked again and again; its last good answer is kept."),
         {may("url", w("https://")), may("secretUrl", Words::tr("instead, where the address itself is secret")), may("token"), may("interval", w("15m")), may("ca")}},
        {w("pagerduty-rest"), Words::tr("PagerDuty: its incidents in, answers both ways"), Words::tr("Its incidents are our alerts; what is answered here is answered there once it is armed."),
         {must("token", Words::tr("a REST API key")), may("from", Words::tr("the mail address of the user there who writes")), may("url", w("https://api.pagerduty.com")), may("interval", w("15s"))}},
    };
}

std::vector<ConnectKind> chats()
{
    return {
        {w("slack"), w("Slack"), Words::tr("Rooms, posts and pages; commands typed there."),
         {must("network", w("acme.slack.com")), must("botToken", w("xoxb-…")), must("appToken", w("xapp-…")), may("url", w("https://slack.com/api"))}},
        {w("mattermost"), w("Mattermost"), Words::tr("Rooms, posts and pages; commands typed there."),
         {must("url", w("https://")), must("team", Words::tr("as in its URL")), must("token", Words::tr("the bot's token")), may("network", Words::tr("the host of its address")), may("ca")}},
        {w("discord"), w("Discord"), Words::tr("Rooms, posts and pages; commands typed there."),
         {must("guild", Words::tr("some 18 digits")), must("token", Words::tr("the bot's token")), may("category", Words::tr("of the category its channels are made in")), may("network"), may("url", w("https://discord.com/api/v10"))}},
        {w("xmpp"), w("XMPP"), Words::tr("Rooms, posts and pages; commands typed there."),
         {must("url", w("wss://")), must("jid", w("console@example.org")), must("password"), must("muc", w("rooms.example.org")), may("ca")}},
        {w("irc"), w("IRC"), Words::tr("Channels, posts and pages; commands typed there."),
         {must("url", w("wss://")), must("nick"), may("user", Words::tr("the account, when it is not called as the nick")), may("password"), may("network", Words::tr("the host of its address")), may("ca")}},
        {w("teams"), Words::tr("Microsoft Teams (post-only)"), Words::tr("A workflow posts to its one channel. Nothing said there is heard, and nobody there can acknowledge."),
         {must("secretUrl", Words::tr("the workflow's address: whoever has it posts")), may("network", Words::tr("what its room is called by"))}},
    };
}

std::vector<ConnectKind> ways()
{
    return {
        {w("smtp"), Words::tr("A mail server"), Words::tr("Pages and released messages go out through it."),
         {must("url", w("smtps://mail.example.org:465")), must("from", w("console@example.org")), may("user"), may("password"), may("ca")}},
        {w("webhook"), Words::tr("A webhook (ntfy, Pushover, Twilio, or your own)"), Words::tr("Pages go out through it."),
         {may("preset"), may("url", w("https://")), may("token"), may("user", Words::tr("Twilio: the account's SID; with a token: Basic")), may("from", Words::tr("Twilio: the number texts are from")), may("topic", Words::tr("ntfy: of who has none of their own")),
          may("method"), may("body", w("{\"text\": \"{{title}}\"}")), may("contentType", w("application/json")), may("header", Words::tr("that carries the token, instead of Authorization")), may("language", Words::tr("of what it is told of status pages; none: the page's first")), may("ca")}},
        {w("pagerduty"), Words::tr("PagerDuty: pages out"), Words::tr("What is sent to it as a page becomes an incident there."), {must("token", Words::tr("the routing key of Events v2")), may("url", w("https://events.pagerduty.com"))}},
    };
}

std::vector<ConnectKind> pages()
{
    return {
        {w("directory"), Words::tr("Status pages: a folder"), Words::tr("Published pages are written there."), {must("folder")}},
        {w("s3"), Words::tr("Status pages: a bucket (S3)"), Words::tr("Published pages are written there."),
         {must("url", Words::tr("endpoint and bucket")), must("region"), must("user", Words::tr("the access key")), must("token", Words::tr("the secret key")), may("ca")}},
        {w("sftp"), Words::tr("Status pages: SFTP"), Words::tr("Published pages are written there."), {must("url", w("sftp://host:22")), must("user"), must("path", w("/srv/status")), must("key"), must("hostKeys")}},
        {w("git"), Words::tr("Status pages: a Git repository"), Words::tr("Published pages are pushed there."),
         {must("url", Words::tr("ssh://HOST/PATH, or a path here")), may("user"), may("key"), may("hostKeys"), may("path", Words::tr("the folder in it")), may("branch", w("main"))}},
        {w("atlassian"), w("Atlassian Statuspage"), Words::tr("Published pages are pushed there."), {must("path", Words::tr("the page's id there")), must("token", Words::tr("its API key")), may("url", w("https://api.statuspage.io/v1"))}},
    };
}

std::vector<ConnectKind> afterwards()
{
    const QString issues = Words::tr("Actions of a review become issues there once it is armed.");
    return {
        {w("github"), Words::tr("GitHub: issues"), issues, {must("url", w("https://api.github.com")), must("path", Words::tr("OWNER/REPOSITORY")), must("token")}},
        {w("gitlab"), Words::tr("GitLab: issues"), issues, {must("url", w("https://gitlab.com")), must("path", Words::tr("the project's path, GROUP/NAME")), must("token"), may("ca")}},
        {w("jira"), Words::tr("Jira: issues"), issues, {must("url", w("https://")), must("path", Words::tr("the project's key")), may("user", Words::tr("the account's mail address at Atlassian")), must("token"), may("ca")}},
        {w("confluence"), Words::tr("Confluence: pages of reviews"), Words::tr("Reviews become pages there once it is armed."),
         {must("url", w("https://")), must("path", Words::tr("the space's key")), may("user", Words::tr("the account's mail address at Atlassian")), must("token"), may("ca")}},
    };
}

} // namespace

std::vector<ConnectPart> connectParts()
{
    return {
        {w("preset"), w("--preset"), Words::tr("Recipe"), Form::Choice, {{}, w("ntfy"), w("pushover"), w("twilio")}},
        {w("url"), w("--url"), Words::tr("Address")},
        {w("secretUrl"), w("--url-file"), Words::tr("Secret address"), Form::Secret},
        {w("network"), w("--network"), Words::tr("Network")},
        {w("guild"), w("--guild"), Words::tr("Server's id")},
        {w("team"), w("--team"), Words::tr("Team")},
        {w("jid"), w("--jid"), Words::tr("Account")},
        {w("nick"), w("--nick"), Words::tr("Nick")},
        {w("user"), w("--user"), Words::tr("User")},
        {w("password"), w("--password-file"), Words::tr("Password"), Form::Secret},
        {w("token"), w("--token-file"), Words::tr("Token"), Form::Secret},
        {w("botToken"), w("--bot-token-file"), Words::tr("Bot's token"), Form::Secret},
        {w("appToken"), w("--app-token-file"), Words::tr("App-level token"), Form::Secret},
        {w("sign"), w("--sign-file"), Words::tr("Signing secret"), Form::Secret},
        {w("key"), w("--key-file"), Words::tr("Private key"), Form::File},
        {w("hostKeys"), w("--host-keys"), Words::tr("Known hosts"), Form::File},
        {w("muc"), w("--muc"), Words::tr("Host of rooms")},
        {w("category"), w("--category"), Words::tr("Category's id")},
        {w("from"), w("--from"), Words::tr("From")},
        {w("topic"), w("--topic"), Words::tr("Topic")},
        {w("method"), w("--method"), Words::tr("Method"), Form::Choice, {{}, w("POST"), w("PUT")}},
        {w("body"), w("--body"), Words::tr("Body")},
        {w("contentType"), w("--content-type"), Words::tr("Content type")},
        {w("header"), w("--header"), Words::tr("Header")},
        {w("language"), w("--language"), Words::tr("Language"), Form::Choice, {{}, w("en"), w("de")}},
        {w("folder"), w("--path"), Words::tr("Folder here"), Form::Folder},
        {w("path"), w("--path"), Words::tr("Path there")},
        {w("region"), w("--region"), Words::tr("Region")},
        {w("branch"), w("--branch"), Words::tr("Branch")},
        {w("set"), w("--set"), Words::tr("Source set")},
        {w("interval"), w("--interval"), Words::tr("Every")},
        {w("ca"), w("--ca-file"), Words::tr("Roots (PEM)"), Form::File},
    };
}

std::vector<ConnectKind> connectKinds()
{
    std::vector<ConnectKind> out = sources();
    for (const auto &more : {chats(), ways(), pages(), afterwards()})
        out.insert(out.end(), more.begin(), more.end());
    return out;
}

} // namespace qd::setup
