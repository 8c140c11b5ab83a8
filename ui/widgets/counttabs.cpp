// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/counttabs.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace qd::widgets {

using style::Tone;
using style::Type;

namespace {

QString moreText(int folded)
{
    return QStringLiteral("+%1 ▾").arg(folded);
}

} // namespace

CountTabs::CountTabs(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    connect(&theme, &style::Theme::changed, this, [this] { updateGeometry(); update(); });
}

int CountTabs::addTab(const QString &word)
{
    m_tabs.push_back({word, 0});
    updateGeometry();
    tell();
    return static_cast<int>(m_tabs.size()) - 1;
}

void CountTabs::setWord(int tab, const QString &word)
{
    Tab &t = m_tabs.at(static_cast<std::size_t>(tab));
    if (t.word == word)
        return;
    t.word = word;
    updateGeometry();
    update();
    tell();
}

void CountTabs::setCount(int tab, int count)
{
    Tab &t = m_tabs.at(static_cast<std::size_t>(tab));
    if (t.count == count)
        return;
    t.count = count;
    updateGeometry();
    update();
    tell();
}

void CountTabs::setOffered(int tab, bool offered)
{
    Tab &t = m_tabs.at(static_cast<std::size_t>(tab));
    if (t.offered == offered)
        return;
    t.offered = offered;
    updateGeometry();
    update();
    tell();
}

void CountTabs::setFolded(int tab, bool folded)
{
    Tab &t = m_tabs.at(static_cast<std::size_t>(tab));
    if (t.folded == folded)
        return;
    t.folded = folded;
    updateGeometry();
    update();
    tell();
}

QString CountTabs::figure(const Tab &tab)
{
    return tab.count < 0 ? QString() : QLocale().toString(tab.count);
}

QString CountTabs::said(const Tab &tab)
{
    return QString(tab.word + QLatin1Char(' ') + figure(tab)).trimmed();
}

int CountTabs::foldedCount() const
{
    int out = 0;
    for (int tab = 0; tab < size(); ++tab)
        out += isFolded(tab) ? 1 : 0;
    return out;
}

QStringList CountTabs::folded() const
{
    QStringList out;
    for (int tab = 0; tab < size(); ++tab)
        if (isFolded(tab))
            out << said(m_tabs[static_cast<std::size_t>(tab)]);
    return out;
}

int CountTabs::moreWidth(int folded) const
{
    return folded == 0 ? 0 : QFontMetrics(m_theme.font(Type::Body)).horizontalAdvance(moreText(folded)) + 2 * m_theme.step();
}

void CountTabs::openMore()
{
    if (foldedCount() == 0)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int tab = 0; tab < size(); ++tab)
        if (isFolded(tab))
            connect(menu->addAction(said(m_tabs[static_cast<std::size_t>(tab)]).replace(QLatin1Char('&'), QLatin1String("&&"))), &QAction::triggered, this, [this, tab] { setCurrent(tab); });
    menu->popup(mapToGlobal(QPoint(std::max(0, width() - menu->sizeHint().width()), height())));
    if (!menu->actions().isEmpty())
        menu->setActiveAction(menu->actions().front());
}

void CountTabs::setCurrent(int tab)
{
    if (tab == m_current || tab < 0 || tab >= static_cast<int>(m_tabs.size()))
        return;
    m_current = tab;
    updateGeometry(); // one that was folded is not any more
    update();
    tell();
    Q_EMIT currentChanged(tab);
}

void CountTabs::tell()
{
    QStringList words;
    for (std::size_t i = 0; i < m_tabs.size(); ++i) {
        if (!m_tabs[i].offered)
            continue;
        const QString text = said(m_tabs[i]);
        words << (static_cast<int>(i) == m_current ? tr("%1, shown").arg(text) : isFolded(static_cast<int>(i)) ? tr("%1, in the menu").arg(text) : text);
    }
    setAccessibleName(words.join(QStringLiteral("; ")));
}

