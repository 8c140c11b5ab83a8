// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/decide.h"
#include "core/desk/tracking.h"
#include "tests/support/builders.h"

namespace qd::tests {

/// INC-1 is reviewed and has one action; a tracker and a library are connected.
inline Log underReview(Writes tracker = static_cast<Writes>(Write::Issues), Writes library = static_cast<Writes>(Write::Publish))
{
    Log log;
    log.record(withWorkspace());
    log.record(withConnection("hub", "github", tracker));
    log.record(withConnection("wiki", "confluence", library));
    log.record(anIncident("INC-1").titled("Checkout was slow").service("web").event());
    log.record(events::StatusChanged{"INC-1", "", IncidentStatus::Resolved, kAna});
    log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
    log.record(events::SectionWritten{"INC-1", "summary", "One cell [[confidential: HUSH]] was slow.", 0, 1, false, kAna});
    log.record(events::ActionKept{"INC-1", "Roll out to one cell first", "ben", "no page for a month", {}, 1, kMorning + hours(24 * 30), Strength::Engineer, kAna});
    return log;
}

inline Result<desk::Decision> askedOf(const Log &log, desk::Command command)
{
    return desk::decide(log.state, command, kAna, log.now());
}

inline const events::OutboxQueued *outboxIn(const events::Events &made)
{
    for (const events::Event &e : made)
        if (const auto *queued = getIf<events::OutboxQueued>(&e))
            return queued;
    return nullptr;
}

/// The issue was made: what follows is folded as the desk would.
inline void makeIssue(Log &log)
{
    auto made = askedOf(log, desk::TrackAction{"INC-1", "hub", {}, 1});
    events::OutboxQueued queued = *outboxIn(made->events);
    queued.number = log.state.lastOutbox + 1;
    log.record(queued);
    const events::OutboxMoved moved{queued.number, Delivery::Confirmed, "12 https://hub.example/12", {}, "INC-1"};
    log.record(moved);
    log.record(desk::arrivedThere(log.state, moved));
}

/// It is queued, and may arrive.
inline void tell(Log &log, const events::Events &made, bool arrives)
{
    events::OutboxQueued queued = *outboxIn(made);
    queued.number = log.state.lastOutbox + 1;
    log.record(queued);
    if (arrives)
        log.record(events::OutboxMoved{queued.number, Delivery::Confirmed, "12", {}, "INC-1"});
}

inline const state::Action &actionOf(const Log &log)
{
    return log.state.incident("INC-1")->review.actions.front();
}

} // namespace qd::tests
