// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/heldback.h"

#include "core/comms/outward.h"
#include "core/governance/clearance.h"
#include "core/governance/policy.h"
#include "core/governance/wayout.h"
#include "core/triage/ownalert.h"

#include <algorithm>

namespace qd::desk {

using state::Incident;
using state::OutwardMessage;
using state::State;

namespace {

/// An alarm about a text that was held back is over.
bool isDealtWith(const OutwardMessage &m, Instant now)
{
    return m.releasedAt || m.endedAt || m.heldAt + comms::kForcedFor <= now;
}

bool isAlarm(const OutwardMessage &m)
{
    return m.heldAt && !m.heldDoneAt;
}

/// `overtaken`: what became of the incident, where that is why and no secret.
events::Events heldAlarm(const State &state, const triage::ReportRules &rules, const events::MessageHeldBack &e, const std::string &overtaken, Instant now)
{
    const std::string number = std::to_string(e.message);
    triage::OwnAlert alert; // without the message's words, nor who said what of them: those are the incident's
    alert.name = "MessageHeldBack";
    alert.about = {"message", e.incident + "/" + number};
    alert.severity = AlertSeverity::Error;
    alert.summary = "A text for outside that was released has not gone out: message " + number + " of " + e.incident;
    alert.description = (overtaken.empty() ? std::string() : overtaken + " ") + "It may no longer; why: quarterdeckctl message show " + number + " --incident " + e.incident + ". It ends when it is released anew or withdrawn, or after a day.";
    return triage::ownAlert(state, rules, alert, !e.mended, now);
}

} // namespace

std::string whyHeldBack(const State &state, const Incident &incident, const OutwardMessage &m, Instant now)
{
    std::string out;
    if (m.versions.empty() || !m.isScheduled())
        return out;
    for (const std::string &each : comms::lapsedOf(*state.workspace, incident, m, now))
        out += (out.empty() ? "" : " ") + each;
    if (!out.empty())
        return out;
    if (const auto found = governance::tooMuchIn(state, events::MessageReleased{incident.id, m.newest().hash, {}, m.number, m.released, {}, {}, {}})) {
        out = governance::refusalOf(*found, "message");
        out.resize(out.size() - governance::kWayOut.size()); // a text that was approved is not made another
    }
    return out;
}

events::Events heldBackDue(const State &state, const triage::ReportRules &rules, Instant now, Instant wall)
{
    events::Events out;
    const auto add = [&](events::MessageHeldBack e, const std::string &overtaken = {}) {
        events::Events alarm = heldAlarm(state, rules, e, overtaken, now);
        out.emplace_back(std::move(e));
        append(out, std::move(alarm));
    };
    for (const auto &[number, i] : state.incidents)
        for (const OutwardMessage &m : i.outward) {
            if (m.versions.empty())
                continue;
            if (std::string why = whyHeldBack(state, i, m, wall); !why.empty()) {
                const events::Because because{"message/held-back", {m.releasedBy + " released version " + std::to_string(m.released)}, {}};
                add({i.id, std::move(why), m.number, m.newest().number, false, because}, governance::isRestricted(*state.workspace, i) ? std::string() : comms::overtakenBy(i, m, wall));
            } else if (isAlarm(m) && isDealtWith(m, now)) {
                add({i.id, {}, m.number, m.newest().number, true, {"message/held-back", {m.endedAt ? "it is over" : m.releasedAt ? "it was released anew" : "a day has passed"}, {}}});
            }
        }
    return out;
}

Instant nextHeldBack(const State &state)
{
    Instant next;
    for (const auto &[number, i] : state.incidents)
        for (const OutwardMessage &m : i.outward) {
            Instant at;
            if (m.versions.empty())
                continue;
            if (!whyHeldBack(state, i, m, state.time).empty() || (isAlarm(m) && isDealtWith(m, state.time)))
                at = std::max(state.time, Instant{1});
            else if (isAlarm(m))
                at = m.heldAt + comms::kForcedFor;
            if (at && (!next || at < next))
                next = at;
        }
    return next;
}

} // namespace qd::desk
