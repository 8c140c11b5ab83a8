// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/oncall/escalation.h"
#include "core/state/state.h"

namespace qd::desk {

/// Who is called because alerts were raised, changed hands or are over, without anybody declaring an incident: one call a group of
/// alerts (core/oncall/groupcalls.h), held while somebody commands an incident that has them all. `before` is the event before it
/// in the same record. Pure.
[[nodiscard]] events::Events reactWithCalls(const state::State &state, const events::Event &event, const events::Event *before);

/// Whose the call of an alert is, for the call itself and for whoever asks beforehand who is called.
struct CallsOwner {
    oncall::Ownership whose;
    std::vector<std::string> problems; ///< ownership rules that could not be tried; they count as not matching
    std::vector<std::string> ruledOut; ///< those that ask for the severity of an incident, which an alert does not have
};
[[nodiscard]] CallsOwner ownerOfCall(const state::State &state, const state::Alert &alert);

} // namespace qd::desk
