// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/escalation/stackrow.h"
#include "ui/view/viewmodel.h"

#include <vector>

namespace qd::escalation {

/// What the sections of the stack say at a moment. Pure: same view and moment, same rows. An empty list means the
/// section is not shown.

using Rows = std::vector<RowContent>;

inline constexpr int kDoneTasks = 3;   ///< finished tasks kept in sight
inline constexpr int kPagesShown = 6;  ///< ways of one step, each with how far it got
inline constexpr int kAnswersShown = 6;   ///< of the poll the newest decision was made on
inline constexpr int kInForce = 6;     ///< silences and the like in sight; the rest is counted
inline constexpr int kDecisions = 5;   ///< newest decisions in sight; the rest is on the timeline

[[nodiscard]] Rows nextUpRows(const view::ViewModel &view, Instant now);
[[nodiscard]] Rows roleRows(const view::ViewModel &view, Instant now);
/// One card. The wait for the next step is a bar on the step that was called last.
[[nodiscard]] Rows escalationRows(const view::EscalationCard &card, Instant now);
[[nodiscard]] Rows taskRows(const view::ViewModel &view, Instant now);
[[nodiscard]] Rows hypothesisRows(const view::ViewModel &view);
/// The polls that are open, and the newest that is closed while no decision was made on it: the question with its result, then what each
/// says; who said nothing first.
[[nodiscard]] Rows pollRows(const view::ViewModel &view);
/// The poll the window means when a row names none: of those that ask you and have no answer of yours, else of those that ask you, the oldest; 0: none.
[[nodiscard]] std::uint32_t pollForYou(const view::ViewModel &view);
[[nodiscard]] Rows decisionRows(const view::ViewModel &view);
/// All that keeps alerts quiet or their calls waiting until it ends, whoever placed it, the one that ends first first.
[[nodiscard]] Rows inForceRows(const view::ViewModel &view, Instant now);
/// Whom each open promise was made to, the next one due first.
[[nodiscard]] Rows promiseRows(const view::ViewModel &view, Instant now);

/// The links pinned to the incident, in the order in which they were.
[[nodiscard]] Rows linkRows(const view::ViewModel &view);

/// "Commander", "Liaison (legal/PR)" … as a section's column shows it.
[[nodiscard]] QString roleName(Role role);

} // namespace qd::escalation
