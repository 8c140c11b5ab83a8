// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/overlay.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>

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
