// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/redlineview.h"

#include <QFontMetrics>
#include <QTextBlock>
#include <QTextCursor>
#include <algorithm>

namespace qd::comms {

using style::Tone;
using style::Type;

RedlineView::RedlineView(const style::Theme &theme, int mostLines, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_theme(theme)
    , m_mostLines(mostLines)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setAccessibleName(tr("What is new"));
    connect(&theme, &style::Theme::changed, this, &RedlineView::write);
}

void RedlineView::setPieces(const std::vector<Piece> &pieces)
{
    if (pieces == m_pieces)
        return;
    m_pieces = pieces;
    write();
    updateGeometry();
}

void RedlineView::write()
{
    m_marked = QString::fromStdString(comms::toText(m_pieces));
    setAccessibleDescription(m_marked);
    setFont(m_theme.font(Type::Small));
    clear();
    QTextCursor cursor(document());
    for (const Piece &p : m_pieces) {
        QTextCharFormat format; // formats of our own on plain text: nothing in it is markup
        format.setForeground(m_theme.color(p.change == Change::Same ? Tone::Secondary : p.change == Change::Added ? Tone::Text : Tone::Secondary));
        format.setFontUnderline(p.change == Change::Added);
        format.setFontStrikeOut(p.change == Change::Removed);
        if (p.change == Change::Added)
            format.setFontWeight(QFont::DemiBold);
        cursor.insertText(QString::fromStdString(p.text), format);
    }
    moveCursor(QTextCursor::Start);
}

QSize RedlineView::sizeHint() const
{
    int lines = 0;
    for (QTextBlock b = document()->begin(); b.isValid(); b = b.next())
        lines += std::max(1, b.lineCount());
    const int line = QFontMetrics(m_theme.font(Type::Small)).lineSpacing();
    return {60 * m_theme.step(), std::clamp(lines, 1, m_mostLines) * line + 3 * m_theme.step()};
}

QSize RedlineView::minimumSizeHint() const
{
    return {20 * m_theme.step(), QFontMetrics(m_theme.font(Type::Small)).lineSpacing() + 3 * m_theme.step()};
}

} // namespace qd::comms
