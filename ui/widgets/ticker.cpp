// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/ticker.h"

#include <QDateTime>

namespace qd::widgets {

Ticker::Ticker(QObject *parent)
    : QObject(parent)
{
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, [this] { Q_EMIT ticked(now()); });
    m_timer.start();
}

void Ticker::follow(Instant made)
{
    if (made == m_made)
        return;
    m_made = made;
    m_receivedMs = QDateTime::currentMSecsSinceEpoch();
}

Instant Ticker::now() const
{
    return m_stands ? m_stands : live();
}

Instant Ticker::live() const
{
    const std::int64_t wall = QDateTime::currentMSecsSinceEpoch();
    if (!m_made)
        return Instant{wall * 1'000'000};
    // A clock that was set back must not make ages shrink.
    return m_frozen ? m_made : m_made + millis(std::max<std::int64_t>(0, wall - m_receivedMs));
}

} // namespace qd::widgets
