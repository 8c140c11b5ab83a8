// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/chatcommand.h"
#include "core/desk/commands.h"
#include "core/state/state.h"

/// What words of a chat name: services, tasks. Pure.
namespace qd::desk {

/// By its id, name or an alias, in whatever letters. An id comes before a name or an alias that reads the same. Null: there is none.
[[nodiscard]] const Service *serviceNamed(const Workspace &workspace, std::string_view words);

/// `!service name [why]`: the longest beginning of the words that is a service; the rest is why. Where the workspace has services and none is
/// named that is refused: what it does not have is for a seat to name.
[[nodiscard]] Result<CorrectService> anotherService(const state::State &state, const state::Incident &incident, const std::string &words);

/// `!done [N] [what came of it]`: the task named, else the only one that is the speaker's: theirs, their team's, somebody's whom the workspace
/// does not know, or taken on by them. Another's is not reported done from a phone.
[[nodiscard]] Result<FinishTask> taskDone(const state::State &state, const state::Incident &incident, const comms::ChatCommand &command, const std::string &person);

} // namespace qd::desk
