// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/phrase.h"

#include "ui/widgets/plaintext.h"

#include <QFontMetrics>
#include <QPainter>

namespace qd::widgets {

Phrase::Phrase(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    connect(&theme, &style::Theme::changed, this, [this] { updateGeometry(); update(); });
}

void Phrase::say(std::vector<Run> runs)
{
    if (runs == m_runs)
        return;
    const int before = fullWidth();
    m_runs = std::move(runs);
    setAccessibleName(plain());
    // A ticking clock keeps its width; only a real change lays the strip out again.
    if (fullWidth() != before)
        updateGeometry();
    update();
}

QString Phrase::plain() const
{
    QString text;
    for (const Run &run : m_runs)
        text += run.text;
    return text;
}

void Phrase::setElidable(int leastCharacters)
{
    m_least = leastCharacters;
    setSizePolicy(leastCharacters > 0 ? QSizePolicy::Maximum : QSizePolicy::Fixed, QSizePolicy::Preferred);
    updateGeometry();
}

int Phrase::fullWidth() const
{
    int width = 0;
    for (const Run &run : m_runs)
        width += QFontMetrics(m_theme.font(run.type)).horizontalAdvance(run.text);
    return width;
}

QSize Phrase::sizeHint() const
{
    int height = 0;
    for (const Run &run : m_runs)
        height = std::max(height, QFontMetrics(m_theme.font(run.type)).height());
    return {fullWidth() + 1, height};
}

QSize Phrase::minimumSizeHint() const
{
    QSize hint = sizeHint();
    if (m_least > 0)
        hint.setWidth(std::min(hint.width(), QFontMetrics(m_theme.font(style::Type::Body)).averageCharWidth() * m_least));
    return hint;
}

void Phrase::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    // One baseline for all runs, whatever their size.
    int ascent = 0, descent = 0;
    for (const Run &run : m_runs) {
        const QFontMetrics metrics(m_theme.font(run.type));
        ascent = std::max(ascent, metrics.ascent());
        descent = std::max(descent, metrics.descent());
    }
    const int baseline = (height() - ascent - descent) / 2 + ascent;
    int x = 0;
    bool cut = false;
    for (const Run &run : m_runs) {
        if (cut)
            break;
        const QFont font = m_theme.font(run.type);
        const QFontMetrics metrics(font);
        QString text = run.text;
        if (x + metrics.horizontalAdvance(text) > width()) {
            text = metrics.elidedText(text, Qt::ElideRight, width() - x);
            cut = true;
        }
        painter.setFont(font);
        painter.setPen(m_theme.color(run.tone));
        painter.drawText(x, baseline, text);
        x += metrics.horizontalAdvance(text);
    }
    if (cut != !toolTip().isEmpty())
        setPlainToolTip(this, cut ? plain() : QString());
}

} // namespace qd::widgets
