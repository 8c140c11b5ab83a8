// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/joined.h"

/// Alerts the review of an incident points at: they are let go of a day after they ended (README.md, "Letting go"), and what they show is to stay.
namespace qd::state {

/// A text points at a thing as [label](entry:alert/KEY); core/review/evidence.h has the whole of it.
inline constexpr std::string_view kEntryScheme = "entry:", kAlertReference = "alert/";

inline constexpr std::size_t kLinkedAlertsKept = 1000; ///< an incident's, the first; of further ones a link shows what the alert itself says, while there is one

/// A reference of a review. "alert/KEY" of an alert there is now is written down, once, as it is now, or as it was when it joined; any other is nothing to it. Only the fold calls these.
void noteLinked(State &state, std::string_view incident, std::string_view reference);
/// Each link to an alert in a text, those in code as well.
void noteLinksIn(State &state, std::string_view incident, std::string_view markdown);

/// The alert of this key as it was when it was linked first, if it was.
[[nodiscard]] std::optional<JoinedAlert> linkedAlert(const State &state, const Incident &incident, std::string_view key);

} // namespace qd::state
