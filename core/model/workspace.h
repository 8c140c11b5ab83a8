// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/time.h"
#include "core/model/impact.h"
#include "core/model/outward.h"
#include "core/model/reasons.h"
#include "core/model/retention.h"
#include "core/model/reviewrules.h"
#include "core/model/rights.h"
#include "core/model/rules.h"
#include "core/model/schedule.h"
#include "core/model/servicemap.h"
#include "core/model/sla.h"
#include "core/model/statuspage.h"
#include "core/model/words.h"

#include <string>
#include <vector>

namespace qd {

/// The team's own settings, as values: what the *.toml files of a home's workspace folder say once they are valid.
/// Everything is referred to by its id, a short lower-case name.

/// A person's address at a webhook: a telephone number for Twilio, a user key for Pushover, a topic for ntfy.
struct Contact {
    std::string webhook, address;        ///< webhook: the connection's name
    QD_FIELDS(f(1, "webhook", e.webhook); f(2, "address", e.address);)
};

/// Who a person is at a tracker.
struct Account {
    std::string connection, name;        ///< name: as the tracker knows them: a login, a user name, an account id
    QD_FIELDS(f(1, "connection", e.connection); f(2, "name", e.name);)
};

struct Person {
    std::string id, name, zone;          ///< zone: IANA name, "UTC" when not given
    std::vector<std::string> xmpp;       ///< bare addresses this person speaks from: bound identities
    std::string email = {};
    std::vector<std::string> channels = {}; ///< "chat", "mention", "mention:ROOM", "mail", "webhook:NAME", tried in this order; empty: every one there is an address for
    std::vector<Contact> contacts = {};
    std::vector<std::string> chat = {};  ///< bound identities on other chat platforms: account@network (irc), id@server (slack, mattermost)
    std::vector<Account> accounts = {};  ///< one a tracker
    QD_FIELDS(f(1, "id", e.id); f(2, "name", e.name); f(3, "zone", e.zone); f(4, "xmpp", e.xmpp); f(70, "email", e.email);
              f(71, "channels", e.channels); f(72, "contacts", e.contacts); f(73, "chat", e.chat); f(74, "accounts", e.accounts);)
};

struct Team {
    std::string id, name, policy;        ///< policy: escalation policy id, may be empty
    std::vector<std::string> members;    ///< person ids; the first is on call when no schedule says otherwise
    std::string schedule = {};           ///< who of it is on call when; may be empty
    QD_FIELDS(f(1, "id", e.id); f(2, "name", e.name); f(3, "policy", e.policy); f(4, "members", e.members); f(5, "schedule", e.schedule);)
};

struct Dependency {
    std::string to;                      ///< service id
    DependencyKind kind = DependencyKind::Hard;
    QD_FIELDS(f(1, "to", e.to); f(2, "kind", e.kind);)
};

struct Service {
    std::string id, name, team;
    Paging paging = Paging::Observe;
    std::vector<Dependency> needs;       ///< what it depends on
    std::vector<std::string> aliases;    ///< other values of a service label that mean this one
    std::vector<std::string> carries = {}; ///< business service ids
    QD_FIELDS(f(1, "id", e.id); f(2, "name", e.name); f(3, "team", e.team); f(4, "paging", e.paging);
              f(5, "needs", e.needs); f(6, "aliases", e.aliases); f(90, "carries", e.carries);)
};

struct PolicyStep {
    std::vector<std::string> targets;    ///< person, team or schedule ids, "room:NAME", "webhook:NAME"
    Span wait;                           ///< how long to wait for an answer before the next step, 1 min … 24 h
    bool roundRobin = false;             ///< one of the targets a call, in turn; else all of them
    std::vector<DayWindow> only = {};    ///< calls nobody whose own wall clock is outside these; empty = at any hour
    QD_FIELDS(f(1, "targets", e.targets); f(2, "wait", e.wait); f(3, "roundRobin", e.roundRobin); f(4, "only", e.only);)
};

struct Policy {
    std::string id, name;
    std::vector<PolicyStep> steps;       ///< 1 … 20
    std::uint32_t repeat = 0;            ///< how often to start over, 0 … 5
    std::uint32_t answers = 0;           ///< how many people must answer before nobody else is called, up to 10; 0 counts as 1
    QD_FIELDS(f(1, "id", e.id); f(2, "name", e.name); f(3, "steps", e.steps); f(4, "repeat", e.repeat); f(5, "answers", e.answers);)
};

struct UpdateField {
    std::string name, hint;
    bool required = true;
    Localized hints = {};                ///< the same in further languages, by their codes
    QD_FIELDS(f(1, "name", e.name); f(2, "hint", e.hint); f(3, "required", e.required); f(4, "hints", e.hints);)
};

struct UpdateTemplate {
    std::string id, name, audience, body; ///< body: plain text with {{field}} places
    std::vector<UpdateField> fields;
    Span cadence;                         ///< the next update is due this long after one was sent; 0 = none
    AudienceKind kind = AudienceKind::Technical;
    std::uint32_t limit = 0;              ///< characters it may have at most; 0: none of its own
    std::string notKnown = {};            ///< how a field reads whose answer is not known yet; empty: the usual words of the language
    std::string language = {};            ///< what the body is in; empty: the first language of the pages, else English
    Localized bodies = {}, notKnowns = {}; ///< the same in further languages, by their codes; ask comms::spokenTo
    std::vector<std::string> to = {};     ///< where it goes: "rooms" (the incident's), "room:CONNECTION/ROOM", "mail:ID", "webhook:NAME"; none: the rooms
    std::string subject = {};             ///< what heads it where a place shows a heading, with {{field}} places; empty: comms::headingOf
    Localized subjects = {};
    QD_FIELDS(f(1, "id", e.id); f(2, "name", e.name); f(3, "audience", e.audience); f(4, "body", e.body); f(5, "fields", e.fields);
              f(6, "cadence", e.cadence); f(7, "kind", e.kind); f(8, "limit", e.limit); f(9, "notKnown", e.notKnown); f(10, "language", e.language);
              f(11, "bodies", e.bodies); f(12, "notKnowns", e.notKnowns);
              f(13, "to", e.to); f(14, "subject", e.subject); f(15, "subjects", e.subjects);)
};

inline constexpr std::size_t kRoomNameBytes = 60; ///< of a room's name, and of its pattern
inline constexpr std::uint32_t kAlertsPerNameLeast = 100, kAlertsPerNameMost = 100'000; ///< of alerts_per_name

struct Workspace {
    std::string name;
    RunMode mode = RunMode::Beside;
    bool practice = false;               ///< a practice home: marked everywhere, writes go nowhere real
    std::vector<Person> people;
    std::vector<Team> teams;
    std::vector<Service> services;
    std::vector<Policy> policies;
    std::vector<GroupRule> groups;
    std::vector<SeverityRule> severities;
    std::vector<std::string> serviceLabels = {"service", "app", "job"}; ///< which label names the service, in this order
    std::vector<UpdateTemplate> templates;
    std::vector<std::string> audiences;
    Localized audienceLanguages;         ///< what an audience reads, by its id; none: whatever a template is written in
    Span standingAfter = hours(24);      ///< an alert active longer is "standing"
    Span silentAfter = minutes(10);      ///< from a commander who did nothing for so long command is taken at once
    Span callOutEvery = minutes(10);     ///< so often the deputy is asked to say where an incident stands; zero: never
    Span roomsAfter = hours(24 * 14);    ///< so long after an incident ended its rooms are asked after; zero: never
    std::vector<std::string> mayTakeCommand = {}; ///< person ids; empty: everybody. A deputy always may
    std::vector<Schedule> schedules;
    std::vector<OwnerRule> owners;       ///< the first that matches counts
    std::vector<InhibitionRule> inhibitions;
    std::vector<MaintenanceWindow> maintenance;
    std::vector<CorrelationRule> correlations;
    FlappingRule flapping;
    std::vector<Route> routes;           ///< parents before children
    std::vector<TimeInterval> intervals;
    std::string roomName = {};           ///< how an incident's room is called, with {{number}}, {{service}}, {{severity}}, {{date}}; empty: "inc-{{number}}"
    PrivateRooms privateRooms = PrivateRooms::Restricted; ///< which rooms made for incidents only those see who are asked in, where the platform has such (makesPrivateRooms)
    std::string conference = {};         ///< where people talk about an incident: an https address with {{number}} in it, or the same for all; pinned when it is declared
    std::string pinEmoji = {};           ///< a reaction with it makes a message a key moment: as plainEmoji() gives it, "none" for no emoji at all; ask pinnedBy()
    std::string publicUrl = {};          ///< where this console is reached from outside, for the links in pages; empty: no links
    std::uint32_t bundleAfter = 5;       ///< so many pages to one person within kBundleWindow go out one by one, further ones together
    Span bundleEvery = minutes(5);       ///< … at most one message in this time
    std::vector<HeartbeatRule> heartbeats;
    std::vector<FoldRule> folds;         ///< by service
    std::vector<ReasonPreset> reasons;   ///< ask reasonsFor()
    std::uint32_t alertsPerName = 20'000; ///< of one source set and alertname so many fire at most; what is beyond is counted (core/triage/README.md)
    std::vector<StatusPage> pages;       ///< what the public reads
    std::vector<BusinessService> business;
    SeverityMatrix severityMatrix;
    std::vector<UpdateCadence> cadences; ///< by severity and audience
    std::vector<ApprovalStage> approvals; ///< what texts for outside have to pass
    std::vector<HoldingStatement> holding;
    std::vector<Recipients> recipients;
    std::vector<std::string> jargon;     ///< words that only we understand, beside the usual ones
    std::vector<RightRule> rights;       ///< none: nothing is limited yet, see core/governance
    std::vector<ClearanceRule> clearances; ///< none: the usual ones, see core/governance
    std::vector<SlaRule> slas;
    std::vector<RetentionRule> retention; ///< one a class
    std::vector<std::string> seatOnly;   ///< chat verbs that need a seat here, besides kSeatVerbs
    ReviewRules review;                  ///< what reviews are held to; ask core/review
    TaxonomyRules taxonomy;              ///< ask taxonomyUnder()
    bool chatPublishes = false;          ///< an update to people outside may be sent from chat: "publish" needs no seat for it

