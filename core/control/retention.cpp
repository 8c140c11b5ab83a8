// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/retention.h"

#include "core/control/items.h"
#include "core/governance/retention.h"

#include <algorithm>

namespace qd::control {

constexpr std::size_t kMessagesListed = 1000; ///< of records with messages: those that are due, then those that go first

std::string retentionJson(const state::State &state, const std::map<std::string, std::uint32_t> &streams, Instant now)
{
    std::vector<governance::StandingStream> standing;
    for (const auto &[name, hold] : streams)
        standing.push_back({name, hold});
    json::array items;
    for (const governance::Retained &r : governance::retained(state, standing))
        items.push_back(json::object{{"stream", r.stream}, {"class", wordJson(r.of)}, {"endedAt", timeJson(r.ended)}, {"expires", timeJson(r.expires)},
                                     {"heldBy", r.heldBy}, {"due", r.isDue(now)},
                                     {"lines", r.lines}, {"messages", r.messages}, {"files", r.files}, {"bytes", r.bytes}});
    json::array messages;
    auto said = governance::retainedMessages(state, standing);
    std::stable_partition(said.begin(), said.end(), [&](const governance::RetainedMessages &m) { return m.isDue(now); });
    for (const governance::RetainedMessages &m : said)
        if (messages.size() < kMessagesListed)
            messages.push_back(json::object{{"class", wordJson(m.of)}, {"incident", m.incident}, {"entry", std::to_string(m.seq)}, {"count", m.count}, {"saidAt", timeJson(m.said)}, {"expires", timeJson(m.expires)},
                                            {"heldBy", m.heldBy}, {"due", m.isDue(now)}});
    return json::serialize(json::object{{"schema", 1}, {"seq", state.seq}, {"items", std::move(items)}, {"messages", std::move(messages)}, {"messagesInAll", said.size()}});
}

} // namespace qd::control
