// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/suppression.h"

#include <map>

namespace qd::state {

/// A silence, shelf, snooze or maintenance window that a person placed.
struct Suppressor {
    std::string id;                   ///< "silence/3"
    events::SuppressorKind kind = events::SuppressorKind::Silence;
    std::vector<Matcher> matchers;
    std::vector<std::string> keys;    ///< alerts it still covers
    std::string service, reason, owner, by;
    Instant at, from, until, endedAt;
    bool oneShot = false;
    bool begun = false;               ///< its time has come
    std::string outcome;              ///< once it has ended: "expired", "cleared", or "ended by ana"
    [[nodiscard]] bool stands() const { return !endedAt; }
    [[nodiscard]] bool isActive() const { return begun && !endedAt; }
    QD_FIELDS(f(1, "id", e.id); f(2, "kind", e.kind); f(3, "matchers", e.matchers); f(4, "keys", e.keys); f(5, "service", e.service);
              f(6, "reason", e.reason); f(7, "owner", e.owner); f(8, "by", e.by); f(9, "at", e.at); f(10, "from", e.from);
              f(11, "until", e.until); f(12, "endedAt", e.endedAt); f(13, "oneShot", e.oneShot); f(14, "begun", e.begun);
              f(15, "outcome", e.outcome);)
};

/// How often something kept an alert quiet: what people placed, and rules and windows of the workspace.
struct SuppressorUse {
    std::string id;
    std::uint64_t hits = 0;           ///< occurrences of alerts it kept quiet; of several that match, the first counts
    Instant lastHit;
    bool active = false;              ///< of a window in the workspace: its time has come
    QD_FIELDS(f(1, "id", e.id); f(2, "hits", e.hits); f(3, "lastHit", e.lastHit); f(4, "active", e.active);)
};

struct Suppressors {
    static constexpr std::size_t kStandingLimit = 1000; ///< at one time; the desk refuses more
    static constexpr std::size_t kEndedKept = 1000;

    std::vector<Suppressor> all;      ///< by number; of those that ended the newest kEndedKept
    std::uint32_t last = 0;
    std::map<std::string, SuppressorUse> uses; ///< by id

    [[nodiscard]] const Suppressor *find(std::string_view id) const;
    [[nodiscard]] const SuppressorUse *use(const std::string &id) const;
};

/// How what comes in becomes less: reports, those of them that were no repeat, the groups these opened.
struct StormCount {
    std::uint64_t raw = 0, deduped = 0, grouped = 0;
    StormCount &operator+=(const StormCount &o)
    {
        raw += o.raw;
        deduped += o.deduped;
        grouped += o.grouped;
        return *this;
    }
    QD_FIELDS(f(1, "raw", e.raw); f(2, "deduped", e.deduped); f(3, "grouped", e.grouped);)
};
struct StormSecond {
    std::int64_t second = 0;          ///< since 1970, by journal time
    StormCount count;
    QD_FIELDS(f(1, "second", e.second); f(2, "count", e.count);)
};
inline constexpr std::int64_t kStormSeconds = 10; ///< rates are those of so many seconds

/// A flood that is over.
struct FloodPast {
    Instant began, ended;
    std::uint32_t alarms = 0, peak = 0; ///< all in all; the most in 10 minutes
    StormCount total = {}, most = {}; ///< what came in while it lasted; the most of each in kStormSeconds
    QD_FIELDS(f(1, "began", e.began); f(2, "ended", e.ended); f(3, "alarms", e.alarms); f(4, "peak", e.peak); f(5, "total", e.total); f(6, "most", e.most);)
};

struct Flood {
    static constexpr std::size_t kPastKept = 500;

    bool active = false;
    Instant since;
    std::uint32_t alarms = 0, peak = 0;
    std::vector<FloodPast> past;      ///< oldest first
    std::vector<StormSecond> lately;  ///< the last kStormSeconds in which something came in, flood or not
    StormCount total, most;           ///< of the one under way, and of the kStormSeconds before it
    /// What came in within kStormSeconds up to `now`.
    [[nodiscard]] StormCount within(Instant now) const;
    QD_FIELDS(f(1, "active", e.active); f(2, "since", e.since); f(3, "alarms", e.alarms); f(4, "peak", e.peak); f(5, "past", e.past);
              f(6, "lately", e.lately); f(7, "total", e.total); f(8, "most", e.most);)
};

} // namespace qd::state
