// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/parts.h"

#include "ui/widgets/paint.h"
#include "ui/widgets/timetext.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace qd::widgets {

using style::Theme;
using style::Tone;
using style::Type;

namespace {

constexpr int kPageLines = 50; ///< a card wider than this many lines are high has the page to itself

/// A painted part follows the theme: its size comes from the font, its colours at paint time.
void follow(QWidget *part, const Theme &theme)
{
    QObject::connect(&theme, &Theme::changed, part, [part] {
        part->updateGeometry();
        part->update();
    });
}

} // namespace

Badge::Badge(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    follow(this, theme);
}

void Badge::setMark(const style::Mark &mark, const QString &spoken)
{
    m_mark = mark;
    setAccessibleName(spoken);
    update();
}

QSize Badge::sizeHint() const
{
    return badgeSize(m_theme);
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBadge(painter, m_theme, rect(), m_mark);
}

KeyCap::KeyCap(const Theme &theme, const QString &key, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_key(key)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(key);
    follow(this, theme);
}

void KeyCap::setKey(const QString &key)
{
    m_key = key;
    setAccessibleName(key);
    updateGeometry();
    update();
}

QSize KeyCap::sizeHint() const
{
    return keyCapSize(m_theme, m_key);
}

void KeyCap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintKeyCap(painter, m_theme, rect(), m_key);
}

Tag::Tag(const Theme &theme, const QString &text, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_text(text)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(text);
    follow(this, theme);
}

void Tag::setPlain(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Tag::setLook(Look look, Tone fill)
{
    m_look = look;
    m_fill = fill;
    updateGeometry();
    update();
}

QSize Tag::sizeHint() const
{
    if (m_look == Look::Framed || m_look == Look::Dashed)
        return tagSize(m_theme, m_text);
    const QFontMetrics metrics(m_theme.font(Type::Strong));
    return {metrics.horizontalAdvance(m_text) + 4 * m_theme.step(), metrics.height() + 4};
}

void Tag::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_look == Look::Framed || m_look == Look::Dashed) {
        paintTag(painter, m_theme, rect(), m_text, m_look == Look::Dashed);
        return;
    }
    const bool inverted = m_look == Look::Inverted;
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor &outline = m_theme.color(Tone::FillOutline);
    painter.setPen(outline.isValid() && !inverted ? QPen(outline, 1) : QPen(Qt::NoPen));
    painter.setBrush(m_theme.color(inverted ? Tone::Text : m_fill));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    painter.setPen(m_theme.color(inverted ? Tone::Base : Tone::OnFill));
    painter.setFont(m_theme.font(Type::Strong));
    painter.drawText(rect(), Qt::AlignCenter, m_text);
}

AgeLabel::AgeLabel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_label(new PlainLabel(theme, Type::Body, Tone::Secondary, this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_label);
}

void AgeLabel::setSince(Instant since, Span period)
{
    m_since = since;
    m_period = period;
    setNow(m_now);
}

void AgeLabel::setNow(Instant now)
{
    m_now = now;
    m_label->setPlain(plain());
}

QString AgeLabel::plain() const
{
    if (!m_since || !m_now)
        return QStringLiteral("—");
    const Span age = m_now - m_since;
    const bool old = m_period.ns > 0 && age > m_period;
    return old ? QStringLiteral("◷ ") + ageText(age) : ageText(age);
}

StateCard::StateCard(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_line(new PlainLabel(theme, Type::Strong, Tone::Text, this))
    , m_sentence(new PlainLabel(theme, Type::Small, Tone::Secondary, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(6 * theme.step(), 4 * theme.step(), 6 * theme.step(), 4 * theme.step());
    column->setSpacing(2 * theme.step());
    column->addStretch(2);
    for (PlainLabel *label : {m_line, m_sentence}) {
        label->setAlignment(Qt::AlignHCenter);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addStretch(3);
    connect(&theme, &Theme::changed, this, &StateCard::fit);
}

void StateCard::fit()
{
    // Half a hundred characters wide and more: the page is its own.
    const bool page = width() > kPageLines * QFontMetrics(m_theme.font(Type::Body)).height();
    m_line->setType(page ? Type::Title : Type::Strong);
    m_sentence->setType(page ? Type::Body : Type::Small);
}

void StateCard::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void StateCard::say(const QString &line, const QString &sentence)
{
    m_line->setPlain(line);
    m_sentence->setPlain(sentence);
    setAccessibleName(line + QLatin1Char(' ') + sentence);
}

Rule::Rule(const Theme &theme, Qt::Orientation orientation, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
    follow(this, theme);
}

void Rule::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Tone::Line));
}

} // namespace qd::widgets
