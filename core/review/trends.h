// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/review/effect.h"

#include <string>
#include <vector>

/// Which factors had a part in it, across incidents that have nothing to do with each other. Pure; no person and no length of time is in it.
namespace qd::review {

inline constexpr std::size_t kFactorsShown = 30;     ///< rows of the Pareto and of the matrix
inline constexpr std::size_t kPeriodsShown = 40;     ///< quarters or months, the last ones

enum class Period : std::uint8_t { Month, Quarter };

struct FactorCount {
    std::string factor;
    std::uint64_t incidents = 0;
    double share = 0, together = 0;          ///< of all labels, 0 … 1; with those before it
};
/// Factors seen in the same incident.
struct Pair {
    std::string first, second;               ///< first < second
    std::uint64_t incidents = 0;
    double lift = 0;                         ///< how many times more often than if they were independent
};
struct PeriodCount {
    std::string period;                      ///< "2026-11", "2026 Q4"
    std::uint64_t incidents = 0;             ///< reviewed
    std::vector<std::uint64_t> factors;      ///< as in Trends::factors
};
struct Trends {
    std::uint64_t incidents = 0;             ///< that count and have a factor
    std::uint64_t families = 0;              ///< of them, unrelated: what follows another is part of its family
    std::vector<FactorCount> factors;        ///< most first, then by id
    std::vector<Pair> pairs;                 ///< most first
    std::vector<PeriodCount> periods;        ///< oldest first, without gaps
};

/// An incident that follows another, or is part of the work on one, is no further witness: a family counts once, with the factors of all its members, in the
/// period of its first.
struct Witness {
    Occurrence what;
    std::string family;                      ///< the first incident of its family; "": its own
};
[[nodiscard]] Trends trendsOf(const std::vector<Witness> &witnesses, Period period);

/// "2026-11", "2026 Q4", UTC.
[[nodiscard]] std::string periodOf(Instant at, Period period);

} // namespace qd::review
