// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/plannerstrip.h"

#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace qd::escalation {

using style::Tone;
using style::Type;

PlannerStrip::PlannerStrip(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("On call, the next 24 hours"));
    connect(&theme, &style::Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void PlannerStrip::show(Planner planner)
{
    m_planner = std::move(planner);
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(m_planner.rows.size()) - 1));
    m_bar = 0;
    setAccessibleDescription(currentText());
    updateGeometry();
    update();
}

QString PlannerStrip::currentText() const
{
    if (m_planner.rows.empty())
        return {};
    const PlannerRow &row = m_planner.rows[static_cast<std::size_t>(m_current)];
    const PlannerBar *bar = currentBar();
    if (bar == nullptr || row.bars.size() < 2)
        return rowText(row);
    const QString who = bar->isGap() ? tr("nobody") : bar->who.join(QStringLiteral(", "));
    return rowText(row) + QStringLiteral("  ▸ ") + tr("chosen: %1, %2 until %3 UTC").arg(who, widgets::utcMinutes(bar->from), widgets::utcMinutes(bar->until));
}

const PlannerBar *PlannerStrip::currentBar() const
{
    if (m_planner.rows.empty())
        return nullptr;
    const auto &bars = m_planner.rows[static_cast<std::size_t>(m_current)].bars;
    return bars.empty() ? nullptr : &bars[static_cast<std::size_t>(std::clamp(m_bar, 0, static_cast<int>(bars.size()) - 1))];
}

std::optional<Shift> PlannerStrip::currentShift() const
{
    const PlannerBar *bar = currentBar();
    if (bar == nullptr)
        return std::nullopt;
    const PlannerRow &row = m_planner.rows[static_cast<std::size_t>(m_current)];
    if (!row.person)
        return Shift{row.id, row.name, row.zone, bar->from, bar->until, bar->ids};
    // A person's shift is of a schedule, and they have it.
    return bar->ids.isEmpty() ? std::nullopt : std::optional(Shift{bar->ids.front(), bar->who.front(), {}, bar->from, bar->until, {row.id}});
}

int PlannerStrip::rowHeight() const { return 2 * QFontMetrics(m_theme.font(Type::Body)).height() + 2 * m_theme.step(); }
int PlannerStrip::headHeight() const { return QFontMetrics(m_theme.font(Type::Small)).height() + 3 * m_theme.step(); }
int PlannerStrip::sectionHeight() const { return QFontMetrics(m_theme.font(Type::Heading)).height() + 3 * m_theme.step(); }

double PlannerStrip::left() const
{
    const QFontMetricsF name(m_theme.font(Type::Strong)), zone(m_theme.font(Type::Small));
    double widest = 0;
    for (const PlannerRow &row : m_planner.rows)
        widest = std::max({widest, name.horizontalAdvance(row.name), zone.horizontalAdvance(row.local + QStringLiteral("  ") + row.zone)});
    return std::min(widest + 7 * m_theme.step(), width() * 0.3);
}

double PlannerStrip::right() const { return width() - 4 * m_theme.step(); }

QRectF PlannerStrip::rowBox(int row) const
{
    const int sections = row >= m_planner.schedules ? 2 : 1;
    return {0, static_cast<double>(headHeight() + sections * sectionHeight() + row * rowHeight()), static_cast<double>(width()), static_cast<double>(rowHeight())};
}

QSize PlannerStrip::sizeHint() const
{
    const int rows = static_cast<int>(m_planner.rows.size());
    return {m_theme.step() * 250, headHeight() + 2 * sectionHeight() + rows * rowHeight() + 2 * m_theme.step()};
}

QSize PlannerStrip::minimumSizeHint() const { return {m_theme.step() * 100, sizeHint().height()}; }

int PlannerStrip::rowAt(const QPointF &at) const
{
    for (int row = 0; row < static_cast<int>(m_planner.rows.size()); ++row)
        if (rowBox(row).contains(at))
            return row;
    return -1;
}

void PlannerStrip::setCurrent(int row)
{
    if (row < 0 || row >= static_cast<int>(m_planner.rows.size()) || row == m_current)
        return;
    m_current = row;
    m_bar = 0;
    setAccessibleDescription(currentText());
    update();
    Q_EMIT currentChanged(row);
}

void PlannerStrip::setBar(int bar)
{
    if (m_planner.rows.empty() || bar < 0 || bar == m_bar || bar >= static_cast<int>(m_planner.rows[static_cast<std::size_t>(m_current)].bars.size()))
        return;
    m_bar = bar;
    setAccessibleDescription(currentText());
    update();
    Q_EMIT currentChanged(m_current);
}

void PlannerStrip::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up: return setCurrent(m_current - 1);
    case Qt::Key_Down: return setCurrent(m_current + 1);
    case Qt::Key_Left: return setBar(m_bar - 1);
    case Qt::Key_Right: return setBar(m_bar + 1);
    case Qt::Key_Home: return setCurrent(0);
    case Qt::Key_End: return setCurrent(static_cast<int>(m_planner.rows.size()) - 1);
    default: QWidget::keyPressEvent(event);
    }
}

