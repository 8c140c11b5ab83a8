// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/taxonomy.h"

#include <algorithm>
#include <numeric>
#include <set>

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

Agreement agreement(const state::State &state, const std::string &factor)
{
    Agreement out;
    std::vector<const Review *> rated;
    std::set<std::string> factors;
    if (!factor.empty())
        factors.insert(factor);
    for (const auto &[number, incident] : state.incidents) {
        const Review &review = incident.review;
        if (incident.isDrill() || ratersOf(review).size() < 2)
            continue;
        rated.push_back(&review);
        for (const Rating &r : review.ratings)
            if (factor.empty())
                factors.insert(r.factor);
    }
    out.incidents = rated.size();
    if (!out.isEnough())
        return out;
    std::vector<std::vector<std::uint32_t>> counts;
    for (const Review *review : rated) {
        const auto raters = static_cast<std::uint32_t>(ratersOf(*review).size());
        for (const std::string &id : factors) {
            const auto yes = static_cast<std::uint32_t>(std::count_if(review->ratings.begin(), review->ratings.end(), [&](const Rating &r) { return r.factor == id; }));
            counts.push_back({yes, raters - yes});
        }
    }
    out.kappa = fleissKappa(counts);
    return out;
}

} // namespace qd::review
