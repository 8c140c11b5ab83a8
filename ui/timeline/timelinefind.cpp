// SPDX-License-Identifier: GPL-3.0-or-later
// What is looked for in the timeline, and how one walks from one to the next.
#include "ui/timeline/timelineview.h"

#include "ui/timeline/kindbar.h"
#include "ui/timeline/timelinecanvas.h"
#include "ui/timeline/timelinemodel.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/twintable.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>

namespace qd::timeline {

namespace {
constexpr int kFindLetters = 200;
}

void TimelineView::makeFind()
{
    m_find->setPlaceholderText(tr("find in the timeline"));
    m_find->setAccessibleName(tr("Find in the timeline"));
    m_find->setMaxLength(kFindLetters);
    m_find->setClearButtonEnabled(true);
    m_find->setMinimumWidth(20 * m_theme.step());
    m_find->setMaximumWidth(40 * m_theme.step()); // beside it stands of when the timeline is
    m_find->installEventFilter(this);
    m_find->hide();
    m_header->addWidget(m_find);
    m_header->addWidget(m_count);
    const auto here = [this](const QString &name, const QKeySequence &key, auto what) {
        connect(add(this, name, {key}, Qt::WidgetWithChildrenShortcut), &QAction::triggered, this, what);
    };
    here(tr("Timeline: find"), QKeySequence(Qt::CTRL | Qt::Key_F), [this] { openFind(true); });
    here(tr("Timeline: next found"), QKeySequence(Qt::Key_F3), [this] { walkFound(1); });
    here(tr("Timeline: previous found"), QKeySequence(Qt::SHIFT | Qt::Key_F3), [this] { walkFound(-1); });
    connect(m_find, &QLineEdit::textChanged, this, &TimelineView::look);
}

bool TimelineView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_find || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Escape: openFind(false); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: walkFound(key->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1); return true;
    case Qt::Key_Down: walkFound(1); return true;
    case Qt::Key_Up: walkFound(-1); return true;
    default: return QWidget::eventFilter(watched, event);
    }
}

void TimelineView::openFind(bool open)
{
    if (!open)
        m_find->clear();
    m_find->setVisible(open);
    if (open) {
        m_find->setFocus(Qt::ShortcutFocusReason);
        m_find->selectAll();
    } else if (isAncestorOf(focusWidget()) || focusWidget() == nullptr) {
        (isTable() ? static_cast<QWidget *>(m_table) : m_canvas)->setFocus(Qt::ShortcutFocusReason);
    }
    showCount();
}

void TimelineView::look()
{
    m_at.clear();
    m_found = findIn(*m_view, m_find->text(), m_kinds->filter());
    m_canvas->setFound(m_found, {});
    showCount();
}

void TimelineView::walkFound(int direction)
{
    if (m_find->isHidden())
        return openFind(true);
    // From what was found last, else from what is chosen, else from now backwards, as one remembers.
    const int next = nextFound(m_found, m_at.isEmpty() ? m_canvas->selected() : m_at, m_canvas->moment(), m_at.isEmpty() && m_canvas->selected().isEmpty() ? -1 : direction);
    if (next < 0)
        return showCount();
    const Found &found = m_found[static_cast<std::size_t>(next)];
    m_at = found.id;
    m_canvas->setFound(m_found, m_at);
    m_canvas->reveal(found.at);
    if (!found.isAlert)
        m_canvas->select(found.id);
    if (isTable())
        m_table->keepCurrent(m_model->rowOf(found.id), 0);
    showCount();
}

void TimelineView::showCount()
{
    const auto at = std::find_if(m_found.begin(), m_found.end(), [this](const Found &f) { return f.id == m_at; });
    if (m_find->isHidden() || m_find->text().trimmed().isEmpty())
        m_count->setPlain({});
    else if (m_found.empty())
        m_count->setPlain(tr("nothing found"));
    else if (at == m_found.end())
        m_count->setPlain(tr("%Ln found", nullptr, static_cast<int>(m_found.size())));
    else
        m_count->setPlain(tr("%1 of %2").arg(at - m_found.begin() + 1).arg(m_found.size()));
    m_find->setAccessibleDescription(m_count->plain());
}

} // namespace qd::timeline
