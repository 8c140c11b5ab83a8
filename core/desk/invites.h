// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::desk {

/// Who works on an incident and was not asked into its rooms yet is asked: the commander, who has a role, whoever is called for it, who has
/// a task; as far as an address of theirs on the room's platform is bound. Only into rooms we made: who is in somebody's own room is
/// theirs to say. Once a person and room, whatever becomes of it; who has spoken there is there. Pure.
[[nodiscard]] events::Events invited(const state::State &state, const std::string &incident);

/// A step was reached: who of it was not heard in somebody's own room of the incident is named there, since nobody is asked into it. Once a person and
/// room. Of a platform that hears nothing, nothing is known. Pure.
[[nodiscard]] events::Events unheard(const state::State &state, const events::StepReached &step);
/// The same once such a room is the incident's and its history was heard: of everybody whom its calls have called by then and still call.
[[nodiscard]] events::Events unheard(const state::State &state, const state::Incident &incident, const state::Room &room);

} // namespace qd::desk
