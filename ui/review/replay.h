// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/review.h"

#include <vector>

namespace qd::review {

/// Going through a stretch of the past: where one is, by which clock, how fast. A value without a window or a timer; every step is within the stretch.
class Replay final {
public:
    static constexpr int kSpeeds[] = {1, 8, 60};

    /// Another stretch begins at its beginning, and is not gone through yet.
    void setStretch(const QString &incident, Instant from, Instant to);
    /// When something happened, or became known: what an event step goes to.
    void setEvents(const view::Evidence &evidence);

    void go(Instant at);
    void minute(int step);                       ///< to the whole minute before or after
    void event(int step);                        ///< to the event before or after, by the clock
    void home() { go(m_from); }
    void end() { go(m_to); }
    void setClock(view::PastClock clock);
    void setPlaying(bool playing);
    void nextSpeed() { m_speed = (m_speed + 1) % std::size(kSpeeds); }
    /// So much time of the wall went by. True: it moved.
    bool pass(Span wall);
    void setNamed(bool named) { m_named = named; } ///< who looks wants people by name
    void leave() { m_at = {}, m_isPlaying = false; } ///< to the present

    [[nodiscard]] QString incident() const { return m_incident; }
    [[nodiscard]] Instant from() const { return m_from; }
    [[nodiscard]] Instant to() const { return m_to; }
    [[nodiscard]] Instant at() const { return m_at; } ///< none: the present
    [[nodiscard]] view::PastClock clock() const { return m_clock; }
    [[nodiscard]] bool isPast() const { return static_cast<bool>(m_at); }
    [[nodiscard]] bool isPlaying() const { return m_isPlaying; }
    [[nodiscard]] int speed() const { return kSpeeds[m_speed]; }
    [[nodiscard]] bool isNamed() const { return m_named; }
    [[nodiscard]] view::PastPoint point() const { return {m_incident, m_at, m_clock, m_named}; }

private:
    [[nodiscard]] const std::vector<Instant> &events() const { return m_clock == view::PastClock::AsItWas ? m_was : m_known; }

    QString m_incident;
    Instant m_from, m_to, m_at;
    std::vector<Instant> m_was, m_known;         ///< ascending, each once
    view::PastClock m_clock = view::PastClock::AsKnown;
    std::size_t m_speed = 1;
    bool m_isPlaying = false, m_named = false;
};

} // namespace qd::review
