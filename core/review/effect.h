// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Whether an action changed how often it happens again.
namespace qd::review {

enum class Verdict : std::uint8_t { NotEnough, Inconclusive, Effective, Ineffective, Reopened };
[[nodiscard]] std::string_view word(Verdict v); ///< "not enough data yet", "inconclusive", "effective", "ineffective", "reopened"

/// What a verdict stands on, for whoever says it in other words.
enum class Because : std::uint8_t { NoTime, MoreOften, ShortSince, ShortBefore, FewExpected, LessOften, AsOften, Chance, NotInPlace, Unrated, NoFactor };
[[nodiscard]] std::string_view word(Because v); ///< "no time", "more often", "short since", "short before", "few expected", "less often", "as often", "chance", "not in place", "unrated", "no factor"

/// So many events in so much time of being exposed to them.
struct Exposure {
    std::uint64_t events = 0;
    double days = 0;
};

inline constexpr double kConfidence = 0.95;
inline constexpr double kLeastDays = 28;     ///< less time before or after says nothing yet
inline constexpr double kLeastExpected = 3;  ///< … nor does a time in which fewer than so many were to be expected
inline constexpr double kStillAsOften = 1;   ///< a rate ratio at least this high is no improvement …
inline constexpr double kUsefulRatio = 0.5;  ///< … and where its whole interval lies above this it is known: that it happens half as often would be of use

struct Effect {
    Exposure before, after;
    double ratio = 0;                        ///< of the rates, after by before; infinite where there was none before; not a number without either
    double low = 0, high = 0;                ///< of the exact interval; high may be infinite
    double pValue = 1;                       ///< two-sided, that the rates are the same
    Verdict verdict = Verdict::NotEnough;
    std::string sentence;                    ///< "recurred 2 times in 140 exposed days, before: 9 in 160"
    std::string why;                         ///< of the verdict, one sentence
    Because because = Because::NoTime;       ///< the same
    double expected = 0;                     ///< recurrences since, at the rate before
};

/// The ratio of two Poisson rates, after by before. Given the sum of the events, those after are binomial; the bounds are Clopper and Pearson's for that
/// probability, turned into the ratio (exact, never narrower than said). No normal approximation at any count.
/// Verdict: ineffective where the whole interval lies above 1, after however short a time; else not enough data where either time is shorter than kLeastDays
/// or fewer than kLeastExpected were to be expected after at the rate before; else effective where the interval lies below 1, ineffective where the rate is as
/// high as before or higher and the interval leaves out that it fell to kUsefulRatio, and inconclusive: few events that were as many before and after may be chance. Source: Przyborowski and Wilenski 1940; Clopper and Pearson 1934.
[[nodiscard]] Effect effectOf(Exposure before, Exposure after, double confidence = kConfidence);

/// What happened, as far as recurrence is concerned.
struct Occurrence {
    std::string incident;
    Instant at;
    std::vector<std::string> factors, services; ///< factors: causes alone; with none of them it is not rated yet, whatever went well
    bool counts = true;                      ///< false: a drill, an example, planned work, one that was called off or merged into another, or a rebuilt copy of one that is there
    bool isWrittenAfterwards = false;        ///< rebuilt from files or backfilled: what else happened in a time before this record is not known
    std::string family = {};                 ///< what follows another or is part of it is of its family; "": it stands alone
    std::string partOf = {};                 ///< the incident whose work it is part of, the outermost: both are one event; "": it is its own
};

/// An action that was done.
struct Remedy {
    std::string incident, factor;
    std::uint32_t action = 0;
    Instant doneAt;                          ///< since when it is done; of one that was open again, the last time it was
    std::vector<std::string> services;       ///< of its incident
    std::uint32_t reopened = 0;              ///< how often it was open again after it was done
    Instant openSince = {};                  ///< it is open again: nothing is done since
};
struct Recurrence {
    Effect effect;
    std::vector<std::string> before, after;  ///< incidents that count, its own among those before; one of a family on each side, its first
    std::uint64_t unrated = 0;               ///< later families at its services in which nobody has named a factor yet
};
/// An incident recurs to a remedy when it counts, has the remedy's factor, and shares a service with its incident. Exposed is the time from `from` (when
/// counting began; without one, its first incident) to the day it was done, and from then to `now`. An incident with which that time
/// begins is listed and not counted: it says when, not how often; nor is one that is older than that time, whenever it was written: nobody knows what else happened then. Incidents that are not rated yet are said, and where they could turn the verdict there is
/// none. What follows an incident is no further event on the same side of the remedy; begun after it, it is a recurrence as any other, once. Without a factor nothing can be said. One that is open again has the verdict of just that, and no time after; one that was done again is judged from
/// that day on.
[[nodiscard]] Recurrence recurrenceOf(const Remedy &remedy, const std::vector<Occurrence> &all, Instant from, Instant now);

} // namespace qd::review
