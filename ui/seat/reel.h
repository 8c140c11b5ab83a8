// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/link/protocol.h"
#include "core/state/state.h"

#include <QString>
#include <map>
#include <string>
#include <vector>

namespace qd::seat {

/// An alert as the whole stretch knows it.
struct ReelAlert {
    /// Once that it fired.
    struct Fired {
        Instant from, known;             ///< known: when the first report of it came; never before `from`
        Instant to;                      ///< none while it fires at the end of the stretch
        std::uint32_t occurrence = 1;
        [[nodiscard]] bool isAt(Instant at) const { return from <= at && (!to || to > at); }
    };
    QString title, service;
    AlertSeverity severity = AlertSeverity::Unknown;
    std::vector<Fired> fired;            ///< in the order in which it did
    /// How it fired at that moment, whoever knew of it; null: it did not.
    [[nodiscard]] const Fired *at(Instant at) const;
};

/// A stretch of the log in memory, folded to any instant of it: the next record by folding on, one before by folding from the mark before
/// it. Neither costs by how long the record of an incident is. One thread.
class Reel {
public:
    static constexpr std::size_t kMarks = 24;          ///< at least, where there are records enough: a mark is a whole State, but for texts and the lines of incidents …
    static constexpr std::size_t kMarksMost = 192;     ///< … and at most
    static constexpr std::size_t kMarkEvery = 128;     ///< records between two marks, at least
    static constexpr std::size_t kAlertsInMarks = 300'000; ///< of all marks together, beyond kMarks of them
    static constexpr std::size_t kRecords = 400'000, kEvents = 2'000'000; ///< of one stretch

    explicit Reel(state::State base, std::size_t records = kRecords);

    /// The record after the last one. False: the reel is full, and has it not.
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
    void thinMarks();
    void learnAlerts();                  ///< all there are …
    void learnAlert(const state::Alert &alert);
    void learnFrom(const desk::Record &record); ///< … or those that began or ended in a record

    std::uint64_t m_baseSeq = 0;
    std::size_t m_most = kRecords;
    std::vector<desk::RecordPtr> m_records;
    std::vector<Instant> m_times;        ///< of each record, never going back
    std::size_t m_events = 0, m_markEvery = kMarkEvery;
    state::State m_state;                ///< after the first m_at records
    std::size_t m_at = 0;
    std::map<std::size_t, state::State> m_marks;
    std::map<std::string, ReelAlert> m_alerts; ///< by key
    std::map<std::pair<Symbol, std::uint64_t>, ReelAlert *> m_known; ///< into m_alerts, while it is wound
    std::uint64_t m_folded = 0;
};

} // namespace qd::seat
