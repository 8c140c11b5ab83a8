// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <vector>

namespace qd::review {

/// Somebody who had to do with an incident, and as what: "Incident Commander", "settled a hypothesis", "was called for payments".
struct Participant {
    std::string person;
    std::vector<std::string> parts;      ///< roles first; each once
    bool required = false;               ///< a role, a deed or an alerting service of theirs: without their words the review is not complete
};

inline constexpr std::size_t kParticipants = 200;

/// From who acted or owned: roles held and handed over, what is in the record under their name, calls they answered, and for each service
/// that alerted and none of whose team acted, who was called for it or else its team's first. Who only wrote in chat took part and is not required.
/// Somebody may be nobody of the workspace any more. Those required first, then by id. Pure.
[[nodiscard]] std::vector<Participant> participants(const state::State &state, const state::Incident &incident);
[[nodiscard]] std::vector<std::string> requiredPeople(const std::vector<Participant> &all);
[[nodiscard]] bool hadPart(const std::vector<Participant> &all, std::string_view person);

} // namespace qd::review
