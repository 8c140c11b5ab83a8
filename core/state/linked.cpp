// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/linked.h"

#include "core/base/encoding.h"
#include "core/state/state.h"
#include "core/state/timeline.h"

namespace qd::state {

void noteLinked(State &state, std::string_view incident, std::string_view reference)
{
    if (!reference.starts_with(kAlertReference))
        return;
    const std::string_view key = reference.substr(kAlertReference.size());
    const Incident *pointing = state.incident(incident);
    const Alert *alert = state.alert(key);
    if (!pointing || pointing->linked.size() >= kLinkedAlertsKept || linkedAlert(state, *pointing, key))
        return;
    const auto joined = joinedAlert(state, *pointing, key);
    if (!joined && !alert)
        return;
    const JoinedAlert shown = joined ? *joined : JoinedAlert{alert->fingerprint, alert->set, alert->title, alert->service, alert->startsAt};
    incidentOf(state, incident)->linked.push_back(shown);
}

void noteLinksIn(State &state, std::string_view incident, std::string_view markdown)
{
    const std::string begin = "](" + std::string(kEntryScheme);
    for (std::size_t at = markdown.find(begin); at != std::string_view::npos; at = markdown.find(begin, at)) {
        at += begin.size();
        const std::size_t close = markdown.find_first_of(") \t\n<>", at);
        if (close == std::string_view::npos)
            return;
        if (markdown[close] == ')')
            noteLinked(state, incident, percentDecoded(markdown.substr(at, close - at)));
    }
}

std::optional<JoinedAlert> linkedAlert(const State &state, const Incident &incident, std::string_view key)
{
    return alertOfKey(state, incident.linked, key);
}

} // namespace qd::state
