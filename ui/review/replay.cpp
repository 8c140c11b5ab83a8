// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/replay.h"

#include <algorithm>

namespace qd::review {

void Replay::setStretch(const QString &incident, Instant from, Instant to)
{
    if (incident != m_incident) {
        m_was.clear();
        m_known.clear();
        leave();
    }
    m_incident = incident;
    m_from = from;
    m_to = std::max(from, to);
    if (m_at)
        m_at = std::clamp(m_at, m_from, m_to);
}

void Replay::setEvents(const view::Evidence &evidence)
{
    m_was.clear();
    m_known.clear();
    for (const auto &chunk : evidence.chunks)
        for (const view::EvidenceRow &row : *chunk) {
            m_was.push_back(row.at);
            m_known.push_back(row.knownAt);
            if (row.until) {
                m_was.push_back(row.until);
                m_known.push_back(std::max(row.until, row.knownAt));
            }
        }
    for (auto *times : {&m_was, &m_known}) {
        std::sort(times->begin(), times->end());
        times->erase(std::unique(times->begin(), times->end()), times->end());
    }
}

void Replay::go(Instant at)
{
    if (m_from)
        m_at = std::clamp(at, m_from, m_to);
}

void Replay::minute(int step)
{
    constexpr std::int64_t kMinute = minutes(1).ns;
    if (!m_at)
        return step < 0 ? end() : home();
    // From within a minute the step back goes to its beginning.
    const std::int64_t whole = m_at.ns / kMinute;
    go(Instant{step > 0 ? (whole + step) * kMinute : (m_at.ns % kMinute != 0 ? whole + step + 1 : whole + step) * kMinute});
}

void Replay::event(int step)
{
    if (!m_at)
        return step < 0 ? end() : home();
    const auto &times = events();
    if (step > 0) {
        const auto next = std::upper_bound(times.begin(), times.end(), m_at);
        go(next == times.end() ? m_to : *next);
    } else {
        const auto here = std::lower_bound(times.begin(), times.end(), m_at);
        go(here == times.begin() ? m_from : *std::prev(here));
    }
}

void Replay::setClock(view::PastClock clock)
{
    m_clock = clock;
    if (!m_at)
        home();
}

void Replay::setPlaying(bool playing)
{
    m_isPlaying = playing && m_from;
    if (m_isPlaying && (!m_at || m_at >= m_to))
        home();
}

bool Replay::pass(Span wall)
{
    if (!m_isPlaying)
        return false;
    const Instant before = m_at;
    go(m_at + wall * speed());
    if (m_at >= m_to)
        m_isPlaying = false;
    return m_at != before;
}

} // namespace qd::review
