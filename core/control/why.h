// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <string_view>

namespace qd::control {

/// Why a thing is as it is, read from the reasons its conclusions carry, never guessed:
/// `{"key","kind":"alert|incident|escalation","title","seq","at","because":[{"at","text","rule","matched":[…],"ruledOut":[…]}…]}`.
/// `key` is an alert's key, an incident's id ("INC-7") or "escalation/2". NotFound for anything else. From the State alone.
[[nodiscard]] Result<std::string> whyJson(const state::State &state, std::string_view key);

/// Whether and why a person was called for an alert or an incident, or was not: the same shape, kind "called" or "not called", the
/// title being the answer in one sentence. NotFound for an unknown key.
[[nodiscard]] Result<std::string> whyCalledJson(const state::State &state, std::string_view key, const std::string &person);

/// The call that a key such as "escalation/3" names, or null.
[[nodiscard]] const state::Escalation *escalationMeant(const state::State &state, std::string_view key);

} // namespace qd::control
