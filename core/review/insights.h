// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/zone.h"
#include "core/events/event.h"

#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace qd::review {

inline constexpr std::size_t kFewest = 5;       ///< groups below are folded together; distributions below give no percentiles
inline constexpr std::size_t kBadActors = 10;
inline constexpr std::size_t kServices = 50;
inline constexpr std::size_t kRemembered = 200'000; ///< alerts that can still turn out to be a drill's; beyond it all are forgotten
/// Working hours on the wall clock of who is called, Monday to Friday; night is night on every day. Minutes of the day.
inline constexpr int kWorkBegins = 9 * 60, kWorkEnds = 18 * 60, kNightBegins = 22 * 60, kNightEnds = 6 * 60;

/// Lengths of time, as a distribution. No mean: one long night would be the message.
struct Distribution {
    std::size_t count = 0;
    Span median, p90, longest; ///< zero below kFewest
};
[[nodiscard]] Distribution distributionOf(std::vector<Span> spans);

struct Count {
    std::string name;
    std::uint64_t count = 0;
    double share = 0; ///< of all, 0 … 1
    bool operator==(const Count &) const = default;
};

/// As the core recorded it.
struct Flood {
    Instant from, to;
    std::uint64_t alerts = 0, peak = 0; ///< peak: the most in 10 minutes
};

/// How often one was called, as a distribution without names.
struct CallsPerPerson {
    std::size_t people = 0;                    ///< who were called at all
    std::uint64_t median = 0, p90 = 0, most = 0; ///< zero below kFewest people
};

struct InsightsReport {
    Instant from, to;
    std::uint64_t incidents = 0;
    std::uint64_t leftOut = 0;      ///< all that is not run here and real: drills, planned, called off, merged, rebuilt, written down afterwards
    Distribution detected;     ///< MTTD: from the start of the impact to the declaration
    Distribution acknowledged; ///< MTTA: from the declaration to the first answer or the first commander
    Distribution mitigated;    ///< MTTM: from the declaration
    Distribution resolved;     ///< MTTR: from the declaration
    std::vector<Count> bySeverity;  ///< of incidents, SEV1 first
    std::uint64_t alerts = 0;       ///< opened, or fired again; not those of drills
    std::vector<Count> priorities;  ///< of those, by alert severity, critical first
    std::string priorityNote;       ///< said when critical alerts are more than twice their share of 5 %
    std::vector<Count> services;    ///< most first, at most kServices, then "others"
    std::vector<Count> badActors;   ///< alert names, the kBadActors most frequent; one seen less than kFewest times is named nowhere
    double badActorsShare = 0;      ///< of all alerts
    std::vector<Flood> floods;
    Span inFlood;
    double floodShare = 0;          ///< of the stretch
    std::uint64_t calls = 0, callsObserved = 0; ///< people called; those nobody was really called for
    std::uint64_t offHours = 0, atNight = 0;    ///< … of calls: outside working hours, and at night, where the person called lives
    CallsPerPerson perPerson;                   ///< of real calls
};

/// Counts events in journal order. Not thread-safe.
class Insights {
public:
    /// The people there are when the stretch begins; a workspace in the stretch replaces them.
    void peopleAre(const Workspace &workspace);
    /// A flood that was under way when the stretch began.
    void floodIsOn(Instant since);
    /// An exercise that was declared before the stretch began; `keys`: its alerts while it is open.
    void exerciseWas(const std::string &incident, const std::vector<std::string> &keys);
    /// A call that began before the stretch did.
    void callWas(std::uint32_t escalation, bool isObserved);
    /// In which set a connection's alerts are; one that is not named is its own.
    void setIs(const std::string &connection, const std::string &set);
    void add(Instant time, const events::Events &events);
    /// What was counted, `from` and `to` being the stretch that was asked for.
    [[nodiscard]] InsightsReport report(Instant from, Instant to) const;

private:
    struct Seen {
        IncidentSeverity severity = IncidentSeverity::Sev3;
        Instant impact, declared, answered, mitigated, resolved;
        bool isReal = true;
    };
    void alerts(const ReportBatch &batch, const events::AlertsDecided &decided);
    void called(const events::StepReached &step, Instant time);
    [[nodiscard]] Seen *incident(const std::string &id);
    /// An alert as it was counted, so that it can be taken out again.
    struct Counted {
        std::string service, name;
        std::uint8_t severity = 0;
        std::uint32_t times = 0;
    };
    /// Alerts of an exercise are no load: those counted are taken out, those to come are left out until it is over.
    void drill(const std::string &incident, const std::vector<std::string> &keys);
    void drillOver(const std::string &incident);

    std::map<std::string, Seen> m_incidents;
    std::set<std::string> m_merged; ///< real ones that became part of another
    std::map<std::string, std::uint64_t> m_services, m_names;
    /// One alert: equal fingerprints of two sets are two.
    using Key = std::pair<std::string, std::uint64_t>;
    std::map<std::string, std::string> m_sets; ///< by connection
    std::map<Key, Counted> m_counted;
    std::map<std::string, std::set<Key>> m_drills; ///< open exercises and their alerts
    std::set<std::string> m_exercises;                    ///< incidents that are one, open or not
    std::array<std::uint64_t, 6> m_priorities{};
    std::uint64_t m_alerts = 0, m_calls = 0, m_observed = 0;
    std::map<std::uint32_t, bool> m_isObserved; ///< by escalation
    std::map<std::string, std::uint64_t> m_callsOf; ///< real ones, by person; told of nobody
    std::map<std::string, Zone> m_zones;        ///< by person
    std::uint64_t m_offHours = 0, m_atNight = 0;
    std::vector<Flood> m_floods;                ///< the last may go on: `to` is none
};

} // namespace qd::review
