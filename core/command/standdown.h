// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/events/event.h"
#include "core/state/state.h"

namespace qd::command {

inline constexpr std::size_t kFollowUpsProposed = 1500; ///< bytes; what is beyond is counted. The form takes 2,000

/// Something that keeps alerts quiet, or changes who is on call, and was made during an incident.
struct QuietHere {
    std::string id;                         ///< "silence/3"; of a silence an Alertmanager keeps "CONNECTION/its id"; "override/3" of a schedule
    std::string kind, source, owner, reason; ///< source: the connection that keeps it; none: it is ours
    Instant until;
    std::size_t alerts = 0;                 ///< how many it names; 0 where it goes by labels
};

/// What is left of an incident when it is to be stood down. Pure.
struct Sheet {
    std::vector<std::string> stillFiring;   ///< keys of its alerts
    std::vector<std::uint32_t> openTasks, openPromises, runningCalls;
    std::vector<std::pair<std::uint32_t, std::string>> reasonsOwed; ///< what it is called by, and in words
    std::vector<std::string> rooms;
    std::vector<std::string> archivable;    ///< those of them that can be archived at their platform
    std::vector<std::string> parts;         ///< open incidents that are part of the work on it
    std::vector<QuietHere> quiet;           ///< what stands and was made during it, for it (quietOf)
    bool finalUpdate = false;               ///< an update was sent since it was mitigated, or since nothing of it fired any more
    bool owesUpdate = false;                ///< somebody was told of it, and not that it is over: the last word, or why there is none
    bool needsReview = false;               ///< SEV1 and SEV2, and what ever was one
    std::string followUps;                  ///< proposed: the open tasks, one a line
};
/// What people placed since it was declared and still stands: that names an alert of it, keeps one quiet now, is about its service, or was
/// placed by somebody with a role in it. Also the silences such a person had written to an Alertmanager, and the changes they made of schedules.
[[nodiscard]] std::vector<QuietHere> quietOf(const state::State &state, const state::Incident &incident);
[[nodiscard]] Sheet sheet(const state::State &state, const state::Incident &incident);

/// Why a room of it cannot be archived, as a sentence: its platform has no archive, or another incident that is open has it as well. "": it can.
[[nodiscard]] std::string whyNotArchived(const state::State &state, const state::Incident &incident, const state::Room &room);

/// What the person who stands down fills in.
struct Signed {
    std::string verifiedBy, summary, firingReason, reviewOwner, followUps;
    Instant reviewDue;
    std::vector<std::string> quiet = {}; ///< what of Sheet::quiet it was said of what becomes of it
    std::string noUpdate = {};
    std::vector<events::RoomKept> rooms = {};
};
/// StoodDown and the StatusChanged that resolves it. Errors: Conflict (it is not open; a room cannot be archived), Invalid (who verified is not said; what
/// still fires has no reason; nothing is said of something that keeps alerts quiet; somebody waits for the last word; a SEV1 or SEV2 has no review owner or date), NotFound (no such person).
[[nodiscard]] Result<events::Events> standDown(const state::State &state, const state::Incident &incident, const Signed &with,
                                               const events::Actor &by, Instant now);

} // namespace qd::command
