// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plaintext.h"

#include <QFontMetrics>
#include <QResizeEvent>

namespace qd::widgets {

PlainLabel::PlainLabel(const style::Theme &theme, style::Type type, style::Tone tone, QWidget *parent)
    : QLabel(parent)
    , m_theme(theme)
    , m_type(type)
    , m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::NoTextInteraction);
    connect(&theme, &style::Theme::changed, this, &PlainLabel::restyle);
    restyle();
}

void PlainLabel::setPlain(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    refit();
    updateGeometry();
}

void PlainLabel::setElided(bool elided)
{
    m_elided = elided;
    if (elided)
        setSizePolicy(QSizePolicy::Preferred, sizePolicy().verticalPolicy());
    else
        setPlainToolTip(this, {});
    refit();
}

void PlainLabel::setTone(style::Tone tone)
{
    if (tone == m_tone)
        return;
    m_tone = tone;
    restyle();
}

void PlainLabel::setType(style::Type type)
{
    if (type == m_type)
        return;
    m_type = type;
    restyle();
}

QSize PlainLabel::sizeHint() const
{
    QSize hint = QLabel::sizeHint();
    if (m_elided)
        hint.setWidth(QFontMetrics(font()).horizontalAdvance(m_text) + 2 + contentsMargins().left() + contentsMargins().right());
    return hint;
}

QSize PlainLabel::minimumSizeHint() const
{
    QSize hint = QLabel::minimumSizeHint();
    if (m_elided)
        hint.setWidth(QFontMetrics(font()).horizontalAdvance(QStringLiteral("mm…")));
    return hint;
}

void PlainLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    if (m_elided)
        refit();
}

void PlainLabel::restyle()
{
    setFont(m_theme.font(m_type));
    QPalette p = palette();
    p.setColor(QPalette::WindowText, m_tone >= style::Tone::Critical ? m_theme.ink(m_tone) : m_theme.color(m_tone)); // of what is else a fill, as much as can be read
    setPalette(p);
    refit();
}

void PlainLabel::refit()
{
    const QString shown = m_elided ? QFontMetrics(font()).elidedText(m_text, Qt::ElideRight, contentsRect().width()) : softWrapped(m_text);
    if (shown != text())
        QLabel::setText(shown);
    if (m_elided)
        setPlainToolTip(this, shown == m_text ? QString() : m_text);
}

QString softWrapped(const QString &text)
{
    QString out;
    qsizetype taken = 0, lineAt = 0;
    while (text.size() - lineAt > kLongestLine) {
        const qsizetype end = text.indexOf(QLatin1Char('\n'), lineAt);
        if (end >= 0 && end - lineAt <= kLongestLine) {
            lineAt = end + 1;
            continue;
        }
        qsizetype cut = lineAt + kLongestLine;
        if (text.at(cut).isLowSurrogate())
            --cut;
        out += QStringView(text).mid(taken, cut - taken);
        out += QLatin1Char('\n');
        taken = lineAt = cut;
    }
    if (taken == 0)
        return text;
    return out += QStringView(text).mid(taken);
}

QString unrecordedText()
{
    return PlainLabel::tr("▲ UNRECORDED: the journal does not hold what you do now.");
}

QString plainToolTip(const QString &text)
{
    // Qt guesses rich text from the look of a tooltip, so it is always given rich text made by us.
    if (text.isEmpty())
        return {};
    return QStringLiteral("<div style=\"white-space:pre-wrap\">") + softWrapped(text).toHtmlEscaped() + QStringLiteral("</div>");
}

void setPlainToolTip(QWidget *widget, const QString &text)
{
    widget->setToolTip(plainToolTip(text));
}

} // namespace qd::widgets
