// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/incident.h"
#include "core/state/state.h"

/// Whom the service of an incident calls: at its declaration, and when it turns out to be another. Pure.
namespace qd::desk {

/// Whose it is, by the labels of its alerts or by its service alone, is called.
[[nodiscard]] events::Events callsOf(const state::State &state, const events::IncidentDeclared &declared, Instant now);

/// While the incident is active whose the service is now is called, unless their policy runs for it already. Calls for the service it was
/// thought to be that nobody answered end once others are called in their stead, and whom they really reached is told. An incident that
/// is mitigated or over calls nobody: then only the record is set right.
[[nodiscard]] events::Events callsOf(const state::State &state, const events::ServiceCorrected &corrected, Instant now);

} // namespace qd::desk
