// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/verbs.h"

#include "core/base/ports.h"
#include "core/link/jsonrpc.h"
#include "core/link/protocol.h"
#include "core/model/connection.h"
#include "core/sources/keyring.h"

#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <optional>

namespace qd::app {

namespace json = boost::json;

namespace {

struct ConnectGiven {
    std::string kind, name, url, jid, muc, set, interval, caFile, passwordFile, tokenFile, signFile, urlFile, user, from, preset, topic, method, body, contentType, header, nick, network, botTokenFile, appTokenFile, team, guild, category, path, region, keyFile, hostKeys, branch, language, issueType, instead, insteadAfter;
    bool replace = false;
};

/// The kinds people connect to; practice rooms come with a practice home.
std::vector<std::string> kinds()
{
    std::vector<std::string> out(std::begin(kConnectionKinds), std::end(kConnectionKinds));
    std::erase(out, "practice");
    return out;
}

/// 160 bits, as text that goes through every URL, file and shell.
std::string newKey()
{
    SystemRandom random;
    Bytes bytes(20);
    random.fill(bytes);
    return "qd_" + toHex(bytes);
}

/// What is missing for the kind, as one sentence, or "".
std::string problemOf(const ConnectGiven &g)
{
    const auto needs = [&](std::initializer_list<std::pair<const char *, const std::string *>> options) {
        for (const auto &[name, value] : options)
            if (value->empty())
                return "connect " + g.kind + " needs " + name;
        return std::string();
    };
    if (g.replace && (!isInbound(g.kind) || !g.set.empty() || !g.interval.empty() || !g.url.empty() || !g.signFile.empty()))
        return std::string("connect --replace gives an inbound connection a new key and changes nothing else");
    if (!g.signFile.empty() && !isInbound(g.kind))
        return "connect " + g.kind + " takes no --sign-file: only what is sent to us is signed";
    if (!isChat(g.kind) && !(g.instead + g.insteadAfter).empty())
        return "connect " + g.kind + " takes no --instead: another room is for the posts of chat connections";
    if (g.instead.empty() && !g.insteadAfter.empty())
        return "connect " + g.kind + " with --instead-after needs --instead: the room in which it is said";
    if (holdsIncidents(g.kind))
        return needs({{"--token-file", &g.tokenFile}});
    if (!g.urlFile.empty() && !isCalendar(g.kind) && !isPostOnly(g.kind))
        return "connect " + g.kind + " takes no --url-file: only a calendar's or a Teams workflow's address opens it";
    if (isPostOnly(g.kind) && !g.url.empty())
        return "connect " + g.kind + " takes no --url: whoever has the address posts; give it as --url-file";
    if (isPostOnly(g.kind))
        return needs({{"--url-file", &g.urlFile}});
    if (isCalendar(g.kind) && g.url.empty() == g.urlFile.empty())
        return std::string("connect ical needs --url, or --url-file where the address itself is secret");
    if (isCalendar(g.kind))
        return !g.urlFile.empty() && !g.tokenFile.empty() ? std::string("connect ical takes --url-file or --token-file, not both") : std::string();
    if (isPolled(g.kind) || g.kind == "cloudevents")
        return needs({{"--url", &g.url}});
    if (g.kind == "irc")
        return needs({{"--url", &g.url}, {"--nick", &g.nick}});
    if (g.kind == "slack")
        return needs({{"--network", &g.network}, {"--bot-token-file", &g.botTokenFile}, {"--app-token-file", &g.appTokenFile}});
    if (g.kind == "mattermost")
        return needs({{"--url", &g.url}, {"--team", &g.team}, {"--token-file", &g.tokenFile}});
    if (g.kind == "discord")
        return needs({{"--guild", &g.guild}, {"--token-file", &g.tokenFile}});
    if (isChat(g.kind))
        return needs({{"--url", &g.url}, {"--jid", &g.jid}, {"--password-file", &g.passwordFile}, {"--muc", &g.muc}});
    if (isMail(g.kind))
        return !g.user.empty() && g.passwordFile.empty() ? std::string("connect smtp with --user needs --password-file") : needs({{"--url", &g.url}, {"--from", &g.from}});
    if (g.kind == "directory")
        return needs({{"--path", &g.path}});
    if (g.kind == "s3")
        return needs({{"--url", &g.url}, {"--region", &g.region}, {"--user", &g.user}, {"--token-file", &g.tokenFile}});
    if (g.kind == "sftp")
        return needs({{"--url", &g.url}, {"--user", &g.user}, {"--path", &g.path}, {"--key-file", &g.keyFile}, {"--host-keys", &g.hostKeys}});
    if (g.kind == "git")
        return g.url.starts_with("ssh://") ? needs({{"--user", &g.user}, {"--key-file", &g.keyFile}, {"--host-keys", &g.hostKeys}}) : needs({{"--url", &g.url}});
    if (g.kind == "atlassian")
        return needs({{"--path", &g.path}, {"--token-file", &g.tokenFile}});
    if (g.kind == "github" || g.kind == "gitlab")
        return needs({{"--path", &g.path}, {"--token-file", &g.tokenFile}});
    if (g.kind == "jira" || isLibrary(g.kind))
        return needs({{"--url", &g.url}, {"--path", &g.path}, {"--token-file", &g.tokenFile}});
    if (g.kind == "pagerduty")
        return needs({{"--token-file", &g.tokenFile}});
    if (g.kind == "webhook" && g.preset.empty())
        return needs({{"--url", &g.url}});
    if (g.preset == "pushover")
        return needs({{"--token-file", &g.tokenFile}});
    if (g.preset == "twilio")
        return needs({{"--user", &g.user}, {"--token-file", &g.tokenFile}, {"--from", &g.from}});
    return {};
}

/// Where the services of the recipes are; whoever runs one of their own says so.
std::string usualUrl(const ConnectGiven &g)
{
    return g.kind == "pagerduty"     ? "https://events.pagerduty.com"
        : g.kind == "atlassian"  ? "https://api.statuspage.io/v1"
        : g.kind == "github"     ? "https://api.github.com"
        : g.kind == "gitlab"     ? "https://gitlab.com"
        : g.kind == "slack"      ? "https://slack.com/api"
        : g.kind == "discord"    ? "https://discord.com/api/v10"
        : g.kind == "pagerduty-rest" ? "https://api.pagerduty.com"
        : g.preset == "ntfy"     ? "https://ntfy.sh"
        : g.preset == "pushover" ? "https://api.pushover.net"
        : g.preset == "twilio"   ? "https://api.twilio.com"
                                 : "";
}

/// What `connect` prints.
void printConnection(const ConnectGiven &g, const std::string &key, const std::string &status);

/// "https://host.example" of an address, or "".
std::string hostOf(std::string_view address)
{
    const auto scheme = address.find("://");
    if (!address.starts_with("http") || scheme == std::string_view::npos)
        return {};
    const auto end = address.find_first_of("/?#", scheme + 3);
    return end == scheme + 3 ? std::string() : std::string(address.substr(0, end));
}

json::object urlsOf(const std::string &base, const std::string &key)
{
    const std::string in = base + "/in/" + key;
    json::object urls;
    for (const auto &[name, path] : {std::pair{"prometheus", ""}, {"alerts", "/api/v2/alerts"}, {"alertmanager", "/alertmanager"},
                                     {"pagerduty", "/v2/enqueue"}, {"pagerdutyChange", "/v2/change/enqueue"}, {"pagerdutyWebhook", "/pagerduty/v3"}, {"grafana", "/grafana"},
                                     {"cloudevents", "/cloudevents"}, {"heartbeat", "/heartbeat/<name>"}, {"ping", "/ping/<name>"}})
        urls[name] = in + path;
    if (base.starts_with("http"))
        urls["cloudeventsWebSocket"] = "ws" + in.substr(4) + "/cloudevents";
    return urls;
}

void printConnection(const ConnectGiven &g, const std::string &key, const std::string &status)
{
    const auto known = json::parse(status);
    const std::string listen(known.at("listen").get_string());
    std::printf("%s\n", json::serialize(json::object{{"name", g.name},
                                                     {"kind", g.kind},
                                                     {"key", key},
                                                     {"urls", key.empty() ? json::object() : urlsOf(listen, key)}})
                            .c_str());
}

/// A new key for an inbound connection; the old one opens nothing from then on, its other settings stay.
int replaceKey(Verbs &verbs, const ConnectGiven &g, const std::string &status)
{
    const std::string key = newKey();
    const Called done = callCore(verbs, "connection.rekey", json::serialize(json::object{{"name", g.name}, {"keyHash", toHex(sources::hashOf(key))}}));
    if (done.exit == kDone)
        printConnection(g, key, status);
    return done.exit;
}

/// The copies of a connection's secrets, made before the core is asked to take it: where it does not, what was there before is put back.
class SecretsKept {
public:
    explicit SecretsKept(const HomeOptions &options) : m_options(options) {}
    ~SecretsKept()
    {
        std::error_code ignored;
        for (const auto &[name, before] : m_before)
            if (before)
                (void)keepSecret(m_options, name, *before);
            else
                std::filesystem::remove(m_options.secrets() / name, ignored);
    }
    SecretsKept(const SecretsKept &) = delete;
    SecretsKept &operator=(const SecretsKept &) = delete;

