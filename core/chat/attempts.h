// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/net/backoff.h"

#include <QObject>
#include <QTimer>
#include <algorithm>
#include <chrono>

namespace qd::chat {

/// How long a connector waits between attempts at its line. Tests shorten them.
struct AttemptTimings {
    std::chrono::milliseconds backoffBase{1'000};  ///< full jitter: 0 … min(cap, base·2^n)
    std::chrono::milliseconds backoffCap{60'000};
    std::chrono::milliseconds stableAfter{60'000}; ///< a line that held so long resets the backoff
};

/// When to try again: for every platform. Lives in its connector's thread, as its child.
class Attempts final : public QObject {
    Q_OBJECT
public:
    Attempts(Random &random, const AttemptTimings &timings)
        : m_backoff(random, millis(timings.backoffBase.count()), millis(timings.backoffCap.count()))
        , m_stableAfter(timings.stableAfter)
    {
        m_retry.setSingleShot(true);
        m_stable.setSingleShot(true);
        connect(&m_retry, &QTimer::timeout, this, &Attempts::due);
        connect(&m_stable, &QTimer::timeout, this, [this] {
            m_backoff.reset();
            m_calm = true;
        });
    }

    /// The line stands.
    void held()
    {
        m_calm = false;
        m_stable.start(m_stableAfter);
    }
    /// The line has stood for `stableAfter`: what was lost before no longer counts.
    [[nodiscard]] bool isCalm() const { return m_calm; }
    /// The wait for the next attempt; zero when none is waited for.
    [[nodiscard]] std::chrono::milliseconds waits() const { return m_retry.isActive() ? m_retry.intervalAsDuration() : std::chrono::milliseconds{}; }
    /// The line is lost, and nothing is tried.
    void stop()
    {
        m_retry.stop();
        m_stable.stop();
    }
    /// The line is lost: due() follows, not before `atLeast`, which the platform asked for.
    void later(std::chrono::milliseconds atLeast = {})
    {
        m_stable.stop();
        m_calm = false;
        m_retry.start(std::max(std::chrono::milliseconds(m_backoff.next().millis()), atLeast));
    }

Q_SIGNALS:
    void due();

private:
    net::Backoff m_backoff;
    std::chrono::milliseconds m_stableAfter;
    bool m_calm = false;
    QTimer m_retry{this}, m_stable{this};
};

} // namespace qd::chat