void PlannerStrip::mousePressEvent(QMouseEvent *event)
{
    setFocus(Qt::MouseFocusReason);
    setCurrent(rowAt(event->position()));
    if (m_planner.rows.empty() || rowAt(event->position()) != m_current)
        return;
    const auto &bars = m_planner.rows[static_cast<std::size_t>(m_current)].bars;
    const double x0 = left(), wide = right() - x0;
    for (std::size_t n = 0; n < bars.size(); ++n)
        if (event->position().x() >= plannerX(m_planner, bars[n].from, x0, wide) && event->position().x() < plannerX(m_planner, bars[n].until, x0, wide))
            setBar(static_cast<int>(n));
}

void PlannerStrip::mouseMoveEvent(QMouseEvent *event)
{
    const int row = rowAt(event->position());
    widgets::setPlainToolTip(this, row < 0 ? QString() : rowText(m_planner.rows[static_cast<std::size_t>(row)]));
}

void PlannerStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), m_theme.color(Tone::Base));
    if (m_planner.rows.empty())
        return;
    for (int row = 0; row < static_cast<int>(m_planner.rows.size()); ++row)
        paintRow(painter, row);
    paintHours(painter);
}

void PlannerStrip::paintHours(QPainter &painter) const
{
    painter.setFont(m_theme.font(Type::Small));
    const QFontMetricsF metrics(painter.font());
    const double x0 = left(), wide = right() - x0;
    const double least = metrics.horizontalAdvance(QStringLiteral("00:00")) + 4 * m_theme.step();
    const int every = wide / 24 >= least ? 1 : wide / 12 >= least ? 2 : wide / 8 >= least ? 3 : 6;
    painter.setPen(m_theme.color(Tone::Text));
    const QString now = tr("now %1 UTC").arg(widgets::utcMinutes(m_planner.from));
    const double nowWide = metrics.horizontalAdvance(now);
    const double nowAt = std::max<double>(3 * m_theme.step(), x0 - nowWide - m_theme.step());
    painter.drawText(QRectF(nowAt, 0, nowWide + 2, headHeight() - m_theme.step()), Qt::AlignVCenter, now);
    double free = nowAt + nowWide + 2 * m_theme.step();
    for (const Instant hour : plannerHours(m_planner, every)) {
        const double x = plannerX(m_planner, hour, x0, wide);
        painter.setPen(QPen(m_theme.color(Tone::Line), 1));
        painter.drawLine(QPointF(x, headHeight()), QPointF(x, headHeight() - m_theme.step()));
        const QString text = widgets::utcMinutes(hour);
        const double w = metrics.horizontalAdvance(text), at = std::min(x - w / 2, right() - w);
        if (at < free)
            continue;
        free = at + w + 2 * m_theme.step();
        painter.setPen(m_theme.color(Tone::Secondary));
        painter.drawText(QRectF(at, 0, w + 2, headHeight() - m_theme.step()), Qt::AlignVCenter, text);
    }
    painter.setFont(m_theme.font(Type::Heading));
    painter.setPen(m_theme.color(Tone::Secondary));
    const auto section = [&](double y, const QString &text) {
        painter.drawText(QRectF(3 * m_theme.step(), y, width(), sectionHeight()), Qt::AlignVCenter, text);
    };
    section(headHeight(), tr("SCHEDULES"));
    section(headHeight() + sectionHeight() + m_planner.schedules * rowHeight(), tr("PEOPLE, BY THEIR OWN CLOCK"));
}

