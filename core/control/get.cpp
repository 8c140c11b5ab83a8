// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/get.h"

#include "core/base/safetext.h"
#include "core/comms/words.h"
#include "core/control/items.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace qd::control {

namespace {

/// A list, and which of its fields each filter looks at ("" = it cannot be asked of this list).
struct What {
    std::string_view word;
    json::array (*items)(const state::State &);
    std::string_view incident = {}, service = {}, status = {}, source = {};
};

constexpr std::array kWhats{What{"alerts", alertItems, "incident", "service", "status", "source"},
                            What{"groups", groupItems, {}, {}, "status", {}},
                            What{"incidents", incidentItems, "id", "service", "status", {}},
                            What{"timeline", timelineItems, "incident", {}, {}, {}},
                            What{"services", serviceItems, {}, "id", {}, {}},
                            What{"deliveries", deliveryItems, "incident", {}, "delivery", "connection"},
                            What{"oncall", [](const state::State &s) { return onCallItems(s, {}); }},
                            What{"heartbeats", heartbeatItems, {}, {}, {}, "connection"},
                            What{"silences", silenceItems, {}, {}, "state", "source"},
                            What{"overrides", overrideItems, "incident", {}, "state", "source"},
                            What{"sources", sourceItems, {}, {}, "health", "name"},
                            What{"quarantine", quarantineItems, {}, {}, {}, "connection"},
                            What{"access", accessItems},
                            What{"rights", rightItems},
                            What{"identities", identityItems, {}, {}, {}, "connection"},
                            What{"shelves", shelfItems, {}, {}, "state", {}},
                            What{"maintenance", maintenanceItems, {}, "service", "state", {}},
                            What{"inhibitions", inhibitionItems},
                            What{"correlations", correlationItems, {}, {}, "status", {}},
                            What{"floods", floodItems},
                            What{"gaps", gapItems},
                            What{"briefs", briefItems, "incident", {}, {}, {}},
                            What{"unitlogs", unitLogItems, "incident", {}, {}, {}},
                            What{"standdowns", standDownItems, "incident", {}, {}, {}},
                            What{"severities", severityItems, "incident", {}, {}, {}},
                            What{"shifts", shiftItems, {}, {}, "state", {}},
                            What{"related", relatedItems, "of", {}, {}, {}},
                            What{"reasons", reasonItems},
                            What{"slas", slaItems, "incident", "service", "state", {}},
                            What{"library", libraryItems, "incident", "service", "phase", {}},
                            What{"patterns", patternItems, {}, {}, "state", {}},
                            What{"trends", trendItems},
                            What{"factors", factorItems, {}, "service", {}, {}},
                            What{"effects", effectItems, "incident", {}, "verdict", {}},
                            What{"holds", holdItems},
                            What{"erasures", erasureItems},
                            What{"erased", erasedItems, {}, {}, {}, {}},
                            What{"schedules", scheduleItems},
                            What{"pages", pageItems, {}, {}, "state", {}},
                            What{"messages", messageItems, "incident", {}, "state", {}},
                            What{"map", mapItems, {}, "from", "state", "origin"},
                            What{"folds", foldItems, {}, "service", "state", {}},
                            What{"reviews", reviewItems, "incident", "service", "phase", {}},
                            What{"actions", actionItems, "incident", "service", "state", {}},
                            What{"taxonomy", taxonomyItems, {}, {}, {}, {}},
                            What{"escalations", escalationItems, "incident", "service", "outcome", {}}};

constexpr auto kWords = [] {
    std::array<std::string_view, kWhats.size()> words{};
    for (std::size_t i = 0; i < kWhats.size(); ++i)
        words[i] = kWhats[i].word;
    return words;
}();

/// Leaves only the items whose field has this value.
Result<> keep(json::array &items, std::string_view what, std::string_view name, std::string_view field, const std::string &value)
{
    if (value.empty())
        return {};
    if (field.empty())
        return fail(Code::Invalid, "The list " + std::string(what) + " cannot be narrowed by " + std::string(name) + ".");
    json::array kept;
    for (auto &item : items)
        if (const json::value *v = item.get_object().if_contains(field); v && v->is_string() && v->get_string() == value)
            kept.push_back(std::move(item));
    items = std::move(kept);
    return {};
}

/// What a person has, themselves or by a team of theirs; or what a team has.
void keepOwned(json::array &items, const state::State &state, const std::string &owner)
{
    json::array kept;
    for (auto &item : items) {
        const std::string_view has = item.get_object().at("owner").get_string();
        const Team *team = state.workspace->team(has);
        if (has == owner || (team && std::find(team->members.begin(), team->members.end(), owner) != team->members.end()))
            kept.push_back(std::move(item));
    }
    items = std::move(kept);
}

/// The kinds of lines asked for: "decisions,alerts". Invalid, with all there are, for a word that is none.
Result<std::set<std::string_view>> kindsOf(std::string_view given)
{
    const auto singular = [](std::string_view word) {
        if (word == "hypotheses")
            return std::string_view("hypothesis");
        return !word.ends_with('s') || word.ends_with("status") || word.ends_with("hypothesis") ? word : word.substr(0, word.size() - 1);
    };
    std::set<std::string_view> out;
    while (!given.empty()) {
        const std::string_view each = given.substr(0, given.find(','));
        given.remove_prefix(std::min(given.size(), each.size() + 1));
        const std::string_view wanted = singular(comms::trimmed(each));
        std::string all;
        bool found = wanted.empty();
        for (const std::string_view kind : state::entryWords()) {
            all += (all.empty() ? "" : ", ") + std::string(kind);
            if (kind == wanted) {
                out.insert(kind);
                found = true;
            }
        }
        if (!found)
            return fail(Code::Invalid, "\"" + safeLine(each, 40) + "\" is no kind of line; there are " + all + ".");
    }
    return out;
}

Result<> keepKinds(json::array &items, std::string_view given)
{
    const auto kinds = kindsOf(given);
    if (!kinds)
        return tl::unexpected(kinds.error());
    json::array kept;
    for (auto &item : items)
        if (kinds->contains(std::string_view(item.get_object().at("kind").get_string())))
            kept.push_back(std::move(item));
    items = std::move(kept);
    return {};
}

/// How many wait at each source that tells of such; null while it cannot be read.
void countPending(json::array &sources, const PendingReadings &readings)
{
    for (auto &item : sources)
        if (const auto it = readings.find(std::string(item.get_object()["name"].get_string())); it != readings.end())
            item.get_object()["pending"] = it->second ? json::value(it->second->size()) : json::value(nullptr);
}

} // namespace

