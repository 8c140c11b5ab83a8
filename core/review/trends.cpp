// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/trends.h"

#include <algorithm>
#include <map>
#include <set>

namespace qd::review {

namespace {

struct Family {
    Instant at;
    std::set<std::string> factors;
};
using Ratings = std::map<std::string, Sureness>; ///< by factor

int monthNumber(Instant at)
{
    const std::string text = toRfc3339(at);
    return std::stoi(text.substr(0, 4)) * 12 + std::stoi(text.substr(5, 2)) - 1;
}

std::string monthText(int number, Period period)
{
    const std::string year = std::to_string(number / 12);
    const int month = number % 12;
    if (period == Period::Quarter)
        return year + " Q" + std::to_string(month / 3 + 1);
    return year + (month < 9 ? "-0" : "-") + std::to_string(month + 1);
}

std::vector<FactorCount> countedFactors(const std::map<std::string, Family> &families, const Ratings &ratings)
{
    std::map<std::string, std::uint64_t> counts;
    std::uint64_t labels = 0;
    for (const auto &[name, family] : families)
        for (const std::string &factor : family.factors) {
            ++counts[factor];
            ++labels;
        }
    std::vector<FactorCount> out;
    for (const auto &[factor, count] : counts)
        out.push_back({factor, count, static_cast<double>(count) / static_cast<double>(labels), 0, static_cast<double>(count) / static_cast<double>(families.size()), {}});
    std::stable_sort(out.begin(), out.end(), [](const FactorCount &a, const FactorCount &b) { return a.incidents > b.incidents; });
    double together = 0;
    for (FactorCount &f : out)
        f.together = together += f.share;
    if (out.size() > kFactorsShown)
        out.resize(kFactorsShown);
    for (FactorCount &f : out)
        if (const auto it = ratings.find(f.factor); it != ratings.end())
            f.ratings = it->second;
    return out;
}

std::vector<Pair> countedPairs(const std::map<std::string, Family> &families, const std::vector<FactorCount> &factors)
{
    std::map<std::string, double> alone;
    for (const FactorCount &f : factors)
        alone[f.factor] = static_cast<double>(f.incidents);
    std::map<std::pair<std::string, std::string>, std::uint64_t> counts;
    for (const auto &[name, family] : families)
        for (auto a = family.factors.begin(); a != family.factors.end(); ++a)
            for (auto b = std::next(a); b != family.factors.end(); ++b)
                if (alone.contains(*a) && alone.contains(*b))
                    ++counts[{*a, *b}];
    std::vector<Pair> out;
    for (const auto &[pair, count] : counts)
        out.push_back({pair.first, pair.second, count, static_cast<double>(count) * static_cast<double>(families.size()) / (alone[pair.first] * alone[pair.second])});
    std::stable_sort(out.begin(), out.end(), [](const Pair &a, const Pair &b) { return a.incidents > b.incidents; });
    return out;
}

/// `rows`: in this order. Of causes, or of what went well.
std::vector<AtService> seenAtServices(const std::vector<Witness> &witnesses, const std::vector<FactorCount> &rows, bool isOfCauses)
{
    struct Cell {
        std::set<std::string> families;
        std::vector<std::string> which;
    };
    std::map<std::pair<std::string, std::string>, Cell> cells; // by factor and service
    std::map<std::string, std::set<std::string>> services;     // families that name anything there
    for (const Witness &w : witnesses) {
        if (!w.what.counts || (w.what.factors.empty() && (isOfCauses || w.mitigators.empty())))
            continue;
        const std::string &family = w.family.empty() ? w.what.incident : w.family;
        const std::vector<std::string> &named = isOfCauses ? w.what.factors : w.mitigators;
        const std::set<std::string> factors(named.begin(), named.end()), at(w.what.services.begin(), w.what.services.end());
        for (const std::string &service : at) {
            services[service].insert(family);
            for (const std::string &factor : factors) {
                Cell &cell = cells[{factor, service}];
                cell.families.insert(family);
                cell.which.push_back(w.what.incident);
            }
        }
    }
    std::vector<std::string> order;
    for (const auto &[service, families] : services)
        order.push_back(service);
    std::stable_sort(order.begin(), order.end(), [&](const std::string &a, const std::string &b) { return services.at(a).size() > services.at(b).size(); });
    if (order.size() > kServicesShown)
        order.resize(kServicesShown);
    std::vector<AtService> out;
    for (const FactorCount &f : rows)
        for (const std::string &service : order)
            if (const auto it = cells.find({f.factor, service}); it != cells.end())
                out.push_back({f.factor, service, it->second.families.size(), services.at(service).size(), std::move(it->second.which)});
    return out;
}

} // namespace

std::string periodOf(Instant at, Period period)
{
    return monthText(monthNumber(at), period);
}

Matrix matrixOf(const Trends &trends)
{
    Matrix out;
    const std::size_t size = trends.factors.size();
    std::map<std::string, std::size_t> place;
    for (const FactorCount &f : trends.factors) {
        place[f.factor] = out.factors.size();
        out.factors.push_back(f.factor);
    }
    out.incidents.assign(size, std::vector<std::uint64_t>(size));
    out.lift.assign(size, std::vector<double>(size));
    for (std::size_t n = 0; n < size; ++n)
        out.incidents[n][n] = trends.factors[n].incidents;
    for (const Pair &p : trends.pairs) {
        const std::size_t a = place.at(p.first), b = place.at(p.second);
        out.incidents[a][b] = out.incidents[b][a] = p.incidents;
        out.lift[a][b] = out.lift[b][a] = p.lift;
    }
    return out;
}

std::vector<AtService> factorsAtServices(const std::vector<Witness> &witnesses)
{
    return seenAtServices(witnesses, trendsOf(witnesses, Period::Quarter).factors, true);
}

std::vector<FactorCount> mitigatorsOf(const std::vector<Witness> &witnesses)
{
    std::map<std::string, Family> families;
    Ratings ratings;
    for (const Witness &w : witnesses) {
        if (!w.what.counts || (w.what.factors.empty() && w.mitigators.empty()))
            continue;
        families[w.family.empty() ? w.what.incident : w.family].factors.insert(w.mitigators.begin(), w.mitigators.end());
        for (const auto &[factor, said] : w.ratings)
            ratings[factor].add(said);
    }
    return countedFactors(families, ratings);
}

std::vector<PeriodCount> mitigatorPeriods(const std::vector<Witness> &witnesses, Period period)
{
    std::vector<Witness> well = witnesses;
    for (Witness &w : well)
        w.what.factors = w.mitigators;
    return trendsOf(well, period).periods;
}

std::vector<AtService> mitigatorsAtServices(const std::vector<Witness> &witnesses)
{
    return seenAtServices(witnesses, mitigatorsOf(witnesses), false);
}

Trends trendsOf(const std::vector<Witness> &witnesses, Period period)
{
    std::map<std::string, Family> families;
    Ratings ratings;
    Trends out;
    for (const Witness &w : witnesses) {
        if (!w.what.counts || w.what.factors.empty())
            continue;
        ++out.incidents;
        Family &family = families[w.family.empty() ? w.what.incident : w.family];
        if (!family.at || w.what.at < family.at)
            family.at = w.what.at;
        family.factors.insert(w.what.factors.begin(), w.what.factors.end());
        for (const auto &[factor, said] : w.ratings)
            ratings[factor].add(said);
    }
    out.families = families.size();
    if (families.empty())
        return out;
    out.factors = countedFactors(families, ratings);
    out.pairs = countedPairs(families, out.factors);
    const int step = period == Period::Quarter ? 3 : 1;
    const auto begin = [&](Instant at) { return monthNumber(at) / step * step; };
    int first = begin(families.begin()->second.at), last = first;
    for (const auto &[name, family] : families) {
        first = std::min(first, begin(family.at));
        last = std::max(last, begin(family.at));
    }
    first = std::max(first, last - static_cast<int>(kPeriodsShown - 1) * step);
    for (int at = first; at <= last; at += step)
        out.periods.push_back({monthText(at, period), 0, std::vector<std::uint64_t>(out.factors.size())});
    for (const auto &[name, family] : families) {
        if (begin(family.at) < first)
            continue;
        PeriodCount &p = out.periods[static_cast<std::size_t>((begin(family.at) - first) / step)];
        ++p.incidents;
        for (std::size_t n = 0; n < out.factors.size(); ++n)
            p.factors[n] += family.factors.contains(out.factors[n].factor) ? 1 : 0;
    }
    return out;
}

} // namespace qd::review
