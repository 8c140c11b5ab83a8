// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/gates.h"

#include <algorithm>
#include <cstdint>

namespace qd::review {

using state::Incident;
using state::Review;
using state::State;

namespace {

constexpr std::string_view kRequiredSections[] = {"summary", "impact", "narrative", "went-well"};
constexpr std::uint32_t kUsualDays[] = {3, 5, 10, 10, 10}; ///< SEV1 …; working days but for the first
constexpr std::int64_t kDay = 24LL * 3600 * 1'000'000'000;

const ReviewRule *ruleFor(const ReviewRules &rules, IncidentSeverity severity)
{
    const auto it = std::find_if(rules.severities.begin(), rules.severities.end(), [&](const ReviewRule &r) { return r.severity == severity; });
    return it == rules.severities.end() ? nullptr : &*it;
}

/// 1970-01-01 was a Thursday. Saturday and Sunday are no working days; holidays are not known.
bool isWorkingDay(std::int64_t day)
{
    const std::int64_t weekday = ((day + 3) % 7 + 7) % 7; // 0: Monday
    return weekday < 5;
}

Instant after(Instant from, std::uint32_t days, bool isWorking)
{
    if (!isWorking)
        return {from.ns + kDay * days};
    std::int64_t day = from.ns / kDay;
    for (std::uint32_t left = days; left > 0;)
        left -= isWorkingDay(++day) ? 1 : 0;
    return {day * kDay + from.ns % kDay};
}

std::string counted(std::size_t n, const std::string &of, const std::string &what)
{
    return std::to_string(n) + " of " + of + " " + what;
}

Gate contributions(const State &state, const Review &r)
{
    Gate g{"contributions", {}, {}, {}, {}, {}};
    for (const std::string &person : r.people) {
        const bool isGiven = std::any_of(r.contributions.begin(), r.contributions.end(), [&](const state::Contribution &c) { return c.person == person && (!c.text.empty() || !c.delegate.empty()); });
        if (!isGiven)
            g.missing.push_back(state.workspace->nameOf(person));
    }
    g.says = r.people.empty() ? "Nobody's contribution is asked for." : counted(r.people.size() - g.missing.size(), std::to_string(r.people.size()), "contributed or are spoken for.");
    return g;
}

Gate sections(const State &state, const Review &r)
{
    Gate g{"sections", {}, {}, {}, {}, {}};
    const auto required = requiredSections(state.workspace->review);
    for (const std::string &id : required) {
        const state::Section *s = r.section(id);
        if (!s || !isWritten(*s))
            g.missing.push_back("section " + id + (s && !s->text().empty() ? " is as it was pre-filled" : " is empty"));
    }
    const std::size_t written = required.size() - g.missing.size();
    for (const state::Section &s : r.sections)
        if (!s.asides.empty())
            g.missing.push_back("section " + s.id + " has text beside it that is not put together");
    g.says = counted(written, std::to_string(required.size()), "are written.");
    return g;
}

Gate factors(const Review &r)
{
    Gate g{"factors", {}, {}, {}, {}, {}};
    std::vector<std::string> seen, shown;
    const auto once = [](std::vector<std::string> &to, const std::string &id) {
        if (std::find(to.begin(), to.end(), id) == to.end())
            to.push_back(id);
    };
    for (const state::Rating &rating : r.ratings) {
        once(seen, rating.factor);
        if (!rating.evidence.empty())
            once(shown, rating.factor);
    }
    for (const std::string &id : seen)
        if (std::find(shown.begin(), shown.end(), id) == shown.end())
            g.missing.push_back("factor " + id + " points at no line of the record");
    if (seen.empty())
        g.missing.emplace_back("no factor is named");
    g.says = seen.empty() ? "No factor is named yet." : counted(shown.size(), std::to_string(seen.size()), "point at the record.");
    return g;
}

Gate actions(const Review &r, bool isGated)
{
    Gate g{"actions", {}, {}, {}, {}, {}};
    std::size_t all = 0, whole = 0;
    for (const state::Action &a : r.actions) {
        if (a.state == ActionState::Dropped)
            continue;
        ++all;
        std::string lacks;
        const auto lack = [&](bool isMissing, const char *what) { lacks += isMissing ? (lacks.empty() ? "" : ", ") + std::string(what) : ""; };
        lack(a.owner.empty(), "no owner");
        lack(isGated && !a.due, "no day it is due");
        lack(isGated && a.verification.empty(), "no way to tell that it works");
        if (lacks.empty())
            ++whole;
        else
            g.missing.push_back("action " + std::to_string(a.number) + " has " + lacks);
    }
    g.says = all == 0 ? "There are no actions." : counted(whole, std::to_string(all), isGated ? "have an owner, a day and a way to tell that they work." : "have an owner.");
    return g;
}

} // namespace

std::string_view word(GateStanding v)
{
    return v == GateStanding::Met ? "met" : v == GateStanding::Waived ? "waived" : "open";
}

bool isGated(const ReviewRules &rules, IncidentSeverity severity)
{
    if (!rules.saysGated)
        return severity <= IncidentSeverity::Sev2;
    const ReviewRule *rule = ruleFor(rules, severity);
    return rule && rule->gated;
}

bool hasOwnerless(const Review &review)
{
    return std::any_of(review.actions.begin(), review.actions.end(), [](const state::Action &a) { return a.state != ActionState::Dropped && a.owner.empty(); });
}

std::vector<Gate> gatesOf(const State &state, const Incident &incident)
{
    const Review &r = incident.review;
    const ReviewRules &rules = state.workspace->review;
    const bool gated = isGated(rules, incident.severity) && !rules.noGates;
    std::vector<Gate> out;
    for (const std::string_view name : kReviewGates) {
        const bool isAsked = gated && (rules.gates.empty() || std::find(rules.gates.begin(), rules.gates.end(), name) != rules.gates.end());
        const auto waiver = std::find_if(r.waivers.begin(), r.waivers.end(), [&](const state::Waiver &w) { return w.gate == name; });
        bool isWaived = waiver != r.waivers.end();
        if (name == "actions") { // whatever is asked for and done without: an action of nobody's is none
            const bool isOwned = !hasOwnerless(r);
            out.push_back(actions(r, isAsked && (isOwned || !isWaived)));
            isWaived = isWaived && isOwned;
        }
        else if (isAsked)
            out.push_back(name == "contributions" ? contributions(state, r) : name == "sections" ? sections(state, r) : factors(r));
        else
            continue;
        Gate &g = out.back();
        g.standing = g.missing.empty() ? GateStanding::Met : isWaived ? GateStanding::Waived : GateStanding::Open;
        if (waiver != r.waivers.end()) {
            g.waivedBy = waiver->by;
            g.reason = waiver->reason;
        }
    }
    return out;
}

std::string openGates(const std::vector<Gate> &gates)
{
    constexpr std::size_t kNamed = 5; ///< of what is missing
    std::string out;
    for (const Gate &g : gates) {
        if (g.standing != GateStanding::Open)
            continue;
        out += (out.empty() ? "" : "; ") + g.name + " (";
        for (std::size_t n = 0; n < g.missing.size() && n < kNamed; ++n)
            out += (n == 0 ? "" : ", ") + g.missing[n];
        out += (g.missing.size() > kNamed ? " and " + std::to_string(g.missing.size() - kNamed) + " more)" : ")");
    }
    return out;
}

bool isWritten(const state::Section &section)
{
    const auto &all = section.revisions;
    const std::string *prefilled = !all.empty() && all.front().number == 1 && all.front().by == "core" ? &all.front().text : nullptr;
    const auto done = std::find_if(all.rbegin(), all.rend(), [](const state::Revision &r) { return !r.draft; });
    return done != all.rend() && done->text.find_first_not_of(" \t\n") != std::string::npos && (!prefilled || done->text != *prefilled);
}

std::vector<std::string> requiredSections(const ReviewRules &rules)
{
    if (!rules.sections.empty())
        return rules.sections;
    return {std::begin(kRequiredSections), std::end(kRequiredSections)};
}

Instant reviewDue(const ReviewRules &rules, IncidentSeverity severity, Instant resolved, Instant opened)
{
    const ReviewRule *rule = ruleFor(rules, severity);
    const bool isSaid = rule && rule->days != 0;
    const auto nth = static_cast<std::size_t>(severity) - 1;
    const std::uint32_t days = isSaid ? rule->days : kUsualDays[std::min<std::size_t>(nth, std::size(kUsualDays) - 1)];
    const bool isWorking = isSaid ? rule->working : severity != IncidentSeverity::Sev1;
    const Instant due = after(resolved ? resolved : opened, days, isWorking);
    return due > opened ? due : after(opened, days, isWorking);
}

} // namespace qd::review
