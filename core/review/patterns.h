// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/review/trends.h"
#include "core/state/review.h"

#include <string>
#include <vector>

/// What recurs across incidents, and what follows from it for the next design.
namespace qd::review {

inline constexpr std::size_t kLeastSupport = 2;      ///< unrelated incidents
inline constexpr std::size_t kFactorsOfSet = 4;      ///< of a suggestion at most
inline constexpr std::size_t kSuggestions = 50;
inline constexpr std::size_t kFactorsLookedAt = 60;  ///< of a service: the most frequent

/// A set of factors that met more than once at the same service, and is no pattern yet.
struct Suggestion {
    std::vector<std::string> factors, services, incidents; ///< each sorted
    bool operator==(const Suggestion &) const = default;
};

/// Sets of factors (closed: no larger set has the same incidents) with support of at least kLeastSupport unrelated incidents at a service, the most support
/// first, then the largest. Sets of one factor count. Left out is what a pattern that is not dropped says already: its factors within the set's, and a service in common.
[[nodiscard]] std::vector<Suggestion> suggestedPatterns(const std::vector<Witness> &witnesses, const std::vector<state::Pattern> &known);

/// Incidents in which a pattern was seen that it does not name yet: those that count, have all its factors and, where it names services, one of them, in the order they are given; of one that is met those that began after it
/// was (or was written otherwise since). What is one event with an incident it names (a part of its work, the same history) is none of them, and a pattern of no factors is seen nowhere.
[[nodiscard]] std::vector<std::string> seenSince(const state::Pattern &pattern, const std::vector<Witness> &witnesses);

/// Open or in design: not met, not dropped.
[[nodiscard]] bool isLive(const state::Pattern &pattern);

/// One thing to ask of the next design of a service.
struct ChecklistItem {
    std::uint32_t pattern = 0;
    std::string title, requirement;      ///< requirement: "" where none is written yet
    std::vector<std::string> factors, incidents;
    PatternState state = PatternState::Open;
};
/// Of live patterns that name the service, or name none; those with the most incidents first.
[[nodiscard]] std::vector<ChecklistItem> checklistFor(const std::string &service, const std::vector<state::Pattern> &patterns);
/// The same as Markdown, with a box to tick each: the requirement, below it the pattern, how it stands, its factors and where it was seen.
[[nodiscard]] std::string checklistMarkdown(const std::string &service, const std::vector<ChecklistItem> &items);

/// Live patterns that a review of an incident on these services touches: those that name one of them, or none at all.
[[nodiscard]] std::vector<const state::Pattern *> touchedBy(const std::vector<std::string> &services, const std::vector<state::Pattern> &patterns);

} // namespace qd::review
