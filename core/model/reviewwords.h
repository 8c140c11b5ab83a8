// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/words.h"

#include <cstddef>

/// The fixed words of what is learnt after an incident.
namespace qd {

/// Where a review stands. It never moves the incident: that is closed by whoever commands it.
enum class ReviewPhase : std::uint8_t { None = 0, Draft = 1, InReview = 2, Reviewed = 3, Closed = 4 };
/// How much of the work of keeping something from happening again is done by something else than attention: the first cannot be forgotten.
enum class Strength : std::uint8_t { Unsaid = 0, Eliminate = 1, Engineer = 2, Administer = 3, Train = 4 };
/// How sure somebody is that a factor had a part in it.
enum class Confidence : std::uint8_t { Unsaid = 0, Low = 1, Medium = 2, High = 3 };
enum class ActionState : std::uint8_t { Open = 0, Done = 1, Verified = 2, Dropped = 3 };
enum class PatternState : std::uint8_t { Open = 0, InDesign = 1, Met = 2, Dropped = 3 };

/// What a comment quotes at most, in UTF-8.
inline constexpr std::size_t kQuoteBytes = 500;

[[nodiscard]] std::string_view word(ReviewPhase v);
[[nodiscard]] std::string_view word(Strength v);
[[nodiscard]] std::string_view word(Confidence v);
[[nodiscard]] std::string_view word(ActionState v);
[[nodiscard]] std::string_view word(PatternState v);
template <> std::optional<ReviewPhase> fromWord(std::string_view text);
template <> std::optional<Strength> fromWord(std::string_view text);
template <> std::optional<Confidence> fromWord(std::string_view text);
template <> std::optional<ActionState> fromWord(std::string_view text);
template <> std::optional<PatternState> fromWord(std::string_view text);

} // namespace qd
