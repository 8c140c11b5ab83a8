// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QObject>
#include <QTimer>

namespace qd::widgets {

/// The moment a view is at, running on between two views: follow() with ViewModel::made whenever a view arrives, then
/// now() is that moment plus the wall time passed since, so that a seat with a wrong clock still shows right ages.
/// Ticks once a second. GUI thread.
class Ticker final : public QObject {
    Q_OBJECT
public:
    explicit Ticker(QObject *parent = nullptr);

    void follow(Instant made);
    [[nodiscard]] Instant now() const;
    /// now(), whatever moment is looked at: for what must go on.
    [[nodiscard]] Instant live() const;
    /// While the past is looked at, now() is its moment; none: it runs on.
    void stand(Instant at) { m_stands = at; }
    /// For pictures and tests: stands at `made`.
    void freeze(bool frozen) { m_frozen = frozen; }

Q_SIGNALS:
    void ticked(qd::Instant now);

private:
    QTimer m_timer;
    Instant m_made, m_stands;
    std::int64_t m_receivedMs = 0;
    bool m_frozen = false;
};

} // namespace qd::widgets
