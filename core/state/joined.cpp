// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/joined.h"

#include "core/state/state.h"
#include "core/state/timeline.h"

#include <algorithm>

namespace qd::state {

namespace {

std::uint64_t numberOf(Pair label)
{
    return (std::uint64_t{label.name} << 32) | label.value;
}

auto rowOf(auto &alerts, Symbol set, std::uint64_t fingerprint)
{
    return std::find_if(alerts.begin(), alerts.end(), [&](const JoinedAlert &j) { return j.fingerprint == fingerprint && j.set == set; });
}

} // namespace

Joining::Joining(State &state, Incident &incident) : m_state(state), m_incident(incident)
{
    auto next = m_kept.begin();
    for (const std::string_view name : kHostLabels)
        *next++ = state.symbols.find(name);
    for (const std::string_view name : kKindLabels)
        *next++ = state.symbols.find(name);
    for (const Pair &label : incident.labels)
        m_labels.insert(numberOf(label));
}

void Joining::add(const Alert &alert)
{
    add(JoinedAlert{alert.fingerprint, alert.set, alert.title, alert.service, alert.startsAt});
    addLabels(labelsOf(alert));
}

std::vector<Pair> Joining::labelsOf(const Alert &alert) const
{
    std::vector<Pair> out;
    const auto &pairs = m_state.alerts.pairs;
    for (std::size_t n = alert.firstPair; n < std::size_t{alert.firstPair} + alert.labels; ++n)
        if (pairs[n].name != 0 && pairs[n].value != 0 && std::find(m_kept.begin(), m_kept.end(), pairs[n].name) != m_kept.end())
            out.push_back(pairs[n]);
    return out;
}

void Joining::add(const JoinedAlert &alert) const
{
    m_incident.joined.push_back(alert);
}

void Joining::addLabels(const std::vector<Pair> &labels)
{
    for (const Pair &label : labels)
        if (m_labels.insert(numberOf(label)).second)
            m_incident.labels.push_back(label);
}

void noteJoinedOtherwise(State &state, const Alert &alert)
{
    if (alert.incident == 0)
        return;
    Incident *incident = incidentOf(state, state.text(alert.incident));
    if (!incident)
        return;
    Joining joining(state, *incident);
    const auto row = rowOf(incident->joined, alert.set, alert.fingerprint);
    if (row == incident->joined.end())
        return joining.add(alert);
    if (alert.service != 0)
        row->service = alert.service;
    joining.addLabels(joining.labelsOf(alert));
}

void noteGone(const State &state, Incident &incident, const std::unordered_set<std::string_view> &keys)
{
    std::erase_if(incident.joined, [&](const JoinedAlert &j) { return keys.contains(keyOf(state, j)); });
}

std::string keyOf(const State &state, const JoinedAlert &alert)
{
    return std::string(state.text(alert.set)) + "/" + fingerprintText(alert.fingerprint);
}

std::optional<JoinedAlert> alertOfKey(const State &state, const std::vector<JoinedAlert> &alerts, std::string_view key)
{
    const auto slash = key.rfind('/');
    if (slash == std::string_view::npos)
        return std::nullopt;
    const auto fingerprint = parseFingerprint(key.substr(slash + 1));
    const Symbol set = state.symbols.find(key.substr(0, slash));
    if (!fingerprint || set == 0)
        return std::nullopt;
    const auto row = rowOf(alerts, set, *fingerprint);
    return row == alerts.end() ? std::nullopt : std::optional(*row);
}

std::optional<JoinedAlert> joinedAlert(const State &state, const Incident &incident, std::string_view key)
{
    return alertOfKey(state, incident.joined, key);
}

std::vector<std::string_view> servicesOfAlerts(const State &state, const Incident &incident)
{
    std::vector<Symbol> services;
    for (const JoinedAlert &j : incident.joined)
        if (j.service != 0 && std::find(services.begin(), services.end(), j.service) == services.end())
            services.push_back(j.service);
    std::vector<std::string_view> out;
    for (const Symbol s : services)
        out.push_back(state.text(s));
    return out;
}

std::optional<JoinedAlert> firstOfAlerts(const Incident &incident)
{
    std::optional<JoinedAlert> first;
    for (const JoinedAlert &j : incident.joined)
        if (j.startsAt && (!first || j.startsAt < first->startsAt))
            first = j;
    return first;
}

} // namespace qd::state
