// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/review/effect.h"
#include "core/review/sureness.h"

#include <string>
#include <utility>
#include <vector>

/// Which factors had a part in it, across incidents that have nothing to do with each other. Pure; no person and no length of time is in it.
namespace qd::review {

inline constexpr std::size_t kFactorsShown = 30;     ///< rows of the Pareto and of the matrix
inline constexpr std::uint64_t kLeastMet = 2;        ///< fewer unrelated incidents than this say nothing of two factors
inline constexpr std::size_t kPeriodsShown = 40;     ///< quarters or months, the last ones
inline constexpr std::size_t kServicesShown = 50;    ///< columns beside them, those with the most incidents

enum class Period : std::uint8_t { Month, Quarter };

struct FactorCount {
    std::string factor;
    std::uint64_t incidents = 0;
    double share = 0, together = 0;          ///< of all labels, 0 … 1; with those before it
    double ofFamilies = 0;                   ///< in how many of the unrelated incidents it was, 0 … 1: what base rates of elsewhere are of
    Sureness ratings;
};
/// Factors seen in the same incident.
struct Pair {
    std::string first, second;               ///< first < second
    std::uint64_t incidents = 0;
    double lift = 0;                         ///< how many times more often than if they were independent
};
/// The same for every two of the factors. Square, the same on both sides of its diagonal, on which stands how often each was at all.
struct Matrix {
    std::vector<std::string> factors;        ///< in the order of Trends::factors
    std::vector<std::vector<std::uint64_t>> incidents;
    std::vector<std::vector<double>> lift;   ///< 0 on the diagonal, and where two never met
};
/// A factor, or what went well, that was seen at a service.
struct AtService {
    std::string factor, service;
    std::uint64_t incidents = 0;             ///< unrelated ones in which it was seen there
    std::uint64_t ofService = 0;             ///< unrelated ones there that name any factor; for what went well: or anything that did
    std::vector<std::string> which = {};     ///< all of them by id, also those of one family, in the order they were given
};
struct PeriodCount {
    std::string period;                      ///< "2026-11", "2026 Q4"
    std::uint64_t incidents = 0;             ///< reviewed
    std::vector<std::uint64_t> factors;      ///< as in Trends::factors
};
struct Trends {
    std::uint64_t incidents = 0;             ///< that count and have a factor
    std::uint64_t families = 0;              ///< of them, unrelated: what follows another is part of its family
    std::vector<FactorCount> factors;        ///< causes; most first, then by id
    std::vector<Pair> pairs;                 ///< most first
    std::vector<PeriodCount> periods;        ///< oldest first, without gaps
};

/// An incident that follows another, or is part of the work on one, is no further witness: a family counts once, with the factors of all its members, in the
/// period of its first.
struct Witness {
    Occurrence what;
    std::string family;                      ///< the first incident of its family; "": its own
    std::vector<std::pair<std::string, Confidence>> ratings = {}; ///< of each of its factors, and of what went well, by each who sees it: how sure they are
    std::vector<std::string> mitigators = {}; ///< what went well; no cause, and counted apart (mitigatorsOf)
};
[[nodiscard]] Trends trendsOf(const std::vector<Witness> &witnesses, Period period);
[[nodiscard]] Matrix matrixOf(const Trends &trends);
/// Which factor met which service: in the order of Trends::factors (kFactorsShown), at each the services by how many unrelated incidents name a factor there
/// (kServicesShown), then by id. An incident has the services it is about; a factor of one member of a family and a service of another did not meet by that.
[[nodiscard]] std::vector<AtService> factorsAtServices(const std::vector<Witness> &witnesses);

/// What went well, counted as causes are and never among them: shares are of all that went well, ofFamilies of the unrelated incidents that name anything at all.
[[nodiscard]] std::vector<FactorCount> mitigatorsOf(const std::vector<Witness> &witnesses);
/// The same by time, oldest first, without gaps; factors: as in mitigatorsOf().
[[nodiscard]] std::vector<PeriodCount> mitigatorPeriods(const std::vector<Witness> &witnesses, Period period);
/// The same at the services, as factorsAtServices().
[[nodiscard]] std::vector<AtService> mitigatorsAtServices(const std::vector<Witness> &witnesses);

/// "2026-11", "2026 Q4", UTC.
[[nodiscard]] std::string periodOf(Instant at, Period period);

} // namespace qd::review
