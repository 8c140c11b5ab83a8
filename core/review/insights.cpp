// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/insights.h"

#include <algorithm>
#include <charconv>

namespace qd::review {

namespace {

constexpr double kCriticalShare = 0.05; ///< of annunciated alarms, ux.md section 1.1
constexpr std::size_t kNamesKept = 10'000; ///< distinct names counted one by one; what is beyond is counted together

const std::string kOthers = "others";

void count(std::map<std::string, std::uint64_t> &in, std::string_view name)
{
    std::string key(name.empty() ? std::string_view("none") : name);
    const auto it = in.find(key);
    if (it != in.end())
        ++it->second;
    else
        ++in[in.size() < kNamesKept ? std::move(key) : kOthers];
}

/// Most first; what is below `fewest`, or beyond `most`, is one count at the end.
std::vector<Count> ranked(const std::map<std::string, std::uint64_t> &counts, std::uint64_t all, std::size_t fewest, std::size_t most)
{
    std::vector<Count> out;
    std::uint64_t others = 0;
    for (const auto &[name, n] : counts)
        if (n < fewest || name == kOthers)
            others += n;
        else
            out.push_back({name, n, 0});
    std::stable_sort(out.begin(), out.end(), [](const Count &a, const Count &b) { return a.count > b.count; });
    for (std::size_t i = most; i < out.size(); ++i)
        others += out[i].count;
    out.resize(std::min(out.size(), most));
    if (others > 0)
        out.push_back({kOthers, others, 0});
    for (Count &c : out)
        c.share = all == 0 ? 0 : static_cast<double>(c.count) / static_cast<double>(all);
    return out;
}

/// Nearest rank: always a number that really was.
template <typename T>
const T &rank(const std::vector<T> &sorted, std::size_t percent)
{
    return sorted[(sorted.size() * percent + 99) / 100 - 1];
}

CallsPerPerson perPersonOf(const std::map<std::string, std::uint64_t> &calls)
{
    CallsPerPerson out;
    out.people = calls.size();
    if (calls.size() < kFewest)
        return out;
    std::vector<std::uint64_t> counts;
    for (const auto &[person, n] : calls)
        counts.push_back(n);
    std::sort(counts.begin(), counts.end());
    out.median = rank(counts, 50);
    out.p90 = rank(counts, 90);
    out.most = counts.back();
    return out;
}

} // namespace

Distribution distributionOf(std::vector<Span> spans)
{
    Distribution out;
    out.count = spans.size();
    if (spans.empty())
        return out;
    std::sort(spans.begin(), spans.end());
    if (spans.size() < kFewest)
        return out;
    out.longest = spans.back();
    out.median = rank(spans, 50);
    out.p90 = rank(spans, 90);
    return out;
}

void Insights::add(Instant time, const events::Events &events)
{
    const ReportBatch *batch = nullptr;
    for (const auto &event : events)
        visit(
            [&]<typename T>(const T &e) {
                if constexpr (std::is_same_v<T, events::AlertsReported>) {
                    batch = e.batch.path == Path::Own ? nullptr : &e.batch;
                } else if constexpr (std::is_same_v<T, events::AlertsDecided>) {
                    if (batch)
                        alerts(*batch, e);
                    batch = nullptr;
                } else if constexpr (std::is_same_v<T, events::IncidentDeclared>) {
                    m_incidents[e.incident] = {e.severity, e.impactSince, time, {}, {}, {}, e.kind.empty() || e.kind == "real"};
                    if (e.kind == "drill" || e.kind == "example") {
                        m_exercises.insert(e.incident);
                        drill(e.incident, e.alerts);
                    }
                } else if constexpr (std::is_same_v<T, events::AlertsAttached>) {
                    if (m_exercises.contains(e.incident))
                        drill(e.incident, e.keys);
                } else if constexpr (std::is_same_v<T, events::ImpactCorrected>) {
                    if (Seen *i = incident(e.incident))
                        i->impact = e.since;
                } else if constexpr (std::is_same_v<T, events::SeverityChanged>) {
                    if (Seen *i = incident(e.incident))
                        i->severity = std::min(i->severity, e.severity); // what it was at its worst
                } else if constexpr (std::is_same_v<T, events::RoleAssumed>) {
                    Seen *i = e.role == Role::Commander && !e.person.empty() ? incident(e.incident) : nullptr;
                    if (i && !i->answered)
                        i->answered = time;
                } else if constexpr (std::is_same_v<T, events::EscalationAcknowledged>) {
                    if (Seen *i = incident(e.incident); i && !i->answered)
                        i->answered = time;
                } else if constexpr (std::is_same_v<T, events::StatusChanged>) {
                    if (e.status >= IncidentStatus::Resolved)
                        drillOver(e.incident);
                    if (Seen *i = incident(e.incident)) {
                        if (e.status == IncidentStatus::Active)
                            i->mitigated = i->resolved = {};
                        if (e.status == IncidentStatus::Mitigated)
                            i->mitigated = time;
                        if (e.status == IncidentStatus::Resolved)
                            i->resolved = time;
                        if (e.status == IncidentStatus::Cancelled)
                            i->isReal = false; // it was no incident
                    }
                } else if constexpr (std::is_same_v<T, events::IncidentMerged>) {
                    if (Seen *i = incident(e.incident); i && i->isReal) { // its times are those of the other
                        i->isReal = false;
                        m_merged.insert(e.incident);
                    }
                } else if constexpr (std::is_same_v<T, events::IncidentUnmerged>) {
                    if (Seen *i = incident(e.incident); i && m_merged.erase(e.incident) > 0)
                        i->isReal = true;
                } else if constexpr (std::is_same_v<T, events::EscalationStarted>) {
                    m_isObserved[e.escalation] = e.observed;
                } else if constexpr (std::is_same_v<T, events::StepReached>) {
                    if (const Seen *i = incident(e.incident); m_exercises.contains(e.incident) || (i && !i->isReal))
                        return; // an exercise
                    called(e, time);
                } else if constexpr (std::is_same_v<T, events::ConnectionAdded>) {
                    setIs(e.connection->name, e.connection->set);
                } else if constexpr (std::is_same_v<T, events::WorkspaceChanged>) {
                    peopleAre(*e.workspace);
                } else if constexpr (std::is_same_v<T, events::FloodBegan>) {
                    m_floods.push_back({time, {}, e.alarms, e.alarms});
                } else if constexpr (std::is_same_v<T, events::FloodEnded>) {
                    if (m_floods.empty() || m_floods.back().to)
                        m_floods.push_back({e.began, {}, 0, 0});
                    m_floods.back() = {m_floods.back().from, time, e.alarms, e.peak};
                }
            },
            event);
}

Insights::Seen *Insights::incident(const std::string &id)
{
    const auto it = m_incidents.find(id); // declared before the stretch: its times are not known
    return it == m_incidents.end() ? nullptr : &it->second;
}

void Insights::alerts(const ReportBatch &batch, const events::AlertsDecided &decided)
{
    const auto known = m_sets.find(batch.connection);
    const std::string &set = known == m_sets.end() ? batch.connection : known->second;
    for (std::size_t row = 0; row < std::min(batch.size(), decided.verdict.size()); ++row) {
        const auto verdict = static_cast<events::Verdict>(decided.verdict[row]);
        if (verdict != events::Verdict::Opened && verdict != events::Verdict::Refired)
            continue;
        const Key key(set, row < batch.fingerprint.size() ? batch.fingerprint[row] : 0);
        if (std::any_of(m_drills.begin(), m_drills.end(), [&](const auto &d) { return d.second.contains(key); }))
            continue;
        ++m_alerts;
        if (row < decided.severity.size() && decided.severity[row] < m_priorities.size())
            ++m_priorities[decided.severity[row]];
        const std::uint32_t service = row < decided.service.size() ? decided.service[row] : 0;
        const std::string_view of = service < decided.names.size() ? std::string_view(decided.names[service]) : std::string_view(), name = batch.label(row, "alertname");
        count(m_services, of);
        count(m_names, name);
        if (m_counted.size() >= kRemembered)
            m_counted.clear();
        Counted &counted = m_counted[key];
        if (counted.times++ == 0)
            counted = {std::string(of), std::string(name), row < decided.severity.size() ? decided.severity[row] : std::uint8_t{0}, 1};
    }
}

void Insights::drill(const std::string &incident, const std::vector<std::string> &keys)
{
    const auto takeOut = [](std::map<std::string, std::uint64_t> &from, const std::string &key, std::uint64_t times) {
        auto it = from.find(key);
        it = it == from.end() ? from.find(kOthers) : it;
        if (it == from.end())
            return;
        it->second -= std::min(it->second, times);
        if (it->second == 0)
            from.erase(it);
    };
    for (const std::string &key : keys) {
        std::uint64_t fingerprint = 0;
        const std::size_t begin = key.rfind('/') + 1;
        const auto [end, error] = std::from_chars(key.data() + begin, key.data() + key.size(), fingerprint, 16);
        if (begin == 0 || error != std::errc() || end != key.data() + key.size())
            continue;
        const Key which(key.substr(0, begin - 1), fingerprint);
        m_drills[incident].insert(which);
        const auto counted = m_counted.find(which);
        if (counted == m_counted.end())
            continue;
        const Counted &c = counted->second;
        m_alerts -= std::min<std::uint64_t>(m_alerts, c.times);
        if (c.severity < m_priorities.size())
            m_priorities[c.severity] -= std::min<std::uint64_t>(m_priorities[c.severity], c.times);
        takeOut(m_services, c.service, c.times);
        takeOut(m_names, c.name, c.times);
        m_counted.erase(counted);
    }
}

void Insights::drillOver(const std::string &incident)
{
    m_drills.erase(incident);
}

void Insights::peopleAre(const Workspace &workspace)
{
    m_zones.clear();
    for (const Person &p : workspace.people)
        m_zones.emplace(p.id, Zone::orUtc(p.zone));
}

void Insights::floodIsOn(Instant since)
{
    m_floods.push_back({since, {}, 0, 0});
}

void Insights::exerciseWas(const std::string &incident, const std::vector<std::string> &keys)
{
    m_exercises.insert(incident);
    drill(incident, keys);
}

void Insights::callWas(std::uint32_t escalation, bool isObserved)
{
    m_isObserved[escalation] = isObserved;
}

void Insights::setIs(const std::string &connection, const std::string &set)
{
    m_sets[connection] = set.empty() ? connection : set;
}

void Insights::called(const events::StepReached &step, Instant time)
{
    const auto observed = m_isObserved.find(step.escalation);
    const bool isObserved = observed != m_isObserved.end() && observed->second;
    m_calls += step.people.size();
    m_observed += isObserved ? step.people.size() : 0;
    for (const std::string &person : step.people) {
        if (!isObserved)
            ++m_callsOf[person];
        const auto zone = m_zones.find(person);
        const LocalTime local = (zone == m_zones.end() ? Zone::orUtc("UTC") : zone->second).local(time);
        const int minute = local.minuteOfDay();
        m_offHours += local.weekday() >= 5 || minute < kWorkBegins || minute >= kWorkEnds ? 1 : 0;
        m_atNight += minute >= kNightBegins || minute < kNightEnds ? 1 : 0;
    }
}

InsightsReport Insights::report(Instant from, Instant to) const
{
    InsightsReport out;
    out.from = from;
    out.to = to;
    std::vector<Span> detected, acknowledged, mitigated, resolved;
    std::map<IncidentSeverity, std::uint64_t> severities;
    for (const auto &[id, i] : m_incidents) {
        if (!i.isReal) {
            ++out.leftOut;
            continue;
        }
        ++out.incidents;
        ++severities[i.severity];
        const auto add = [](std::vector<Span> &spans, Instant begin, Instant end) {
            if (begin && end && end >= begin)
                spans.push_back(end - begin);
        };
        add(detected, i.impact, i.declared);
        add(acknowledged, i.declared, i.answered);
        add(mitigated, i.declared, i.mitigated);
        add(resolved, i.declared, i.resolved);
    }
    out.detected = distributionOf(std::move(detected));
    out.acknowledged = distributionOf(std::move(acknowledged));
    out.mitigated = distributionOf(std::move(mitigated));
    out.resolved = distributionOf(std::move(resolved));
    // Not folded below kFewest: a severity is no group of people, and a rare SEV1 is what is looked for. The same holds for an alert's severity.
    for (const auto &[severity, n] : severities)
        out.bySeverity.push_back({std::string(word(severity)), n, static_cast<double>(n) / static_cast<double>(out.incidents)});

    out.alerts = m_alerts;
    for (std::size_t n = m_priorities.size(); n-- > 0;)
        if (m_priorities[n] > 0)
            out.priorities.push_back({std::string(word(static_cast<AlertSeverity>(n))), m_priorities[n], static_cast<double>(m_priorities[n]) / static_cast<double>(m_alerts)});
    if (m_alerts >= kFewest && !out.priorities.empty() && out.priorities.front().name == word(AlertSeverity::Critical) && out.priorities.front().share > 2 * kCriticalShare)
        out.priorityNote = "More than a tenth of the alerts are critical; about one in twenty is what people can take seriously.";
    out.services = ranked(m_services, m_alerts, kFewest, kServices);
    out.badActors = ranked(m_names, m_alerts, kFewest, kBadActors);
    if (!out.badActors.empty() && out.badActors.back().name == kOthers)
        out.badActors.pop_back();
    for (const Count &c : out.badActors)
        out.badActorsShare += c.share;

    out.floods = m_floods;
    for (Flood &f : out.floods) {
        f.to = f.to ? f.to : to; // it goes on
        out.inFlood = out.inFlood + (f.to - std::max(f.from, from));
    }
    out.floodShare = to > from ? static_cast<double>(out.inFlood.ns) / static_cast<double>((to - from).ns) : 0;
    out.calls = m_calls;
    out.callsObserved = m_observed;
    out.perPerson = perPersonOf(m_callsOf);
    out.offHours = m_offHours;
    out.atNight = m_atNight;
    return out;
}

} // namespace qd::review
