// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/workspace.h"

#include <string>
#include <vector>

/// Commands that keep alerts quiet, and those that put groups apart and together. Part of core/desk/commands.h.
namespace qd::desk {

struct CreateSilence {
    std::string source, duration, reason; ///< source: the connection it is written to; none: a silence of our own, for every source
    std::vector<Matcher> matchers;
    QD_FIELDS(f(1, "source", e.source); f(2, "duration", e.duration); f(3, "reason", e.reason); f(4, "matchers", e.matchers);)
};
struct ExpireSilence {
    std::string source, silence;
    QD_FIELDS(f(1, "source", e.source); f(2, "silence", e.silence);)
};
struct ShelveAlerts {
    std::vector<std::string> alerts;
    std::string duration, reason; ///< no duration, with oneShot: as long as the severity allows
    bool oneShot = false;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "duration", e.duration); f(3, "reason", e.reason); f(4, "oneShot", e.oneShot);)
};
struct SnoozeAlerts {
    std::vector<std::string> alerts; ///< the person's own; what nobody owns becomes theirs
    std::string duration, reason;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "duration", e.duration); f(3, "reason", e.reason);)
};
struct PlanMaintenance {
    std::string service, from, until, duration, owner, reason; ///< from, until: RFC 3339; from: now when not given
    std::vector<Matcher> matchers;
    QD_FIELDS(f(1, "service", e.service); f(2, "from", e.from); f(3, "until", e.until); f(4, "duration", e.duration); f(5, "owner", e.owner);
              f(6, "reason", e.reason); f(7, "matchers", e.matchers);)
};
/// Ends what was placed: "silence/3", "shelf/4"; or takes an alert out of its shelf and snooze, by its key.
struct EndSuppression {
    std::vector<std::string> ids;
    std::string reason;
    QD_FIELDS(f(1, "ids", e.ids); f(2, "reason", e.reason);)
};
/// These alerts call nobody until then; they stay in the queue.
struct HoldAlerts {
    std::vector<std::string> alerts;
    std::string duration, reason;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "duration", e.duration); f(3, "reason", e.reason);)
};
/// A silence, shelf, snooze, hold or window lasts until another time, or somebody else answers for it.
struct KeepSuppression {
    std::string id, until, owner, reason; ///< until: a span from now (2h), or RFC 3339
    QD_FIELDS(f(1, "id", e.id); f(2, "until", e.until); f(3, "owner", e.owner); f(4, "reason", e.reason);)
};
/// Nobody answers for them after all.
struct UnacknowledgeAlerts {
    std::vector<std::string> alerts;
    std::string reason;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "reason", e.reason);)
};
/// The calls that run for these alerts' groups or incidents go to the next step, to this one, or to a person by name.
struct EscalateAlerts {
    std::vector<std::string> alerts;
    std::uint32_t step = 0;
    std::string person;
    std::string reason = {};
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "step", e.step); f(3, "person", e.person); f(4, "reason", e.reason);)
};
/// Takes back what the person did last, or in the record named.
struct Undo {
    std::uint64_t record = 0;
    QD_FIELDS(f(1, "record", e.record);)
};
/// A heartbeat's alarms are kept quiet: a silence of ours on what is opened about it. One that stands already is replaced.
struct MuteHeartbeat {
    std::string heartbeat, duration, reason;
    QD_FIELDS(f(1, "heartbeat", e.heartbeat); f(2, "duration", e.duration); f(3, "reason", e.reason);)
};
struct UnmuteHeartbeat {
    std::string heartbeat, reason;
    QD_FIELDS(f(1, "heartbeat", e.heartbeat); f(2, "reason", e.reason);)
};
/// Alerts leave their groups for one of their own, named `group` or after the first of them.
struct SplitGroup {
    std::vector<std::string> alerts;
    std::string group, reason;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "group", e.group); f(3, "reason", e.reason);)
};
/// Groups become part of another, also with what would join them while that one fires.
struct MergeGroups {
    std::vector<std::string> groups;
    std::string into, reason;
    QD_FIELDS(f(1, "groups", e.groups); f(2, "into", e.into); f(3, "reason", e.reason);)
};

} // namespace qd::desk
