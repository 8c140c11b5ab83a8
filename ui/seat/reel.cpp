// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/reel.h"

#include "ui/seat/text.h"

#include <algorithm>

namespace qd::seat {

using state::State;

Reel::Reel(State base, std::size_t records)
    : m_baseSeq(base.seq)
    , m_most(records)
    , m_state(std::move(base))
{
    m_marks.emplace(0, m_state.clone());
}

bool Reel::add(desk::RecordPtr record)
{
    if (m_records.size() >= m_most || m_events + record->events.size() > kEvents)
        return false;
    m_events += record->events.size();
    m_times.push_back(m_times.empty() ? record->time : std::max(m_times.back(), record->time)); // a clock that was set back moves nothing back
    m_records.push_back(std::move(record));
    return true;
}

void Reel::wind()
{
    m_markEvery = std::max(kMarkEvery, m_records.size() / kMarksMost + 1);
    std::size_t inMarks = m_state.alerts.all.size();
    learnAlerts();
    while (m_at < m_records.size()) {
        const std::size_t next = std::min(m_records.size(), (m_at / m_markEvery + 1) * m_markEvery);
        while (m_at < next) {
            foldTo(m_at + 1);
            learnFrom(*m_records[m_at - 1]);
        }
        learnAlerts();
        if (m_at % m_markEvery != 0 || m_at == m_records.size())
            continue;
        m_marks.try_emplace(m_at, m_state.clone());
        inMarks += m_state.alerts.all.size();
        if (inMarks > kAlertsInMarks && m_marks.size() >= 2 * kMarks) {
            thinMarks();
            inMarks /= 2;
        }
    }
    m_known.clear();
}

/// Every second one is enough.
void Reel::thinMarks()
{
    m_markEvery *= 2;
    std::erase_if(m_marks, [this](const auto &mark) { return mark.first % m_markEvery != 0; });
}

void Reel::foldTo(std::size_t count)
{
    for (; m_at < count; ++m_at, ++m_folded) {
        const desk::Record &r = *m_records[m_at];
        state::applyRecord(m_state, r.seq, r.time, r.events);
    }
}

void Reel::learnAlert(const state::Alert &a)
{
    if (a.severity == AlertSeverity::None)
        return;
    ReelAlert *&known = m_known[{a.set, a.fingerprint}];
    if (known == nullptr) {
        known = &m_alerts[m_state.key(a)];
        if (known->title.isEmpty()) {
            known->title = qstr(m_state.text(a.title));
            known->service = qstr(m_state.text(a.service));
        }
    }
    known->severity = a.severity;
    if (known->fired.empty() || known->fired.back().occurrence != a.occurrence)
        known->fired.push_back({a.startsAt, std::max(a.openedAt, a.startsAt), {}, a.occurrence});
    ReelAlert::Fired &last = known->fired.back();
    last.from = std::min(last.from, a.startsAt);
    last.to = a.status == AlertStatus::Resolved ? a.endsAt ? a.endsAt : a.resolvedAt : Instant{};
}

void Reel::learnAlerts()
{
    for (const state::Alert &a : m_state.alerts.all)
        learnAlert(a);
}

void Reel::learnFrom(const desk::Record &record)
{
    const bool isOfAlerts = std::any_of(record.events.begin(), record.events.end(), [](const events::Event &e) {
        return holds<events::AlertsDecided>(e) || holds<events::AlertsEnded>(e) || holds<events::AlertsClosed>(e);
    });
    if (!isOfAlerts)
        return;
    for (const state::Alert &a : m_state.alerts.all)
        if (a.openedAt == record.time || a.resolvedAt == record.time)
            learnAlert(a);
}

const ReelAlert::Fired *ReelAlert::at(Instant at) const
{
    const auto it = std::find_if(fired.rbegin(), fired.rend(), [&](const Fired &f) { return f.isAt(at); });
    return it == fired.rend() ? nullptr : &*it;
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

} // namespace qd::seat
