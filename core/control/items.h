// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For this folder's .cpp files only: it brings Boost.JSON with it.

#include "core/control/jsonfields.h"
#include "core/state/state.h"

#include <unordered_set>

namespace qd::control {

/// One function a list of `get`; each gives its items sorted.
[[nodiscard]] json::array alertItems(const state::State &state);
[[nodiscard]] json::array groupItems(const state::State &state);
[[nodiscard]] json::array incidentItems(const state::State &state);
[[nodiscard]] json::array escalationItems(const state::State &state); ///< by number
[[nodiscard]] json::array timelineItems(const state::State &state);
[[nodiscard]] json::array deliveryItems(const state::State &state);
[[nodiscard]] json::array serviceItems(const state::State &state);
[[nodiscard]] json::array onCallItems(const state::State &state, Instant at); ///< at: zero = the record's time, without wall clocks
[[nodiscard]] json::array scheduleItems(const state::State &state);
[[nodiscard]] json::array overrideItems(const state::State &state);
[[nodiscard]] json::array heartbeatItems(const state::State &state);
[[nodiscard]] json::array silenceItems(const state::State &state);
[[nodiscard]] json::array shelfItems(const state::State &state);
[[nodiscard]] json::array maintenanceItems(const state::State &state);
[[nodiscard]] json::array inhibitionItems(const state::State &state);
[[nodiscard]] json::array correlationItems(const state::State &state);
[[nodiscard]] json::array floodItems(const state::State &state);
[[nodiscard]] json::array gapItems(const state::State &state);
[[nodiscard]] json::array sourceItems(const state::State &state);
[[nodiscard]] json::array quarantineItems(const state::State &state);
[[nodiscard]] json::array mapItems(const state::State &state); ///< every edge, by its ends
[[nodiscard]] json::array pageItems(const state::State &state); ///< status pages, by id
[[nodiscard]] json::array foldItems(const state::State &state);
[[nodiscard]] json::array holdItems(const state::State &state);
[[nodiscard]] json::array rightItems(const state::State &state);    ///< of the workspace and taken for a time, by id
[[nodiscard]] json::array identityItems(const state::State &state); ///< whose chat addresses are, by address
[[nodiscard]] json::array accessItems(const state::State &state);   ///< rights taken, restricted things looked at, commands refused in chat: by time
[[nodiscard]] json::array erasureItems(const state::State &state);
[[nodiscard]] json::array erasedItems(const state::State &state); ///< what is known of the events of erased streams
[[nodiscard]] json::array briefItems(const state::State &state);
[[nodiscard]] json::array unitLogItems(const state::State &state); ///< of each incident one for everybody, then one a person
[[nodiscard]] json::array standDownItems(const state::State &state);
/// What an incident of this service and these alerts (keys, separated by spaces) would affect, and what three answers would suggest: as an item of
/// `get severities`, before it is declared. NotFound: an alert there is not.
[[nodiscard]] Result<std::string> reckonJson(const state::State &state, std::string_view service, std::string_view alerts);
[[nodiscard]] json::array severityItems(const state::State &state); ///< of open incidents: what their severity would be, and why

/// Incidents that may be about the same as an open one, or as a group of alerts of no incident, with the reason.
[[nodiscard]] json::array relatedItems(const state::State &state);
[[nodiscard]] json::array reasonItems(const state::State &state); ///< presets, by digit
/// Part of a source's item: what it says and is not taken.
[[nodiscard]] json::array leftOutJson(const state::State &state, std::string_view connection);

[[nodiscard]] json::array libraryItems(const state::State &state); ///< what was published of reviews, by incident
[[nodiscard]] json::array patternItems(const state::State &state); ///< what recurs: patterns by number, then suggestions
[[nodiscard]] json::array trendItems(const state::State &state);   ///< factors: how often, with which, and when
[[nodiscard]] json::array factorItems(const state::State &state);  ///< … and at which services, those seen most first
[[nodiscard]] json::array effectItems(const state::State &state);  ///< of actions that are done, by incident
[[nodiscard]] json::array shiftItems(const state::State &state); ///< handed over without an incident, by number
[[nodiscard]] json::array slaItems(const state::State &state); ///< the clocks of open incidents, by incident
[[nodiscard]] json::array messageItems(const state::State &state); ///< texts for outside, by incident and number

[[nodiscard]] json::array reviewItems(const state::State &state);   ///< of incidents that have one, by incident; without the texts
/// Whether what was published still reads as the review does is said of each publication (`reads`), or, without `isReadAgain`, of none.
[[nodiscard]] json::object reviewItem(const state::State &state, const state::Incident &incident, bool isReadAgain = true);
/// The reviews whose publications are made again for a list (kReadAgainInLists).
[[nodiscard]] std::unordered_set<std::string> readAgainInLists(const state::State &state);
/// "same", "otherwise", or null where it is not known or was not asked; of each publication of a review, in their order.
[[nodiscard]] json::array readsJson(const state::State &state, const state::Incident &incident, bool isReadAgain);
[[nodiscard]] json::array actionItems(const state::State &state);   ///< of all reviews, by incident and number
[[nodiscard]] json::array taxonomyItems(const state::State &state); ///< factors, in the order they are shown

/// Parts of an incident's item: updates that are owed, what is pinned, the statements that fit it.
[[nodiscard]] json::array clocksJson(const state::State &state, const state::Incident &incident);
[[nodiscard]] json::array slaJson(const state::State &state, const state::Incident &incident);
[[nodiscard]] json::array linksJson(const state::Incident &incident);
[[nodiscard]] json::array holdingJson(const state::State &state, const state::Incident &incident);
/// … and the hash each is released by.
[[nodiscard]] json::array holdingHashesJson(const state::State &state, const state::Incident &incident);
/// Parts of an incident's item: moments that are marked; polls, with who answered and who did not.
[[nodiscard]] json::array momentsJson(const state::Incident &incident);
[[nodiscard]] json::array pollsJson(const state::Incident &incident);
/// Files kept with it, without their bytes.
[[nodiscard]] json::array evidenceJson(const state::Incident &incident);
/// Parts of an incident's item: how command of it moves, how it ends.
[[nodiscard]] json::object leadingJson(const state::Incident &incident);
[[nodiscard]] json::object closingJson(const state::Incident &incident);
[[nodiscard]] json::value reckoningJson(const Reckoning &reckoning);

[[nodiscard]] inline json::value timeJson(Instant t)
{
    return t ? json::value(toRfc3339(t)) : json::value(nullptr);
}

[[nodiscard]] inline json::value textJson(std::string_view text)
{
    return json::value(json::string_view(text));
}

template <typename E>
[[nodiscard]] json::value wordJson(E v)
{
    return textJson(word(v));
}

[[nodiscard]] inline json::array textsJson(const std::vector<std::string> &texts)
{
    json::array out;
    for (const auto &t : texts)
        out.emplace_back(t);
    return out;
}

} // namespace qd::control
