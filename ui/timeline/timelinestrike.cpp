// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the record and should not, such as a password, is struck.
#include "ui/timeline/timelineview.h"

#include "ui/timeline/strikedialog.h"
#include "ui/timeline/timelinecanvas.h"

#include <QPointer>
#include <algorithm>

namespace qd::timeline {

void TimelineView::strike()
{
    const QString id = m_canvas->selected();
    const auto line = std::find_if(m_view->timeline.begin(), m_view->timeline.end(), [&](const view::TimelineEntry &e) { return e.id == id; });
    if (id.isEmpty() || line == m_view->timeline.end() || line->record.isEmpty()) {
        Q_EMIT refused(tr("Choose a line whose text is to be struck, or one that says which record holds a secret. What stands in a section of the review is taken out there."));
        return;
    }
    // A line that names a record is about another's words; those are what will be gone.
    QStringList words;
    for (const view::TimelineEntry &each : m_view->timeline)
        if (each.record == line->record && !each.isSecret() && !each.removed)
            words << each.text;
    const QString of = line->id.section(QLatin1Char('/'), 0, 0), incident = of == QLatin1String("log") || of == QLatin1String("change") ? QString() : of;
    auto *dialog = new StrikeDialog(m_theme, incident, line->record, words.join(QLatin1Char('\n')), line->isSecret(), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setUnrecorded(!m_view->strip.recorded);
    connect(dialog, &widgets::FormDialog::submitted, this, [this, dialog = QPointer<StrikeDialog>(dialog)] {
        m_source.command(QStringLiteral("keeping.strike"), dialog->arguments(), [dialog, self = QPointer<TimelineView>(this)](bool done, const QString &sentence, const QJsonObject &) {
            if (dialog && done)
                dialog->accept();
            else if (dialog)
                dialog->refuse(sentence);
            if (self && done)
                Q_EMIT self->told(tr("It is struck. A password that stood there is changed where it is used, and taken out of the room."));
        });
    });
    dialog->open();
}

} // namespace qd::timeline
