// SPDX-License-Identifier: GPL-3.0-or-later
// Files that came with a chat message: fetched by the core from the platform and kept as evidence, when somebody asks.
#include "ui/timeline/timelineview.h"

#include "ui/timeline/timelinecanvas.h"

#include <QJsonObject>
#include <QPointer>
#include <algorithm>

namespace qd::timeline {

void TimelineView::keepFiles()
{
    const QString id = m_canvas->selected();
    const auto entry = std::find_if(m_view->timeline.begin(), m_view->timeline.end(), [&](const view::TimelineEntry &e) { return e.id == id; });
    if (id.isEmpty() || entry == m_view->timeline.end() || entry->message.isEmpty()) {
        Q_EMIT refused(tr("Choose a chat message that came with a file."));
        return;
    }
    static const QString kFile = QStringLiteral("[file: "); // a line of its own each, as the core writes it
    const QStringList lines = entry->text.split(QLatin1Char('\n'));
    const auto files = static_cast<int>(std::count_if(lines.begin(), lines.end(), [](const QString &line) { return line.startsWith(kFile); }));
    if (files == 0 || m_view->focus.isEmpty()) {
        Q_EMIT refused(tr("That message came with no file."));
        return;
    }
    Q_EMIT told(tr("Asking the chat platform for %Ln file(s)…", nullptr, files));
    keepFile(m_view->focus, entry->message, 1, files);
}

void TimelineView::keepFile(const QString &incident, const QString &message, int file, int files)
{
    m_source.command(QStringLiteral("evidence.fetch"), {{QStringLiteral("incident"), incident}, {QStringLiteral("message"), message}, {QStringLiteral("file"), file}},
                     [self = QPointer<TimelineView>(this), incident, message, file, files](bool done, const QString &sentence, const QJsonObject &) {
                         if (!self)
                             return;
                         if (!done)
                             Q_EMIT self->refused(sentence);
                         else if (file < files)
                             self->keepFile(incident, message, file + 1, files);
                         else
                             Q_EMIT self->told(tr("%Ln file(s) kept as evidence of %1, sealed in its record.", nullptr, files).arg(incident));
                     });
}

} // namespace qd::timeline
