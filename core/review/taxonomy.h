// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/taxonomy.h"
#include "core/review/sureness.h"
#include "core/state/state.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Who sees which factor, and how far people agree.
namespace qd::review {

/// One factor of an incident.
struct FactorSeen {
    std::string factor;
    std::vector<std::string> raters;     ///< who see it, in the order in which they said so
    std::size_t of = 0;                  ///< how many people rated the incident at all
    std::vector<std::string> evidence;   ///< what they point at together, each once
    Sureness sureness = {};              ///< of their ratings
    /// Some of several raters see it and some do not: to be talked about, not to be voted on.
    [[nodiscard]] bool isDisputed() const { return of > 1 && raters.size() < of; }
};
/// In the order of the taxonomy, then what it does not have.
[[nodiscard]] std::vector<FactorSeen> factorsSeen(const state::Review &review, const Taxonomy &taxonomy);
/// Who rated it at all, each once.
[[nodiscard]] std::vector<std::string> ratersOf(const state::Review &review);

inline constexpr std::size_t kFewestRated = 5; ///< incidents with two raters or more; below it nothing is said of agreement
inline constexpr std::size_t kSteadyRated = 10; ///< … and below it what is said is shaky
inline constexpr double kSteadyWidth = 0.4;    ///< … as it is where the interval is wider: it then goes over more than two of the usual five degrees

/// How far raters agree beyond chance, over the incidents that two or more rated.
struct Agreement {
    std::size_t incidents = 0;           ///< with two raters or more
    std::size_t raters = 0;              ///< of all of those together: somebody who rated three is three
    std::optional<double> kappa;         ///< none: too few, or nobody ever differed from anybody in anything
    std::optional<std::pair<double, double>> interval; ///< of 95 %, by leaving out one incident after another; none: without one of them there is no kappa
    [[nodiscard]] bool isEnough() const { return incidents >= kFewestRated; }
    /// It may be far from what more ratings would give.
    [[nodiscard]] bool isShaky() const { return kappa && (incidents < kSteadyRated || !interval || interval->second - interval->first > kSteadyWidth); }
};
/// Of one factor, or (empty) over all that anybody saw in any of them: that nobody sees one is agreement too. Over all, each is held against its own chance and the
/// differences are added up, (P - Pe) over all by (1 - Pe) over all. Of incidents that are counted (isCounted) alone.
[[nodiscard]] Agreement agreement(const state::State &state, const std::string &factor = {});
/// "kappa 0.41 over 6 incidents with two raters or more, between 0.02 and 0.80: shaky, it may be far off"; why there is none.
[[nodiscard]] std::string agreementSentence(const Agreement &agreement);

/// Fleiss' kappa, also where subjects have different numbers of raters (J. L. Fleiss, Psychological Bulletin 76, 1971; Fleiss, Levin and Paik, 2003, section 18.3):
/// counts[subject][category] raters. Subjects with fewer than two are left out. None: no subject is left, or chance alone agrees wholly.
[[nodiscard]] std::optional<double> fleissKappa(const std::vector<std::vector<std::uint32_t>> &counts);

} // namespace qd::review
