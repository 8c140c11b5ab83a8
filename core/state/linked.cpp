// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/linked.h"

#include "core/base/encoding.h"
#include "core/state/state.h"
#include "core/state/timeline.h"

namespace qd::state {

namespace {

constexpr std::size_t kLinkBytes = 1200; // what a longer one points at is nothing (core/review/evidence.h)

} // namespace

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
        const std::string_view rest = markdown.substr(at, kLinkBytes + 1);
        const std::size_t close = rest.find_first_of(") \t\n<>");
        if (close != std::string_view::npos && rest[close] == ')')
            noteLinked(state, incident, percentDecoded(rest.substr(0, close)));
    }
}

std::optional<JoinedAlert> linkedAlert(const State &state, const Incident &incident, std::string_view key)
{
    return alertOfKey(state, incident.linked, key);
}

} // namespace qd::state
