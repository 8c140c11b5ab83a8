// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/nextupdate.h"

#include <tuple>

namespace qd::comms {

Span cadenceFor(const Workspace &workspace, IncidentSeverity severity, const UpdateTemplate &update)
{
    const Span asked = workspace.cadenceOf(severity, update.audience);
    return asked.ns > 0 ? asked : update.cadence;
}

NextUpdate nextAfter(const std::vector<Promised> &promises, std::string_view audience, Span cadence, Instant now)
{
    const Promised *newest = nullptr;
    for (const Promised &p : promises)
        if (!p.isKept && p.audience == audience && p.due > now && now - p.made <= kComposing
            && (newest == nullptr || std::tie(newest->made, newest->number) < std::tie(p.made, p.number)))
            newest = &p;
    if (newest != nullptr)
        return {newest->due, newest->number};
    return {cadence.ns > 0 ? now + cadence : Instant{}, 0};
}

NextUpdate nextAfter(const state::State &state, const state::Incident &incident, const UpdateTemplate &update, Instant now)
{
    std::vector<Promised> promises;
    for (const state::PromiseTo &p : incident.promises)
        promises.push_back({p.number, p.audience, p.at, p.due, static_cast<bool>(p.keptAt)});
    return nextAfter(promises, update.audience, cadenceFor(*state.workspace, incident.severity, update), now);
}

} // namespace qd::comms
