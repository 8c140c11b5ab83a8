// SPDX-License-Identifier: GPL-3.0-or-later
// What was written where too many can read it gets its class afterwards.
#include "ui/timeline/timelineview.h"

#include "ui/timeline/classdialog.h"
#include "ui/timeline/timelinecanvas.h"

#include <QJsonArray>
#include <QPointer>
#include <algorithm>

namespace qd::timeline {

void TimelineView::classLine()
{
    const QString id = m_canvas->selected();
    const auto line = std::find_if(m_view->timeline.begin(), m_view->timeline.end(), [&](const view::TimelineEntry &e) { return e.id == id; });
    const QString incident = id.section(QLatin1Char('/'), 0, 0);
    const bool isOfNone = incident == QLatin1String("log") || incident == QLatin1String("change");
    if (id.isEmpty() || isOfNone || line == m_view->timeline.end() || line->record.isEmpty()) {
        Q_EMIT refused(tr("Choose a line of the incident that is to be classed. What stands in a section of the review is marked there."));
        return;
    }
    QStringList words;
    for (const view::TimelineEntry &each : m_view->timeline)
        if (each.record == line->record && !each.isSecret() && !each.removed)
            words << each.text;
    auto *dialog = new ClassDialog(m_theme, *m_view, incident, line->record, words, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setUnrecorded(!m_view->strip.recorded);
    connect(dialog, &widgets::FormDialog::submitted, this, [this, dialog = QPointer<ClassDialog>(dialog)] {
        m_source.command(QStringLiteral("incident.classify"), dialog->arguments(), [dialog, self = QPointer<TimelineView>(this)](bool done, const QString &sentence, const QJsonObject &result) {
            if (dialog && done)
                dialog->accept();
            else if (dialog)
                dialog->refuse(sentence);
            if (!self || !done)
                return;
            QStringList said{tr("It is classed.")};
            for (const QJsonValue &note : result.value(QLatin1String("notes")).toArray())
                said << note.toString(); // where it stands already, in the core's words
            Q_EMIT self->told(said.join(QLatin1Char(' ')));
        });
    });
    dialog->open();
}

} // namespace qd::timeline
