// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/readingbox.h"

#include "ui/widgets/plaintext.h"

#include <QTextBlock>
#include <QTextLayout>
#include <algorithm>
#include <cmath>

namespace qd::widgets {

namespace {
constexpr int kUsualWidth = 90, kLeastWidth = 40; ///< in steps of the grid
}

ReadingBox::ReadingBox(const style::Theme &theme, const QString &text, QWidget *parent, int mostLines)
    : QPlainTextEdit(parent)
    , m_theme(theme)
    , m_mostLines(std::max(1, mostLines))
{
    setReadOnly(true);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setPlain(text);
}

void ReadingBox::setPlain(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    QPlainTextEdit::setPlainText(softWrapped(text));
    updateGeometry();
}

int ReadingBox::linesAt(int width) const
{
    const double room = width - 2 * frameWidth() - 2 * document()->documentMargin();
    int lines = 0;
    QTextOption option = document()->defaultTextOption();
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    for (QTextBlock block = document()->begin(); block.isValid() && lines < m_mostLines; block = block.next()) {
        QTextLayout layout(block.text(), font());
        layout.setTextOption(option);
        layout.beginLayout();
        int here = 0;
        for (QTextLine line = layout.createLine(); line.isValid() && lines + here < m_mostLines; line = layout.createLine()) {
            line.setLineWidth(std::max(1.0, room));
            ++here;
        }
        layout.endLayout();
        lines += std::max(1, here);
    }
    return std::clamp(lines, 1, m_mostLines);
}

int ReadingBox::heightOf(int lines) const
{
    // A margin more than the two that are seen, and a pixel: with less Qt takes the last line for one that has to be scrolled to.
    return static_cast<int>(std::ceil(lines * QFontMetricsF(font()).lineSpacing() + 3 * document()->documentMargin())) + 1 + 2 * frameWidth();
}

int ReadingBox::heightForWidth(int width) const
{
    return heightOf(linesAt(width));
}

QSize ReadingBox::sizeHint() const
{
    const int width = kUsualWidth * m_theme.step();
    return {width, heightForWidth(width)};
}

QSize ReadingBox::minimumSizeHint() const
{
    return {kLeastWidth * m_theme.step(), heightOf(1)};
}

} // namespace qd::widgets
