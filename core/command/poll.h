// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/events/event.h"
#include "core/state/state.h"

/// Go or no-go, asked around: pure rules over a State.
namespace qd::command {

inline constexpr std::size_t kAskedLimit = 50; ///< people in one poll
inline constexpr Span kAskedAtLeast = minutes(1), kAskedAtMost = hours(24 * 7); ///< from when it is asked until it is due

/// The poll of this number; 0: the only open one. Errors: NotFound, Conflict (several are open).
[[nodiscard]] Result<const state::Poll *> pollMeant(const state::Incident &incident, std::uint32_t number);

/// Asks these people, each as what they are in the incident; none: everybody with a role in it but the asker.
/// `due`: when it closes by itself; none: when somebody closes it.
/// Errors: Invalid (nobody is left to ask; it is due too soon or too late), NotFound (no such person), TooLarge (people, or polls of the incident).
[[nodiscard]] Result<events::PollAsked> ask(const state::State &state, const state::Incident &incident, const std::string &question,
                                            const std::vector<std::string> &people, const events::Actor &by, Instant due = {}, Instant now = {});

/// `person` says go or no-go; "": who says it. A later word of the same person counts instead. Whoever may respond may answer without being asked.
/// Errors: NotFound (no such poll, no such person), Conflict (closed), Invalid (the answer is neither).
[[nodiscard]] Result<events::PollAnswered> answer(const state::State &state, const state::Incident &incident, std::uint32_t poll, const std::string &answer,
                                                  const std::string &text, const std::string &person, const events::Actor &by);

/// By who asked it, or who commands. Errors: NotFound, Conflict (closed already), Forbidden.
[[nodiscard]] Result<events::PollClosed> close(const state::Incident &incident, std::uint32_t poll, const std::string &reason, bool withdraw, const events::Actor &by);

/// The open polls of an incident that is over are closed: nobody asks any more.
[[nodiscard]] events::Events pollsOver(const state::Incident &incident);
/// PollClosed by the core for those that are due, and of incidents that are over.
[[nodiscard]] events::Events pollsDue(const state::State &state, Instant now);
/// When pollsDue() next has something to say; none: not at all.
[[nodiscard]] Instant nextPoll(const state::State &state);

} // namespace qd::command