int CountTabs::widthOf(const Tab &tab) const
{
    // Measured as if current, so that nothing jumps when the current tab changes.
    return QFontMetrics(m_theme.font(Type::Body)).horizontalAdvance(tab.word + QLatin1Char(' '))
        + QFontMetrics(m_theme.font(Type::Figure)).horizontalAdvance(figure(tab)) + 1;
}

QSize CountTabs::sizeHint() const
{
    int width = m_theme.step() * 3;
    for (int tab = 0; tab < size(); ++tab)
        width += isDrawn(tab) ? widthOf(m_tabs[static_cast<std::size_t>(tab)]) + m_theme.step() * 4 : 0;
    return {width + moreWidth(foldedCount()), m_theme.barHeight()};
}

void CountTabs::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    int x = m_theme.step() * 3;
    for (std::size_t i = 0; i < m_tabs.size(); ++i) {
        const Tab &tab = m_tabs[i];
        if (!isDrawn(static_cast<int>(i)))
            continue;
        const bool current = static_cast<int>(i) == m_current;
        const int width = widthOf(tab);
        const QString word = tab.word + QLatin1Char(' ');
        painter.setPen(m_theme.color(current ? Tone::Text : Tone::Secondary));
        painter.setFont(m_theme.font(Type::Body));
        painter.drawText(QRect(x, 0, width, height()), Qt::AlignVCenter | Qt::AlignLeft, word);
        const int used = QFontMetrics(painter.font()).horizontalAdvance(word);
        painter.setFont(m_theme.font(current ? Type::Figure : Type::Body));
        painter.drawText(QRect(x + used, 0, width - used + 4, height()), Qt::AlignVCenter | Qt::AlignLeft,
                         figure(tab));
        if (current)
            painter.fillRect(QRect(x - 2, height() - 2, width + 4, 2), m_theme.color(Tone::Text));
        if (current && hasFocus()) {
            painter.setPen(QPen(m_theme.color(Tone::Focus), 1));
            painter.drawRect(QRect(x - m_theme.step(), 4, width + 2 * m_theme.step(), height() - 11));
        }
        x += width + m_theme.step() * 4;
    }
    if (const int folded = foldedCount(); folded > 0) {
        painter.setPen(m_theme.color(Tone::Secondary));
        painter.setFont(m_theme.font(Type::Body));
        painter.drawText(QRect(x, 0, moreWidth(folded), height()), Qt::AlignVCenter | Qt::AlignLeft, moreText(folded));
    }
}

void CountTabs::mousePressEvent(QMouseEvent *event)
{
    int x = m_theme.step();
    for (std::size_t i = 0; i < m_tabs.size(); ++i) {
        if (!isDrawn(static_cast<int>(i)))
            continue;
        x += widthOf(m_tabs[i]) + m_theme.step() * 4;
        if (event->position().x() < x) {
            setCurrent(static_cast<int>(i));
            return;
        }
    }
    if (event->position().x() < x + moreWidth(foldedCount()) + m_theme.step())
        openMore();
}

void CountTabs::keyPressEvent(QKeyEvent *event)
{
    const int back = layoutDirection() == Qt::RightToLeft ? Qt::Key_Right : Qt::Key_Left;
    const int on = layoutDirection() == Qt::RightToLeft ? Qt::Key_Left : Qt::Key_Right;
    if (event->key() == Qt::Key_Down && foldedCount() > 0)
        return openMore();
    if (event->key() != back && event->key() != on)
        return QWidget::keyPressEvent(event);
    const int step = event->key() == back ? -1 : 1, count = static_cast<int>(m_tabs.size());
    int tab = m_current + step;
    while (tab >= 0 && tab < count && !m_tabs[static_cast<std::size_t>(tab)].offered)
        tab += step;
    setCurrent(tab);
}

void CountTabs::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void CountTabs::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace qd::widgets
