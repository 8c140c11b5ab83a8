// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Questions for who leads the conversation: what to ask next of what somebody just said. "How" and "what", never "why". Source: Etsy's debriefing
/// facilitation guide, by way of ux.md section 4.
namespace qd::review {

/// What kind of thing was said.
enum class Statement : std::uint8_t { Observation, Judgement, Decision, Knowledge, StateOfMind, MentalModel, Action, Help };
inline constexpr std::size_t kStatements = 8;
[[nodiscard]] std::string_view word(Statement v); ///< "observation", "judgement", "decision", "knowledge", "state of mind", "mental model", "action", "help"
/// An example of it, to know it by: "I saw the error rate climb."
[[nodiscard]] std::string exampleOf(Statement kind, std::string_view language);

/// Each kind has at least two. language: en or de.
[[nodiscard]] std::vector<std::string> promptsFor(Statement kind, std::string_view language);
/// What to ask of a moment of this kind: detection, diagnosis, repair, key. None for another.
[[nodiscard]] std::vector<std::string> promptsForMoment(std::string_view kind, std::string_view language);

/// A guess from its words; none when nothing speaks for any.
[[nodiscard]] std::optional<Statement> statementOf(std::string_view sentence);

} // namespace qd::review
