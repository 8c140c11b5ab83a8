// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qd::review {

/// Actions as a table for a backlog or a spreadsheet and back: CSV (RFC 4180) in UTF-8 with these columns. What a spreadsheet would take for a formula has a ' before it.
inline constexpr std::string_view kActionColumns[] = {"incident", "action", "text", "owner", "due", "strength", "verification", "factor", "tracker", "key"};

/// A row, as it is written; of what is read an empty cell says nothing and "-" takes away what was said.
struct ActionLine {
    std::string incident, action, text, owner, due, strength, verification, factor, tracker, key; ///< action: its number; tracker: a connection, key: the issue there
    std::uint32_t line = 0;              ///< where it begins
};

[[nodiscard]] std::string actionsAsCsv(const std::vector<ActionLine> &rows);

/// Columns may stand in any order and be left out, but for incident; a semicolon may stand between them. Empty rows are passed over. Errors: Invalid, which names the
/// line of what is wrong first and those of the rest.
[[nodiscard]] Result<std::vector<ActionLine>> actionsInCsv(std::string_view csv);

} // namespace qd::review
