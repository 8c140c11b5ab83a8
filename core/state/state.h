// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/state/access.h"
#include "core/state/shifts.h"
#include "core/state/alerts.h"
#include "core/state/calls.h"
#include "core/state/formerpeople.h"
#include "core/state/gaps.h"
#include "core/state/heartbeats.h"
#include "core/state/incidentmap.h"
#include "core/state/keeping.h"
#include "core/state/leftout.h"
#include "core/state/pagers.h"
#include "core/state/interventions.h"
#include "core/state/rota.h"
#include "core/state/servicemap.h"
#include "core/state/sharedlist.h"
#include "core/state/statuspages.h"
#include "core/state/suppressors.h"

#include <deque>
#include <map>
#include <span>

namespace qd::state {

/// A connection and what is known of its health.
struct Source {
    Connection connection;
    Symbol set = 0;
    Writes armed = 0;
    Instant addedAt, lastSeen, lastFailed;
    Instant seenSinceStart;        ///< first word since the core last started or woke; expiry needs a full re-send interval after it
    std::string state;             ///< the connection's own word: "live", "offline", …
    std::string problem;           ///< of the last failure; empty when the last word was good
    bool silent = false;
    std::uint64_t deliveries = 0;
    Path lastPath = Path::Poll;
    std::vector<events::Silence> silences;
    // Of what a Prometheus pushes alone: other senders may use the same key.
    Instant pushedAt, pushedSinceStart;
    Instant pushedFiring;          ///< the last push that told of something firing
    QD_FIELDS(f(1, "connection", e.connection); f(2, "set", e.set); f(3, "armed", e.armed);
              f(4, "addedAt", e.addedAt); f(5, "lastSeen", e.lastSeen); f(6, "lastFailed", e.lastFailed);
              f(7, "seenSinceStart", e.seenSinceStart); f(8, "state", e.state); f(9, "problem", e.problem);
              f(10, "silent", e.silent); f(11, "deliveries", e.deliveries); f(12, "lastPath", e.lastPath);
              f(13, "silences", e.silences); f(14, "pushedAt", e.pushedAt); f(15, "pushedSinceStart", e.pushedSinceStart);
              f(16, "pushedFiring", e.pushedFiring);)
};

/// Something that pings though the workspace has no heartbeat of that name: counted, nothing is expected of it.
struct Heartbeat {
    std::string connection, name;
    Instant first, last;
    std::uint64_t count = 0;
    QD_FIELDS(f(1, "connection", e.connection); f(2, "name", e.name); f(3, "first", e.first); f(4, "last", e.last);
              f(5, "count", e.count);)
};

struct Change {
    std::uint64_t seq = 0;
    Instant at, seen;
    std::string service, title, link, source, by, identity;
    QD_FIELDS(f(1, "seq", e.seq); f(2, "at", e.at); f(3, "seen", e.seen); f(4, "service", e.service);
              f(5, "title", e.title); f(6, "link", e.link); f(7, "source", e.source); f(8, "by", e.by); f(9, "identity", e.identity);)
};

struct Quarantined {
    std::uint64_t seq = 0;
    Instant at;
    std::string connection;
    Path path = Path::Push;
    QuarantinedReport report;
    QD_FIELDS(f(1, "seq", e.seq); f(2, "at", e.at); f(3, "connection", e.connection); f(4, "path", e.path);
              f(5, "report", e.report);)
};

struct Refusal {
    std::uint16_t status = 400;
    std::string reason;
    Instant first, last;
    std::uint64_t count = 0;
    QD_FIELDS(f(1, "status", e.status); f(2, "reason", e.reason); f(3, "first", e.first); f(4, "last", e.last);
              f(5, "count", e.count);)
};

/// What is true after some prefix of the journal: nothing but the fold of its events. Deterministic and total: apply never
/// fails, never reads a clock, and folds references into streams it does not hold. Not thread-safe; each reader owns one.
class State {
public:
    static constexpr std::size_t kQuarantineKept = 1000;
    static constexpr std::size_t kGapsKept = 200;
    static constexpr std::size_t kNaggedKept = 2000; ///< those nagged about longest ago go
    static constexpr std::size_t kOutboxKept = 2000; ///< settled entries kept for the views

    State();
    State(State &&) noexcept = default;
    State &operator=(State &&) noexcept = default;
    /// A second State of the same instant. Texts and incidents are shared (the texts known so far become a base of both), the
    /// rest is copied; each then goes its own way, also on another thread.
    [[nodiscard]] State clone();

