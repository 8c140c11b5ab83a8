// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/taxonomy.h"

#include "core/review/source.h"

#include <algorithm>
#include <cmath>
#include <gsl/gsl_cdf.h>
#include <map>
#include <numeric>
#include <set>
#include <string_view>
#include <utility>

namespace qd::review {

using state::Rating;
using state::Review;

std::vector<std::string> ratersOf(const Review &review)
{
    std::vector<std::string> out;
    for (const Rating &r : review.ratings)
        if (std::find(out.begin(), out.end(), r.by) == out.end())
            out.push_back(r.by);
    return out;
}

std::vector<FactorSeen> factorsSeen(const Review &review, const Taxonomy &taxonomy)
{
    const std::size_t raters = ratersOf(review).size();
    std::vector<FactorSeen> out;
    for (const Rating &r : review.ratings) {
        auto it = std::find_if(out.begin(), out.end(), [&](const FactorSeen &f) { return f.factor == r.factor; });
        if (it == out.end())
            it = out.insert(out.end(), FactorSeen{r.factor, {}, raters, {}});
        it->raters.push_back(r.by);
        it->sureness.add(r.confidence);
        for (const std::string &line : r.evidence)
            if (std::find(it->evidence.begin(), it->evidence.end(), line) == it->evidence.end())
                it->evidence.push_back(line);
    }
    const auto place = [&](const FactorSeen &f) {
        const auto it = std::find_if(taxonomy.factors.begin(), taxonomy.factors.end(), [&](const TaxonomyFactor &t) { return t.id == f.factor; });
        return it - taxonomy.factors.begin();
    };
    std::stable_sort(out.begin(), out.end(), [&](const FactorSeen &a, const FactorSeen &b) { return place(a) < place(b); });
    return out;
}

std::optional<double> fleissKappa(const std::vector<std::vector<std::uint32_t>> &counts)
{
    double agreed = 0, subjects = 0, ratings = 0;
    std::vector<double> perCategory;
    for (const auto &row : counts) {
        const double n = std::accumulate(row.begin(), row.end(), 0.0);
        if (n < 2)
            continue;
        perCategory.resize(std::max(perCategory.size(), row.size()));
        double pairs = 0;
        for (std::size_t c = 0; c < row.size(); ++c) {
            pairs += static_cast<double>(row[c]) * (static_cast<double>(row[c]) - 1);
            perCategory[c] += row[c];
        }
        agreed += pairs / (n * (n - 1));
        ratings += n;
        ++subjects;
    }
    if (subjects == 0)
        return std::nullopt;
    double chance = 0;
    for (const double c : perCategory)
        chance += (c / ratings) * (c / ratings);
    constexpr double kWhole = 1 - 1e-12;
    if (chance > kWhole)
        return std::nullopt;
    return (agreed / subjects - chance) / (1 - chance);
}

namespace {

/// What Fleiss' kappa of "sees it" and "does not" a factor is made of; without an incident it is this less the incident's own.
struct KappaSums {
    double agreed = 0, subjects = 0, yes = 0, no = 0;
    void add(std::size_t hits, std::size_t raters)
    {
        const auto y = static_cast<double>(hits), n = static_cast<double>(raters), x = n - y;
        agreed += (y * (y - 1) + x * (x - 1)) / (n * (n - 1));
        ++subjects;
        yes += y;
        no += x;
    }
    [[nodiscard]] KappaSums plus(const KappaSums &o, double sign) const { return {agreed + sign * o.agreed, subjects + sign * o.subjects, yes + sign * o.yes, no + sign * o.no}; }
    [[nodiscard]] double chance() const
    {
        const double all = yes + no;
        return (yes / all) * (yes / all) + (no / all) * (no / all);
    }
};

/// Over several factors: how far all of them agree beyond the chance of each, of how far they could. One chance for all together would
/// take for agreement that some factors are seen often and others seldom. A factor nobody differed about has no part in it.
std::optional<double> kappaOf(const std::vector<KappaSums> &factors)
{
    constexpr double kNothing = 1e-9;
    double beyond = 0, possible = 0;
    for (const KappaSums &f : factors)
        if (f.subjects >= 0.5 && f.yes >= kNothing && f.no >= kNothing) {
            beyond += f.agreed / f.subjects - f.chance();
            possible += 1 - f.chance();
        }
    return possible < kNothing ? std::nullopt : std::optional(beyond / possible);
}

std::vector<KappaSums> plus(std::vector<KappaSums> factors, const std::vector<KappaSums> &incident, double sign)
{
    for (std::size_t n = 0; n < factors.size(); ++n)
        factors[n] = factors[n].plus(incident[n], sign);
    return factors;
}

/// The jackknife: how much it moves when one incident is left out tells how far it may be off (B. Efron, 1982). By incidents, for what one person says of
/// several factors of an incident hangs together.
std::optional<std::pair<double, double>> intervalOf(const std::vector<KappaSums> &all, const std::vector<std::vector<KappaSums>> &incidents, double kappa)
{
    const auto n = static_cast<double>(incidents.size());
    std::vector<double> without;
    for (const std::vector<KappaSums> &one : incidents) {
        const auto k = kappaOf(plus(all, one, -1));
        if (!k)
            return std::nullopt;
        without.push_back(*k);
    }
    const double mean = std::accumulate(without.begin(), without.end(), 0.0) / n;
    const double squares = std::accumulate(without.begin(), without.end(), 0.0, [&](double sum, double k) { return sum + (k - mean) * (k - mean); });
    const double half = gsl_cdf_tdist_Pinv(0.975, n - 1) * std::sqrt(squares * (n - 1) / n);
    return std::pair{std::max(-1.0, kappa - half), std::min(1.0, kappa + half)};
}

std::string hundredthsText(double v)
{
    const double rounded = std::round(v * 100) / 100;
    std::string out = std::to_string(rounded == 0 ? 0.0 : rounded); // and never -0
    return out.substr(0, out.find('.') + 3);
}

} // namespace

Agreement agreement(const state::State &state, const std::string &factor)
{
    Agreement out;
    std::vector<const Review *> rated;
    std::set<std::string> factors;
    if (!factor.empty())
        factors.insert(factor);
    for (const auto &[number, incident] : state.incidents) {
        const Review &review = incident.review;
        const std::size_t raters = ratersOf(review).size();
        if (raters < 2 || !isCounted(state, incident))
            continue;
        rated.push_back(&review);
        out.raters += raters;
        for (const Rating &r : review.ratings)
            if (factor.empty())
                factors.insert(r.factor);
    }
    out.incidents = rated.size();
    if (!out.isEnough())
        return out;
    std::vector<KappaSums> all(factors.size()); // one a factor
    std::vector<std::vector<KappaSums>> each;
    for (const Review *review : rated) {
        const std::size_t raters = ratersOf(*review).size();
        std::map<std::string_view, std::size_t> hits;
        for (const Rating &r : review->ratings)
            ++hits[r.factor];
        std::vector<KappaSums> sums(factors.size());
        std::size_t n = 0;
        for (const std::string &id : factors) {
            const auto hit = hits.find(id);
            sums[n++].add(hit == hits.end() ? 0 : hit->second, raters);
        }
        all = plus(std::move(all), sums, 1);
        each.push_back(std::move(sums));
    }
    out.kappa = kappaOf(all);
    if (out.kappa)
        out.interval = intervalOf(all, each, *out.kappa);
    return out;
}

std::string agreementSentence(const Agreement &a)
{
    const std::string over = std::to_string(a.incidents) + (a.incidents == 1 ? " incident" : " incidents") + " with two raters or more";
    if (!a.isEnough())
        return "nothing is said of agreement: " + over + ", and it takes " + std::to_string(kFewestRated);
    if (!a.kappa)
        return "no kappa over " + over + ": nobody differed from anybody";
    std::string out = "kappa " + hundredthsText(*a.kappa) + " over " + over;
    if (a.interval)
        out += ", between " + hundredthsText(a.interval->first) + " and " + hundredthsText(a.interval->second);
    return out + (a.isShaky() ? ": shaky, it may be far off" : "");
}

} // namespace qd::review
