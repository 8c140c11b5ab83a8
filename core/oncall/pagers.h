// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a pager of record holds of what is ours. Pure over a State.
namespace qd::oncall {

/// The label that says which incident of theirs an alert is; only reports of theirs (Path::PagerDuty) are believed.
inline constexpr std::string_view kPagerLabel = "pagerduty_incident";
/// The identity of the alert an incident of theirs is, where it is no other alert of ours: FNV-1a 64 of ("pagerduty", its id).
[[nodiscard]] std::uint64_t pagerFingerprint(std::string_view id);

/// Where a key of theirs came from, when a page of ours was sent under it: the call, or 0 for what belongs to none (a test). None: not ours.
using OwnKey = std::function<std::optional<std::uint32_t>(std::string_view key)>;

/// Whose an incident is: says so in `alert` and `escalation`. What it was found to be it stays; it may become both, for PagerDuty groups: one that is
/// of a call and has a key that is no page of ours is an alert too. False: it is a page of ours that belongs to
/// no call, and no alert.
[[nodiscard]] bool linkPagerIncident(const state::State &state, std::string_view set, events::PagerIncident &incident, const OwnKey &ownKey);

/// Whether what was seen of an incident tells nothing of how it stands: it is older than what is known, or says no time of it. Its alert is not to be
/// reported by it either.
[[nodiscard]] bool isOldNews(const state::State &state, std::string_view set, const events::PagerIncident &seen);

/// Leaves of what was seen only what is news: not what is known, nor what is older than what is known.
void keepNews(const state::State &state, events::PagerIncidentsSeen &seen);

/// What their word means here: who acknowledged there has acknowledged here, who resolved there ended an alert that is held there, and a call
/// that came to be an incident there is answered by either. What we ourselves did there means nothing. `seen` was just folded.
[[nodiscard]] events::Events heardFromPager(const state::State &state, const events::PagerIncidentsSeen &seen);

/// A name of it when a pager of record holds the alert: "PagerDuty's incident #12"; else "".
[[nodiscard]] std::string heldOutside(const state::State &state, const state::Alert &alert);
/// The same when it holds everything that fires of what a call is about: then a page would only make a second incident of it.
[[nodiscard]] std::string heldOutside(const state::State &state, const state::Escalation &call);

/// Where who is on call by a pager's word and by ours is not the same people: one a schedule that is called the same here and there.
struct OnCallDisagreement {
    std::string connection, schedule, theirs, ours, text; ///< schedule: our id
};
[[nodiscard]] std::vector<OnCallDisagreement> onCallDisagreements(const state::State &state);

} // namespace qd::oncall