    std::uint64_t seq = 0;          ///< the last record folded
    Instant time;                   ///< its journal time
    SymbolTable symbols;
    std::shared_ptr<const Workspace> workspace;
    std::string workspaceDigest;
    std::vector<FormerPerson> formerPeople; ///< whom earlier workspaces had, and what they were called there
    Instant startedAt;              ///< when the core last started
    Instant resumedAt;              ///< when it last started, woke from a sleep or had its clock set: sources speak first
    std::vector<Source> sources;    ///< in the order they were added
    AlertTable alerts;
    IncidentMap incidents;          ///< by number: INC-7 is 7
    std::uint32_t lastIncident = 0;
    std::vector<Escalation> escalations; ///< escalation n is [n-1]
    std::map<std::uint64_t, OutboxEntry> outbox;
    std::uint64_t lastOutbox = 0;
    std::map<std::string, Heartbeat> heartbeats; ///< by "connection/name"; those the workspace does not have
    std::map<std::string, Monitor> monitors; ///< those it has, by id
    SharedList<Change> changes;
    std::deque<Quarantined> quarantine;
    std::uint64_t quarantinedTotal = 0;
    std::vector<LeftOut> leftOut;   ///< in the order in which it began
    std::map<std::string, Instant> nagged; ///< incidents and silences somebody was reminded of, and when last
    std::vector<Refusal> refusals;
    std::uint64_t refusedTotal = 0;
    std::vector<Entry> log;         ///< what belongs to no incident: sources, refusals, withheld writes; the last 5,000
    std::vector<Withheld> withheld; ///< of no incident, the last kWithheldKept
    std::uint64_t ruleFailures = 0;
    Keeping keeping;                ///< what was erased, what is held
    PageBook pageBook;
    Rota rota;                      ///< overrides of schedules, who is on call by them
    Suppressors suppressors;        ///< what people placed to keep alerts quiet
    Interventions interventions;    ///< what they did lately, to be taken back
    ServiceMap map;                 ///< edges that were discovered
    std::vector<StatusPageState> pages; ///< what was said and concluded of status pages, in the order they were first spoken of
    Shifts shifts;                  ///< handed over without an incident
    std::vector<Pattern> patterns;  ///< what recurs across incidents, by number
    Access access;                  ///< bound chat addresses, rights taken for a time, who looked
    Pagers pagers;                  ///< what pagers of record hold
    Flood flood;                    ///< the one under way, and those before
    std::vector<RecordGap> recordGaps;  ///< the last kGapsKept
    std::vector<GapReview> gapReviews;  ///< the last kGapsKept

    [[nodiscard]] const Source *source(std::string_view name) const;
    /// The bit of a connection in Alert::seenBy. The first kOwnBits have one of their own; those beyond, and what comes from no
    /// connection (null), share kSharedBit.
    static constexpr std::size_t kOwnBits = 63;
    static constexpr std::uint64_t kSharedBit = std::uint64_t{1} << kOwnBits;
    [[nodiscard]] std::uint64_t seenBit(const Source *source) const;
    /// The connections with a bit of their own that report it now.
    [[nodiscard]] std::vector<const Source *> seenBy(const Alert &alert) const;
    /// How many firing alerts are reported by this connection and no other; 0 when it has no bit of its own.
    [[nodiscard]] std::size_t reportedOnlyBy(const Source &source) const;
    [[nodiscard]] const StatusPageState *page(std::string_view id) const;
    [[nodiscard]] const Incident *incident(std::string_view id) const;
    [[nodiscard]] const Alert *alert(std::string_view key) const;
    [[nodiscard]] std::uint32_t alertIndex(std::string_view key) const; ///< AlertTable::npos when unknown
    [[nodiscard]] std::string key(const Alert &alert) const;            ///< "<set>/<fingerprint>"
    [[nodiscard]] std::string_view text(Symbol s) const { return symbols.text(s); }
    /// What happens now is not on disk.
    [[nodiscard]] bool isUnrecorded() const { return !recordGaps.empty() && recordGaps.back().toSeq == 0; }
    /// The value of a label, or "".
    [[nodiscard]] std::string_view label(const Alert &alert, std::string_view name) const;
    [[nodiscard]] std::string_view annotation(const Alert &alert, std::string_view name) const;

private:
    State(const State &other, SymbolTable symbols);
};

/// Folds one event into the state. state.seq and state.time must be those of the event's record. `before` is the event just
/// before it in the same record, if any: AlertsDecided is about the batch of the AlertsReported before it.
void apply(State &state, const events::Event &event, const events::Event *before);

/// Folds a whole record: sets seq and time, then its events in order.
void applyRecord(State &state, std::uint64_t seq, Instant time, std::span<const events::Event> events);

/// The number in "INC-7", or 0.
[[nodiscard]] std::uint32_t incidentNumber(std::string_view id);

} // namespace qd::state
