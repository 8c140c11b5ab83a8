// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/overlay.h"

#include "ui/widgets/keyhints.h"
#include "ui/widgets/plaintext.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::shell {

using style::Tone;

Overlay::Overlay(const style::Theme &theme, QWidget *window)
    : QFrame(window)
    , m_theme(theme)
{
    hide();
    setAutoFillBackground(true);
    window->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget *, const QWidget *now) {
        // Another window, such as a menu of this one, is not "elsewhere".
        if (isVisible() && now != nullptr && now != this && now->window() == this->window() && !isAncestorOf(now))
            hide();
    });
}

void Overlay::appear(QWidget &keyboard)
{
    if (!isVisible())
        m_before = window()->focusWidget();
    place();
    show();
    raise();
    keyboard.setFocus(Qt::PopupFocusReason);
}

void Overlay::layOut(widgets::PlainLabel &title, QWidget &listed, widgets::PlainLabel &sentence, widgets::KeyHints &keys)
{
    const int step = m_theme.step();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2, 3 * step, 2, 3 * step);
    column->setSpacing(2 * step);
    for (widgets::PlainLabel *label : {&title, &sentence})
        label->setContentsMargins(4 * step, 0, 4 * step, 0);
    sentence.setWordWrap(true);
    column->addWidget(&title);
    column->addWidget(&listed, 1);
    column->addWidget(&sentence);
    auto *last = new QHBoxLayout;
    last->setContentsMargins(4 * step, 0, 4 * step, 0);
    last->addWidget(&keys);
    column->addLayout(last);
}

int Overlay::sheetWidth(int widest) const
{
    return std::min(parentWidget()->width() - 16 * m_theme.step(), widest * m_theme.step());
}

void Overlay::placeSheet(int width, int height)
{
    const int step = m_theme.step();
    const QSize room = parentWidget()->size();
    const int high = std::min(room.height() - 24 * step, height);
    setGeometry((room.width() - width) / 2, std::max(12 * step, (room.height() - high) / 3), width, high);
}

void Overlay::leave()
{
    left();
    const QPointer<QWidget> before(m_before);
    m_before = nullptr;
    hide();
    if (before && before->isVisible())
        before->setFocus(Qt::PopupFocusReason);
}

bool Overlay::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

void Overlay::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        leave();
    else
        QFrame::keyPressEvent(event);
}

void Overlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    // Filled, not drawn: a line of one pixel gets lost at a scale of 150 %.
    painter.fillRect(rect(), m_theme.color(Tone::Outline));
    painter.fillRect(rect().adjusted(1, 1, -1, -1), m_theme.color(Tone::Base));
}

} // namespace qd::shell
