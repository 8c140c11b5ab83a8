// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <optional>
#include <string>

/// An action beside its issue: what the tracker says of it, against what is said here. Pure. What a tracker says changes nothing by itself.
namespace qd::review {

/// Whether the issue is closed there once all that is on its way has arrived: what was said last of that, where that is newer than what was read.
[[nodiscard]] bool isClosedThere(const state::State &state, const state::Incident &incident, const state::Action &action);

/// Whether its connection is set to another repository, project or site than the issue is of: its key is another's there, which is neither read nor written.
[[nodiscard]] bool isElsewhere(const state::State &state, const state::Tracked &tracked);

/// What a person is asked because of what the tracker says: an issue that was closed there may be done here, one that is open again there may be open here.
struct Proposed {
    ActionState state = ActionState::Done;
    std::string reason;                  ///< what is recorded when a person says yes: "closed in hub"
    std::string says;                    ///< "closed there; done here?"
};
/// None while they agree, while what was said here is on its way there, and of what the tracker said before the action was turned here.
[[nodiscard]] std::optional<Proposed> proposedThere(const state::State &state, const state::Incident &incident, const state::Action &action);

/// What a person is called at a tracker; "": the workspace does not say.
[[nodiscard]] std::string accountAt(const Workspace &workspace, const std::string &person, const std::string &connection);
/// Who has the issue there, as far as the workspace says whose account that is; null: nobody, or somebody it does not know.
[[nodiscard]] const Person *assignedThere(const Workspace &workspace, const state::Tracked &tracked);
/// Who has it there, by name, where that is another than who owns it here ("": nobody); none where it is the same, or cannot be told.
[[nodiscard]] std::optional<std::string> otherThere(const Workspace &workspace, const state::Action &action);

} // namespace qd::review
