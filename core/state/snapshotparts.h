// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/cborreader.h"
#include "core/state/snapshot.h"

/// The bodies of snapshot parts, shared by the cutter and the loader. README.md, "Snapshots".
namespace qd::state::parts {

inline constexpr std::size_t kAlerts = 256, kReasons = 256, kGroups = 1024, kOpened = 1024, kTimeline = 64, kEscalations = 64;
inline constexpr std::size_t kSymbolPage = 64; ///< ranges of symbols on a page
inline constexpr unsigned kIncidentPage = 5;    ///< 32 incidents on one
inline constexpr std::size_t kTouchedColumns = 10; ///< of TouchedAlert
inline constexpr unsigned kSeqShift = 12; ///< lists that lose their oldest go by blocks of record numbers

/// Numbers by column: each column the least number, a width and the differences.
struct Table {
    std::uint32_t rows = 0;
    std::vector<std::vector<std::uint8_t>> columns;
    QD_FIELDS(f(1, "rows", e.rows); f(2, "columns", e.columns);)
};
using Column = std::vector<std::uint64_t>;
[[nodiscard]] std::vector<std::uint8_t> pack(const Column &column);
inline constexpr std::size_t kConstantRows = 1u << 27; ///< of one number, which takes no room
/// False when it is not a column of `rows` numbers.
[[nodiscard]] bool unpack(const std::vector<std::uint8_t> &bytes, std::size_t rows, Column &out);

struct Texts {
    std::vector<std::uint32_t> ends;
    std::string text;
    QD_FIELDS(f(1, "ends", e.ends); f(2, "text", e.text);)
};

struct HeldRole {
    Role role = Role::Commander;
    RoleHeld held;
    QD_FIELDS(f(1, "role", e.role); f(2, "held", e.held);)
};

struct MessageAt {
    std::string key;
    std::uint64_t index = 0;
    QD_FIELDS(f(1, "key", e.key); f(2, "index", e.index);)
};

/// A range of an incident's timeline with the messages that stand in it.
struct Timeline {
    std::vector<Entry> entries;
    std::vector<MessageAt> messages;
    QD_FIELDS(f(1, "entries", e.entries); f(2, "messages", e.messages);)
};

/// Of an incident all but its timeline.
struct IncidentHead {
    Incident rest; ///< roles, timeline and messages are not part of it
    std::vector<HeldRole> roles;
    std::uint64_t entries = 0;
    template <typename E, typename F>
    static void visitFields(E &e, F &&f)
    {
        f(1, "id", e.rest.id);
        f(2, "title", e.rest.title);
        f(3, "service", e.rest.service);
        f(4, "kind", e.rest.kind);
        f(5, "declaredBy", e.rest.declaredBy);
        f(6, "severity", e.rest.severity);
        f(7, "status", e.rest.status);
        f(8, "declaredAt", e.rest.declaredAt);
        f(9, "impactSince", e.rest.impactSince);
        f(10, "mitigatedAt", e.rest.mitigatedAt);
        f(11, "resolvedAt", e.rest.resolvedAt);
        f(12, "alerts", e.rest.alerts);
        f(13, "tasks", e.rest.tasks);
        f(14, "hypotheses", e.rest.hypotheses);
        f(15, "decisions", e.rest.decisions);
        f(16, "promises", e.rest.promises);
        f(17, "updates", e.rest.updates);
        f(18, "rooms", e.rest.rooms);
        f(19, "changed", e.rest.changed);
        f(20, "roles", e.roles);
        f(21, "entries", e.entries);
        f(22, "leading", e.rest.leading);
        f(23, "closing", e.rest.closing);
        f(24, "withheld", e.rest.withheld);
        f(25, "merged", e.rest.merged);
        f(26, "reckoned", e.rest.reckoned);
        f(27, "splitFrom", e.rest.splitFrom);
        f(28, "ownRoles", e.rest.ownRoles);
        f(29, "handedOver", e.rest.handedOver);
        f(120, "cadences", e.rest.cadences);
        f(121, "outward", e.rest.outward);
        f(122, "links", e.rest.links);
        f(123, "severityAt", e.rest.severityAt);
        f(124, "moments", e.rest.moments);
        f(125, "polls", e.rest.polls);
        f(126, "sla", e.rest.sla);
        f(127, "alertNames", e.rest.alertNames);
        f(128, "parent", e.rest.parent);
        f(130, "evidence", e.rest.evidence);
        f(131, "follows", e.rest.follows);
        f(132, "review", e.rest.review);
        f(133, "worst", e.rest.worst);
        f(160, "joined", e.rest.joined);
        f(161, "labels", e.rest.labels);
        f(162, "linked", e.rest.linked);
        f(166, "factsExpected", e.rest.factsExpected);
        f(167, "factsArrived", e.rest.factsArrived);
    }
};

/// What a correlation rule made; the name is a symbol.
struct CorrelatedGroup {
    Symbol name = 0;
    std::uint32_t firing = 0, members = 0, episode = 1, firstOut = 0;
    Instant openedAt, endedAt;
    QD_FIELDS(f(1, "name", e.name); f(2, "firing", e.firing); f(3, "members", e.members); f(4, "episode", e.episode);
              f(5, "firstOut", e.firstOut); f(6, "openedAt", e.openedAt); f(7, "endedAt", e.endedAt);)
};

struct NaggedAt {
    std::string subject;
    Instant at;
    QD_FIELDS(f(1, "subject", e.subject); f(2, "at", e.at);)
};

/// What changes with nearly every record and is small.
struct Rest {
    Instant startedAt, expiryBound;
    std::string workspaceDigest;
    std::vector<Source> sources;
    std::vector<Heartbeat> heartbeats;
    std::vector<Refusal> refusals;
    std::uint64_t lastIncident = 0, lastOutbox = 0, quarantinedTotal = 0, refusedTotal = 0, ruleFailures = 0, firing = 0, loose = 0, forgotten = 0;
    Keeping keeping;
    Instant resumedAt;
    std::vector<RecordGap> recordGaps;
    std::vector<GapReview> gapReviews;
    Rota rota;
    std::vector<Withheld> withheld;
    std::vector<Suppressor> suppressors;
    std::uint32_t lastSuppressor = 0;
    std::vector<SuppressorUse> uses;
    Flood flood;
    std::vector<CorrelatedGroup> correlated;
    std::vector<Monitor> monitors;
    PageBook pageBook = {};
    std::vector<Intervention> interventions = {};
    std::uint32_t lastIntervention = 0;
    std::uint64_t undoing = 0;
    ServiceMap map = {};
    std::vector<StatusPageState> pages = {};
    Pagers pagers = {};
    Access access = {};
    Shifts shifts = {};
    std::vector<LeftOut> leftOut = {};
    std::vector<NaggedAt> nagged = {};
    std::vector<Pattern> patterns = {};
    std::vector<FormerPerson> formerPeople = {};
    QD_FIELDS(f(1, "startedAt", e.startedAt); f(2, "expiryBound", e.expiryBound); f(3, "workspaceDigest", e.workspaceDigest);
              f(4, "sources", e.sources); f(5, "heartbeats", e.heartbeats); f(6, "refusals", e.refusals); f(7, "lastIncident", e.lastIncident);
              f(8, "lastOutbox", e.lastOutbox); f(9, "quarantinedTotal", e.quarantinedTotal); f(10, "refusedTotal", e.refusedTotal);
              f(11, "ruleFailures", e.ruleFailures); f(12, "firing", e.firing); f(13, "loose", e.loose); f(14, "forgotten", e.forgotten);
              f(15, "keeping", e.keeping);
              f(16, "resumedAt", e.resumedAt); f(17, "recordGaps", e.recordGaps); f(18, "gapReviews", e.gapReviews);
              f(19, "withheld", e.withheld);
              f(30, "rota", e.rota);
              f(40, "suppressors", e.suppressors); f(41, "lastSuppressor", e.lastSuppressor); f(42, "uses", e.uses); f(43, "flood", e.flood);
              f(44, "correlated", e.correlated);
              f(60, "monitors", e.monitors); f(70, "pageBook", e.pageBook); f(71, "map", e.map);
              f(80, "interventions", e.interventions); f(81, "lastIntervention", e.lastIntervention); f(82, "undoing", e.undoing);
              f(72, "pagers", e.pagers); f(100, "access", e.access); f(101, "shifts", e.shifts); f(102, "leftOut", e.leftOut); f(103, "nagged", e.nagged); f(104, "patterns", e.patterns); f(160, "formerPeople", e.formerPeople); f(90, "pages", e.pages);)
};

/// Every number of an alert but its place among the pairs, in an order that stays.
template <typename A, typename F>
constexpr void eachNumber(A &a, F &&f)
{
    f(a.fingerprint), f(a.startsAt), f(a.endsAt), f(a.updatedAt), f(a.openedAt), f(a.lastSeen), f(a.resolvedAt), f(a.acknowledgedAt);
    f(a.openedSeq), f(a.seenBy), f(a.set), f(a.title), f(a.service), f(a.group), f(a.owner), f(a.incident), f(a.suppressedBy);
    f(a.acknowledgedBy), f(a.acknowledgeReason), f(a.link), f(a.labels), f(a.annotations), f(a.occurrence), f(a.reports), f(a.because);
    f(a.endedBecause), f(a.status), f(a.severity), f(a.workflow), f(a.suppression), f(a.endedBy), f(a.path), f(a.firstOut);
    f(a.reported), f(a.own), f(a.ownBecause), f(a.flapping), f(a.reportedBy), f(a.ownBy), f(a.correlation);
}
inline constexpr std::size_t kAlertNumbers = 40, kLastSymbols = 37; ///< three more symbols at the end
/// Behind them: names and values of the pairs, how many transitions each alert has, their times.
inline constexpr std::size_t kAlertColumns = kAlertNumbers + 4;

[[nodiscard]] inline std::uint64_t number(Instant t) { return static_cast<std::uint64_t>(t.ns); }
template <typename T>
[[nodiscard]] std::uint64_t number(T v)
{
    return static_cast<std::uint64_t>(v);
}
inline void set(Instant &t, std::uint64_t n) { t.ns = static_cast<std::int64_t>(n); }
template <typename T>
void set(T &v, std::uint64_t n)
{
    v = static_cast<T>(n);
}

[[nodiscard]] Uuid digestOf(BytesView body);

template <typename T>
[[nodiscard]] Bytes encode(const T &value)
{
    Bytes out;
    events::CborWriter(out).value(value);
    return out;
}
template <typename T>
[[nodiscard]] bool decode(BytesView bytes, T &value)
{
    events::CborReader in(bytes);
    in.value(value);
    return in.ok() && in.atEnd();
}

} // namespace qd::state::parts
