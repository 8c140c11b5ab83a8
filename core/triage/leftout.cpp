// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/leftout.h"

#include "core/triage/ownalert.h"

#include <algorithm>

namespace qd::triage {

using state::Alert;
using state::State;

NameRoom::NameRoom(const State &state, const ReportBatch &batch, std::uint32_t limit)
    : m_state(state), m_batch(batch), m_limit(limit), m_isTight((batch.path == Path::Poll || batch.path == Path::Push) && state.alerts.firing + batch.size() > limit)
{
    const state::Source *source = state.source(batch.connection);
    m_set = source ? source->set : state.symbols.find(batch.connection);
}

namespace {

/// How far up it calls: what is not known calls like an error, and an error stands for it.
int rankOf(AlertSeverity severity)
{
    return severity == AlertSeverity::Unknown ? 2 * static_cast<int>(AlertSeverity::Warning) + 1 : 2 * static_cast<int>(severity);
}

} // namespace

/// Who is called for one of them is called for the others: what fires loud and is in no incident, since an incident's alerts call nobody.
void NameRoom::read(Named &named, Symbol name) const
{
    named.isRead = true;
    const Symbol label = m_state.symbols.find("alertname");
    const auto &pairs = m_state.alerts.pairs;
    for (const Alert &a : m_state.alerts.all) {
        if (a.status != AlertStatus::Firing || a.set != m_set || a.suppression != Suppression::None || a.incident != 0)
            continue;
        const auto first = pairs.begin() + a.firstPair;
        if (std::find(first, first + a.labels, state::Pair{label, name}) != first + a.labels)
            calls(named, std::string(m_state.text(a.group)), a.severity);
    }
}

void NameRoom::calls(Named &named, std::string group, AlertSeverity severity)
{
    const auto [it, isNew] = named.callers.try_emplace(std::move(group), severity);
    if (!isNew && rankOf(it->second) < rankOf(severity))
        it->second = severity;
}

bool NameRoom::isLeftOut(std::uint32_t name, std::string_view group, AlertSeverity severity, bool isLoud)
{
    if (!m_isTight)
        return false;
    const auto [it, isNew] = m_names.try_emplace(name);
    Named &named = it->second;
    const Symbol symbol = isNew || (!named.isRead && named.firing >= m_limit) ? m_state.symbols.find(m_batch.at(name)) : Symbol{0};
    if (isNew)
        named.firing = name == 0 ? 0 : m_state.alerts.firingOf(m_set, symbol);
    if (name == 0)
        return false;
    if (named.firing >= m_limit) {
        if (!named.isRead)
            read(named, symbol);
        const auto caller = named.callers.find(std::string(group));
        if (caller != named.callers.end() && rankOf(caller->second) >= rankOf(severity))
            return true;
    }
    ++named.firing;
    if (isLoud) // from here on it calls for those that follow
        calls(named, std::string(group), severity);
    return false;
}

events::Events decideLeftOut(const State &state, const ReportRules &rules, Instant now)
{
    events::Events out;
    for (const state::LeftOut &l : state.leftOut) {
        const bool ends = l.raised && now - l.last >= kLeftOutOver;
        if (l.overAt || (l.raised && !ends))
            continue;
        events::AlertsLeftOut turn{l.connection, l.alertname, l.first, l.last, 0, l.alerts, l.limit};
        turn.turn = ends ? events::LeftOutTurn::Over : events::LeftOutTurn::Began;
        out.emplace_back(std::move(turn));
        OwnAlert alert;
        alert.name = "AlertsLeftOut";
        alert.about = {"left_out", l.connection + "/" + l.alertname};
        alert.severity = AlertSeverity::Error;
        alert.summary = "Too many " + l.alertname + " from " + l.connection + ": " + std::to_string(l.limit) + " fire, and what is beyond is left out";
        alert.description = "Nothing is lost of whom they call: others of the same name and group stand for those that are left out, which are counted (get sources) and taken as soon as "
                            "there is room. The limit is alerts_per_name of the workspace.";
        events::append(out, ownAlert(state, rules, alert, !ends, now));
    }
    return out;
}

Instant nextLeftOut(const State &state)
{
    Instant next;
    for (const state::LeftOut &l : state.leftOut) {
        const Instant at = l.overAt ? Instant{} : l.raised ? l.last + kLeftOutOver : std::max(state.time, Instant{1});
        if (at && (!next || at < next))
            next = at;
    }
    return next;
}

} // namespace qd::triage
