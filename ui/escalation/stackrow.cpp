// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/stackrow.h"

#include "ui/widgets/paint.h"
#include "ui/widgets/plaintext.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace qd::escalation {

using style::Tone;
using style::Type;

namespace {

constexpr int kMostLines = 3;

} // namespace

StackRow::StackRow(const style::Theme &theme, Lead lead, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_lead(lead)
{
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &style::Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void StackRow::setLeadWidth(int width)
{
    if (width == m_leadWidth)
        return;
    m_leadWidth = width;
    updateGeometry();
    update();
}

int StackRow::wantedLead() const
{
    return m_lead == Lead::Names ? QFontMetrics(m_theme.font(Type::Body)).horizontalAdvance(m_content.lead) + 1 : 0;
}

bool StackRow::leadIsWhole() const
{
    return m_lead != Lead::Names || wantedLead() <= places(width()).lead.width();
}

void StackRow::setContent(const RowContent &content)
{
    if (content == m_content)
        return;
    const double before = places(width()).height;
    m_content = content;
    QStringList said;
    for (const QString &part : {content.lead, content.tag, content.text, content.aside, content.trailing}) {
        if (!part.isEmpty())
            said << part;
    }
    setAccessibleName(content.spoken.isEmpty() ? said.join(QStringLiteral(", ")) : content.spoken);
    const QFontMetricsF metrics(m_theme.font(Type::Body));
    const Places at = places(width());
    const bool cut = metrics.boundingRect(QRectF(0, 0, at.text.width(), 1e6), Qt::TextWordWrap, content.text).height() > at.text.height() + 1;
    widgets::setPlainToolTip(this, cut ? content.text : QString());
    if (at.height != before)
        updateGeometry();
    update();
}

StackRow::Places StackRow::places(double width) const
{
    const double step = m_theme.step();
    const QFontMetricsF body(m_theme.font(m_content.strong ? Type::Strong : Type::Body));
    const QFontMetricsF small(m_theme.font(Type::Small));
    const double line = body.height();
    const double pad = step * 1.2;
    Places out;
    double left = 3 * step, right = width - 3 * step;
    if (m_lead != Lead::None) {
        const double lead = m_lead == Lead::Number ? 4 * step : std::clamp(m_leadWidth + 3 * step, 14 * step, std::max(14 * step, width / 2));
        out.lead = QRectF(left, pad, lead - 2 * step, line);
        left += lead;
    }
    if (!m_content.key.isEmpty()) {
        const QSize size = widgets::keyCapSize(m_theme, m_content.key);
        out.key = QRectF(right - size.width(), pad + (line - size.height()) / 2, size.width(), size.height());
        right = out.key.left() - 2 * step;
    }
    if (!m_content.trailing.isEmpty()) {
        const QFontMetricsF figure(m_theme.font(m_content.urgent || m_content.late ? Type::Figure : Type::Body));
        const double w = figure.horizontalAdvance(m_content.trailing) + (m_content.late ? 3 * step : 1);
        out.trailing = QRectF(right - w, pad, w, line);
        right = out.trailing.left() - 2 * step;
    }
    if (m_content.tick != RowContent::Tick::None) {
        const double s = std::round(line * 0.72);
        out.tick = QRectF(left, pad + (line - s) / 2, s, s);
        left += s + 2 * step;
    }
    const double room = std::max(10.0, right - left);
    const QString words = m_content.tag.isEmpty() ? m_content.text : QString();
    const double natural = words.isEmpty() ? 0 : body.horizontalAdvance(words);
    double height = line;
    double used = m_content.tag.isEmpty() ? natural : widgets::tagSize(m_theme, m_content.tag).width();
    if (natural > room) {
        height = std::min(body.boundingRect(QRectF(0, 0, room, 1e6), Qt::TextWordWrap, words).height(), line * kMostLines);
        used = room;
    }
    out.text = QRectF(left, pad, room, height);
    double bottom = pad + height;
    if (!m_content.aside.isEmpty()) {
        const double w = small.horizontalAdvance(m_content.aside);
        if (used + 2 * step + w <= room) {
            out.aside = QRectF(left + used + 2 * step, pad, w + 1, line);
        } else {
            out.aside = QRectF(left, bottom, right - left, small.height());
            bottom += small.height();
        }
    }
    if (m_content.progress >= 0) {
        out.bar = QRectF(3 * step, bottom + step * 0.8, width - 6 * step, std::max(4.0, step));
        bottom = out.bar.bottom() + step * 0.4;
    }
    out.height = std::ceil(bottom + pad);
    return out;
}

QSize StackRow::sizeHint() const
{
    return {60 * m_theme.step(), heightForWidth(std::max(width(), 60 * m_theme.step()))};
}

QSize StackRow::minimumSizeHint() const
{
    // The real height follows from the width; a guess here would make the panel scroll before its time.
    return {40 * m_theme.step(), 24};
}

int StackRow::heightForWidth(int width) const
{
    return std::max(24, static_cast<int>(places(width).height)); // a pointer target is at least 24 px
}

void StackRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Places at = places(width());
    if (hasFocus())
        painter.fillRect(rect(), m_theme.color(Tone::Selection));
    const auto ink = [&](Tone tone) { painter.setPen(m_theme.color(m_content.dim && tone == Tone::Text ? Tone::Secondary : tone)); };

    if (!at.lead.isEmpty()) {
        painter.setFont(m_theme.font(m_lead == Lead::Number ? Type::Strong : Type::Body));
        ink(m_lead == Lead::Number ? Tone::Text : Tone::Secondary);
        painter.drawText(at.lead, Qt::AlignVCenter, QFontMetricsF(painter.font()).elidedText(m_content.lead, Qt::ElideRight, at.lead.width()));
    }
    if (m_content.tick != RowContent::Tick::None) {
        painter.setPen(QPen(m_theme.color(Tone::Outline), 1.2));
        painter.setBrush(Qt::NoBrush);
        if (m_content.tick == RowContent::Tick::Open) {
            painter.drawRoundedRect(at.tick.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
        } else {
            painter.setPen(QPen(m_theme.color(Tone::Secondary), 1.8));
            painter.drawPolyline(QPolygonF({at.tick.topLeft() + QPointF(1, at.tick.height() * 0.55),
                                            at.tick.topLeft() + QPointF(at.tick.width() * 0.38, at.tick.height() - 2), at.tick.topRight() + QPointF(-1, 2)}));
        }
    }
    if (!m_content.tag.isEmpty()) {
        const QSize size = widgets::tagSize(m_theme, m_content.tag);
        widgets::paintTag(painter, m_theme, QRectF(at.text.left(), at.text.center().y() - size.height() / 2.0, size.width(), size.height()),
                          m_content.tag, true);
    } else {
        QFont font = m_theme.font(m_content.strong ? Type::Strong : Type::Body);
        font.setStrikeOut(m_content.struck);
        painter.setFont(font);
        ink(m_content.struck ? Tone::Secondary : Tone::Text);
        const QFontMetricsF metrics(font);
        if (metrics.horizontalAdvance(m_content.text) <= at.text.width())
            painter.drawText(at.text, Qt::AlignVCenter | Qt::TextSingleLine, m_content.text);
        else
            painter.drawText(at.text, Qt::AlignTop | Qt::TextWordWrap, m_content.text);
    }
    if (!m_content.aside.isEmpty()) {
        painter.setFont(m_theme.font(Type::Small));
        ink(Tone::Secondary);
        painter.drawText(at.aside, Qt::AlignVCenter | Qt::TextSingleLine,
                         QFontMetricsF(painter.font()).elidedText(m_content.aside, Qt::ElideRight, at.aside.width()));
    }
    if (!m_content.trailing.isEmpty()) {
        painter.setFont(m_theme.font(m_content.urgent || m_content.late ? Type::Figure : Type::Body));
        if (m_content.late) {
            const QColor &outline = m_theme.color(Tone::FillOutline);
            painter.setPen(outline.isValid() ? QPen(outline, 1) : QPen(Qt::NoPen));
            painter.setBrush(m_theme.color(Tone::Error));
            painter.drawRoundedRect(at.trailing.adjusted(0.5, -0.5, -0.5, 0.5), 2, 2);
            painter.setPen(m_theme.color(Tone::OnFill));
            painter.drawText(at.trailing, Qt::AlignCenter, m_content.trailing);
        } else {
            ink(m_content.urgent ? Tone::Text : Tone::Secondary);
            painter.drawText(at.trailing, Qt::AlignRight | Qt::AlignVCenter, m_content.trailing);
        }
    }
    if (!m_content.key.isEmpty())
        widgets::paintKeyCap(painter, m_theme, at.key, m_content.key);
    if (m_content.progress >= 0) {
        painter.fillRect(at.bar, m_theme.color(Tone::Line));
        painter.fillRect(QRectF(at.bar.topLeft(), QSizeF(at.bar.width() * std::clamp(m_content.progress, 0.0, 1.0), at.bar.height())),
                         m_theme.color(Tone::Secondary));
    }
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.color(Tone::Focus), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void StackRow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)
        Q_EMIT moveRequested(event->key() == Qt::Key_Up ? -1 : 1);
    else
        QWidget::keyPressEvent(event);
}

void StackRow::mouseReleaseEvent(QMouseEvent *event)
{
    const Places at = places(width());
    const auto hit = [&](const QRectF &box) { return !box.isEmpty() && box.adjusted(-6, -6, 6, 6).contains(event->position()); };
    if (event->button() == Qt::LeftButton && (hit(at.tick) || hit(at.key) || (!m_content.tag.isEmpty() && hit(at.text))))
        Q_EMIT activated();
}

void StackRow::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    Q_EMIT focused();
    update();
}

void StackRow::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace qd::escalation
