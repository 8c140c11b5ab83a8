// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/reel.h"

#include "ui/seat/text.h"

#include <QCoreApplication>
#include <algorithm>
#include <limits>

namespace qd::seat {

using state::State;

Reel::Reel(State base)
    : m_baseSeq(base.seq)
    , m_state(std::move(base))
{
    m_marks.emplace(0, m_state.clone());
}

bool Reel::add(desk::RecordPtr record)
{
    if (m_records.size() >= kRecords || m_events + record->events.size() > kEvents)
        return false;
    m_events += record->events.size();
    m_times.push_back(m_times.empty() ? record->time : std::max(m_times.back(), record->time)); // a clock that was set back moves nothing back
    m_records.push_back(std::move(record));
    return true;
}

void Reel::wind()
{
    m_markEvery = std::max(kMarkEvery, m_records.size() / kMarks + 1);
    learnAlerts();
    while (m_at < m_records.size()) {
        foldTo(std::min(m_records.size(), (m_at / m_markEvery + 1) * m_markEvery));
        learnAlerts();
        if (m_at % m_markEvery == 0 && m_at < m_records.size())
            m_marks.try_emplace(m_at, m_state.clone());
    }
}

void Reel::foldTo(std::size_t count)
{
    for (; m_at < count; ++m_at, ++m_folded) {
        const desk::Record &r = *m_records[m_at];
        state::applyRecord(m_state, r.seq, r.time, r.events);
    }
}

void Reel::learnAlerts()
{
    for (const state::Alert &a : m_state.alerts.all) {
        if (a.severity == AlertSeverity::None)
            continue;
        ReelAlert &known = m_alerts[m_state.key(a)];
        if (known.title.isEmpty())
            known = {qstr(m_state.text(a.title)), qstr(m_state.text(a.service)), a.severity, a.startsAt, {}};
        known.to = a.status == AlertStatus::Resolved ? a.endsAt : Instant{};
        known.from = std::min(known.from, a.startsAt);
    }
}

std::size_t Reel::recordsBefore(Instant instant) const
{
    return static_cast<std::size_t>(std::upper_bound(m_times.begin(), m_times.end(), instant) - m_times.begin());
}

const State &Reel::at(Instant instant)
{
    const std::size_t wanted = recordsBefore(instant);
    auto mark = std::prev(m_marks.upper_bound(wanted));
    // Folding on is what a step forward costs; from a mark only where that is nearer.
    if (wanted < m_at || mark->first > m_at) {
        m_state = mark->second.clone();
        m_at = mark->first;
    }
    foldTo(wanted);
    return m_state;
}

bool isVisible(const view::EvidenceRow &row, Instant at, view::PastClock clock)
{
    return (clock == view::PastClock::AsItWas ? row.at : row.knownAt) <= at;
}

namespace {

/// By what they were then, as in the evidence, where names are asked for.
QString whoWas(const view::EvidenceRow &row)
{
    if (row.actor.isEmpty() || !row.role.isEmpty())
        return row.actor.isEmpty() ? row.actor : row.role;
    const bool isPerson = row.lane == view::Lane::Chat || row.lane == view::Lane::People || row.lane == view::Lane::Decisions || row.lane == view::Lane::Updates;
    return isPerson ? QCoreApplication::translate("qd::review::EvidenceModel", "somebody") : row.actor;
}

view::TimelineEntry entryOf(const view::EvidenceRow &row)
{
    view::TimelineEntry t;
    t.id = row.id;
    t.text = row.text;
    t.actor = whoWas(row);
    t.reference = row.reference;
    t.lane = row.lane;
    t.kind = row.kind;
    t.at = row.at;
    t.edited = row.edited;
    t.removed = row.removed;
    return t;
}

void fires(view::ViewModel &out, const QString &key, const ReelAlert &alert)
{
    const auto known = [&](const view::AlertRow &r) { return r.key == key; };
    for (const auto *list : {&out.active, &out.standing, &out.suppressed, &out.shelf})
        if (std::any_of(list->begin(), list->end(), known))
            return;
    view::AlertRow row;
    row.key = key;
    row.title = alert.title;
    row.service = alert.service;
    row.severity = alert.severity;
    row.status = AlertStatus::Firing;
    row.startsAt = alert.from;
    out.resolved.erase(std::remove_if(out.resolved.begin(), out.resolved.end(), known), out.resolved.end());
    out.active.push_back(std::move(row));
    for (view::MapNode &node : out.nodes)
        if (node.id == alert.service || node.name == alert.service) {
            ++node.alerts;
            node.worst = node.alerts == 1 ? alert.severity : std::max(node.worst, alert.severity);
        }
}

} // namespace

void tellPast(view::ViewModel &out, const view::PastPoint &point, const view::Evidence *evidence, const std::map<std::string, ReelAlert> *alerts, bool imported)
{
    out.past = point;
    out.strip.recorded = true;
    if (point.clock == view::PastClock::AsKnown && !imported)
        return; // what was known is what the State of that moment holds
    const std::size_t before = out.active.size();
    if (evidence != nullptr) {
        out.timeline.clear();
        for (const std::uint32_t i : evidence->order) {
            const view::EvidenceRow &row = evidence->row(i);
            if (!isVisible(row, point.at, point.clock))
                continue;
            out.timeline.push_back(entryOf(row));
            if (row.kind == QLatin1String("alert") && !row.origin.isEmpty() && (!row.until || row.until > point.at))
                fires(out, row.id, {row.text, {}, AlertSeverity::Unknown, row.at, row.until});
        }
    }
    if (alerts != nullptr && point.clock == view::PastClock::AsItWas)
        for (const auto &[key, alert] : *alerts)
            if (alert.from <= point.at && (!alert.to || alert.to > point.at))
                fires(out, QString::fromStdString(key), alert);
    if (out.active.size() != before)
        std::stable_sort(out.active.begin(), out.active.end(), [](const auto &a, const auto &b) {
            const auto rank = [](AlertSeverity s) { return s == AlertSeverity::Unknown ? 3 : static_cast<int>(s); };
            return rank(a.severity) != rank(b.severity) ? rank(a.severity) > rank(b.severity) : a.startsAt > b.startsAt;
        });
    out.spans.clear();
    for (const auto *list : {&out.active, &out.standing, &out.resolved})
        for (const view::AlertRow &row : *list)
            out.spans.push_back({row.key, row.title, row.severity, row.startsAt, row.endsAt});
    std::stable_sort(out.spans.begin(), out.spans.end(), [](const auto &a, const auto &b) { return a.from < b.from; });
}

} // namespace qd::seat
