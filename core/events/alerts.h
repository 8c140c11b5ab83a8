// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

namespace qd::events {

/// Input: reports that change something (pure repeats are SourceSeen and AlertsRepeated run-lengths). Always followed, in
/// the same record, by the AlertsDecided that says what the rules made of each row.
struct AlertsReported {
    ReportBatch batch;
    QD_FIELDS(f(1, "batch", e.batch);)
};

/// What the rules made of one report or alert. Numbers are written to the journal.
enum class Verdict : std::uint8_t {
    Opened = 0,    ///< a new alert
    Updated = 1,   ///< the same occurrence, with other annotations, severity or suppression
    Resolved = 2,  ///< the source says it is over
    Refired = 3,   ///< a new occurrence of a resolved alert
    Reopened = 4,  ///< the same occurrence again: it had been resolved by absence or expiry only
    Stale = 5,     ///< older than what is known; kept as a report, changes nothing
    Unmatched = 6, ///< a resolve for an alert never seen firing
};

/// Conclusion, aligned row by row with the AlertsReported before it.
struct AlertsDecided {
    std::vector<std::uint8_t> verdict;    ///< Verdict
    std::vector<std::uint8_t> severity;   ///< AlertSeverity
    std::vector<std::uint32_t> service;   ///< index into names; 0 = none
    std::vector<std::uint32_t> group;     ///< index into names
    std::vector<std::uint16_t> reason;    ///< index into because
    std::vector<std::string> names;       ///< names[0] is ""
    std::vector<Because> because;
    QD_FIELDS(f(1, "verdict", e.verdict); f(2, "severity", e.severity); f(3, "service", e.service); f(4, "group", e.group);
              f(5, "reason", e.reason); f(6, "names", e.names); f(7, "because", e.because);)
};

/// Conclusion: alerts that ended without a resolve of their own: absent from a complete listing, or past their endsAt.
struct AlertsEnded {
    std::string set;
    std::vector<std::uint64_t> fingerprint;
    Instant at;
    Because because;
    QD_FIELDS(f(1, "set", e.set); f(2, "fingerprint", e.fingerprint); f(3, "at", e.at); f(4, "because", e.because);)
};

/// Conclusion: a complete listing of this connection lacks them, but another fresh one of its set still reports them.
struct AlertsUnseen {
    std::string connection;
    std::vector<std::uint64_t> fingerprint;
    QD_FIELDS(f(1, "connection", e.connection); f(2, "fingerprint", e.fingerprint);)
};

/// Run-length of re-sent alerts that changed nothing: how long each is now known to last, how often they came.
struct AlertsRepeated {
    std::string connection;
    Instant first, last;
    std::uint32_t count = 0;                 ///< deliveries
    std::vector<std::uint64_t> fingerprint;
    std::vector<std::int64_t> endsAt;        ///< ns, the newest
    std::vector<std::uint32_t> times;        ///< how often each came
    QD_FIELDS(f(1, "connection", e.connection); f(2, "first", e.first); f(3, "last", e.last); f(4, "count", e.count);
              f(5, "fingerprint", e.fingerprint); f(6, "endsAt", e.endsAt); f(7, "times", e.times);)
};

/// Of alerts that are left out: a run-length of them (an input), or the conclusion that it is an alarm, or none any more.
enum class LeftOutTurn : std::uint8_t { Counted = 0, Began = 1, Over = 2 };
[[nodiscard]] std::string_view word(LeftOutTurn turn);

/// Run-length of firing alerts that were not taken: of this name so many fire already that they would only have joined what calls anyway.
/// What is left out is what its source says again, so it is taken as soon as there is room (core/triage/README.md).
struct AlertsLeftOut {
    std::string connection, alertname;
    Instant first, last;
    std::uint32_t count = 0;                 ///< deliveries that held some
    std::uint32_t alerts = 0;                ///< the most in one of them
    std::uint32_t limit = 0;                 ///< that was reached
    LeftOutTurn turn = LeftOutTurn::Counted;
    QD_FIELDS(f(1, "connection", e.connection); f(2, "alertname", e.alertname); f(3, "first", e.first); f(4, "last", e.last);
              f(5, "count", e.count); f(6, "alerts", e.alerts); f(7, "limit", e.limit); f(8, "turn", e.turn);)
};

struct ReportsQuarantined {
    std::string connection;
    Path path = Path::Push;
    std::vector<QuarantinedReport> reports;
    QD_FIELDS(f(1, "connection", e.connection); f(2, "path", e.path); f(3, "reports", e.reports);)
};

struct AlertsAcknowledged {
    std::vector<std::string> keys;
    std::string reason;
    Actor by;
    QD_FIELDS(f(1, "keys", e.keys); f(2, "reason", e.reason); f(3, "by", e.by);)
};

struct AlertsAssigned {
    std::vector<std::string> keys;
    std::string person;
    Actor by;
    std::string reason = {};
    QD_FIELDS(f(1, "keys", e.keys); f(2, "person", e.person); f(3, "by", e.by); f(4, "reason", e.reason);)
};

/// Input: a person says that alerts which no connection reports any more are over.
struct AlertsClosed {
    std::vector<std::string> keys;
    std::string reason;
    Actor by;
    QD_FIELDS(f(1, "keys", e.keys); f(2, "reason", e.reason); f(3, "by", e.by);)
};

/// A silence as its source keeps it.
struct Silence {
    std::string id, comment, createdBy, state; ///< state: pending, active, expired
    std::vector<Matcher> matchers;
    Instant startsAt, endsAt;
    QD_FIELDS(f(1, "id", e.id); f(2, "comment", e.comment); f(3, "createdBy", e.createdBy); f(4, "state", e.state);
              f(5, "matchers", e.matchers); f(6, "startsAt", e.startsAt); f(7, "endsAt", e.endsAt);)
};

/// The whole list of a source's silences, when it changed.
struct SilencesSeen {
    std::string connection;
    std::vector<Silence> silences;
    QD_FIELDS(f(1, "connection", e.connection); f(2, "silences", e.silences);)
};

} // namespace qd::events
