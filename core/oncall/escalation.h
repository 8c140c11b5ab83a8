// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/events/event.h"
#include "core/state/state.h"

#include <string>
#include <string_view>
#include <vector>

/// Who is called, when, and until when: pure rules over a State. Nothing here reads a clock or writes anything.
namespace qd::oncall {

inline constexpr Span kPunctual = seconds(30);    ///< a step later than this is marked late
inline constexpr Span kGap = minutes(5);          ///< a step overdue by more than this fell into a gap

struct Request {
    std::string incident; ///< "INC-7"; must be open
    std::string service;  ///< empty: the incident's
    std::string policy;   ///< empty: the policy of the service's team, else the only one there is
    std::string about;    ///< empty: the incident's title
    events::Actor by;
    std::string team = {}, rule = {}; ///< what an ownership rule says; rule: its words, for "why"
};

/// Whose something is, as far as it is known; what is empty follows from the rest.
struct Ownership {
    std::string service, team, policy;
    std::string rule = {}; ///< "ownership rule payments: team=\"pay\"", or empty
};

/// The policy named, else that of the team named, else that of the service's team, else the only one there is; what was
/// considered is added to `because`. NotFound says which was not there.
[[nodiscard]] Result<const Policy *> choosePolicy(const Workspace &workspace, const Ownership &owner, events::Because &because);

/// Whether nobody would really be called, and why.
[[nodiscard]] bool isObserved(const state::State &state, const Service *service, const std::string &named, events::Because &because);

/// An EscalationStarted, without a step yet: advance() gives the first one in the same cascade. Observed (nobody is really
/// called) unless the service's paging is assist or own and a connection is armed for pages; an incident without a service
/// counts as observe beside a pager of record, as own otherwise.
/// Errors: NotFound (incident, policy, or no policy to choose), Conflict (incident over, or this policy already runs for it).
[[nodiscard]] Result<events::Event> start(const state::State &state, const Request &request, Instant now);

/// What every running escalation is due: StepReached with the people of the next step, or EscalationEnded: "ended" (its
/// incident is over), "exhausted" (the last step of the last round was not answered), "missed" (overdue for more than
/// kGap and no longer worth a call). A policy that is gone from the workspace gives RuleFailed and a catch-all step that
/// calls the service's team, else everybody. Call again until it returns nothing. Source: design.md section 3, gaps.
[[nodiscard]] events::Events advance(const state::State &state, Instant now);

/// The GapReviewed for what advance() said, when some of it had been overdue by more than kGap: nothing ran since `since`.
/// Nothing when no step had.
[[nodiscard]] events::Events reviewGap(const state::State &state, const events::Events &advanced, Instant since, Instant now);

/// When advance() next has something to say, if nothing else happens; zero = not at all.
[[nodiscard]] Instant nextDue(const state::State &state);

/// An EscalationAcknowledged or EscalatedByHand. Errors: NotFound, Conflict (it does not run any more; the same person answered
/// already), and for an answer Forbidden: only who was called, who the policy names, or the incident's commander or deputy may.
[[nodiscard]] Result<events::Event> acknowledge(const state::State &state, std::uint32_t escalation, const events::Actor &by);
/// `step`: this one instead of the next; `person`: this person, whoever the policy names. Not both.
[[nodiscard]] Result<events::Event> hurry(const state::State &state, std::uint32_t escalation, const events::Actor &by, std::uint32_t step = 0,
                                          const std::string &person = {}, const std::string &reason = {});

/// The policy start() would choose for a service, or null.
[[nodiscard]] const Policy *policyFor(const Workspace &workspace, std::string_view service);

} // namespace qd::oncall
