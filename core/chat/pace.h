// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>

namespace qd::chat {

/// How fast a connector writes, for platforms whose servers stop whoever writes faster: so many at once, then one each `every`. What has to
/// go all the same is counted too, as a debt that is waited off. Lives in its owner's thread, as its child.
class Pace final : public QObject {
    Q_OBJECT
public:
    Pace(std::chrono::milliseconds every, int burst) : m_burst(burst), m_left(burst)
    {
        m_refill.setInterval(every);
        connect(&m_refill, &QTimer::timeout, this, [this] {
            if (++m_left >= m_burst)
                m_refill.stop();
            if (isFree())
                Q_EMIT freed();
        });
    }

    [[nodiscard]] bool isFree() const { return m_left > 0; }
    void take(int count = 1)
    {
        m_left -= count;
        if (m_left < m_burst && !m_refill.isActive())
            m_refill.start();
    }
    /// A new line, of which the server remembers nothing.
    void fill()
    {
        m_left = m_burst;
        m_refill.stop();
    }

Q_SIGNALS:
    /// One more may be written.
    void freed();

private:
    int m_burst, m_left;
    QTimer m_refill{this};
};

} // namespace qd::chat
