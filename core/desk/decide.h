// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/line.h"
#include "core/desk/commands.h"
#include "core/state/state.h"

#include <initializer_list>

namespace qd::desk {

/// What a command leads to before any reaction: its input event, and the id of what it makes.
struct Decision {
    events::Events events;
    std::string id;
    std::vector<std::string> notes = {}; ///< nothing that stops it, but the person should know
};

inline constexpr std::size_t kTextLimit = 2000;    ///< bytes of what a person writes
inline constexpr std::size_t kOptionsLimit = 10, kOptionBytes = 300; ///< what was weighed beside a decision
inline constexpr std::size_t kCardBytes = 120; ///< of what is said of a way that was weighed: its effect, risk, time, owner
inline constexpr std::size_t kWhereBytes = 60;     ///< bytes of where something was posted by hand
inline constexpr std::size_t kAlertsLimit = 10000; ///< of one command

/// Made safe, cut at kTextLimit, without blanks at either end; "" for nothing but blanks.
[[nodiscard]] std::string cleanText(const std::string &raw);

/// What a person wrote, and what it is called in a refusal: "reason".
struct Written {
    const std::string &raw;
    const char *what;
};
/// TooLarge for the first that is longer than kTextLimit.
[[nodiscard]] Result<> bounded(std::initializer_list<Written> texts);
/// cleanText() of what has to be said. Errors: Invalid (nothing is), TooLarge.
[[nodiscard]] Result<std::string> textOf(const std::string &raw, const char *what);

/// Pure: authorises the command (core/desk/authorise.h), checks it against the state and says what happened. Errors name what is wrong and what to do; nothing
/// is changed by a refused command. Limits: titles and lines 2,000 bytes, 10,000 alerts a command.
[[nodiscard]] Result<Decision> decide(const state::State &state, const Command &command, const events::Actor &by, Instant now);
/// The same, of what is part of a command that was authorised as a whole (a released text on its pages): whoever gave that need not have the right to this, nor
/// have any by now. What it says is held against its readers as ever.
[[nodiscard]] Result<Decision> decideAuthorised(const state::State &state, const Command &command, const events::Actor &by, Instant now);

/// What a decision says to its readers is what they may be told: else Forbidden, with the first part that is too much and the way out; or, where the command
/// asks for it, without those parts, and a MarksRemoved says so (core/governance/clearance.h). decide() asks it of everything.
[[nodiscard]] Result<Decision> cleared(const state::State &state, const Command &command, const events::Actor &by, Decision decision);
/// Errors: Invalid, where a name (a service, a person, a role of the team's own, where something was put by hand) holds a mark. decide() asks it first.
[[nodiscard]] Result<> namesUnmarked(const Command &command);
/// As the incident of a RecordRead: words of no incident.
inline constexpr std::string_view kConsoleWords = "console";
/// As what a RecordRead tells of: words taken out in a file. A look of its own, beside any other.
inline constexpr std::string_view kExportRead = "export";

/// What is erased, and what is told again so that it outlives that: the alerts still active. Pure. Refused: an incident
/// that is open, today's alerts, streams of the console's own.
[[nodiscard]] Result<Decision> decideErasure(const state::State &state, const EraseStreams &command, const events::Actor &by, Instant now);
/// A hold's number is the next one; the decision's id is "hold/N".
[[nodiscard]] Result<Decision> decideHold(const state::State &state, const PlaceHold &command, const events::Actor &by);
[[nodiscard]] Result<Decision> decideRelease(const state::State &state, const ReleaseHold &command, const events::Actor &by);

// Used by decide(), by subject.
/// Silences of our own, shelves, snoozes, maintenance windows, their ends; groups split and merged. Limits: silences and windows
/// last up to 30 days, snoozes up to 24 h, shelves as triage::shelfCap allows; state::Suppressors::kStandingLimit at one time.
[[nodiscard]] Result<Decision> decideSuppression(const state::State &state, const Command &command, const events::Actor &by, Instant now);
[[nodiscard]] Result<Decision> decideOwnSilence(const state::State &state, const CreateSilence &command, const events::Actor &by, Instant now);
/// The same for silences an Alertmanager keeps, through a connection armed for it: an outbox entry.
[[nodiscard]] Result<Decision> silenceAtSource(const state::State &state, const CreateSilence &command, const events::Actor &by, Instant now);
[[nodiscard]] Result<Decision> expireAtSource(const state::State &state, const ExpireSilence &command, const events::Actor &by);
[[nodiscard]] Result<Decision> keepAtSource(const state::State &state, const KeepSuppression &command, const events::Actor &by, Instant now);
/// The silence a connection keeps under this id ("am/5f2c…"), and which; null: none does.
[[nodiscard]] const events::Silence *keptElsewhere(const state::State &state, std::string_view id, const state::Source **keeper = nullptr);
/// How long a silence may last, ours or an Alertmanager's.
inline constexpr Span kSilenceLimit = hours(24 * 30);
/// What an incident is: declared, its impact, roles, severity, status, alerts and rooms.
[[nodiscard]] Result<Decision> decideIncident(const state::State &state, const Command &command, const events::Actor &by, Instant now);
/// What is written down and done in it while it goes on: lines, tasks, hypotheses, decisions, promises, updates, calls. Limits: texts 2,000 bytes, due
/// times within 30 days.
[[nodiscard]] Result<Decision> decideWork(const state::State &state, const Command &command, const events::Actor &by, Instant now);
[[nodiscard]] Result<Decision> decideShift(const state::State &state, const Command &command, const events::Actor &by, Instant now);
/// The open incidents that `all` of an OfferCommand or AcceptCommand means; none of any other.
[[nodiscard]] std::vector<const state::Incident *> incidentsOfAll(const state::State &state, const Command &command, const events::Actor &by);
[[nodiscard]] Result<Decision> decideLeading(const state::State &state, const Command &command, const events::Actor &by, Instant now);
[[nodiscard]] Result<Decision> decideSchedule(const state::State &state, const Command &command, const events::Actor &by, Instant now);
/// Alerts unacknowledged or called on for, what people did taken back, incidents merged and split, reasons given afterwards. Limits: 10,000 alerts, 2,000 bytes of reason.
[[nodiscard]] Result<Decision> decideOverride(const state::State &state, const Command &command, const events::Actor &by, Instant now);
/// What a stand-down leaves quiet, or ends: the events for the sheet's answers. Errors: NotFound, Invalid.
[[nodiscard]] Result<events::Events> decideQuietLeft(const state::State &state, const std::vector<QuietLeft> &left, const events::Actor &by, Instant now);
/// The ReasonGiven for the answers, each for all of its person and kind. Errors: NotFound, Invalid.
[[nodiscard]] Result<events::Events> decideReasons(const state::Incident &incident, const std::vector<OwedAnswer> &answers, const events::Actor &by);
/// A person reached by hand, a test of a person's channels.
[[nodiscard]] Result<Decision> decidePaging(const state::State &state, const Command &command, const events::Actor &by);
/// Edges of the map: proposed, accepted, dismissed. At most kEdgesLimit a command.
inline constexpr std::size_t kEdgesLimit = 10'000;
[[nodiscard]] Result<Decision> decideMap(const state::State &state, const Command &command, const events::Actor &by);
/// A mail server or webhook is told who it is from and how, and nothing in it can become a header or line of its own.
[[nodiscard]] Result<> soundPager(const Connection &connection);
/// A status page is pushed to a whole path or a bucket over TLS.
[[nodiscard]] Result<> soundPublisher(const Connection &connection);
/// What the public is told. Limits: texts 2,000 bytes, titles 200; the next word within a week, an override for 30 days.
[[nodiscard]] Result<Decision> decidePages(const state::State &state, const Command &command, const events::Actor &by, Instant now);
/// The same, as if no check had to be passed: to be looked at, never to be recorded.
[[nodiscard]] Result<Decision> decidePagesUnchecked(const state::State &state, const Command &command, const events::Actor &by, Instant now);
/// The notice a post goes on, `incident`: the id of the one it names; null: a new one. Errors: NotFound, Conflict (it is resolved, of another incident, or one of several).
[[nodiscard]] Result<const state::PageNotice *> noticeMeant(const state::StatusPageState *page, const PostOnPage &command, const std::string &incident);
/// Texts for outside, updates put somewhere by hand, links that are pinned. Limits: texts 8,000 bytes, titles 200; 200 messages an incident, 100
/// versions each; an embargo and an expiry within 30 days.
[[nodiscard]] Result<Decision> decideOutward(const state::State &state, const Command &command, const events::Actor &by, Instant now);
/// Moments that are marked, polls. Limits: texts 2,000 bytes; 500 moments and 200 polls an incident, 50 people asked.
[[nodiscard]] Result<Decision> decidePolls(const state::State &state, const Command &command, const events::Actor &by, Instant now);
/// A file kept with an incident. Limits: state::kEvidenceBytes, kEvidenceInAll, kEvidenceKept; the same bytes are kept once.
[[nodiscard]] Result<Decision> decideEvidence(const state::State &state, const Command &command, const events::Actor &by);
/// The review of an incident: opened, written, rated, turned, given out. Limits: kSectionBytes a section, state::k…Kept of each kind.
[[nodiscard]] Result<Decision> decideReview(const state::State &state, const Command &command, const events::Actor &by, Instant now);
inline constexpr std::size_t kContributionBytes = 8000, kAllowedBytes = 200, kRatingEvidence = 20;
/// What is to be done after a review, and what recurs. Limits: texts 2,000 bytes, titles 200; due within two years; state::kActionsKept, kPatternsKept.
[[nodiscard]] Result<Decision> decideActions(const state::State &state, const Command &command, const events::Actor &by, Instant now);
/// What people say to a review; what it is talked over, signed and counted in. No contribution is written over. Limits: kContributionBytes a contribution, 50 of one person,
/// state::kContributionsKept; 200 people at a meeting; state::kSignaturesKept, kCostsKept, kFeedbackKept.
[[nodiscard]] Result<Decision> decideDebrief(const state::State &state, const Command &command, const events::Actor &by, Instant now);
inline constexpr Span kActionLimit = hours(24 * 731);
inline constexpr std::size_t kPatternTitleBytes = 200, kPatternNames = 50; ///< names: of its factors, services and incidents, each
/// An action becomes an issue of a tracker, or is one of it no more; a rendition becomes a page of a library: an outbox entry.
[[nodiscard]] Result<Decision> decideTracking(const state::State &state, const Command &command, const events::Actor &by);
/// A tracker and a library have a project each, a token, and an address it may be sent to.
[[nodiscard]] Result<> soundTracker(const Connection &connection);
/// Nothing is tracked, or on its way, where the connection of this name is set to so far: at another repository, project or site the same numbers are other people's issues and pages.
/// Errors: Conflict, with how many there are and the way out.
[[nodiscard]] Result<> mayBeSetTo(const state::State &state, const Connection &connection);
/// An incident that was not run here.
[[nodiscard]] Result<Decision> decideRebuild(const state::State &state, const RebuildIncident &command, const events::Actor &by, Instant now);

/// Why a factor cannot be named: there is none, or (`retired`) it is chosen no more.
[[nodiscard]] Error noFactor(const std::string &id, const TaxonomyFactor *retired);
/// What is due within days is due at a minute.
[[nodiscard]] constexpr Instant wholeMinute(Instant t) { return {t.ns - t.ns % minutes(1).ns}; }
/// The incident a command about a review means: by id. Errors: Invalid (none is named), NotFound.
[[nodiscard]] Result<const state::Incident *> reviewMeant(const state::State &state, const std::string &id);
/// The same, where a review is open. Errors: Conflict, with how to open one.
[[nodiscard]] Result<const state::Incident *> openReview(const state::State &state, const std::string &id);
/// Its owner, its facilitator, and who commands there by right. Errors: Forbidden, with who may.
[[nodiscard]] Result<> mayLeadReview(const state::State &state, const state::Incident &incident, const events::Actor &by, std::string_view what, Instant now);

/// Chat addresses bound and unbound, rights taken for a time, restricted things looked at.
[[nodiscard]] Result<Decision> decideAccess(const state::State &state, const Command &command, const events::Actor &by, Instant now);
[[nodiscard]] Result<Decision> decideConnection(const state::State &state, const Command &command, const events::Actor &by, Instant now);

/// The incident meant: by id ("INC-7" or "7"), or the only open one when `id` is empty.
[[nodiscard]] Result<const state::Incident *> incidentMeant(const state::State &state, const std::string &id);
/// The one that was resolved last and is not open again; null: there is none. Of two at once the later one declared.
[[nodiscard]] const state::Incident *resolvedLast(const state::State &state);

/// The same, while it is open. Errors: Conflict, with where to do it instead.
[[nodiscard]] Result<const state::Incident *> openIncident(const state::State &state, const std::string &id);
/// Why nothing is done in an incident that is over, and where to do it instead.
[[nodiscard]] Error notOpen(const state::Incident &incident);

/// What to tell somebody who names a service the workspace does not have, or "": an incident or a change is never refused for it.
[[nodiscard]] std::string unknownService(const Workspace &workspace, const std::string &service);

/// The people, teams and audiences a line may refer to.
[[nodiscard]] comms::LineContext lineContext(const Workspace &workspace, Instant now);

/// The command a line of the instrument stands for.
[[nodiscard]] Command commandOf(const comms::Line &line, const std::string &incident);

/// The events of a person's answer to calls for an incident: every escalation of it that runs, acknowledged by `by` as far as they may.
[[nodiscard]] Result<Decision> answerCalls(const state::State &state, const state::Incident &incident, const events::Actor &by);

} // namespace qd::desk
