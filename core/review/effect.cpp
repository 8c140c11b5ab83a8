// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/effect.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <limits>
#include <set>

namespace qd::review {

namespace {

constexpr std::array<std::string_view, 5> kVerdictWords{"not enough data yet", "inconclusive", "effective", "ineffective", "reopened"};
constexpr std::array<std::string_view, 11> kBecauseWords{"no time", "more often", "short since", "short before", "few expected", "less often", "as often", "chance", "not in place", "unrated", "no factor"};
constexpr double kDayNs = 86'400e9;

/// GSL's own handler ends the program; a value it cannot reach is answered by its edge instead.
void keepGoing()
{
    static const bool done = [] {
        gsl_set_error_handler_off();
        return true;
    }();
    (void)done;
}

/// Clopper and Pearson's bounds of a probability of which `k` of `n` were seen.
std::pair<double, double> clopperPearson(std::uint64_t k, std::uint64_t n, double confidence)
{
    const double tail = (1 - confidence) / 2, hits = static_cast<double>(k), rest = static_cast<double>(n - k);
    const double low = k == 0 ? 0 : gsl_cdf_beta_Pinv(tail, hits, rest + 1);
    const double high = k == n ? 1 : gsl_cdf_beta_Qinv(tail, hits + 1, rest);
    return {low, high};
}

/// The sum of the probabilities of all that is as unlikely as `k` or more: the exact binomial test's two-sided p.
double twoSided(std::uint64_t k, std::uint64_t n, double p)
{
    // Twice the smaller tail: it belongs to Clopper and Pearson's interval, so that the two never disagree.
    const auto hits = static_cast<unsigned>(k), all = static_cast<unsigned>(n);
    const double below = gsl_cdf_binomial_P(hits, p, all), above = k == 0 ? 1 : gsl_cdf_binomial_Q(hits - 1, p, all);
    return std::min(1.0, 2 * std::min(below, above));
}

std::string times(std::uint64_t n)
{
    return std::to_string(n) + (n == 1 ? " time" : " times");
}

std::string wholeDays(double days)
{
    return std::to_string(static_cast<std::uint64_t>(std::max(0.0, std::floor(days))));
}

std::string twoPlaces(double v)
{
    if (std::isinf(v))
        return "without end";
    std::string out = std::to_string(std::round(v * 100) / 100);
    return out.substr(0, out.find('.') + 3);
}

bool shares(const std::vector<std::string> &a, const std::vector<std::string> &b)
{
    return std::any_of(a.begin(), a.end(), [&](const std::string &x) { return std::find(b.begin(), b.end(), x) != b.end(); });
}

} // namespace

std::string_view word(Verdict v)
{
    return kVerdictWords[static_cast<std::size_t>(v)];
}

std::string_view word(Because v)
{
    return kBecauseWords[static_cast<std::size_t>(v)];
}

Effect effectOf(Exposure before, Exposure after, double confidence)
{
    keepGoing();
    Effect out;
    out.before = before;
    out.after = after;
    out.high = std::numeric_limits<double>::infinity();
    out.ratio = std::numeric_limits<double>::quiet_NaN();
    out.sentence = "recurred " + times(after.events) + " in " + wholeDays(after.days) + " exposed days, before: " + std::to_string(before.events) + " in " + wholeDays(before.days);
    if (!(before.days > 0) || !(after.days > 0)) {
        out.why = "There is no time yet to compare.";
        return out;
    }
    const std::uint64_t all = before.events + after.events;
    if (all > 0) {
        // Given `all`, each is after with probability r·after / (r·after + before), r the ratio of the rates.
        const auto toRatio = [&](double p) { return p >= 1 ? std::numeric_limits<double>::infinity() : p / (1 - p) * before.days / after.days; };
        const auto [low, high] = clopperPearson(after.events, all, confidence);
        out.low = toRatio(low);
        out.high = toRatio(high);
        out.ratio = before.events == 0 ? std::numeric_limits<double>::infinity()
                                       : (static_cast<double>(after.events) / after.days) / (static_cast<double>(before.events) / before.days);
        out.pValue = twoSided(after.events, all, after.days / (after.days + before.days));
    }
    const std::string interval = "the rate is " + twoPlaces(out.ratio) + " times what it was, between " + twoPlaces(out.low) + " and " + twoPlaces(out.high);
    const double expected = out.expected = static_cast<double>(before.events) / before.days * after.days;
    if (all > 0 && out.low > 1) { // that it got worse needs no long time to be seen
        out.verdict = Verdict::Ineffective;
        out.because = Because::MoreOften;
        out.why = "It happens more often: " + interval + ".";
    } else if (before.days < kLeastDays || after.days < kLeastDays) {
        out.because = after.days < kLeastDays ? Because::ShortSince : Because::ShortBefore;
        out.why = "Less than " + wholeDays(kLeastDays) + " days " + (after.days < kLeastDays ? "have passed since." : "were recorded before.");
    } else if (expected < kLeastExpected) {
        out.because = Because::FewExpected;
        out.why = "At the rate before, " + twoPlaces(expected) + " were to be expected since: too few to tell.";
    } else if (all > 0 && out.high < 1) {
        out.verdict = Verdict::Effective;
        out.because = Because::LessOften;
        out.why = "It happens less often: " + interval + ".";
    } else if (out.ratio >= kStillAsOften && out.low > kUsefulRatio) {
        out.verdict = Verdict::Ineffective;
        out.because = Because::AsOften;
        out.why = "It happens as often as before: " + interval + ".";
    } else {
        out.verdict = Verdict::Inconclusive;
        out.because = Because::Chance;
        out.why = "It may be chance: " + interval + ".";
    }
    return out;
}

namespace {

std::string_view kinOf(const Occurrence &o)
{
    return o.family.empty() ? o.incident : o.family;
}

/// What happened of one cause at one time: an incident with what is part of the work on it.
std::string_view eventOf(const Occurrence &o)
{
    return o.partOf.empty() ? o.incident : o.partOf;
}

/// What is not in place has no effect that could be counted.
Effect reopenedEffect(const Remedy &remedy, Exposure before)
{
    Effect out;
    out.before = before;
    out.high = std::numeric_limits<double>::infinity();
    out.ratio = std::numeric_limits<double>::quiet_NaN();
    out.verdict = Verdict::Reopened;
    out.because = Because::NotInPlace;
    out.sentence = "was done and is open again since " + toRfc3339(remedy.openSince).substr(0, 10) + (remedy.reopened > 1 ? ", " + times(remedy.reopened) + " in all" : "");
    out.why = "It is not in place, so nothing is counted as after it; it is judged from the day it is done again.";
    return out;
}

} // namespace

Recurrence recurrenceOf(const Remedy &remedy, const std::vector<Occurrence> &all, Instant from, Instant now)
{
    Recurrence out;
    const auto isOf = [&](const Occurrence &o) {
        const bool isSame = o.incident == remedy.incident;
        const bool hasFactor = std::find(o.factors.begin(), o.factors.end(), remedy.factor) != o.factors.end();
        return o.counts && (isSame || (!remedy.factor.empty() && hasFactor && shares(o.services, remedy.services)));
    };
    std::vector<const Occurrence *> inTime;
    for (const Occurrence &o : all)
        if (o.counts && o.at <= now)
            inTime.push_back(&o);
    std::stable_sort(inTime.begin(), inTime.end(), [](const Occurrence *a, const Occurrence *b) { return a->at < b->at; });
    // What follows an incident goes on with it, but for what began only after the remedy: that is what was not to happen.
    std::set<std::string_view> before, after, events, openFamilies;
    const auto isBack = static_cast<bool>(remedy.openSince);
    const Instant known = from;
    const auto isBefore = [&](const Occurrence &o) { return known && o.at < known; };
    std::size_t uncounted = 0; // listed: of a time before counting began
    for (const Occurrence *o : inTime) {
        if (!isOf(*o))
            continue;
        const bool isAfter = !isBack && o->at >= remedy.doneAt;
        const bool isAnother = (isAfter ? after : before).insert(kinOf(*o)).second;
        if (!events.insert(eventOf(*o)).second || !isAnother)
            continue;
        if (isBefore(*o)) {
            out.before.push_back(o->incident);
            ++uncounted;
            continue;
        }
        from = from ? from : o->at;
        (isAfter ? out.after : out.before).push_back(o->incident);
    }
    for (const Occurrence *o : inTime)
        if (remedy.doneAt && o->at >= remedy.doneAt && o->factors.empty() && shares(o->services, remedy.services) && !after.contains(kinOf(*o)) && !events.contains(eventOf(*o)))
            openFamilies.insert(kinOf(*o));
    // The time begins with an event where nothing earlier is known: then that one says when it began, and nothing of how often it happens.
    const auto first = std::find_if(inTime.begin(), inTime.end(), [&](const Occurrence *o) { return isOf(*o) && !isBefore(*o); });
    const bool beginsWithOne = out.before.size() > uncounted && (*first)->at <= from;
    const auto days = [](Instant a, Instant b) { return a && b > a ? static_cast<double>((b - a).ns) / kDayNs : 0.0; };
    const Exposure was{out.before.size() - uncounted - (beginsWithOne ? 1 : 0), days(from, isBack ? now : remedy.doneAt)};
    if (isBack) {
        out.effect = reopenedEffect(remedy, was);
        return out;
    }
    const Exposure since{out.after.size(), remedy.doneAt ? days(remedy.doneAt, now) : 0.0};
    out.effect = effectOf(was, since);
    if (remedy.reopened > 0)
        out.effect.sentence += "; it was open again " + times(remedy.reopened) + " before it was done";
    out.unrated = openFamilies.size();
    if (out.unrated > 0 && !remedy.factor.empty()) {
        const bool turns = effectOf(was, {since.events + out.unrated, since.days}).verdict != out.effect.verdict;
        const std::string which = out.unrated == 1 ? "1 later incident at its services is" : std::to_string(out.unrated) + " later incidents at its services are";
        if (turns) {
            out.effect.verdict = Verdict::NotEnough;
            out.effect.because = Because::Unrated;
            out.effect.why = which + " not rated yet, and could turn it.";
        } else {
            out.effect.why += " " + which + " not rated yet.";
        }
    }
    if (remedy.factor.empty()) {
        out.effect.verdict = Verdict::NotEnough;
        out.effect.because = Because::NoFactor;
        out.effect.why = "The action names no factor, so what would be a recurrence is not said.";
    }
    return out;
}

} // namespace qd::review
