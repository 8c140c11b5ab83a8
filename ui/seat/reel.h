// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/link/protocol.h"
#include "core/state/state.h"
#include "ui/view/review.h"
#include "ui/view/timeline.h"
#include "ui/view/viewmodel.h"

#include <map>
#include <string>
#include <vector>

namespace qd::seat {

/// An alert as the whole stretch knows it.
struct ReelAlert {
    QString title, service;
    AlertSeverity severity = AlertSeverity::Unknown;
    Instant from, to;                    ///< to: none while it fires at the end of the stretch
};

/// A stretch of the log in memory, folded to any instant of it: the next record by folding on, one before by folding from the mark before
/// it. One thread.
class Reel {
public:
    static constexpr std::size_t kMarks = 24;          ///< a mark is a whole State, but for texts and incidents
    static constexpr std::size_t kMarkEvery = 128;     ///< records between two marks, at least
    static constexpr std::size_t kRecords = 400'000, kEvents = 2'000'000; ///< of one stretch

    explicit Reel(state::State base);

    /// The record after the last one. False: the reel is full.
    bool add(desk::RecordPtr record);
    /// Everything is there: folds it once, makes the marks and learns what fired.
    void wind();

    /// After the last record not after this instant; at least what the reel begins with. Stays as it is until the next call.
    [[nodiscard]] const state::State &at(Instant instant);
    [[nodiscard]] std::size_t recordsBefore(Instant instant) const; ///< how many records are not after it
    [[nodiscard]] const std::map<std::string, ReelAlert> &alerts() const { return m_alerts; }
    [[nodiscard]] std::uint64_t lastSeq() const { return m_records.empty() ? m_baseSeq : m_records.back()->seq; }
    [[nodiscard]] Instant last() const { return m_times.empty() ? Instant{} : m_times.back(); }
    [[nodiscard]] std::size_t size() const { return m_records.size(); }
    [[nodiscard]] std::uint64_t folded() const { return m_folded; } ///< records folded so far: what it cost

private:
    void foldTo(std::size_t count);
    void learnAlerts();

    std::uint64_t m_baseSeq = 0;
    std::vector<desk::RecordPtr> m_records;
    std::vector<Instant> m_times;        ///< of each record, never going back
    std::size_t m_events = 0, m_markEvery = kMarkEvery;
    state::State m_state;                ///< after the first m_at records
    std::size_t m_at = 0;
    std::map<std::size_t, state::State> m_marks;
    std::map<std::string, ReelAlert> m_alerts; ///< by key
    std::uint64_t m_folded = 0;
};

/// What had happened, or was known, by the moment of the point: whether this line is one of it.
[[nodiscard]] bool isVisible(const view::EvidenceRow &row, Instant at, view::PastClock clock);

/// Makes a view of a moment what it was by `point.clock`, beyond what the State of that moment knew: lines, changes and alerts that were so
/// and became known later, and, of an incident that was `imported`, all of them by either clock.
void tellPast(view::ViewModel &out, const view::PastPoint &point, const view::Evidence *evidence, const std::map<std::string, ReelAlert> *alerts, bool imported);

} // namespace qd::seat
