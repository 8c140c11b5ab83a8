// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/incidents.h"

#include <string>
#include <string_view>

namespace qd::review {

/// What a pre-filled section says besides the words of the record, in German; itself where there is none. The order of words is that of English in both.
[[nodiscard]] std::string_view inGerman(std::string_view english);

/// A role is nobody's from then on: of lines of roles (EntryKind::Role) it is this one that names no person, only itself (state::note).
[[nodiscard]] bool leavesRoleOpen(const state::Entry &line);
/// A line of the record as a German section tells it: what the core wrote of it in German ("SEV2 declared: …", "mitigated: …", "Scribe is open"), what people wrote as it is. How a
/// severity was reckoned is left to the record. Of what files tell only the words their readers put there.
[[nodiscard]] std::string recordInGerman(const state::Entry &line);
/// "yes", "most", "no": an answer behind a severity, in German.
[[nodiscard]] std::string_view answerInGerman(std::string_view answer);

/// How command went from one to another, in words that name nobody; "": the line is about something else.
[[nodiscard]] std::string_view turnWords(state::CommandTurn turn);

} // namespace qd::review
