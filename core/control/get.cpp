// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/get.h"

#include "core/control/items.h"

#include <array>

namespace qd::control {

namespace {

json::array nothing(const state::State &)
{
    return {};
}

struct What {
    std::string_view word;
    json::array (*items)(const state::State &);
};

constexpr std::array kWhats{What{"alerts", alertItems},         What{"groups", groupItems},       What{"incidents", incidentItems},
                            What{"timeline", timelineItems},    What{"services", serviceItems},   What{"deliveries", deliveryItems},
                            What{"oncall", onCallItems},        What{"heartbeats", heartbeatItems}, What{"silences", silenceItems},
                            What{"overrides", nothing},         What{"sources", sourceItems},     What{"quarantine", quarantineItems},
                            What{"access", nothing}};

constexpr auto kWords = [] {
    std::array<std::string_view, kWhats.size()> words{};
    for (std::size_t i = 0; i < kWhats.size(); ++i)
        words[i] = kWhats[i].word;
    return words;
}();

} // namespace

std::span<const std::string_view> getWhats()
{
    return kWords;
}

Result<std::string> getJson(const state::State &state, std::string_view what)
{
    for (const What &w : kWhats)
        if (w.word == what)
            return json::serialize(json::object{
                {"schema", 1}, {"seq", state.seq}, {"at", toRfc3339(state.time)}, {"items", w.items(state)}});
    std::string words;
    for (const auto w : kWords)
        words += (words.empty() ? "" : ", ") + std::string(w);
    return fail(Code::Invalid, "There is no list \"" + std::string(what) + "\"; there are " + words + ".");
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
