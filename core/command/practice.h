// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <vector>

/// How an incident is commanded: whether the commander is there, leads too many, or repairs as well; and when the deputy says where things stand.
/// Pure rules over a State. Nothing here hinders anybody.
namespace qd::command {

inline constexpr std::size_t kSpan = 7;       ///< people who answer to one commander at most; the target is 3 to 7
inline constexpr std::size_t kPracticeAtOnce = 200; ///< what one practiceDue() or callOutsDue() says; the rest is due at once again

/// PersonSeen for the incidents `person` commands of which the record has not known for half of silent_after that they are there, by what they did or by their seat; all
/// of them with `exactly`, where it does not know `at` yet: somebody takes command from them.
[[nodiscard]] events::Events seen(const state::State &state, const std::string &person, Instant at, bool exactly = false);

/// Who answers to the commander: who has a role (not who only looks on), an open task, or command of a part of it. By id, each once.
[[nodiscard]] std::vector<std::string> answersToCommander(const state::State &state, const state::Incident &incident);

/// PracticeTurned where it stands otherwise than was said.
[[nodiscard]] events::Events practiceDue(const state::State &state);
/// When practiceDue() has something to say; none: not at all.
[[nodiscard]] Instant nextPractice(const state::State &state);

/// DeputyCalledOut for each incident whose time is up: every call_out_every since it was declared, while it has a deputy and is not mitigated.
[[nodiscard]] events::Events callOutsDue(const state::State &state, Instant now);
/// When callOutsDue() next has something to say, if nothing else happens; none: not at all.
[[nodiscard]] Instant nextCallOut(const state::State &state);

} // namespace qd::command
