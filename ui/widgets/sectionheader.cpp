// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sectionheader.h"

#include "ui/widgets/keyhints.h"
#include "ui/widgets/plaintext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <algorithm>

namespace qd::widgets {

using style::Tone;
using style::Type;

SectionHeader::SectionHeader(const style::Theme &theme, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_title(new PlainLabel(theme, Type::Heading, Tone::Secondary, this))
    , m_subtitle(new PlainLabel(theme, Type::Small, Tone::Secondary, this))
    , m_row(new QHBoxLayout(this))
{
    m_title->setPlain(title);
    m_subtitle->setElided(true);
    m_row->setContentsMargins(3 * theme.step(), 0, 3 * theme.step(), 0);
    m_row->setSpacing(2 * theme.step());
    m_row->addWidget(m_title);
    m_row->addSpacing(2 * theme.step());
    m_row->addWidget(m_subtitle, 1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&theme, &style::Theme::changed, this, [this] {
        updateGeometry();
        fitHints();
        update();
    });
}

void SectionHeader::setSubtitle(const QString &text)
{
    if (text == m_subtitle->plain())
        return;
    m_subtitle->setPlain(text);
    fitHints();
}

void SectionHeader::addHint(const QString &key, const QString &what)
{
    if (m_hints == nullptr) {
        m_hints = new KeyHints(m_theme, this);
        m_hints->keepFirstWords(); // a key alone says nothing to whom does not know it
        m_row->addWidget(m_hints);
    }
    m_hints->add(key, what);
    fitHints();
}

void SectionHeader::fitHints()
{
    if (m_hints == nullptr)
        return;
    const QMargins margins = m_row->contentsMargins();
    int room = width() - margins.left() - margins.right() - m_title->sizeHint().width() - 2 * m_theme.step() - 3 * m_row->spacing();
    bool isAsking = false;
    for (const QWidget *other : m_others) {
        room -= other->isHidden() ? 0 : other->sizeHint().width() + m_row->spacing();
        isAsking = isAsking || (!other->isHidden() && other->focusPolicy() != Qt::NoFocus);
    }
    // The words of the keys are worth less than the first words of what is in the section; while a field is typed in, less than all of them.
    room -= isAsking ? m_subtitle->sizeHint().width() : std::min(m_subtitle->sizeHint().width(), 26 * m_theme.step());
    m_hints->setFixedWidth(m_hints->fitting(std::max(0, room)));
}

void SectionHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitHints();
}

bool SectionHeader::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        fitHints();
    return QWidget::event(event);
}

QSize SectionHeader::minimumSizeHint() const
{
    return {m_title->sizeHint().width() + 6 * m_theme.step(), sizeHint().height()};
}

void SectionHeader::addWidget(QWidget *widget)
{
    m_row->addWidget(widget);
    m_others << widget;
}

QSize SectionHeader::sizeHint() const
{
    return {QWidget::sizeHint().width(), m_theme.barHeight()};
}

void SectionHeader::setRules(bool above, bool below)
{
    m_above = above;
    m_below = below;
    update();
}

void SectionHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    // Filled, not drawn: a line of one pixel gets lost at a scale of 150 %.
    if (m_above)
        painter.fillRect(0, 0, width(), 1, m_theme.color(Tone::Line));
    if (m_below)
        painter.fillRect(0, height() - 1, width(), 1, m_theme.color(Tone::Line));
}

} // namespace qd::widgets