void PlannerStrip::paintRow(QPainter &painter, int index) const
{
    const PlannerRow &row = m_planner.rows[static_cast<std::size_t>(index)];
    const QRectF box = rowBox(index);
    if (index == m_current)
        painter.fillRect(box, m_theme.color(Tone::Selection));
    const double x0 = left(), wide = right() - x0, pad = m_theme.step();
    const QRectF lane(x0, box.top() + pad, wide, box.height() - 2 * pad);
    if (row.person) {
        // The day is the field; the night is the darker ground, in every look, between lines that are seen; it says so in words.
        painter.fillRect(lane, m_theme.color(Tone::Field));
        for (const auto &[from, until] : row.nights) {
            const double a = plannerX(m_planner, from, x0, wide), b = plannerX(m_planner, until, x0, wide);
            painter.fillRect(QRectF(a, lane.top(), b - a, lane.height()), m_theme.color(index == m_current ? Tone::Selection : Tone::Base));
            painter.setPen(QPen(m_theme.color(Tone::Outline), 1));
            for (const double x : {a, b})
                painter.drawLine(QPointF(x, lane.top()), QPointF(x, lane.bottom()));
            painter.setFont(m_theme.font(Type::Small));
            painter.setPen(m_theme.color(Tone::Text));
            if (b - a > QFontMetricsF(painter.font()).horizontalAdvance(tr("night")) + 2 * pad)
                painter.drawText(QRectF(a + pad, lane.top(), b - a - pad, lane.height() / 2), Qt::AlignVCenter, tr("night"));
        }
    }
    for (const PlannerBar &bar : row.bars) {
        const double a = plannerX(m_planner, bar.from, x0, wide), b = plannerX(m_planner, bar.until, x0, wide);
        const QRectF at = row.person ? QRectF(a, lane.center().y(), b - a, lane.height() / 2) : QRectF(a, lane.top(), b - a, lane.height());
        paintBar(painter, bar, at);
        if (index == m_current && &bar == currentBar() && row.bars.size() > 1) {
            painter.setPen(QPen(m_theme.color(Tone::Focus), 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(at.adjusted(1, 1, -1, -1));
        }
    }
    // Handoffs: where a stretch of a schedule ends within the strip.
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(Tone::Text));
    for (const PlannerBar &bar : row.bars) {
        if (row.person || bar.until >= m_planner.until)
            continue;
        const double x = plannerX(m_planner, bar.until, x0, wide), s = 1.2 * m_theme.step();
        painter.drawPolygon(QPolygonF({{x - s, lane.top()}, {x + s, lane.top()}, {x, lane.top() + 1.4 * s}}));
    }
    painter.setFont(m_theme.font(Type::Strong));
    painter.setPen(m_theme.color(Tone::Text));
    const QFontMetricsF strong(painter.font());
    const double room = x0 - 5 * m_theme.step();
    painter.drawText(QRectF(3 * m_theme.step(), box.top(), room, box.height() / 2), Qt::AlignBottom, strong.elidedText(row.name, Qt::ElideRight, room));
    painter.setFont(m_theme.font(Type::Small));
    painter.setPen(m_theme.color(row.problems.isEmpty() ? Tone::Secondary : Tone::Text));
    const QString second = !row.problems.isEmpty() ? QStringLiteral("▲ ") + row.problems.front() : row.person ? row.local + QStringLiteral("  ") + row.zone : row.zone;
    painter.drawText(QRectF(3 * m_theme.step(), box.center().y(), room, box.height() / 2), Qt::AlignTop, QFontMetricsF(painter.font()).elidedText(second, Qt::ElideRight, room));
    painter.setPen(QPen(m_theme.color(Tone::Line), 1));
    painter.drawLine(QPointF(0, box.bottom()), QPointF(width(), box.bottom()));
    if (index == m_current && hasFocus()) {
        painter.setPen(QPen(m_theme.color(Tone::Focus), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void PlannerStrip::paintBar(QPainter &painter, const PlannerBar &bar, const QRectF &box) const
{
    const double pad = m_theme.step();
    painter.setPen(QPen(m_theme.color(Tone::Outline), 1));
    if (bar.isGap()) {
        painter.setBrush(m_theme.color(Tone::Base));
        painter.drawRect(box);
        painter.fillRect(box, QBrush(m_theme.color(Tone::Outline), Qt::BDiagPattern));
    } else {
        painter.setBrush(m_theme.color(Tone::Node));
        painter.drawRect(box);
    }
    if (bar.isOverlap()) {
        // Two edges, one for each that is on call, and a sign before the words: seen without a colour.
        const double gap = std::max(2.0, std::round(0.75 * pad));
        for (const double y : {box.top() + gap, box.bottom() - gap - 1}) // filled: a drawn line would be half as dark on two rows
            painter.fillRect(QRectF(box.left() + 1, std::round(y), box.width() - 2, 1), m_theme.color(Tone::Text));
    }
    if (bar.changed)
        painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), m_theme.ink(Tone::Override)); // a bar without a border
    painter.setFont(m_theme.font(bar.isGap() ? Type::Strong : Type::Body));
    const QFontMetricsF metrics(painter.font());
    const QString words = bar.isGap() ? tr("nobody") : bar.isOverlap() ? tr("◫ %1").arg(bar.who.join(QStringLiteral(" + "))) : bar.who.join(QStringLiteral(", "));
    const double room = box.width() - 3 * pad - (bar.changed ? 3 : 0);
    if (room < metrics.horizontalAdvance(words.left(2)))
        return;
    const QString text = metrics.elidedText(words, Qt::ElideRight, room);
    const QRectF at(box.left() + 1.5 * pad + (bar.changed ? 3 : 0), box.center().y() - metrics.height() / 2, metrics.horizontalAdvance(text), metrics.height());
    if (bar.isGap()) // words stand on a ground of their own, not on the hatching
        painter.fillRect(at.adjusted(-pad, 0, pad, 0), m_theme.color(Tone::Base));
    painter.setPen(m_theme.color(Tone::Text));
    painter.drawText(at.adjusted(0, 0, 2, 0), Qt::AlignVCenter | Qt::TextSingleLine, text);
}

} // namespace qd::escalation
