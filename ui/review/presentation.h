// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/review.h"

#include <QWidget>
#include <vector>

namespace qd::widgets {
class PlainLabel;
}

namespace qd::review {

/// What one screen of a presentation says.
struct Slide {
    Instant at;
    QString heading;                     ///< "DIAGNOSIS"
    QString words;                       ///< the moment's own
    QStringList evidence;                ///< what stands around it, with its times
    std::uint32_t moment = 0;            ///< 0: the title, and the end
};
/// The title, each key moment with the lines around it, and what is to be done. People as what they were. Pure.
[[nodiscard]] std::vector<Slide> slidesOf(const view::Review &review);

/// A review told to a room by its facilitator, with the keyboard alone: large type, one key moment at a time. Right, Down, Space and Page Down go on,
/// Left, Up and Page Up back, Home and End to the ends; Escape leaves. It covers the window. GUI thread.
class Presentation final : public QWidget {
    Q_OBJECT
public:
    static constexpr int kAround = 2;    ///< lines of the record before and after a moment
    static constexpr int kWordsMost = 600; ///< letters of one text on a screen

    Presentation(const style::Theme &theme, QWidget *parent);

    void begin(const view::Review &review);
    /// Something of the review is another; the screen shown stays.
    void refresh(const view::Review &review);
    void go(int step);
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] const std::vector<Slide> &slides() const { return m_slides; }
    [[nodiscard]] QString spoken() const; ///< all of the screen, for assistive technology

Q_SIGNALS:
    void moved(qd::Instant at);          ///< to a moment; none: to the title or the end
    void left();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void show(int slide);
    void fit();

    const style::Theme &m_theme;
    std::vector<Slide> m_slides;
    int m_current = 0;
    widgets::PlainLabel *m_heading, *m_time, *m_words, *m_place, *m_keys;
    std::vector<widgets::PlainLabel *> m_lines;
};

} // namespace qd::review
