// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/keyhints.h"

#include "ui/widgets/paint.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStringList>

namespace qd::widgets {

using style::Tone;
using style::Type;

KeyHints::KeyHints(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    connect(&theme, &style::Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void KeyHints::keepWords()
{
    m_keeps = Keeps::Words;
    update();
}

void KeyHints::keepFirstWords()
{
    m_keeps = Keeps::FirstWords;
    update();
}

void KeyHints::clear()
{
    m_given.clear();
    tell();
}

void KeyHints::setKeys(std::function<QString(const QString &)> keys)
{
    m_keys = std::move(keys);
    tell();
}

void KeyHints::add(const QString &key, const QString &what)
{
    m_given.push_back({key, what});
    tell();
}

void KeyHints::tell()
{
    m_hints.clear();
    for (const Hint &given : m_given)
        if (const QString key = m_keys ? m_keys(given.key) : given.key; !key.isEmpty())
            m_hints.push_back({key, given.what});
    QStringList said;
    for (const Hint &hint : m_hints)
        said << hint.key + QLatin1Char(' ') + hint.what;
    setAccessibleName(said.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

int KeyHints::widthOf(const Hint &hint, bool words) const
{
    const int cap = keyCapSize(m_theme, hint.key).width();
    return words ? cap + gap() + QFontMetrics(m_theme.font(Type::Small)).horizontalAdvance(hint.what) : cap;
}

int KeyHints::widthOf(const Shown &shown) const
{
    int width = shown.hints.empty() ? 0 : static_cast<int>(shown.hints.size() - 1) * 2 * gap();
    for (std::size_t i = 0; i < shown.hints.size(); ++i)
        width += widthOf(shown.hints[i], i < shown.worded);
    return width;
}

KeyHints::Shown KeyHints::shownIn(int room) const
{
    Shown shown{m_hints, m_hints.size()};
    if (widthOf(shown) <= room)
        return shown;
    if (m_keeps == Keeps::FirstWords)
        while (shown.worded > 0) {
            --shown.worded;
            if (widthOf(shown) <= room)
                return shown;
        }
    if (m_keeps == Keeps::Words)
        while (shown.hints.size() > kWorded + 1) {
            shown.hints.erase(shown.hints.end() - 2);
            shown.worded = shown.hints.size();
            if (widthOf(shown) <= room)
                return shown;
        }
    shown = {m_hints, 0};
    while (!shown.hints.empty() && widthOf(shown) > room)
        shown.hints.pop_back();
    return shown;
}

int KeyHints::fitting(int room) const
{
    return widthOf(shownIn(room));
}

QStringList KeyHints::shownAt(int room) const
{
    QStringList out;
    const Shown shown = shownIn(room);
    for (std::size_t i = 0; i < shown.hints.size(); ++i)
        out << (i < shown.worded ? shown.hints[i].key + QLatin1Char(' ') + shown.hints[i].what : shown.hints[i].key);
    return out;
}

QSize KeyHints::sizeHint() const
{
    return {widthOf(Shown{m_hints, m_hints.size()}), keyCapSize(m_theme, QStringLiteral("A")).height()};
}

QSize KeyHints::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void KeyHints::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Shown shown = shownIn(width());
    int x = 0;
    for (std::size_t i = 0; i < shown.hints.size(); ++i) {
        const Hint &hint = shown.hints[i];
        const bool isWorded = i < shown.worded;
        const QSize cap = keyCapSize(m_theme, hint.key);
        paintKeyCap(painter, m_theme, QRectF(x, (height() - cap.height()) / 2, cap.width(), cap.height()), hint.key);
        if (isWorded) {
            painter.setFont(m_theme.font(Type::Small));
            painter.setPen(m_theme.color(Tone::Secondary));
            painter.drawText(QRect(x + cap.width() + gap(), 0, width(), height()), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, hint.what);
        }
        x += widthOf(hint, isWorded) + 2 * gap();
    }
}

} // namespace qd::widgets
