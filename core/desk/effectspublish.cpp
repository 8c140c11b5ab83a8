// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/effects.h"

#include <algorithm>

/// Status pages through the gate.
namespace qd::desk {

using events::Effect;
using state::Source;

events::Events Gate::publish(const StatusPage &page, const std::string &only, const events::Because &because)
{
    events::Events out;
    for (const std::string &name : page.publish) {
        if (!only.empty() && name != only)
            continue;
        const Source *s = m_state.source(name);
        std::string why;
        if (!s)
            why = "there is no connection " + name + "; add it with: connect directory --name " + name + " --path DIR";
        else if (!isPublisher(s->connection.kind))
            why = "connection " + name + " is of kind " + s->connection.kind + ", which publishes nothing";
        else if (m_state.workspace->practice)
            why = "a practice home publishes nothing";
        else if (!allows(s->armed, Write::Publish))
            why = "the connection observes only; arm it with: arm " + name + " --allow publish";
        // What changes a page comes several at a time; it is pushed as it is afterwards, once.
        if (!why.empty()) {
            const bool isSaid = std::any_of(m_state.withheld.rbegin(), m_state.withheld.rend(), [&](const state::Withheld &w) {
                return w.seq == m_state.seq && w.what.effect == Effect::Publish && w.what.connection == name && w.what.text == page.id;
            });
            const bool isTakenBack = because.rule == "page/erased" || because.rule == "page/classed";
            if (isTakenBack && s && isPublisher(s->connection.kind) && !m_state.workspace->practice)
                why += "; what was taken back is still read there if it was pushed there before: arm it, or take it out there by hand";
            if (!isSaid)
                out.emplace_back(events::WriteWithheld{Effect::Publish, name, {}, {}, page.id, std::move(why)});
            continue;
        }
        const bool isQueued = std::any_of(m_state.outbox.rbegin(), m_state.outbox.rend(), [&](const auto &o) {
            return o.second.what.effect == Effect::Publish && o.second.what.connection == name && o.second.what.room == page.id
                && o.second.delivery == Delivery::Queued && o.second.queuedAt == m_state.time;
        });
        if (isQueued)
            continue;
        events::OutboxQueued what;
        what.room = page.id;
        what.subject = "page:" + page.id;
        what.because = because;
        out.push_back(queue(Effect::Publish, *s, std::move(what)));
    }
    return out;
}

} // namespace qd::desk
