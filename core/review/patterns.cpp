// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/patterns.h"

#include <algorithm>
#include <map>
#include <set>

namespace qd::review {

namespace {

using Names = std::set<std::string>;

bool isWithin(const std::vector<std::string> &few, const Names &many)
{
    return std::all_of(few.begin(), few.end(), [&](const std::string &x) { return many.contains(x); });
}

const std::string &kinIn(const Witness &w)
{
    return w.family.empty() ? w.what.incident : w.family;
}

/// By which incident each family is named: its first, or where that one does not count the first that does.
std::map<std::string, std::string> namesOf(const std::vector<Witness> &witnesses)
{
    std::map<std::string, const Witness *> first;
    for (const Witness &w : witnesses)
        if (w.what.counts) {
            const Witness *&best = first[kinIn(w)];
            const auto isRoot = [&](const Witness &each) { return each.what.incident == kinIn(w); };
            if (!best || isRoot(w) || (!isRoot(*best) && w.what.at < best->what.at))
                best = &w;
        }
    std::map<std::string, std::string> out;
    for (const auto &[family, w] : first)
        out[family] = w->what.incident;
    return out;
}

/// The families an incident of which was at the service, with all the factors of it.
std::map<std::string, Names> familiesAt(const std::string &service, const std::vector<Witness> &witnesses, const std::map<std::string, std::string> &names)
{
    std::map<std::string, Names> out;
    for (const Witness &w : witnesses)
        if (w.what.counts && std::find(w.what.services.begin(), w.what.services.end(), service) != w.what.services.end())
            out[names.at(kinIn(w))].insert(w.what.factors.begin(), w.what.factors.end());
    return out;
}

/// Every set of factors that two families have in common, cut to kFactorsOfSet, and every single one: what is frequent is among their intersections.
std::set<Names> candidatesOf(const std::map<std::string, Names> &families)
{
    std::map<std::string, std::size_t> counts;
    for (const auto &[name, factors] : families)
        for (const std::string &f : factors)
            ++counts[f];
    std::vector<std::pair<std::size_t, std::string>> often;
    for (const auto &[factor, count] : counts)
        if (count >= kLeastSupport)
            often.push_back({count, factor});
    std::sort(often.begin(), often.end(), [](const auto &a, const auto &b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    if (often.size() > kFactorsLookedAt)
        often.resize(kFactorsLookedAt);
    std::set<Names> level, out;
    for (const auto &[count, factor] : often)
        level.insert({factor});
    const auto supportOf = [&](const Names &set) {
        return static_cast<std::size_t>(std::count_if(families.begin(), families.end(), [&](const auto &f) { return std::includes(f.second.begin(), f.second.end(), set.begin(), set.end()); }));
    };
    for (std::size_t size = 1; size <= kFactorsOfSet && !level.empty(); ++size) {
        out.insert(level.begin(), level.end());
        std::set<Names> next;
        for (const Names &set : level)
            for (const auto &[count, factor] : often)
                if (factor > *set.rbegin()) {
                    Names larger = set;
                    larger.insert(factor);
                    if (supportOf(larger) >= kLeastSupport)
                        next.insert(std::move(larger));
                }
        level = std::move(next);
    }
    return out;
}

bool isKnown(const Suggestion &s, const std::vector<state::Pattern> &known)
{
    const Names factors(s.factors.begin(), s.factors.end()), services(s.services.begin(), s.services.end());
    return std::any_of(known.begin(), known.end(), [&](const state::Pattern &p) {
        const bool meets = std::any_of(p.services.begin(), p.services.end(), [&](const std::string &x) { return services.contains(x); });
        return p.state != PatternState::Dropped && !p.factors.empty() && isWithin(p.factors, factors) && (p.services.empty() || meets);
    });
}

/// Whether it is about one of these services: it names one, or none at all.
bool isOf(const state::Pattern &pattern, const std::vector<std::string> &services)
{
    return pattern.services.empty() || std::find_first_of(services.begin(), services.end(), pattern.services.begin(), pattern.services.end()) != services.end();
}

} // namespace

std::vector<Suggestion> suggestedPatterns(const std::vector<Witness> &witnesses, const std::vector<state::Pattern> &known)
{
    Names services;
    const auto names = namesOf(witnesses);
    for (const Witness &w : witnesses)
        if (w.what.counts)
            services.insert(w.what.services.begin(), w.what.services.end());
    // By factors and incidents: what two services of the same incidents have in common is one suggestion.
    std::map<std::pair<std::vector<std::string>, std::vector<std::string>>, Names> found;
    for (const std::string &service : services) {
        const auto families = familiesAt(service, witnesses, names);
        std::map<std::vector<std::string>, Names> largest; // by the incidents
        for (const Names &set : candidatesOf(families)) {
            std::vector<std::string> incidents;
            for (const auto &[name, factors] : families)
                if (std::includes(factors.begin(), factors.end(), set.begin(), set.end()))
                    incidents.push_back(name);
            if (incidents.size() >= kLeastSupport)
                if (Names &best = largest[incidents]; set.size() > best.size())
                    best = set;
        }
        for (const auto &[incidents, set] : largest)
            found[{{set.begin(), set.end()}, incidents}].insert(service);
    }
    std::vector<Suggestion> out;
    for (const auto &[what, at] : found) {
        Suggestion s{what.first, {at.begin(), at.end()}, what.second};
        if (!isKnown(s, known))
            out.push_back(std::move(s));
    }
    std::stable_sort(out.begin(), out.end(), [](const Suggestion &a, const Suggestion &b) {
        return a.incidents.size() != b.incidents.size() ? a.incidents.size() > b.incidents.size() : a.factors.size() > b.factors.size();
    });
    if (out.size() > kSuggestions)
        out.resize(kSuggestions);
    return out;
}

std::vector<std::string> seenSince(const state::Pattern &pattern, const std::vector<Witness> &witnesses)
{
    std::vector<std::string> out;
    if (pattern.factors.empty())
        return out;
    const auto eventOf = [](const Witness &w) -> const std::string & { return w.what.partOf.empty() ? w.what.incident : w.what.partOf; };
    Names known(pattern.incidents.begin(), pattern.incidents.end());
    for (const Witness &w : witnesses)
        if (std::find(pattern.incidents.begin(), pattern.incidents.end(), w.what.incident) != pattern.incidents.end())
            known.insert(eventOf(w));
    for (const Witness &w : witnesses) {
        const bool isSince = pattern.state != PatternState::Met || w.what.at > pattern.changedAt;
        if (w.what.counts && isOf(pattern, w.what.services) && isSince && !known.contains(w.what.incident) && !known.contains(eventOf(w)) && isWithin(pattern.factors, Names(w.what.factors.begin(), w.what.factors.end())))
            out.push_back(w.what.incident);
    }
    return out;
}

bool isLive(const state::Pattern &pattern)
{
    return pattern.state == PatternState::Open || pattern.state == PatternState::InDesign;
}

std::vector<ChecklistItem> checklistFor(const std::string &service, const std::vector<state::Pattern> &patterns)
{
    std::vector<ChecklistItem> out;
    for (const state::Pattern &p : patterns)
        if (isLive(p) && isOf(p, {service}))
            out.push_back({p.number, p.title, p.requirement, p.factors, p.incidents, p.state});
    std::stable_sort(out.begin(), out.end(), [](const ChecklistItem &a, const ChecklistItem &b) { return a.incidents.size() > b.incidents.size(); });
    return out;
}

std::string checklistMarkdown(const std::string &service, const std::vector<ChecklistItem> &items)
{
    std::string out = "# Design review: " + service + "\n\n";
    if (items.empty())
        return out + "No live pattern names this service.\n";
    const auto listed = [](const std::vector<std::string> &all) {
        std::string text;
        for (const std::string &one : all)
            text += (text.empty() ? "" : ", ") + one;
        return text;
    };
    for (const ChecklistItem &item : items) {
        out += "- [ ] " + (item.requirement.empty() ? item.title + " (no requirement is written yet)" : item.requirement) + "\n      pattern " + std::to_string(item.pattern) + " (" + std::string(word(item.state))
            + "): " + item.title;
        out += (item.factors.empty() ? "" : "; factors " + listed(item.factors)) + (item.incidents.empty() ? "" : "; seen in " + listed(item.incidents)) + "\n";
    }
    return out;
}

std::vector<const state::Pattern *> touchedBy(const std::vector<std::string> &services, const std::vector<state::Pattern> &patterns)
{
    std::vector<const state::Pattern *> out;
    for (const state::Pattern &p : patterns)
        if (isLive(p) && isOf(p, services))
            out.push_back(&p);
    return out;
}

} // namespace qd::review
