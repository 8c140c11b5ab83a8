// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hashindex.h"
#include "core/base/symbols.h"
#include "core/events/alerts.h"
#include "core/state/becausetable.h"

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace qd::state {

/// A name and a value, by number.
struct Pair {
    Symbol name = 0, value = 0;
    bool operator==(const Pair &) const = default;
    QD_FIELDS(f(1, "name", e.name); f(2, "value", e.value);)
};

/// How the last occurrence ended.
enum class EndedBy : std::uint8_t { NotEnded = 0, Source = 1, Absence = 2 };

/// One deduplicated condition. Texts are numbers into State::symbols. Plain data; about 200 bytes with its labels.
struct Alert {
    std::uint64_t fingerprint = 0;
    Instant startsAt;      ///< of this occurrence; never moved by a re-send
    Instant endsAt;        ///< expiry while it fires, end when resolved; none when not said
    Instant updatedAt;     ///< the source's own stamp of what is known
    Instant openedAt;      ///< journal time of this occurrence's first report
    Instant lastSeen;
    Instant resolvedAt;    ///< journal time of its end
    Instant acknowledgedAt;
    std::uint64_t openedSeq = 0;
    std::uint64_t seenBy = 0; ///< State::seenBit of each connection that reports it now
    Symbol set = 0, title = 0, service = 0, group = 0, owner = 0, incident = 0;
    Symbol suppressedBy = 0, acknowledgedBy = 0, acknowledgeReason = 0, link = 0;
    Symbol reportedBy = 0, ownBy = 0;  ///< what its source names, and what of ours: "silence/3", "inhibition/rack"
    Symbol correlation = 0;            ///< what a correlation rule made of it: a name in AlertTable::correlated
    std::uint32_t firstPair = 0;
    std::uint16_t labels = 0, annotations = 0;
    std::uint32_t occurrence = 1;
    std::uint32_t reports = 1;
    std::uint32_t because = 0;        ///< number in AlertTable::because
    std::uint32_t endedBecause = 0;
    std::uint32_t ownBecause = 0;     ///< of what of ours keeps it quiet
    AlertStatus status = AlertStatus::Firing;
    AlertSeverity severity = AlertSeverity::Unknown;
    Workflow workflow = Workflow::New;
    Suppression suppression = Suppression::None; ///< what counts: ours, else what its source says
    Suppression reported = Suppression::None, own = Suppression::None;
    EndedBy endedBy = EndedBy::NotEnded;
    Path path = Path::Push;
    bool firstOut = false;            ///< it opened its group's present episode
    bool flapping = false;            ///< it comes and goes too often (AlertsFlapped)

    /// After `reported` or `own` changed.
    void settleSuppression()
    {
        suppression = own != Suppression::None ? own : reported;
        suppressedBy = own != Suppression::None ? ownBy : reportedBy;
    }
};

/// Alerts that belong together. It is over only when its last member is; a later alert then begins a new episode.
struct Group {
    std::uint32_t firing = 0;
    std::uint32_t members = 0;        ///< in this episode
    std::uint32_t episode = 1;
    std::uint32_t firstOut = 0;       ///< alert index
    Instant openedAt, endedAt;
    Symbol mergedInto = 0;            ///< a person merged it: what would join it joins that one, while that one fires
};

class AlertTable;

/// How many alarms were raised in the 10 minutes before `now`, to 10 seconds. What stands and what was quiet from the start is
/// not counted.
inline constexpr Span kAlarmWindow = minutes(10), kAlarmSlot = seconds(10);
[[nodiscard]] std::uint32_t alarmsLately(const AlertTable &alerts, Instant now);

/// Alerts by index. An index is good until the next sweep: what has been over for long is let go of then, the others move
/// together in their order (README.md, "Letting go").
class AlertTable {
public:
    static constexpr Span kResolvedKept = hours(24);       ///< an alert that is over stays this long, longer while its incident is open
    static constexpr std::size_t kResolvedAtMost = 20'000; ///< of those no open incident holds, the newest this many stay
    static constexpr std::uint64_t kSweepAt = 2048;        ///< ends, reasons and replaced labels since the last sweep (or half the alerts, if more)

    std::vector<Alert> all;
    std::vector<Pair> pairs;
    std::unordered_map<Symbol, Group> groups;
    std::unordered_map<Symbol, Group> correlated; ///< what correlation rules made, by name; kCorrelatedAtMost, those that ended go first
    static constexpr std::size_t kCorrelatedAtMost = 2000;
    BecauseTable because;
    std::uint32_t firing = 0;
    std::unordered_map<std::uint64_t, std::uint32_t> firingNamed; ///< of a set (high half) and alertname: ask firingOf(). Follows from `all`
    Instant expiryBound;                                     ///< no firing alert expires before this; none = none does
    std::deque<std::pair<std::int64_t, std::uint32_t>> opened; ///< {10-second slot since 1970, alerts opened}, one day
    std::unordered_map<std::uint32_t, std::vector<Instant>> flaps; ///< transitions of alerts that came again; ask transitions()
    static constexpr std::size_t kFlapsKept = 20;
    std::vector<std::uint32_t> flapping;                     ///< indexes of the alerts that flap, ascending; follows from their flags

    std::uint64_t loose = 0;                                 ///< counted towards the next sweep
    std::uint64_t forgotten = 0;                             ///< alerts let go of since the log began

    /// How many alerts of this set and alertname fire.
    [[nodiscard]] std::uint32_t firingOf(Symbol set, Symbol alertname) const
    {
        const auto it = firingNamed.find((std::uint64_t{set} << 32) | alertname);
        return it == firingNamed.end() ? 0 : it->second;
    }
    /// One more of them fires (1), or one less (-1).
    void countName(Symbol set, Symbol alertname, int by);

    /// Index of an alert, or npos.
    static constexpr std::uint32_t npos = 0xffffffff;
    [[nodiscard]] std::uint32_t find(Symbol set, std::uint64_t fingerprint) const;
    std::uint32_t add(Symbol set, std::uint64_t fingerprint);
    /// Asks memory for what finding those a few places after `at` will touch; for whoever finds all of them in turn.
    void lookAhead(Symbol set, std::span<const std::uint64_t> fingerprints, std::size_t at) const;

    /// When the alert ended and came again, oldest first, the last kFlapsKept. Good until the fold goes on.
    [[nodiscard]] std::span<const Instant> transitions(std::uint32_t index) const;
    /// It ends, or comes again, at `at`; called before `all` says so.
    void noteTransition(std::uint32_t index, Instant at);
    /// Writes down what transitions() says, before what it follows from is overwritten.
    void keepTransitions(std::uint32_t index);

    /// Makes the index anew after `all` was replaced.
    void reindex();

private:
    HashIndex m_index; ///< of `all`, by set and fingerprint
};

} // namespace qd::state