std::span<const std::string_view> getWhats()
{
    return kWords;
}

Result<std::string> getJson(const state::State &state, std::string_view what, const Filter &filter)
{
    std::string incident = filter.incident;
    if (!incident.empty() && incident.find_first_not_of("0123456789") == std::string::npos)
        incident = "INC-" + incident;
    for (const What &w : kWhats) {
        if (w.word != what)
            continue;
        if (!incident.empty() && !w.incident.empty() && !state.incident(incident))
            return fail(Code::NotFound, "There is no incident " + safeLine(incident, 40) + "; `get incidents` lists them.");
        json::array items = w.word == "oncall" && filter.at ? onCallItems(state, filter.at) : w.items(state);
        for (const auto &[name, field, value] : {std::tuple<std::string_view, std::string_view, const std::string &>{"incident", w.incident, incident},
                                                 {"service", w.service, filter.service},
                                                 {"status", w.status, filter.status},
                                                 {"source", w.source, filter.source}})
            if (const auto done = keep(items, what, name, field, value); !done)
                return tl::unexpected(done.error());
        if (!filter.owner.empty() && w.word != "alerts" && w.word != "actions" && w.word != "reviews")
            return fail(Code::Invalid, "The list " + std::string(what) + " cannot be narrowed by owner.");
        if (!filter.kinds.empty() && w.word != "timeline")
            return fail(Code::Invalid, "The list " + std::string(what) + " cannot be narrowed by kind.");
        if (!filter.kinds.empty())
            if (const auto kept = keepKinds(items, filter.kinds); !kept)
                return tl::unexpected(kept.error());
        if (!filter.owner.empty())
            keepOwned(items, state, filter.owner);
        if (w.word == "sources" && filter.pending)
            countPending(items, *filter.pending);
        return json::serialize(json::object{
            {"schema", 1}, {"seq", state.seq}, {"at", toRfc3339(state.time)}, {"items", std::move(items)}});
    }
    std::string words;
    for (const auto w : kWords)
        words += (words.empty() ? "" : ", ") + std::string(w);
    return fail(Code::Invalid, "There is no list \"" + std::string(what) + "\" beside " + std::string(kPending) + "; there are " + words + ".");
}

std::string countJson(const state::State &state)
{
    std::uint64_t active = 0, acknowledged = 0, suppressed = 0, resolved = 0;
    std::array<std::uint64_t, 6> severities{};
    for (const auto &a : state.alerts.all) {
        if (a.status == AlertStatus::Resolved) {
            ++resolved;
            continue;
        }
        ++active;
        acknowledged += a.workflow == Workflow::New ? 0 : 1;
        suppressed += a.suppression == Suppression::None ? 0 : 1;
        ++severities[static_cast<std::size_t>(a.severity)];
    }
    json::object bySeverity;
    for (std::size_t i = severities.size(); i-- > 0;)
        bySeverity[word(static_cast<AlertSeverity>(i))] = severities[i];
    return json::serialize(json::object{{"active", active},
                                        {"acknowledged", acknowledged},
                                        {"suppressed", suppressed},
                                        {"resolved", resolved},
                                        {"bySeverity", std::move(bySeverity)},
                                        {"seq", state.seq}});
}

} // namespace qd::control
