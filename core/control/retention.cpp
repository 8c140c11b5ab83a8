// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/retention.h"

#include "core/control/items.h"
#include "core/governance/retention.h"

namespace qd::control {

std::string retentionJson(const state::State &state, const std::map<std::string, std::uint32_t> &streams, Instant now)
{
    std::vector<governance::StandingStream> standing;
    for (const auto &[name, hold] : streams)
        standing.push_back({name, hold});
    json::array items;
    for (const governance::Retained &r : governance::retained(state, standing))
        items.push_back(json::object{{"stream", r.stream}, {"class", wordJson(r.of)}, {"endedAt", timeJson(r.ended)}, {"expires", timeJson(r.expires)},
                                     {"heldBy", r.heldBy}, {"due", r.isDue(now)}});
    return json::serialize(json::object{{"schema", 1}, {"seq", state.seq}, {"items", std::move(items)}});
}

} // namespace qd::control
