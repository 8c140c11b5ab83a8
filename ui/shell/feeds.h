// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/viewmodel.h"

#include <QAbstractButton>
#include <QFrame>

namespace qd::shell {

/// The age of the feed that was seen longest ago; a feed that is late, silent or failed is named in a dashed frame,
/// because silence of a source is itself an alarm. Pressing it lists all feeds.
class FeedsButton final : public QAbstractButton {
    Q_OBJECT
public:
    explicit FeedsButton(const style::Theme &theme, QWidget *parent = nullptr);
    void show(const std::vector<view::Feed> &feeds, Instant now);
    void setShort(bool brief); ///< without the word "feeds"
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const style::Theme &m_theme;
    QString m_quiet, m_strong;
    bool m_alarm = false;
    bool m_failed = false;
    bool m_short = false;
};

/// Every feed with its kind, age, expected period, problem and what it may write.
class FeedsPopup final : public QFrame {
    Q_OBJECT
public:
    FeedsPopup(const style::Theme &theme, QWidget *parent);
    void open(const std::vector<view::Feed> &feeds, Instant now, const QPoint &topRight);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const style::Theme &m_theme;
};

/// Feeds whose state asks for attention, worst first; pure.
[[nodiscard]] std::vector<view::Feed> troubled(const std::vector<view::Feed> &feeds);

} // namespace qd::shell
