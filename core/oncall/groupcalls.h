// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/events/event.h"
#include "core/oncall/escalation.h"
#include "core/oncall/held.h"
#include "core/state/state.h"

#include <string>
#include <string_view>
#include <vector>

/// Alerts that call people by themselves, group by group, before anybody declares an incident. Pure over a State.
namespace qd::oncall {

/// A service with paging "own" calls for these; a warning waits in the queue. What nobody mapped is never the reason that nobody comes.
[[nodiscard]] constexpr bool callsFor(AlertSeverity s)
{
    return s == AlertSeverity::Critical || s == AlertSeverity::Error || s == AlertSeverity::Unknown;
}

/// Whether alerts of any service call by themselves: then they are looked at one by one.
[[nodiscard]] bool anyCalls(const Workspace &workspace);
/// Whether this one's do. A service the workspace does not know is as an incident without one: not beside a pager of record.
[[nodiscard]] bool callsByItself(const Workspace &workspace, const Service *service);

/// What stands of an alert group.
struct Standing {
    std::uint32_t firing = 0;
    std::uint32_t loud = 0;    ///< … and neither quiet, held nor acknowledged
    bool critical = false;     ///< one of the loud is
    bool taken = true;         ///< every firing one belongs to an open incident that is commanded, or calls people itself
    std::string incident = {}; ///< the first of those
};
/// Aligned with `groups`. One pass over the alerts.
[[nodiscard]] std::vector<Standing> standings(const state::State &state, const std::vector<std::string> &groups);

/// The calls an alert's group made by itself since its present episode began, in order; they live in the State.
[[nodiscard]] std::vector<const state::Escalation *> callsOf(const state::State &state, const state::Alert &alert);

/// Why an alert calls nobody although its service's alerts do; empty when it calls. `again`: the answer to its group's call was taken back,
/// so that an answered call is no reason.
[[nodiscard]] std::string whyNot(const state::State &state, const state::Alert &alert, const Held &held, bool again = false);
[[nodiscard]] std::string whyNot(const state::State &state, const state::Alert &alert);

/// An EscalationStarted for the group of `alert`. Where no policy can be chosen the catch-all is: a missing setting is not the reason that
/// nobody is called.
[[nodiscard]] events::Event startForGroup(const state::State &state, const state::Alert &alert, const Ownership &owner);

/// EscalationEnded for the groups all of whose alerts are over. Cheap.
[[nodiscard]] events::Events groupsOver(const state::State &state);

/// EscalationHeld and EscalationResumed, for what incidents take care of and what is quiet now. Who was not called yet is called first: owners are
/// told once. What becomes quiet is held when its next step is due (advance()).
[[nodiscard]] events::Events holdGroups(const state::State &state);
/// Whether some call waits: then alerts that are raised may set it going again.
[[nodiscard]] bool anyHeld(const state::State &state);

/// An EscalationAcknowledged for every running call of a group that one of these alerts belongs to.
[[nodiscard]] events::Events answeredByAlerts(const state::State &state, const std::vector<std::string> &keys, const events::Actor &by);

/// The firing alerts of the group nobody has acknowledged, by key; at most kAnsweredAtMost.
inline constexpr std::size_t kAnsweredAtMost = 10'000;
[[nodiscard]] std::vector<std::string> unanswered(const state::State &state, std::string_view group);

} // namespace qd::oncall
