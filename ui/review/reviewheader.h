// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/review.h"

#include <QWidget>
#include <vector>

class QPushButton;

namespace qd::widgets {
class Badge;
class Phrase;
class PlainLabel;
class Tag;
}

namespace qd::review {

/// Which review it is, who leads it, what is due, whether one looks at the past; how it may move on, and what is missing for that. Emits intent. GUI thread.
class ReviewHeader final : public QWidget {
    Q_OBJECT
public:
    explicit ReviewHeader(const style::Theme &theme, QWidget *parent = nullptr);

    void show(const view::Review &review, Instant now);
    using QWidget::show;
    void setMoment(const view::PastPoint &moment);
    [[nodiscard]] QString plain() const;      ///< all it says
    [[nodiscard]] QString missing() const;    ///< what the gates ask for; empty: nothing
    [[nodiscard]] QPushButton &turnButton() const { return *m_turn; }

    /// The phase after this one; None: there is none.
    [[nodiscard]] static ReviewPhase after(ReviewPhase phase);

Q_SIGNALS:
    void turnRequested();                     ///< to the phase after
    void arrangeRequested();
    void waiveRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const style::Theme &m_theme;
    widgets::Badge *m_badge;
    widgets::Phrase *m_title, *m_about, *m_people;
    widgets::Tag *m_phase, *m_past;
    widgets::PlainLabel *m_missing;
    QWidget *m_gates;
    QPushButton *m_turn, *m_arrange, *m_waive;
    bool m_isPast = false;
};

} // namespace qd::review
