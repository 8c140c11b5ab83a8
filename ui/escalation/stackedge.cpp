// SPDX-License-Identifier: GPL-3.0-or-later
// The lower edge of the stack: what is below it is named, and no row is cut in two by it.
#include "ui/escalation/commandstack.h"

#include "ui/escalation/stacksection.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/sectionheader.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::escalation {

QString CommandStack::below() const
{
    const QScrollBar *bar = m_scroll->verticalScrollBar();
    if (m_scroll->isHidden() || bar->value() >= bar->maximum())
        return {};
    const int bottom = bar->value() + m_scroll->viewport()->height();
    QStringList cut;
    for (const QString &id : m_order) {
        const StackSection *section = m_sections.value(id);
        if (section != nullptr && !section->isHidden() && section->geometry().bottom() > bottom && !cut.contains(section->accessibleName()))
            cut << section->accessibleName();
    }
    return cut.join(QStringLiteral(" · "));
}

void CommandStack::showEdge()
{
    const QString what = below();
    m_edge->setPlain(what.isEmpty() ? QString() : QStringLiteral("▾ ") + what);
    // It stays as long as there is something to scroll, so that reaching the end moves nothing.
    const bool scrolls = m_scroll->verticalScrollBar()->maximum() > 0 && !m_scroll->isHidden();
    m_edge->setVisible(scrolls);
    m_edgeRule->setVisible(scrolls);
    coverCut();
}

void CommandStack::coverCut()
{
    m_column->activate(); // where the rows stand now
    const int top = m_scroll->verticalScrollBar()->value(), bottom = top + m_scroll->viewport()->height();
    int cut = bottom;
    const auto look = [&](const QWidget &part, int from) {
        const int at = part.mapTo(m_content, QPoint(0, 0)).y();
        if (at < bottom && at + part.height() > bottom)
            cut = std::min(cut, from);
    };
    for (const QString &id : m_order) {
        StackSection *section = m_sections.value(id);
        if (section == nullptr || section->isHidden())
            continue;
        look(section->header(), section->y());
        for (qsizetype n = 0; n < section->rows().size(); ++n) {
            const StackRow *row = section->rows()[n];
            look(*row, n == 0 ? section->y() : row->mapTo(m_content, QPoint(0, 0)).y()); // a head alone says nothing
        }
    }
    // What is taller than the panel is seen as far as it goes.
    m_cover->setVisible(cut < bottom && cut > top);
    m_cover->setGeometry(0, cut - top, m_scroll->viewport()->width(), bottom - cut);
    m_cover->raise();
}

QRect CommandStack::covered() const
{
    return m_cover->isHidden() ? QRect() : m_cover->geometry();
}

} // namespace qd::escalation
