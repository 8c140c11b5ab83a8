// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/decide.h"
#include "core/governance/policy.h"

/// What is said in chat to somebody who asked or commanded there. Pure; what may be said to whom is decided before.
namespace qd::desk {

/// How what was done reads: `done`, but for commands of which that depends on the outcome. `person`: who commanded.
[[nodiscard]] std::string answerTo(const state::State &state, const Command &command, const std::string &done, const Decision &decision, const std::string &person);

/// Roles, on call for the service, and whom the calls call: one line.
[[nodiscard]] std::string whoHasIt(const state::State &state, const state::Incident &incident, Instant now);
/// Why an alert is treated as it is.
[[nodiscard]] std::string whyInWords(const state::State &state, const state::Alert &alert);
/// Who declared an incident, and why its calls call.
[[nodiscard]] std::string whyInWords(const state::State &state, const state::Incident &incident);

/// What is told in a room of `incident` where `message` was written passes what that room may be told of what it is about, and of its own incident.
[[nodiscard]] std::string inRoom(const state::State &state, const state::Incident &incident, const events::MessageSeen &message, const governance::Subject &about, std::string text);
/// The room of `incident` where `message` was written, for its other rooms: by its name where it was made for the incident; what somebody's own or a private one is called is not for everybody.
[[nodiscard]] std::string heardIn(const state::Incident &incident, const events::MessageSeen &message);
/// How often the first write of these was queued after `since`, as it would go out, and not refused.
[[nodiscard]] std::uint64_t saidLately(const state::State &state, const events::Events &events, Instant since);

} // namespace qd::desk