    // Compiled once, in workspace.cpp.
    Workspace();
    Workspace(const Workspace &other);
    Workspace(Workspace &&other) noexcept;
    Workspace &operator=(const Workspace &other);
    Workspace &operator=(Workspace &&other) noexcept;
    ~Workspace();

    [[nodiscard]] const Person *person(std::string_view id) const;
    [[nodiscard]] const Team *team(std::string_view id) const;
    [[nodiscard]] const Service *service(std::string_view idOrAlias) const;
    [[nodiscard]] const Policy *policy(std::string_view id) const;
    [[nodiscard]] const Schedule *schedule(std::string_view id) const;
    [[nodiscard]] const HeartbeatRule *heartbeat(std::string_view id) const;
    [[nodiscard]] const StatusPage *page(std::string_view id) const;
    /// How severities are reckoned: the team's matrix, or the console's own. A journal from before there was one has none.
    [[nodiscard]] const SeverityMatrix &matrix() const;
    [[nodiscard]] const BusinessService *businessService(std::string_view id) const;
    [[nodiscard]] const UpdateTemplate *updateTemplate(std::string_view id) const;
    /// What the body of a template is in: what it says, else the first language of the pages, else English.
    [[nodiscard]] std::string languageOf(const UpdateTemplate &update) const;
    [[nodiscard]] const ApprovalStage *approval(std::string_view id) const;
    [[nodiscard]] const HoldingStatement *holdingStatement(std::string_view id) const;
    [[nodiscard]] const Recipients *recipientsOf(std::string_view id) const;
    /// Whether anybody may read what goes to a destination of a message, as its clearance has it: "page:ID" always; "webhook:NAME" unless a [[clearance]] lifts its
    /// connection above public; "room:CONNECTION/ROOM" where one says that its connection, or it, is public, and none lifts it. Not "mail:ID", whose readers are
    /// named, nor "rooms". In doubt it is public: what holds for some services or incidents only lifts nothing, and a room is lifted by its whole address alone.
    [[nodiscard]] bool isPublicPlace(std::string_view destination) const;
    /// Recipients of whom no [[clearance]] says everywhere that they may be told more than the public; also who is none of the workspace's.
    [[nodiscard]] bool areStrangers(std::string_view recipients) const;
    /// How often this audience hears of an incident of this severity; zero when nothing says so.
    [[nodiscard]] Span cadenceOf(IncidentSeverity severity, std::string_view audience) const;
    /// The presets of reasons for a verb ("ack"), by their digits; of every verb for "". The team's own, else the usual ones.
    [[nodiscard]] std::vector<ReasonPreset> reasonsFor(std::string_view verb) const;
    /// Whether a reaction with this emoji, as a platform gave it, makes a message a key moment.
    [[nodiscard]] bool pinnedBy(std::string_view emoji) const;
    /// The person a chat address belongs to, or null: the binding every chat command needs.
    [[nodiscard]] const Person *personByXmpp(std::string_view bareAddress) const;
    /// The same for an address of a closed chat platform (isClosedChat).
    [[nodiscard]] const Person *personByChat(std::string_view address) const;
    /// Whichever of the two it is; of an address elsewhere than on a closed platform what is behind a slash names a device, and nobody.
    [[nodiscard]] const Person *personSpeaking(bool onClosedChat, std::string_view sender) const;
    /// The name to show for a person or team id; the id itself when there is none.
    [[nodiscard]] std::string nameOf(std::string_view id) const;

