// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <string_view>

namespace qd::review {

inline constexpr std::string_view kSecurityLayer = "security"; ///< of the taxonomy: VERIS' actions

/// Why an incident is taken for one of security, so that VERIS' actions are offered for it first; "" for every other. In this order: somebody sees one of them
/// in it; an alert of it is labelled so (a label category, type, class, area, domain, team or tag that says security; security=true); its service or the team
/// that owns it is called so; its title or the name of an alert has a word of that trade. To be wrong costs nothing: it is an offer.
[[nodiscard]] std::string securityReason(const state::State &state, const state::Incident &incident);

} // namespace qd::review
