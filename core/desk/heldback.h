// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"
#include "core/triage/reports.h"

namespace qd::desk {

/// What no longer holds of a text that was released and waits for its embargo, in sentences without a word of it: its text, its checks, its incident
/// (comms::lapsedOf), and the clearance of who would read it. "": it may go out, or none waits. Pure.
[[nodiscard]] std::string whyHeldBack(const state::State &state, const state::Incident &incident, const state::OutwardMessage &message, Instant now);

/// Texts that may no longer go out are held back (MessageHeldBack), with our own alarm; it ends when they are released anew or over, or after a day.
/// `wall`: as of comms::messagesDue.
[[nodiscard]] events::Events heldBackDue(const state::State &state, const triage::ReportRules &rules, Instant now, Instant wall);
[[nodiscard]] Instant nextHeldBack(const state::State &state);

} // namespace qd::desk
