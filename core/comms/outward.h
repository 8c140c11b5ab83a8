// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/state/state.h"

/// Texts for outside: who has to approve a version, what keeps it from being released, and what time makes of it. Pure.
namespace qd::comms {

inline constexpr Span kHoldingTarget = minutes(5); ///< so soon after the declaration the first word is to be out
inline constexpr std::size_t kToldLeast = 2;       ///< people told when the glass is broken
inline constexpr Span kForcedFor = hours(24);      ///< so long words on a page that are of no incident are an alarm at most

/// SHA-256, hex, of everything that is released: change any of it and no approval counts.
[[nodiscard]] std::string digestOf(const state::MessageVersion &version);
[[nodiscard]] std::string digestOf(const events::MessageDrafted &drafted);
/// The same of a statement of the workspace, before it is one: its words in all languages, where they go, and what they say of which component.
[[nodiscard]] std::string digestOf(const HoldingStatement &statement);

/// The language its first text is in: the first of the page it goes to, else of the workspace's first page, else English.
[[nodiscard]] std::string languageOf(const Workspace &workspace, const std::vector<std::string> &to);
/// The languages a text may have besides: those of the workspace's pages; without pages all that the pages' own words are known in.
[[nodiscard]] std::vector<std::string> languagesOf(const Workspace &workspace);
/// By their codes, its first one among them.
[[nodiscard]] Localized inLanguages(const std::string &first, const std::string &text, const Localized &others);
/// Those of them that a page speaks; where it speaks none, `otherwise` without a code: better that than nothing.
[[nodiscard]] Localized spokenOn(const StatusPage &page, Localized texts, const std::string &otherwise);
/// Where only one text can be read (a room, a mail): the first, then each other under the name of its language, with its title.
[[nodiscard]] std::string inEveryLanguage(const state::MessageVersion &version);

/// Where a stage stands for the newest version of a message.
struct StageStanding {
    enum class Kind { Waits, Open, Passed, Refused };
    const ApprovalStage *stage = nullptr;
    Kind kind = Kind::Open;
    const state::Judgement *judgement = nullptr; ///< the last on this version, null: none
    const state::Judgement *lapsed = nullptr;    ///< one that passed it, and counts no more: whoever gave it gives this check no longer
    Instant openedAt, due;                       ///< none while it waits
    bool isLate = false;                         ///< it was concluded that its time is over
};
[[nodiscard]] std::string_view word(StageStanding::Kind kind); ///< "waits", "open", "passed", "refused"
/// Of every check the message has to pass, in the workspace's order; none for a holding statement word for word. Until it is sent a check is passed only while
/// whoever gave it is one of those the workspace names for it. Who refused one stays heard.
[[nodiscard]] std::vector<StageStanding> standingsOf(const Workspace &workspace, const state::OutwardMessage &message);
/// Its newest version is a statement of the workspace's, as it was when it was drafted.
[[nodiscard]] bool isHolding(const state::OutwardMessage &message);

/// The people behind a list of people and teams, each once.
[[nodiscard]] std::vector<std::string> peopleOf(const Workspace &workspace, const std::vector<std::string> &list);
/// Whether this person may judge; true: as a deputy. Errors: Forbidden (not in the list, their own text, deputy before the time), Conflict (the stage waits).
[[nodiscard]] Result<bool> mayJudge(const Workspace &workspace, const state::OutwardMessage &message, const StageStanding &standing, const std::string &person, Instant now);

/// What keeps it from going out now, one sentence each; none: it may be released.
[[nodiscard]] std::vector<std::string> blocksOf(const Workspace &workspace, const state::OutwardMessage &message, Instant now);
/// What became of the incident meanwhile that a release which waits is not true of, a sentence; "": nothing. An incident that is over takes back what says less than "resolved",
/// or does not say how far it is; "resolved" goes out once it is resolved, and is held back where it still is not when its embargo is over; nothing goes out of what was
/// cancelled, merged or reopened.
[[nodiscard]] std::string overtakenBy(const state::Incident &incident, const state::OutwardMessage &message, Instant now);
/// What no longer holds of a release that waits for its embargo, one sentence each; none, also where none waits: nothing keeps it from going out. Checks the glass was
/// broken over are not asked for, unless they were refused since. Who may read it says governance::tooMuchIn.
[[nodiscard]] std::vector<std::string> lapsedOf(const Workspace &workspace, const state::Incident &incident, const state::OutwardMessage &message, Instant now);
/// Whether a check of it may be given, refused or taken back: until it was sent; afterwards where it went out without its checks.
[[nodiscard]] bool isJudged(const state::OutwardMessage &message);
/// The checks it has not passed, by id.
[[nodiscard]] std::vector<std::string> missingOf(const Workspace &workspace, const state::OutwardMessage &message);

/// Whether this person releases texts of the incident: whoever commands, their deputy, the Communications Lead; of one that is over the owner of its review as well, and
/// where nobody commands it whoever may publish there (authorise() asks for that of everybody). `holding`: the commander alone.
[[nodiscard]] Result<void> mayRelease(const Workspace &workspace, const state::Incident &incident, const std::string &person, bool holding);

/// Statements that fit an incident: of its service, or of those its alerts are of.
[[nodiscard]] std::vector<const HoldingStatement *> holdingFor(const state::State &state, const state::Incident &incident);

/// Whether somebody checked these words for a status page, word for word: a holding statement of the workspace, or a message to this page (of the incident, or
/// with "" of any) whose newest version passed its checks and is not over; or, unless `byChecks`, was released all the same. What is empty says nothing.
[[nodiscard]] bool areChecked(const state::State &state, const StatusPage &page, const std::string &incident, const Localized &title, const Localized &text, Instant now, bool byChecks = false);

/// Alarms to raise and to end (ReleaseForced) for what a status page says without its checks: they were given afterwards, the incident is closed, or, of
/// none, a day has passed.
[[nodiscard]] events::Events pageWordsDue(const state::State &state, Instant now);
[[nodiscard]] Instant nextPageWordsDue(const state::State &state);

/// What state it is in: "draft", "approved", "released", "scheduled", "sent", "expired", "withdrawn".
[[nodiscard]] std::string_view standingWord(const Workspace &workspace, const state::OutwardMessage &message);

/// Whether texts of the incident are written and released yet: while it goes on, once it is resolved, and of what is over while its review is open. Then its
/// checks have their times and their deputies as well.
[[nodiscard]] bool takesTexts(const state::Incident &incident);

/// Embargoes that are over (MessageSent; what lapsed does not go out), times that are (MessageEnded), checks that are late (ApprovalLate), alarms to raise and to end (ReleaseForced).
/// `wall`: the wall clock's time, or `now` where that is behind it. Whoever writes an embargo or an expiry reads it off the wall, so these are over by it.
[[nodiscard]] events::Events messagesDue(const state::State &state, Instant now, Instant wall);
[[nodiscard]] Instant nextMessageDue(const state::State &state);

} // namespace qd::comms
