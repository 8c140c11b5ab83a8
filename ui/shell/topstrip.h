// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/viewmodel.h"

#include <QWidget>

class QHBoxLayout;
class QToolButton;

namespace qd::widgets {
class Badge;
class Phrase;
class Tag;
}

namespace qd::shell {

class FeedsButton;

/// The strip over every perspective: what is commanded, since when, by whom, what is promised next, how loud it is and
/// whether the feeds can be trusted. Where the window is narrow it drops words before it drops facts; nothing is ever
/// clipped.
class TopStrip final : public QWidget {
    Q_OBJECT
public:
    explicit TopStrip(const style::Theme &theme, QWidget *parent = nullptr);

    void show(const view::ViewModelPtr &view);
    void setNow(Instant now);
    /// While notices make no sound, the strip says so.
    void muteUntil(Instant until); ///< none: it sounds
    [[nodiscard]] QToolButton &menuButton() const { return *m_menu; }
    [[nodiscard]] FeedsButton &feeds() const { return *m_feeds; }
    /// How much was dropped to fit: 0 nothing.
    [[nodiscard]] int economy() const { return m_economy; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void switchRequested();
    void feedsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void refresh();
    void styleMenu();
    void fit();
    void showIncident();
    void showTimes();
    void showRight();

    const style::Theme &m_theme;
    view::ViewModelPtr m_view;
    Instant m_now;
    int m_economy = 0;
    QHBoxLayout *m_row;
    widgets::Tag *m_practice;
    widgets::Tag *m_past;  ///< the moment that is looked at
    widgets::Tag *m_alarm; ///< UNRECORDED or CORE LOST
    widgets::Badge *m_badge;
    widgets::Phrase *m_title;
    widgets::Tag *m_status;
    widgets::Phrase *m_more;
    widgets::Phrase *m_elapsed;
    widgets::Phrase *m_clock;
    widgets::Phrase *m_commander;
    widgets::Phrase *m_promise;
    widgets::Tag *m_flood;
    widgets::Phrase *m_rate;
    widgets::Phrase *m_overrides;
    FeedsButton *m_feeds;
    widgets::Tag *m_muted;
    Instant m_mutedUntil;
    widgets::Tag *m_mode;
    QToolButton *m_menu;
};

} // namespace qd::shell
