// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/wallview.h"

#include "ui/wall/bands.h"
#include "ui/wall/brush.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QScreen>

namespace qd::wall {

using style::Tone;

namespace {

/// The share of a font's size that its capitals are high.
double capShareOf(QFont font)
{
    constexpr int kMeasured = 200;
    font.setPixelSize(kMeasured);
    const double share = QFontMetricsF(font).capHeight() / kMeasured;
    return share > 0.3 && share < 1 ? share : 0.7;
}

} // namespace

WallView::WallView(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAccessibleName(tr("Wall"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setCursor(Qt::BlankCursor);
    setFocusPolicy(Qt::StrongFocus); // the keys of the window go on working; nothing here takes one
    setMinimumSize(1, 1);
    connect(&theme, &style::Theme::changed, this, qOverload<>(&QWidget::update));
}

void WallView::setViewing(const Viewing &said)
{
    m_said = said;
    update();
}

Viewing WallView::viewing() const
{
    return completed(m_said, screen()->physicalSize());
}

Sizes WallView::sizes() const
{
    return sizesFor(viewing(), QSizeF(screen()->size()), capShareOf(m_theme.font(style::Type::Body)));
}

QFont WallView::fontOf(int pixels, int weight) const
{
    QFont font = m_theme.font(style::Type::Body);
    font.setPixelSize(pixels);
    font.setWeight(static_cast<QFont::Weight>(weight));
    return font;
}

Lines WallView::lines() const
{
    const Sizes s = sizes();
    const auto height = [&](int pixels) { return QFontMetricsF(fontOf(pixels)).height(); };
    return {height(s.clock) * 1.05, height(s.title) * 1.08, height(s.text) * 1.05, height(s.label) * 1.1, s.text * 0.55};
}

double WallView::margin() const
{
    return std::max<double>(2 * kDriftMost, sizes().text * 0.6);
}

void WallView::show(const view::ViewModelPtr &view, Instant now)
{
    m_view = view;
    setNow(now);
}

void WallView::setNow(Instant now)
{
    m_now = now;
    if (m_view == nullptr || !isVisible()) // nothing is made that nobody sees
        return;
    m_content = contentOf(*m_view, now);
    if (const QString words = spoken(m_content).join(QStringLiteral(". ")); words != accessibleDescription())
        setAccessibleDescription(words);
    update();
}

void WallView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    setNow(m_now);
}

Plan WallView::plan() const
{
    return planOf(height() - margin(), lines(), static_cast<int>(m_content.incidents.size()), static_cast<int>(m_content.lines.size()), static_cast<int>(m_content.promises.size()),
                  isNarrow(width() - 2 * margin(), lines()) && m_content.services > 0);
}

void WallView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Tone::Base));
    painter.translate(driftAt(m_now));
    Brush brush(painter, m_theme, m_leastPixels, m_painted);
    const Sizes s = sizes();
    const double side = margin();
    const Fonts fonts{fontOf(s.clock, QFont::DemiBold), fontOf(s.title, QFont::DemiBold), fontOf(s.text), fontOf(s.text, QFont::DemiBold), fontOf(s.label, QFont::DemiBold), lines()};
    paintBands(brush, fonts, plan(), m_content, QRectF(side, side / 2, width() - 2 * side, height() - side));
}

} // namespace qd::wall
