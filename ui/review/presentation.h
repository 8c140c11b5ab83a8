// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/review.h"
#include "ui/view/viewmodel.h"

#include <QWidget>
#include <optional>
#include <vector>

namespace qd::widgets {
class PlainLabel;
}

namespace qd::review {

/// What one screen of a presentation says.
struct Slide {
    Instant at;                          ///< of a moment: when it happened or was known, by the clock
    QString heading;                     ///< "DIAGNOSIS"
    QString words;                       ///< the moment's own
    QStringList evidence;                ///< the last that was there by then, with its times
    std::uint32_t moment = 0;            ///< 0: the title, and the end
    QStringList questions = {};          ///< to ask the room of a moment of its kind
};
/// "DIAGNOSIS": what a moment is marked as.
[[nodiscard]] QString markerWords(const QString &kind);
/// The title with the worst it was and the words of the summary that counts, nobody's draft, each key moment with the lines that led to it, and what is to be done. People as what they were, also within texts, unless they are to be named. Nothing
/// of what came after a moment stands with it, nor, as known then, what was known later. Pure.
[[nodiscard]] std::vector<Slide> slidesOf(const view::Review &review, bool named = false, view::PastClock clock = view::PastClock::AsKnown);
/// The last lines that were there at a point of the past, by its clock, the one of this moment marked. A line that was known later than it happened says when. Pure.
[[nodiscard]] QStringList linesThen(const view::Review &review, std::uint32_t moment, const view::PastPoint &point);

/// A review told to a room by its facilitator, with the keyboard alone: large type, one key moment at a time. Right, Down, Space and Page Down go on,
/// Left, Up and Page Up back, Home and End to the ends; Escape leaves. The keys of the replay are the review's: a moment is shown as far as the
/// replay is. It covers the window. GUI thread.
class Presentation final : public QWidget {
    Q_OBJECT
public:
    static constexpr int kLinesMost = 5; ///< lines of the record with a moment
    static constexpr int kWordsMost = 600; ///< letters of one text on a screen

    Presentation(const style::Theme &theme, QWidget *parent);

    void begin(const view::Review &review, view::PastClock clock = view::PastClock::AsKnown);
    /// Where the replay is, by which clock: the moment that is shown has the lines that were there then.
    void setPoint(const view::PastPoint &point, const view::Review &review);
    /// What the replay looks at: the title says how severe it was then, where that is told; none: how severe it was at its worst, and never what it is called today.
    void setPast(const view::ViewModelPtr &past);
    /// Something of the review is another; the screen shown stays.
    void refresh(const view::Review &review);
    /// People by name, or by what they were; where it is told now, on the screen that is shown. Goes for the next one too.
    void setNamed(bool named, const view::Review *review);
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
    void fill();
    void fit();
    [[nodiscard]] QStringList linesOf(const view::Review &review) const; ///< of the screen that is shown, as far as the replay is
    [[nodiscard]] QString headingWords() const; ///< of the screen that is shown
    [[nodiscard]] QString timeWords() const;

    struct Was {
        QString incident;
        Instant at;
        int severity = 0;                ///< 0: nobody tells
    };
    const style::Theme &m_theme;
    std::vector<Slide> m_slides;
    QStringList m_then;                  ///< the lines that are shown
    view::PastPoint m_point;             ///< how far the replay is
    std::optional<Was> m_was;            ///< while the replay is in the past
    int m_current = 0;
    bool m_named = false;
    widgets::PlainLabel *m_heading, *m_time, *m_words, *m_asked, *m_place, *m_keys;
    std::vector<widgets::PlainLabel *> m_lines;
};

} // namespace qd::review
