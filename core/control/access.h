// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/result.h"
#include "core/state/state.h"

#include <string>
#include <vector>

namespace qd::control {

/// `may`: whether a person may do a command, and by what, or why not. command: a method ("incident.take") or its last word where only one has it.
struct MayParams {
    static constexpr std::string_view kMethod = "may";
    std::string person, command, service, incident, via; ///< via: "" or "chat"
    QD_FIELDS(f(1, "person", e.person); f(2, "command", e.command); f(3, "service", e.service); f(4, "incident", e.incident); f(5, "via", e.via);)
};

/// `{"may":true,"person","command","role","about","by","why"}`. Errors: NotFound (no such person, command, incident).
[[nodiscard]] Result<std::string> mayJson(const state::State &state, const MayParams &about, Instant now);

/// Whether somebody may say the log's head in an incident's rooms: who responds to it may. Forbidden, with the policy's sentence.
[[nodiscard]] Result<> mayPost(const state::State &state, const events::Actor &by, const std::string &incident, Instant now);

/// The restricted incidents an answer shows: of `get` by list and incident asked for, of `why` by its key.
[[nodiscard]] std::vector<std::string> restrictedIn(const state::State &state, std::string_view method, std::string_view what, std::string incident);

} // namespace qd::control
