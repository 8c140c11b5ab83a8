// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/time.h"
#include "core/model/words.h"

#include <cstdint>
#include <string>
#include <vector>

namespace qd {

/// The workspace's rules that look at an alert's labels: whose it is, how it groups, what keeps it quiet, where it goes.

/// One matcher, Alertmanager's four kinds; patterns are RE2, anchored.
struct Matcher {
    std::string name, value;
    bool isRegex = false, isEqual = true;
    QD_FIELDS(f(1, "name", e.name); f(2, "value", e.value); f(3, "isRegex", e.isRegex); f(4, "isEqual", e.isEqual);)
};

/// Whose an alert is: the first rule all of whose matchers hold. What is left empty follows from the rest: the service's team,
/// the team's policy.
struct OwnerRule {
    std::string id;
    std::vector<Matcher> match;
    std::string service, team, policy;
    std::vector<IncidentSeverity> severities; ///< only for incidents of these; empty = all
    QD_FIELDS(f(1, "id", e.id); f(2, "match", e.match); f(3, "service", e.service); f(4, "team", e.team); f(5, "policy", e.policy);
              f(6, "severities", e.severities);)
};

/// How alerts form groups. The first rule whose matchers all hold is used; without a rule: by service.
struct GroupRule {
    std::string id;
    std::vector<Matcher> match;
    std::vector<std::string> by;         ///< label names; "service" means the service the alert belongs to
    QD_FIELDS(f(1, "id", e.id); f(2, "match", e.match); f(3, "by", e.by);)
};

/// A value of a severity label and what it means here; looked up before the default map.
struct SeverityRule {
    std::string text;
    AlertSeverity severity = AlertSeverity::Unknown;
    QD_FIELDS(f(1, "text", e.text); f(2, "severity", e.severity);)
};

/// Alertmanager's inhibition: while an alert that matches `source` fires, those that match `target` and have the same values of
/// `equal` are quiet. A label that is not there has the value "". An alert that matches both sides is never quiet because of one
/// that does too, itself included.
struct InhibitionRule {
    std::string id;
    std::vector<Matcher> source, target;
    std::vector<std::string> equal;
    QD_FIELDS(f(1, "id", e.id); f(2, "source", e.source); f(3, "target", e.target); f(4, "equal", e.equal);)
};

/// A planned maintenance window: alerts of the service, or that match, are quiet from..until; resolves and answers pass through.
struct MaintenanceWindow {
    std::string id, service;
    std::vector<Matcher> match;
    Instant from, until;
    std::string owner, reason;
    QD_FIELDS(f(1, "id", e.id); f(2, "service", e.service); f(3, "match", e.match); f(4, "from", e.from); f(5, "until", e.until);
              f(6, "owner", e.owner); f(7, "reason", e.reason);)
};

/// Alerts that match and share the values of `by` make one group once `count` opened, of at least `services` different services,
/// within `within`. Below that, nothing is said of them.
struct CorrelationRule {
    std::string id;
    std::vector<Matcher> match;
    std::vector<std::string> by;
    std::uint32_t count = 3, services = 1;
    Span within = minutes(5);
    bool act = false;                    ///< true: they become one alert group; false: they are only marked
    QD_FIELDS(f(1, "id", e.id); f(2, "match", e.match); f(3, "by", e.by); f(4, "count", e.count); f(5, "services", e.services);
              f(6, "within", e.within); f(7, "act", e.act);)
};

/// When an alert counts as flapping: from `begins` transitions within `within` on (or kChattering in a minute), until there are
/// fewer than `ends`.
struct FlappingRule {
    std::uint32_t begins = 6, ends = 3;
    Span within = minutes(30);
    QD_FIELDS(f(1, "begins", e.begins); f(2, "ends", e.ends); f(3, "within", e.within);)
};

/// A node of the routing tree, as in Alertmanager: the root is the one without a parent; children are tried in order, the first
/// that matches is taken, further ones only after one that continues. What is not given comes from the parent.
struct Route {
    std::string id, parent, receiver;
    std::vector<Matcher> match;
    std::vector<std::string> groupBy;    ///< "..." means every label
    bool hasGroupBy = false;             ///< false: the parent's
    bool goesOn = false;                 ///< Alertmanager's "continue"
    Span groupWait, groupInterval, repeatInterval; ///< 0 = the parent's
    std::vector<std::string> muted, active; ///< ids of time intervals
    QD_FIELDS(f(1, "id", e.id); f(2, "parent", e.parent); f(3, "receiver", e.receiver); f(4, "match", e.match); f(5, "groupBy", e.groupBy);
              f(6, "hasGroupBy", e.hasGroupBy); f(7, "continue", e.goesOn); f(8, "groupWait", e.groupWait);
              f(9, "groupInterval", e.groupInterval); f(10, "repeatInterval", e.repeatInterval); f(11, "muted", e.muted);
              f(12, "active", e.active);)
};

/// A named set of times, in Alertmanager's own words: each line is one interval, "times=09:00-17:00 weekdays=monday:friday zone=UTC".
struct TimeInterval {
    std::string id;
    std::vector<std::string> when;
    QD_FIELDS(f(1, "id", e.id); f(2, "when", e.when);)
};

/// Something that must be heard again and again: a job that pings, or an alert that always fires (Watchdog). A beat is expected every
/// `interval`; a window with none until `grace` later is missed; `misses` of the last `of` windows missed is an alarm.
struct HeartbeatRule {
    std::string id, name;
    std::string service;                 ///< whose alarm it is; empty: the console's own
    AlertSeverity severity = AlertSeverity::Error;
    Span interval, grace;
    std::uint32_t misses = 1, of = 1;
    Span slowAfter;                      ///< a run that takes longer is slow; 0 = none is
    std::vector<Matcher> match;          ///< reports that match are beats while they fire; empty: it is pinged
    std::string connection = {};         ///< only what comes in by this connection counts; empty: any
    QD_FIELDS(f(1, "id", e.id); f(2, "name", e.name); f(3, "service", e.service); f(4, "severity", e.severity); f(5, "interval", e.interval);
              f(6, "grace", e.grace); f(7, "misses", e.misses); f(8, "of", e.of); f(9, "slowAfter", e.slowAfter); f(10, "match", e.match);
              f(11, "connection", e.connection);)
};
inline constexpr std::uint32_t kHeartbeatWindows = 20; ///< of and misses at most

} // namespace qd
