// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/time.h"

#include <string>
#include <string_view>
#include <vector>

namespace qd {

/// What a connection may write when armed. Bits are written to the journal.
/// Issues: actions of reviews as issues of a tracker. Acks: acknowledge and resolve there; Notes: what is noted here; Reassigns: who is called there, by person or by step.
enum class Write : std::uint16_t { Silences = 1, Acks = 2, Rooms = 4, Posts = 8, Pages = 16, Publish = 32, Notes = 64, Reassigns = 128, Issues = 256 };
using Writes = std::uint16_t;
[[nodiscard]] constexpr bool allows(Writes writes, Write w) { return (writes & static_cast<Writes>(w)) != 0; }

/// A configured connection to a source or a chat platform. Secrets are references (a file in the home, mode 0600),
/// never the secret itself.
struct Connection {
    std::string name, kind;      ///< kind: "alertmanager", "prometheus", "inbound", "cloudevents", "ical", "xmpp", "irc", "slack", "mattermost", "discord", "teams", "smtp", "webhook", "pagerduty", "pagerduty-rest", "directory", "s3", "sftp", "git", "atlassian", "github", "gitlab", "jira", "confluence", "practice"
    std::string set;             ///< source set: connections of one set carry the same alerts; default: the name
    /// As the kind needs them. address: our account; irc: our nick. muc: what stands behind the @ of its rooms' addresses (xmpp: the host
    /// of rooms; irc: the network, slack, mattermost and discord: the server, as people write it in people.toml; teams: a name of ours).
    std::string url, address, muc, caFile, secretFile;
    std::string keyHash;         ///< inbound: SHA-256 of the key, hex
    Span interval = seconds(5);  ///< how often it polls, or how often word of it is expected
    std::string user = {}, from = {};            ///< smtp: who we are there, and whom mails are from; webhook: Basic user, sender; irc: our account; mattermost: the team; discord: the server's id; pagerduty-rest: as whom (mail address) it writes; jira, confluence: the account at Atlassian (mail address) the token is of, "" for a personal access token
    std::string preset = {}, method = {}, body = {}; ///< webhook: "ntfy", "pushover", "twilio" or "" with method and body of one's own
    std::string contentType = {}, secretHeader = {}; ///< webhook: of the body; the header that carries the secret, "" = Authorization: Bearer
    std::string appSecretFile = {};              ///< slack: the app-level token (xapp); secretFile is the bot's (xoxb)
    std::string category = {};                   ///< discord: the id of the category its channels are made in
    std::string path = {}, region = {};          ///< directory: the folder; s3: of the bucket (url names endpoint and bucket, user the access key); sftp: the folder there; git: the folder in the repository; atlassian: the page's id there; github: OWNER/REPOSITORY; gitlab: the project's path; jira: the project's key; confluence: the space's key
    std::string hostKeys = {};                   ///< sftp, git: the file of the host's known keys
    std::string branch = {};                     ///< git: what is pushed to
    std::string issueType = {};                  ///< jira: what an action becomes there; "" = Task
    std::string insteadRoom = {};                ///< chat: CONNECTION/ROOM where a post is said that waits here longer than insteadAfter; "": nowhere
    Span insteadAfter = minutes(5);
    std::string language = {};                   ///< webhook: what it is told of status pages in; "": the page's first
    QD_FIELDS(f(1, "name", e.name); f(2, "kind", e.kind); f(3, "set", e.set); f(4, "url", e.url); f(5, "address", e.address);
              f(6, "muc", e.muc); f(7, "caFile", e.caFile); f(8, "secretFile", e.secretFile); f(9, "keyHash", e.keyHash);
              f(10, "interval", e.interval); f(70, "user", e.user); f(71, "from", e.from); f(72, "preset", e.preset);
              f(73, "method", e.method); f(74, "body", e.body); f(75, "contentType", e.contentType); f(76, "secretHeader", e.secretHeader);
              f(80, "appSecretFile", e.appSecretFile); f(81, "category", e.category); f(90, "path", e.path); f(91, "region", e.region); f(92, "hostKeys", e.hostKeys);
              f(93, "branch", e.branch); f(94, "issueType", e.issueType); f(95, "insteadRoom", e.insteadRoom); f(96, "insteadAfter", e.insteadAfter);
              f(97, "language", e.language);)
};

/// The kinds there are. Whoever asks what a connection can do asks the functions below, never the kind's name.
inline constexpr std::string_view kConnectionKinds[] = {"alertmanager", "prometheus", "inbound", "cloudevents", "ical", "xmpp", "irc", "slack", "mattermost", "discord", "teams", "smtp", "webhook", "pagerduty", "pagerduty-rest", "directory", "s3", "sftp", "git", "atlassian", "github", "gitlab", "jira", "confluence", "practice"};

/// We ask it again and again, and its answer is a complete listing.
[[nodiscard]] constexpr bool isPolled(std::string_view kind) { return kind == "alertmanager" || kind == "prometheus" || kind == "pagerduty-rest"; }
/// A pager of record: its incidents are our alerts, and what is done here can be done there too.
[[nodiscard]] constexpr bool holdsIncidents(std::string_view kind) { return kind == "pagerduty-rest"; }
/// What is sent to it as a page becomes an incident there.
[[nodiscard]] constexpr bool triggersIncidents(std::string_view kind) { return kind == "pagerduty"; }
/// A calendar that says who is on call: we ask it again and again, and it reports no alert.
[[nodiscard]] constexpr bool isCalendar(std::string_view kind) { return kind == "ical"; }
/// A chat of which nothing is heard: one channel that posts go to, whichever incident they are of. Teams, by a workflow's webhook.
[[nodiscard]] constexpr bool isPostOnly(std::string_view kind) { return kind == "teams"; }
/// The address that opens it is kept in its secret file; `url` names the host only.
[[nodiscard]] inline bool isSecretAddress(const Connection &connection) { return isCalendar(connection.kind) && connection.secretFile.ends_with(".address"); }
/// How often a calendar is asked unless said otherwise, and the least that may be said.
inline constexpr Span kCalendarEvery = minutes(15), kCalendarLeast = seconds(1);
/// Its address is of its HTTP interface; where its WebSocket is, that interface says.
[[nodiscard]] constexpr bool isChatOverHttp(std::string_view kind) { return kind == "slack" || kind == "mattermost" || kind == "discord" || isPostOnly(kind); }
/// People talk there; "practice" is the rooms of the practice incident, which live in the core.
[[nodiscard]] constexpr bool isChat(std::string_view kind) { return kind == "xmpp" || kind == "irc" || isChatOverHttp(kind) || kind == "practice"; }
/// People can be asked into a room of it.
[[nodiscard]] constexpr bool canInvite(std::string_view kind) { return isChat(kind) && !isPostOnly(kind); }
/// A room of it can be archived there: it stays to be read, and nobody writes in it any more.
[[nodiscard]] constexpr bool archivesRooms(std::string_view kind) { return kind == "slack" || kind == "mattermost"; }
/// A room of it can be made so that nobody sees it who was not asked in; irc: where the server lets people in by their account.
[[nodiscard]] constexpr bool makesPrivateRooms(std::string_view kind) { return isChat(kind) && !isPostOnly(kind) && kind != "practice"; }
/// A chat platform that knows its own people only: an address there ends in the connection's roomHost. XMPP servers pass on to others.
[[nodiscard]] constexpr bool isClosedChat(std::string_view kind) { return kind == "irc" || isChatOverHttp(kind); }
/// A socket of ours stays open to it, and it says itself how it is: ConnectionReported.
[[nodiscard]] constexpr bool isAttended(std::string_view kind) { return kind == "cloudevents" || isChat(kind); }
/// A key of its own opens our door to senders.
[[nodiscard]] constexpr bool isInbound(std::string_view kind) { return kind == "inbound"; }

/// Nothing is heard from it; pages go out through it: a mail server, an HTTP endpoint, PagerDuty's Events v2.
[[nodiscard]] constexpr bool isMail(std::string_view kind) { return kind == "smtp"; }
[[nodiscard]] constexpr bool isWebhook(std::string_view kind) { return kind == "webhook" || kind == "pagerduty"; }
[[nodiscard]] constexpr bool isPager(std::string_view kind) { return isMail(kind) || isWebhook(kind); }

/// Status pages are pushed to it, and read back.
[[nodiscard]] constexpr bool isPublisher(std::string_view kind) { return kind == "directory" || kind == "s3" || kind == "sftp" || kind == "git" || kind == "atlassian"; }

/// Actions of reviews are issues of it: made, changed, and read again.
[[nodiscard]] constexpr bool isTracker(std::string_view kind) { return kind == "github" || kind == "gitlab" || kind == "jira"; }
/// Reviews are pages of it.
[[nodiscard]] constexpr bool isLibrary(std::string_view kind) { return kind == "confluence"; }

/// What stands behind the @ of its rooms' addresses. RFC 2606: practice rooms have a name that can be nobody's.
[[nodiscard]] inline std::string_view roomHost(const Connection &connection)
{
    return connection.kind == "practice" ? std::string_view("rooms.practice.invalid") : std::string_view(connection.muc);
}

/// What a connection of this kind is able to write at all, whoever allows it.
[[nodiscard]] constexpr Writes ableTo(std::string_view kind)
{
    if (isPostOnly(kind))
        return static_cast<Writes>(Write::Rooms) | static_cast<Writes>(Write::Posts);
    if (isChat(kind))
        return static_cast<Writes>(Write::Rooms) | static_cast<Writes>(Write::Posts) | static_cast<Writes>(Write::Pages);
    if (isMail(kind)) // released messages, beside calls
        return static_cast<Writes>(Write::Pages) | static_cast<Writes>(Write::Posts);
    if (kind == "webhook") // news of status pages, beside calls
        return static_cast<Writes>(Write::Pages) | static_cast<Writes>(Write::Posts);
    if (isPager(kind))
        return static_cast<Writes>(Write::Pages);
    if (isPublisher(kind))
        return static_cast<Writes>(Write::Publish);
    if (isLibrary(kind))
        return static_cast<Writes>(Write::Publish);
    if (isTracker(kind))
        return static_cast<Writes>(Write::Issues);
    if (holdsIncidents(kind))
        return static_cast<Writes>(Write::Acks) | static_cast<Writes>(Write::Notes) | static_cast<Writes>(Write::Reassigns);
    return kind == "alertmanager" ? static_cast<Writes>(Write::Silences) : Writes{0};
}

/// What a webhook's body may name as {{place}}.
inline constexpr std::string_view kWebhookPlaces[] = {"title", "text", "incident", "severity", "person", "name", "address", "link", "key"};
/// The first place of a body that is none of them, or "".
[[nodiscard]] std::string unknownPlace(std::string_view body);
/// Whether an address of the form SCHEME://HOST… names this machine.
[[nodiscard]] bool namesThisMachine(std::string_view url);

/// One address mail can go to: visible ASCII, one @, nothing a header or a mail server would take for structure.
[[nodiscard]] bool isMailAddress(std::string_view text);

} // namespace qd
