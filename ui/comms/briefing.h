// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <vector>

namespace qd::comms {

/// The incident briefing, ICS-201: what whoever takes over must see on one or two printed pages. Made from the view alone.
struct BriefingBlock {
    QString title;
    QStringList lines; ///< plain text
};
struct Briefing {
    QString incident, title;
    std::vector<BriefingBlock> blocks; ///< in the form's order
    enum class Form : std::uint8_t { Briefing201, ActivityLog214 };
    Form form = Form::Briefing201;
    DataClass clearance = DataClass::Internal; ///< what paper that goes from hand to hand may hold of it
};
/// `by`: who prepares it. Times are UTC and say so; what there is nothing of says so, too.
[[nodiscard]] Briefing briefingOf(const view::ViewModel &view, Instant now, const QString &by);

/// The activity log, ICS-214: who had which role and what was done, as the core writes it (an item of its list unitlogs).
[[nodiscard]] Briefing activityLogOf(const QJsonObject &item);

/// Marked parts that are holes in what is printed.
[[nodiscard]] int holesIn(const Briefing &briefing);
/// As a PDF, A4. Any thread.
[[nodiscard]] QByteArray pdfOf(const Briefing &briefing);
/// "INC-7-briefing-20261129-1420.pdf", "INC-7-activity-log-…"
[[nodiscard]] QString fileNameOf(const Briefing &briefing, Instant now);

} // namespace qd::comms
