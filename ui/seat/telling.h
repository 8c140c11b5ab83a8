// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/workspace.h"
#include "core/rebuild/told.h"
#include "ui/seat/reel.h"
#include "ui/view/viewmodel.h"

#include <memory>
#include <utility>
#include <vector>

namespace qd::seat {

/// What had happened, or was known, by the moment of the point: whether this line is one of it.
[[nodiscard]] bool isVisible(const view::EvidenceRow &row, Instant at, view::PastClock clock);

/// Makes views of moments what they were by either clock, beyond what the State of the moment knew: lines, changes and alerts that were so and
/// became known later, and, of an incident that was imported, all of them, and its severity, status and roles as far as its files tell; what they do
/// not tell is marked so, and never what is true of it today. Made once of what there is; what it tells costs by what is shown,
/// never by how long the record is.
class Telling {
public:
    static constexpr std::size_t kLines = 2000;  ///< the newest, as in a view of the present

    /// `evidence` may be null. `incident`: of one that was imported, as it is now, which the State of no moment knew.
    Telling(std::shared_ptr<const view::Evidence> evidence, const std::map<std::string, ReelAlert> *alerts, const view::IncidentRow *imported);

    [[nodiscard]] const std::shared_ptr<const view::Evidence> &evidence() const { return m_evidence; }
    void tell(view::ViewModel &out, const view::PastPoint &point, const Workspace &workspace) const;
    /// All that fired in the stretch, the worst of it where that is much, by when it began.
    [[nodiscard]] std::shared_ptr<const std::vector<view::AlertSpan>> spans() const;

private:
    [[nodiscard]] std::vector<std::uint32_t> visible(Instant at, view::PastClock clock) const;
    void tellStanding(view::ViewModel &out, const view::PastPoint &point) const;

    struct Known {
        QString key;
        ReelAlert alert;
    };
    std::shared_ptr<const view::Evidence> m_evidence;
    std::vector<Instant> m_was, m_known;         ///< ascending: of each row of the evidence's order, of each of m_byKnown
    std::vector<std::uint32_t> m_byKnown;        ///< places in the evidence's order
    std::vector<Known> m_alerts;
    bool m_isImported = false;
    view::IncidentRow m_incident;
    rebuild::ToldStanding m_told;                ///< of one that was imported
};

} // namespace qd::seat
