// SPDX-License-Identifier: GPL-3.0-or-later
// A line of the record, mostly a message of the chat, becomes a task or a decision.
#include "ui/timeline/timelineview.h"

#include "ui/timeline/timelinecanvas.h"
#include "ui/view/sealed.h"

#include <algorithm>

namespace qd::timeline {

namespace {
constexpr qsizetype kWordsTaken = 300; ///< letters of the line that are put into the instrument
} // namespace

void TimelineView::makeFrom(const QString &sign)
{
    const QString id = m_canvas->selected();
    const auto line = std::find_if(m_view->timeline.begin(), m_view->timeline.end(), [&](const view::TimelineEntry &e) { return e.id == id; });
    if (id.isEmpty() || line == m_view->timeline.end() || line->removed || line->reference.isEmpty() || m_view->focus.isEmpty()) {
        Q_EMIT refused(tr("Choose a line of the incident's record first: a task or a decision is made from its words."));
        return;
    }
    if (!view::sealedIn(line->text).isEmpty()) {
        Q_EMIT refused(tr("Words of that line are sealed; reveal them, or write in your own what is to be done."));
        return;
    }
    Q_EMIT lineRequested(sign + QLatin1Char(' ') + line->text.simplified().left(kWordsTaken), line->reference);
}

} // namespace qd::timeline
