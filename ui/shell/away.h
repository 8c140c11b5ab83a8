// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/ticker.h"

#include <QObject>

namespace qd::shell {

/// Notices whether the person at this window is there: who was away (no key, click or wheel for kAway, then one of them) is told what changed, and
/// who uses it is said once in a while. GUI thread.
class Away final : public QObject {
    Q_OBJECT
public:
    static constexpr Span kAway = minutes(5);
    static constexpr Span kTold = minutes(1);

    /// Watches the whole program's input from now on.
    explicit Away(const widgets::Ticker &ticker, QObject *parent = nullptr);

    /// "You were away 9 minutes: 3 things changed. …", the newest three named; empty when nothing did. Pure.
    [[nodiscard]] static QString sentence(const view::ViewModel &view, Instant since, Instant now);

    /// "INC-7 has been going on for 24 minutes, SEV2, Ana commands. 9 things happened; Ctrl+Shift+Y lists them. …", the newest three named: for
    /// who opens a window while the incident in focus is under way for a while already. Empty: there is none. Pure.
    [[nodiscard]] static QString joining(const view::ViewModel &view, Instant now);
    /// What matters of the incident in focus, the newest first, at most `most`. Pure.
    [[nodiscard]] static std::vector<view::TimelineEntry> happened(const view::ViewModel &view, int most);
    static constexpr Span kUnderWay = minutes(2);

Q_SIGNALS:
    void returned(qd::Instant since);
    /// Somebody uses this window now: at most once each kTold, and not before that since it was opened.
    void used();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    const widgets::Ticker &m_ticker;
    Instant m_last, m_told;
};

} // namespace qd::shell
