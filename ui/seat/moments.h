// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/seat/reel.h"
#include "ui/seat/telling.h"
#include "ui/seat/viewbuilder.h"

#include <deque>
#include <memory>
#include <optional>

namespace qd::seat {

/// A moment that is to be seen, and what the present knows of it.
struct PastWant {
    view::PastPoint point;
    Looking looking;                 ///< who looks; `now`, `incident` and `review` are set from the point
    std::uint64_t firstSeq = 1;      ///< the first record of the incident
    std::uint64_t head = 0;          ///< the last record there is
    Instant to;                      ///< the stretch ends; what is asked for later is as it was then
    std::shared_ptr<const view::Evidence> evidence;
    std::shared_ptr<const view::Cast> cast;
    std::shared_ptr<const Workspace> workspace;
    std::optional<view::IncidentRow> imported; ///< of one that was: the log was written long after it, and has no State of that moment
};

/// Views of the moments of one incident. A step costs what happened between, and what is shown. One thread.
class Moments {
public:
    static constexpr std::size_t kKept = 12; ///< for going back and forth

    /// The stretch, wound; none for an incident that was imported.
    void begin(std::optional<Reel> reel);
    void forget();
    [[nodiscard]] bool hasReel() const { return m_reel.has_value(); }
    [[nodiscard]] const Reel &reel() const { return *m_reel; }
    /// The reel, or the incident's lines, are there.
    [[nodiscard]] view::ViewModelPtr at(const PastWant &want);
    /// All that fired in it; null for whoever looks as somebody else, to whom it is not sealed.
    [[nodiscard]] std::shared_ptr<const std::vector<view::AlertSpan>> spans(const PastWant &want);

private:
    void tellOf(const PastWant &want);

    struct Kept {
        QString alert;               ///< whose detail is in it
        view::ViewModelPtr view;
    };
    std::optional<Reel> m_reel;
    ViewBuilder m_builder;
    std::optional<Telling> m_telling;
    bool m_tellsAlerts = false;
    std::shared_ptr<const view::Cast> m_cast;
    view::Nameless m_nobody, m_unknown; ///< where nobody is named, and where who is known is
    std::deque<Kept> m_kept;
    std::shared_ptr<const std::vector<view::AlertSpan>> m_spans;
};

} // namespace qd::seat
