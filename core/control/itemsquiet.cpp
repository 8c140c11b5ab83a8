// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/items.h"

#include "core/triage/matcherindex.h"

#include <algorithm>
#include <map>
#include <set>

namespace qd::control {

using events::SuppressorKind;
using state::State;

namespace {

json::array matchersJson(const std::vector<Matcher> &matchers)
{
    json::array out;
    for (const Matcher &m : matchers)
        out.push_back(toJson(m));
    return out;
}

std::string_view stateOf(const state::Suppressor &s)
{
    if (s.endedAt)
        return "expired";
    return s.begun ? "active" : "pending";
}

/// How many firing alerts match each of these now. Also of a silence that is not the one which counts for an alert.
class Matching {
public:
    std::size_t add(const std::vector<Matcher> &matchers)
    {
        auto made = matchers.empty() ? Result<triage::MatcherSet>(fail(Code::Invalid, "")) : triage::MatcherSet::make(matchers);
        m_sets.push_back(made ? std::make_shared<const triage::MatcherSet>(std::move(*made)) : nullptr);
        return m_sets.size() - 1;
    }
    void count(const State &s)
    {
        m_counts.assign(m_sets.size(), 0);
        triage::MatcherIndex index(m_sets);
        std::vector<std::uint32_t> found;
        for (const auto &a : s.alerts.all)
            if (a.status == AlertStatus::Firing) {
                index.match(s, a, found);
                for (const std::uint32_t n : found)
                    ++m_counts[n];
            }
    }
    [[nodiscard]] std::uint64_t of(std::size_t n) const { return m_counts[n]; }

private:
    std::vector<std::shared_ptr<const triage::MatcherSet>> m_sets;
    std::vector<std::uint64_t> m_counts;
};

void addUse(const State &s, const std::string &id, json::object &item)
{
    const auto *use = s.suppressors.use(id);
    item["hits"] = use ? use->hits : 0;
    item["lastHit"] = timeJson(use ? use->lastHit : Instant{});
}

json::object placedItem(const State &s, const state::Suppressor &x)
{
    json::object item{{"id", x.id},
                      {"kind", textJson(events::word(x.kind))},
                      {"state", textJson(stateOf(x))},
                      {"startsAt", timeJson(x.from)},
                      {"endsAt", timeJson(x.until)},
                      {"endedAt", timeJson(x.endedAt)},
                      {"outcome", x.outcome},
                      {"owner", x.owner},
                      {"createdBy", x.by},
                      {"reason", x.reason}};
    addUse(s, x.id, item);
    return item;
}

} // namespace

json::array silenceItems(const State &s)
{
    std::map<std::pair<std::string, std::string>, std::pair<json::object, std::size_t>> sorted;
    Matching matching;
    for (const auto &source : s.sources)
        for (const auto &x : source.silences)
            sorted[{source.connection.name, x.id}] = {{{"source", source.connection.name},
                                                       {"id", x.id},
                                                       {"state", x.state},
                                                       {"matchers", matchersJson(x.matchers)},
                                                       {"startsAt", timeJson(x.startsAt)},
                                                       {"endsAt", timeJson(x.endsAt)},
                                                       {"createdBy", x.createdBy},
                                                       {"comment", x.comment},
                                                       {"owner", x.createdBy},
                                                       {"hits", nullptr}},
                                                      matching.add(x.matchers)};
    for (const auto &x : s.suppressors.all)
        if (x.kind == SuppressorKind::Silence) {
            json::object item = placedItem(s, x);
            item["source"] = "";
            item["comment"] = x.reason;
            item["matchers"] = matchersJson(x.matchers);
            sorted[{"", x.id}] = {std::move(item), matching.add(x.matchers)};
        }
    matching.count(s);
    json::array out;
    for (auto &[key, entry] : sorted) {
        entry.first["matching"] = matching.of(entry.second);
        out.push_back(std::move(entry.first));
    }
    return out;
}

json::array shelfItems(const State &s)
{
    json::array out;
    for (const auto &x : s.suppressors.all)
        if (x.kind == SuppressorKind::Shelf || x.kind == SuppressorKind::Snooze || x.kind == SuppressorKind::Held) {
            json::object item = placedItem(s, x);
            item["oneShot"] = x.oneShot;
            item["alerts"] = textsJson(x.keys);
            out.push_back(std::move(item));
        }
    return out;
}

json::array maintenanceItems(const State &s)
{
    std::vector<std::pair<json::object, std::size_t>> items;
    Matching matching;
    std::map<std::string_view, const MaintenanceWindow *> planned;
    for (const MaintenanceWindow &w : s.workspace->maintenance)
        planned[w.id] = &w;
    for (const auto &[name, w] : planned) {
        const std::string id = "maintenance/" + w->id;
        const auto *use = s.suppressors.use(id);
        json::object item{{"id", id},
                          {"kind", "window"},
                          {"state", use && use->active ? "active" : w->until <= s.time ? "expired" : "pending"},
                          {"startsAt", timeJson(w->from)},
                          {"endsAt", timeJson(w->until)},
                          {"endedAt", nullptr},
                          {"outcome", ""},
                          {"owner", w->owner},
                          {"createdBy", "workspace"},
                          {"reason", w->reason},
                          {"service", w->service},
                          {"matchers", matchersJson(w->match)}};
        addUse(s, id, item);
        items.emplace_back(std::move(item), matching.add(w->match));
    }
    for (const auto &x : s.suppressors.all)
        if (x.kind == SuppressorKind::Window) {
            json::object item = placedItem(s, x);
            item["service"] = x.service;
            item["matchers"] = matchersJson(x.matchers);
            items.emplace_back(std::move(item), matching.add(x.matchers));
        }
    matching.count(s);
    json::array out;
    for (auto &[item, number] : items) {
        std::uint64_t count = matching.of(number);
        if (item["matchers"].as_array().empty())
            count = static_cast<std::uint64_t>(std::count_if(s.alerts.all.begin(), s.alerts.all.end(), [&, &item = item](const auto &a) {
                return a.status == AlertStatus::Firing && s.text(a.service) == std::string_view(item["service"].as_string());
            }));
        item["matching"] = count;
        out.push_back(std::move(item));
    }
    return out;
}

json::array inhibitionItems(const State &s)
{
    json::array out;
    std::map<std::string_view, const InhibitionRule *> sorted;
    for (const InhibitionRule &r : s.workspace->inhibitions)
        sorted[r.id] = &r;
    for (const auto &[name, r] : sorted) {
        const std::string id = "inhibition/" + r->id;
        const Symbol by = s.symbols.find(id);
        json::object item{{"id", id}, {"source", matchersJson(r->source)}, {"target", matchersJson(r->target)}, {"equal", textsJson(r->equal)}};
        addUse(s, id, item);
        item["quiet"] = by == 0 ? 0 : std::count_if(s.alerts.all.begin(), s.alerts.all.end(), [&](const auto &a) { return a.ownBy == by; });
        out.push_back(std::move(item));
    }
    return out;
}

json::array correlationItems(const State &s)
{
    std::map<std::string_view, std::pair<const state::Group *, Symbol>> sorted;
    for (const auto &[symbol, group] : s.alerts.correlated)
        sorted.emplace(s.text(symbol), std::pair(&group, symbol));
    std::map<Symbol, std::vector<std::string>> firing;
    for (const auto &a : s.alerts.all)
        if (a.correlation != 0 && a.status == AlertStatus::Firing)
            firing[a.correlation].push_back(s.key(a));
    json::array out;
    for (const auto &[name, entry] : sorted) {
        const auto &[group, symbol] = entry;
        auto &keys = firing[symbol];
        std::sort(keys.begin(), keys.end());
        out.push_back(json::object{{"key", textJson(name)},
                                   {"status", wordJson(group->firing > 0 ? AlertStatus::Firing : AlertStatus::Resolved)},
                                   {"episode", group->episode},
                                   {"members", group->members},
                                   {"firing", textsJson(keys)},
                                   {"firstOut", group->firstOut < s.alerts.all.size() ? s.key(s.alerts.all[group->firstOut]) : std::string()},
                                   {"openedAt", timeJson(group->openedAt)},
                                   {"endedAt", timeJson(group->endedAt)}});
    }
    return out;
}

namespace {

double perSecond(std::uint64_t inWindow)
{
    return static_cast<double>(inWindow) / static_cast<double>(state::kStormSeconds);
}

json::object stormJson(const state::StormCount &total, const state::StormCount &most, const state::StormCount *now)
{
    const auto rates = [](const state::StormCount &c) { return json::object{{"raw", perSecond(c.raw)}, {"deduped", perSecond(c.deduped)}, {"grouped", perSecond(c.grouped)}}; };
    return {{"raw", total.raw}, {"deduped", total.deduped}, {"grouped", total.grouped}, {"perSecond", now ? json::value(rates(*now)) : json::value(nullptr)}, {"mostPerSecond", rates(most)}};
}

} // namespace

namespace {

/// The calls of a gap, each by what it was for and who was called.
json::array callsInGap(const State &s, const std::vector<std::uint32_t> &calls)
{
    json::array out;
    for (const std::uint32_t number : calls) {
        if (number < 1 || number > s.escalations.size()) // forgotten since
            continue;
        const state::Escalation &x = s.escalations[number - 1];
        json::array people;
        std::set<std::string> named;
        for (const auto &step : x.steps)
            for (const std::string &person : step.people)
                if (named.insert(person).second)
                    people.emplace_back(s.workspace->nameOf(person));
        out.push_back(json::object{{"escalation", number}, {"for", x.incident.empty() ? "group " + x.group : x.incident}, {"service", x.service}, {"policy", x.policy}, {"people", std::move(people)}});
    }
    return out;
}

/// "INC-7 (Ana, Ben), group db"
std::string gapInWords(const json::array &calls)
{
    std::string out;
    for (const auto &call : calls) {
        std::string people;
        for (const auto &person : call.at("people").as_array())
            people += (people.empty() ? "" : ", ") + json::value_to<std::string>(person);
        out += (out.empty() ? "" : ", ") + json::value_to<std::string>(call.at("for")) + (people.empty() ? "" : " (" + people + ")");
    }
    return out.empty() ? "none" : out;
}

} // namespace

json::array gapItems(const State &s)
{
    json::array out;
    for (const state::GapReview &g : s.gapReviews) {
        json::array late = callsInGap(s, g.resumed), missed = callsInGap(s, g.missed);
        std::string text = "called late: " + gapInWords(late) + "; missed: " + gapInWords(missed);
        out.push_back(json::object{{"seq", g.seq}, {"since", timeJson(g.since)}, {"until", timeJson(g.until)}, {"seconds", (g.until - g.since).seconds()},
                                   {"text", std::move(text)}, {"late", std::move(late)}, {"missed", std::move(missed)}});
    }
    return out;
}

json::array floodItems(const State &s)
{
    json::array out;
    const auto add = [&](Instant began, json::value ended, std::uint32_t alarms, std::uint32_t peak, json::value seconds, json::object storm) {
        json::object one{{"began", timeJson(began)}, {"ended", std::move(ended)}, {"alarms", alarms}, {"peak", peak}, {"seconds", std::move(seconds)}};
        for (auto &&[name, value] : storm)
            one.emplace(name, std::move(value));
        out.push_back(std::move(one));
    };
    for (const state::FloodPast &f : s.flood.past)
        add(f.began, timeJson(f.ended), f.alarms, f.peak, (f.ended - f.began).seconds(), stormJson(f.total, f.most, nullptr));
    const state::StormCount now = s.flood.within(s.time);
    if (s.flood.active)
        add(s.flood.since, nullptr, s.flood.alarms, s.flood.peak, nullptr, stormJson(s.flood.total, s.flood.most, &now));
    return out;
}

} // namespace qd::control
