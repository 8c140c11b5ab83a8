// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/overlay.h"
#include "ui/view/strip.h"

#include <QAbstractButton>
#include <map>
#include <utility>
#include <vector>

class QGridLayout;
class QScrollArea;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::shell {

/// The age of the feed that was seen longest ago; a feed that is late, silent or failed is named in a dashed frame,
/// because silence of a source is itself an alarm. Pressing it lists all feeds.
class FeedsButton final : public QAbstractButton {
    Q_OBJECT
public:
    explicit FeedsButton(const style::Theme &theme, QWidget *parent = nullptr);
    void show(const std::vector<view::Feed> &feeds, Instant now);
    void setShort(bool brief, bool nameless); ///< without the word "feeds"; those in trouble counted, not named
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const style::Theme &m_theme;
    QString m_quiet, m_strong;
    bool m_alarm = false;
    bool m_failed = false;
    bool m_short = false, m_nameless = false;
};

/// Every feed with its kind, age, expected period, problem and what it may write, under its button. Ages go on while it is open.
class FeedsPopup final : public Overlay {
    Q_OBJECT
public:
    FeedsPopup(const style::Theme &theme, const QWidget &button, QWidget *window);
    void open(const std::vector<view::Feed> &feeds, Instant now);
    void show(const std::vector<view::Feed> &feeds, Instant now);

protected:
    void place() override;

private:
    void say(int row, int column, const QString &text, style::Type type, style::Tone tone, int columns = 1);

    const QWidget &m_button;
    QScrollArea *m_scroll;
    QWidget *m_page;
    QGridLayout *m_grid;
    std::map<std::pair<int, int>, widgets::PlainLabel *> m_cells; ///< by row and column
};

/// Feeds whose state asks for attention, worst first; pure.
[[nodiscard]] std::vector<view::Feed> troubled(const std::vector<view::Feed> &feeds);

} // namespace qd::shell
