// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/effects.h"

#include "core/base/ascii.h"
#include "core/comms/reach.h"
#include "core/comms/template.h"

#include <algorithm>

/// Updates through the gate: whom they reach.
namespace qd::desk {

using events::Effect;

events::Events Gate::elsewhere(const state::Incident &incident, const std::string &destination, const std::string &title, const std::string &text, std::string subject, events::Because because)
{
    const comms::Way way = comms::wayTo(m_state, incident, destination);
    if (!way.why.empty())
        return {events::WriteWithheld{Effect::Post, way.source ? way.source->connection.name : std::string(), incident.id, {}, text, destination + ": " + way.why}};
    if (destination.starts_with("webhook:"))
        return hook(&incident, destination.substr(8), title, text, std::move(subject), std::move(because));
    events::OutboxQueued what;
    what.incident = incident.id;
    what.room = way.address;
    what.text = title + "\n" + text;
    what.subject = std::move(subject);
    what.because = std::move(because);
    return {queue(Effect::Post, *way.source, std::move(what))};
}

events::Events Gate::update(const state::Incident &incident, const events::UpdateIssued &e)
{
    const std::string subject = "update/" + std::to_string(e.update);
    const std::string title = e.title.empty() ? comms::headingOf(*m_state.workspace, m_state.workspace->updateTemplate(e.updateTemplate), kindOfAudience(e.audience), incident) : e.title;
    const events::Because because{"post/update", {"template " + e.updateTemplate + ", to " + e.audience}, {}};
    events::Events out;
    std::vector<std::string> told; // one mail an address (in small letters), whatever lists it is on
    for (const comms::Reach &place : comms::reachOf(m_state, incident, e.to)) {
        if (place.to == "rooms") {
            append(out, post(incident, "Update:\n" + e.text, subject, because));
            continue;
        }
        if (!place.to.starts_with("mail:")) {
            append(out, elsewhere(incident, place.to, title, e.text, subject, because));
        } else if (!place.why.empty()) {
            const comms::Way way = comms::mailWay(m_state, &incident);
            out.emplace_back(events::WriteWithheld{Effect::Post, way.source ? way.source->connection.name : std::string(), incident.id, {}, e.text, place.to + ": " + place.why});
        } else {
            for (const std::string &address : m_state.workspace->recipientsOf(place.to.substr(5))->mail)
                if (std::string plain = asciiLower(address); std::find(told.begin(), told.end(), plain) == told.end()) {
                    told.push_back(std::move(plain));
                    append(out, mail(&incident, address, title, e.text, subject, because));
                }
        }
    }
    return out;
}

} // namespace qd::desk
