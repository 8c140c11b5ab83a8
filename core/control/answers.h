// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For this folder's .cpp files only: it brings Boost.JSON with it.

#include "core/control/jsonfields.h"
#include "core/desk/desk.h"

#include <string>
#include <string_view>

namespace qd::control {

/// JSON-RPC's texts: a result that is JSON already, an error, and what a command's outcome reads like.
[[nodiscard]] std::string resultText(const json::value &id, std::string_view resultJson);
[[nodiscard]] std::string errorText(const json::value &id, int number, const Error &error);
[[nodiscard]] Error tooMuch(std::size_t limit);
[[nodiscard]] std::string outcomeText(const desk::Outcome &outcome);

} // namespace qd::control