    Result<std::string> keep(const std::string &name, const Secret &secret)
    {
        std::error_code ignored;
        std::optional<Secret> before;
        if (std::filesystem::exists(m_options.secrets() / name, ignored)) {
            auto read = name.ends_with(".key") ? readPrivateKey(m_options.secrets() / name) : readSecret(m_options.secrets() / name);
            if (read) // one that cannot be read was of no use
                before.emplace(std::move(*read));
        }
        auto kept = keepSecret(m_options, name, secret);
        if (kept)
            m_before.emplace_back(name, std::move(before));
        return kept;
    }
    void settle() { m_before.clear(); }

private:
    const HomeOptions &m_options;
    std::vector<std::pair<std::string, std::optional<Secret>>> m_before;
};

int connect(Verbs &verbs, const ConnectGiven &g)
{
    if (const std::string problem = problemOf(g); !problem.empty()) {
        std::fprintf(stderr, "quarterdeckctl: %s\n", problem.c_str());
        return kUsage;
    }
    // Asked first, so that a secret is copied only when there is a core to use it.
    const Called status = callCore(verbs, "status", {});
    if (status.exit != kDone)
        return status.exit;
    if (g.replace)
        return replaceKey(verbs, g, status.json);
    json::object c{{"name", g.name}, {"kind", g.kind}, {"url", g.url.empty() ? usualUrl(g) : g.url}, {"address", g.topic + g.jid + g.nick}, {"muc", g.muc + g.network}, {"set", g.set}};
    for (const auto &[field, value] : {std::pair{"user", !g.team.empty() ? &g.team : !g.guild.empty() ? &g.guild : &g.user}, {"category", &g.category}, {"from", &g.from}, {"preset", &g.preset}, {"method", &g.method}, {"body", &g.body},
                                       {"contentType", &g.contentType}, {"secretHeader", &g.header}, {"region", &g.region}, {"branch", &g.branch}, {"language", &g.language}, {"issueType", &g.issueType}, {"insteadRoom", &g.instead}, {"insteadAfter", &g.insteadAfter}})
        if (!value->empty())
            c[field] = *value;
    if (!g.interval.empty())
        c["interval"] = g.interval;
    else if (isPublisher(g.kind) || isTracker(g.kind))
        c["interval"] = "1m"; // so often what was pushed is looked at
    else if (isInbound(g.kind))
        c["interval"] = "0s"; // nothing is expected of a sender until it says how often it comes
    else if (holdsIncidents(g.kind))
        c["interval"] = "15s"; // a reading is three requests or more of the 960 a minute a token has
    else if (isCalendar(g.kind))
        c["interval"] = toText(kCalendarEvery);
    if (!g.caFile.empty()) {
        std::error_code wrong;
        const auto ca = std::filesystem::canonical(g.caFile, wrong);
        if (wrong)
            return refuse({Code::Io, "The file of roots " + g.caFile + " cannot be read: " + wrong.message() + ".", {}});
        c["caFile"] = ca.string();
    }
    if (!g.hostKeys.empty()) {
        std::error_code wrong;
        const auto known = std::filesystem::canonical(g.hostKeys, wrong);
        if (wrong)
            return refuse({Code::Io, "The file of known hosts " + g.hostKeys + " cannot be read: " + wrong.message() + ".", {}});
        c["hostKeys"] = known.string();
    }
    if (!g.path.empty() && g.kind != "directory") {
        c["path"] = g.path; // of somewhere else
    } else if (!g.path.empty()) { // the core has another working folder
        std::error_code wrong;
        c["path"] = std::filesystem::absolute(g.path, wrong).lexically_normal().string();
    }
    SecretsKept secrets(verbs.options);
    if (!g.urlFile.empty()) {
        const auto secret = readSecret(g.urlFile);
        if (!secret)
            return refuse(secret.error());
        const std::string host = hostOf(secret->revealText());
        if (host.empty())
            return refuse({Code::Invalid, "The file " + g.urlFile + " holds no address; write https://… in it.", {}});
        auto kept = secrets.keep(g.name + ".address", *secret);
        if (!kept)
            return refuse(kept.error());
        c["url"] = host;
        c["secretFile"] = *kept;
    }
    const std::string &token = g.botTokenFile.empty() ? g.tokenFile : g.botTokenFile;
    const auto own = !g.signFile.empty() ? std::pair(g.signFile, ".signing") : !g.passwordFile.empty() ? std::pair(g.passwordFile, ".password") : std::pair(token, ".token");
    for (const auto &[field, file, ending] : {std::tuple{"secretFile", own.first, own.second}, {"appSecretFile", g.appTokenFile, ".app-token"}}) {
        if (file.empty())
            continue;
        const auto secret = readSecret(file);
        if (!secret)
            return refuse(secret.error());
        auto kept = secrets.keep(g.name + ending, *secret);
        if (!kept)
            return refuse(kept.error());
        c[field] = *kept;
    }
    if (!g.keyFile.empty()) {
        const auto secret = readPrivateKey(g.keyFile);
        if (!secret)
            return refuse(secret.error());
        auto kept = secrets.keep(g.name + ".key", *secret);
        if (!kept)
            return refuse(kept.error());
        c["secretFile"] = *kept;
    }
    std::string key;
    if (isInbound(g.kind)) {
        key = newKey();
        c["keyHash"] = toHex(sources::hashOf(key));
    }
    const Called added = callCore(verbs, "connection.add", json::serialize(json::object{{"connection", std::move(c)}}));
    // Where the core is gone nobody knows whether it took the connection: a secret too many is better than one that is missing.
    if (added.exit == kDone || !link::Caller::connect(link::controlSocket(verbs.options.home)))
        secrets.settle();
    if (added.exit != kDone)
        return added.exit;
    printConnection(g, key, status.json);
    return kDone;
}

struct ArmGiven {
    std::string name;
    std::vector<std::string> allow;
};

int arm(Verbs &verbs, const ArmGiven &g)
{
    json::array allow;
    for (const auto &a : g.allow)
        allow.emplace_back(a);
    return callCore(verbs, "connection.arm", json::serialize(json::object{{"name", g.name}, {"allow", std::move(allow)}})).exit;
}

int disconnect(Verbs &verbs, const ArmGiven &g)
{
    const Called done = callCore(verbs, "connection.remove", json::serialize(json::object{{"name", g.name}}));
    if (done.exit == kDone)
        printNotes(done.json);
    return done.exit;
}

int disarm(Verbs &verbs, const ArmGiven &g)
{
    return callCore(verbs, "connection.disarm", json::serialize(json::object{{"name", g.name}})).exit;
}

} // namespace

void addConnectVerbs(CLI::App &app, Verbs &verbs)
{
    verbs.add<ConnectGiven>(
         app, "connect", "add a connection, or give one new settings; it starts in observe: nothing is written through it",
         [](CLI::App &verb, ConnectGiven &g) {
             verb.add_option("KIND", g.kind, "alertmanager, prometheus (polled), inbound (one key for every inbound path), cloudevents, ical (who is on call), xmpp, irc, slack, mattermost, discord, teams (post-only: nothing is heard from there), smtp, webhook, pagerduty (pages out), pagerduty-rest (incidents in, answers both ways), directory, s3, sftp, git, atlassian (status pages), github, gitlab, jira (actions of reviews as issues), confluence (reviews as pages)")
                 ->required()
                 ->check(CLI::IsMember(kinds()));
             verb.add_option("--name", g.name, "its name, a-z 0-9 - . _")->required()->type_name("N");
             verb.add_option("--url,--api", g.url, "where it is: http(s)://, for cloudevents, xmpp and irc ws(s)://, for smtp smtp(s)://HOST:PORT, for sftp sftp://HOST:PORT, for git ssh://HOST/PATH or a path here")->type_name("U");
             verb.add_option("--url-file", g.urlFile, "ical, where it is secret, and teams: a file with the whole address; copied into the home")->type_name("FILE");
             verb.add_option("--set", g.set, "the source set: connections of one set carry the same alerts (default: the name)")->type_name("SET");
             verb.add_option("--interval", g.interval, "how often it is polled, or word of it is expected")->type_name("SPAN");
             verb.add_option("--token-file", g.tokenFile, "a bearer token, an application's or a bot's token, PagerDuty's routing key or REST API key, a bucket's secret key, Statuspage's API key; copied into the home")->type_name("FILE");
             verb.add_option("--sign-file", g.signFile, "inbound: the secret its senders sign with; from then on nothing unsigned, old or seen before is taken; copied into the home")->type_name("FILE");
             verb.add_option("--ca-file", g.caFile, "roots (PEM) instead of the system's")->type_name("FILE");
             verb.add_option("--jid", g.jid, "xmpp: our account")->type_name("JID");
             verb.add_option("--password-file", g.passwordFile, "xmpp, irc, smtp: the account's password; copied into the home")->type_name("FILE");
             verb.add_option("--muc", g.muc, "xmpp: the host rooms are made on")->type_name("HOST");
             verb.add_option("--nick", g.nick, "irc: how we are called there")->type_name("NICK");
             verb.add_option("--network", g.network, "irc: what stands behind the @ of its people and channels (default, for mattermost and discord too: the host of --url); slack: the workspace, acme.slack.com; teams: behind the @ of its one room, channel@NAME (default: the name and .teams)")->type_name("NAME");
             verb.add_option("--team", g.team, "mattermost: the team, as in its URL")->type_name("TEAM");
             verb.add_option("--guild", g.guild, "discord: the server's id, some 18 digits")->type_name("ID");
             verb.add_option("--category", g.category, "discord: the id of the category its channels are made in")->type_name("ID");
             verb.add_option("--bot-token-file", g.botTokenFile, "slack: the bot's token (xoxb); copied into the home")->type_name("FILE");
             verb.add_option("--app-token-file", g.appTokenFile, "slack: the app-level token (xapp); copied into the home")->type_name("FILE");
             verb.add_option("--user", g.user, "smtp: our account there; irc: the account, when it is not called as the nick; twilio: the account's SID; webhook: with a token, Basic authentication; s3: the access key; sftp, git: who we are there; jira, confluence: the mail address of the account the token is of (default: the token is a personal access token)")->type_name("USER");
             verb.add_option("--from", g.from, "smtp: the address mails are from; twilio: the number texts are from; pagerduty-rest: the mail address of the user there who writes")->type_name("ADDRESS");
             verb.add_option("--preset", g.preset, "webhook: a recipe")->check(CLI::IsMember({"ntfy", "pushover", "twilio"}));
             verb.add_option("--topic", g.topic, "ntfy: the topic of who has none of their own")->type_name("TOPIC");
             verb.add_option("--method", g.method, "webhook: POST (default) or PUT")->check(CLI::IsMember({"POST", "PUT"}));
             verb.add_option("--body", g.body, "webhook: what is sent, with {{title}} {{text}} {{incident}} {{severity}} {{person}} {{name}} {{address}} {{link}} {{key}}")->type_name("TEXT");
             verb.add_option("--content-type", g.contentType, "webhook: of the body (default: application/json)")->type_name("TYPE");
             verb.add_option("--header", g.header, "webhook: the header that carries the token, instead of Authorization")->type_name("NAME");
             verb.add_option("--language", g.language, "webhook: what it is told of status pages in, en or de (default, and where a page does not speak it: the page's first)")->type_name("L");
             verb.add_option("--path", g.path, "directory: the folder the public is served from; each page stands in a folder of its name in it; sftp: the folder there; git: the folder in the repository; atlassian: the page's id there; github: OWNER/REPOSITORY; gitlab: the project's path; jira: the project's key; confluence: the space's key")->type_name("DIR");
             verb.add_option("--key-file", g.keyFile, "sftp, git: a private key without a passphrase, for this connection alone; copied into the home")->type_name("FILE");
             verb.add_option("--host-keys", g.hostKeys, "sftp, git: the file of known hosts that names the host's key; no other is written to")->type_name("FILE");
             verb.add_option("--branch", g.branch, "git: what is pushed to (default: main)")->type_name("BRANCH");
             verb.add_option("--issue-type", g.issueType, "jira: what an action becomes there (default: Task)")->type_name("TYPE");
             verb.add_option("--region", g.region, "s3: the bucket's region")->type_name("REGION");
             verb.add_option("--instead", g.instead, "chat: a room of another connection in which each post is said that waits here for too long; it stays here, too")->type_name("CONNECTION/ROOM");
             verb.add_option("--instead-after", g.insteadAfter, "chat: how long that is (default: 5m)")->type_name("SPAN");
             verb.add_flag("--replace", g.replace, "inbound: a new key for the connection there is; the old one opens nothing from then on");
         },
         connect)
        ->footer("Prints {\"name\",\"kind\",\"key\",\"urls\"}. An inbound key is shown once; the log keeps its SHA-256.\n"
                 "teams is post-only: a workflow of Microsoft Teams takes what is posted to its one channel. Nothing said there is heard, nobody there can\n"
                 "command or acknowledge, nothing posted can be changed, and that a post was taken does not say that it was shown.");
    verbs.add<ArmGiven>(
         app, "disconnect", "remove a connection: its key opens nothing, nothing more is read or written through it",
         [](CLI::App &verb, ArmGiven &g) { verb.add_option("NAME", g.name, "the connection")->required(); }, disconnect)
        ->footer("Alerts that only it reported stay as they are; close what is over with: resolve KEY --reason R.\n"
                 "Copies of its secrets are deleted. The name may be used again.");
    verbs.add<ArmGiven>(
        app, "arm", "lift observe for a connection: what it may write outside",
        [](CLI::App &verb, ArmGiven &g) {
            verb.add_option("NAME", g.name, "the connection")->required();
            verb.add_option("--allow", g.allow, "silences,acks,rooms,posts,pages,notes,reassigns,publish,issues")->required()->delimiter(',')->type_name("KINDS");
        },
        arm);
    verbs.add<ArmGiven>(
        app, "disarm", "back to observe: nothing is written through a connection",
        [](CLI::App &verb, ArmGiven &g) { verb.add_option("NAME", g.name, "the connection")->required(); }, disarm);
}

} // namespace qd::app
