// SPDX-License-Identifier: GPL-3.0-or-later
// A line of the log is put otherwise by whoever wrote it.
#include "ui/timeline/timelineview.h"

#include "ui/timeline/revisedialog.h"
#include "ui/timeline/timelinecanvas.h"

#include <QPointer>
#include <algorithm>

namespace qd::timeline {

void TimelineView::revise()
{
    const QString id = m_canvas->selected();
    const auto line = std::find_if(m_view->timeline.begin(), m_view->timeline.end(), [&](const view::TimelineEntry &e) { return e.id == id; });
    if (id.isEmpty() || line == m_view->timeline.end() || line->own.isEmpty() || m_view->focus.isEmpty()) {
        Q_EMIT refused(tr("Choose a line of the log that you wrote; what others wrote, and what else was recorded, stands."));
        return;
    }
    auto *dialog = new ReviseDialog(m_theme, m_view->focus, *line, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setUnrecorded(!m_view->strip.recorded);
    connect(dialog, &widgets::FormDialog::submitted, this, [this, dialog = QPointer<ReviseDialog>(dialog)] {
        m_source.command(QStringLiteral("incident.revise"), dialog->arguments(), [dialog, self = QPointer<TimelineView>(this)](bool done, const QString &sentence, const QJsonObject &) {
            if (dialog && done)
                dialog->accept();
            else if (dialog)
                dialog->refuse(sentence);
            if (self && done)
                Q_EMIT self->told(tr("The line reads otherwise; what it said stays with it."));
        });
    });
    dialog->open();
}

} // namespace qd::timeline
