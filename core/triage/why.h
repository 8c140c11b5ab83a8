// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <vector>

namespace qd::triage {

/// What can be said of why an alert is as it is. The window has a translated sentence for each, `sentence` the English one.
enum class Fact : std::uint8_t {
    Began,          ///< by the source's own word
    Reported,       ///< names: how often, the path of the last change, the connections that report it now
    Opened,         ///< names: the occurrence, severity, service or "", group
    FirstOfGroup,
    Suppressed,     ///< names: how, by what or "", as its source says
    KeptQuiet,      ///< by ours; names: how, by what, the owner and reason or ""
    Flapping,       ///< names: none, or "off" or "on", how long it was so at most between, the delay that would have kept it one alert, or kept it out
    Correlated,     ///< names: the group a correlation rule made
    Acknowledged,   ///< names: person, reason or ""
    Assigned,       ///< names: person or team
    PartOf,         ///< names: incident, its title
    Called,         ///< names: policy, incident, what the last step did
    WouldCall,      ///< the same, in observe
    NoService,      ///< nobody is called: it names no service
    UnknownService, ///< … the workspace does not know the service; names: service
    NoPolicy,       ///< … names: service
    Observed,       ///< … the team's own pager is the pager of record; names: service
    NoIncident,     ///< … it belongs to no incident
    NotByItself,    ///< … its service's alerts call by themselves, and this one does not: core/oncall says why
    NotStarted,     ///< … no escalation was started; names: incident
    LikelyOf,       ///< what it calls for is a likely consequence; names: the suspect, the path
    Folded,         ///< … and its call waits; names: the suspect, until when at most
    HeldOutside,    ///< a pager of record has it; names: its incident there, how far it is, who made it so or "", then those it is assigned to
    Resolved,       ///< names: "source" or "absence"
};

struct Reason {
    Fact fact = Fact::Began;
    Instant at;                              ///< none where it has no time of its own
    std::vector<std::string> names = {};
    const events::Because *because = nullptr; ///< what the conclusion carries in the journal; lives in the State
};

/// Why this alert is as it is, in the order to be read: the one rule behind `why`, in the window and on the command line. Pure;
/// says only what the State holds. While it fires, exactly one of Called … NotStarted is among them.
[[nodiscard]] std::vector<Reason> why(const state::State &state, const state::Alert &alert);

/// The alerts that its source says inhibit it, as far as they are known: of the fingerprints an Alertmanager gives. Empty for any other.
[[nodiscard]] std::vector<const state::Alert *> inhibitedBy(const state::State &state, const state::Alert &alert);

/// The reason as one English sentence without a full stop; names are ids.
[[nodiscard]] std::string sentence(const Reason &reason);

} // namespace qd::triage
