// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/ticker.h"

#include <QObject>

namespace qd::shell {

/// Notices that the person at this window was away: no key, click or wheel for kAway, then one of them. GUI thread.
class Away final : public QObject {
    Q_OBJECT
public:
    static constexpr Span kAway = minutes(5);

    /// Watches the whole program's input from now on.
    explicit Away(const widgets::Ticker &ticker, QObject *parent = nullptr);

    /// "You were away 9 minutes: 3 things changed. …", the newest three named; empty when nothing did. Pure.
    [[nodiscard]] static QString sentence(const view::ViewModel &view, Instant since, Instant now);

Q_SIGNALS:
    void returned(qd::Instant since);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    const widgets::Ticker &m_ticker;
    Instant m_last;
};

} // namespace qd::shell