    QD_FIELDS(f(1, "name", e.name); f(2, "mode", e.mode); f(3, "practice", e.practice); f(4, "people", e.people); f(5, "teams", e.teams);
              f(6, "services", e.services); f(7, "policies", e.policies); f(8, "groups", e.groups); f(9, "severities", e.severities);
              f(10, "serviceLabels", e.serviceLabels); f(11, "templates", e.templates); f(12, "audiences", e.audiences);
              f(13, "standingAfter", e.standingAfter); f(30, "silentAfter", e.silentAfter); f(31, "mayTakeCommand", e.mayTakeCommand);
              f(40, "schedules", e.schedules); f(41, "owners", e.owners);
              f(50, "inhibitions", e.inhibitions); f(51, "maintenance", e.maintenance); f(52, "correlations", e.correlations);
              f(53, "flapping", e.flapping); f(54, "routes", e.routes); f(55, "intervals", e.intervals);
              f(60, "heartbeats", e.heartbeats); f(61, "folds", e.folds); f(62, "reasons", e.reasons); f(63, "alertsPerName", e.alertsPerName); f(64, "roomName", e.roomName); f(78, "pinEmoji", e.pinEmoji);
              f(68, "callOutEvery", e.callOutEvery); f(69, "roomsAfter", e.roomsAfter);
              f(80, "chatPublishes", e.chatPublishes); f(70, "publicUrl", e.publicUrl); f(71, "bundleAfter", e.bundleAfter); f(72, "bundleEvery", e.bundleEvery);
              f(90, "pages", e.pages); f(92, "business", e.business); f(93, "severityMatrix", e.severityMatrix);
              f(120, "cadences", e.cadences); f(121, "approvals", e.approvals); f(122, "holding", e.holding);
              f(123, "recipients", e.recipients); f(124, "jargon", e.jargon); f(125, "audienceLanguages", e.audienceLanguages);
              f(100, "rights", e.rights); f(101, "seatOnly", e.seatOnly); f(102, "slas", e.slas); f(103, "retention", e.retention);
              f(104, "clearances", e.clearances);
              f(130, "review", e.review); f(131, "taxonomy", e.taxonomy); f(150, "privateRooms", e.privateRooms); f(151, "conference", e.conference);)
};

} // namespace qd
