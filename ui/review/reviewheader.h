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
class TwinTable;
}

namespace qd::review {

class RowsModel;

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
    [[nodiscard]] QString gateCount() const;  ///< how much that is: "2 things are missing before it is reviewed"
    /// The list of what is missing, each with what to do. False: there is nothing to list.
    bool toggleGates();
    [[nodiscard]] widgets::TwinTable &gates() const { return *m_list; }
    [[nodiscard]] QPushButton &turnButton() const { return *m_turn; }

    /// The phase after this one; None: there is none.
    [[nodiscard]] static ReviewPhase after(ReviewPhase phase);

Q_SIGNALS:
    void turnRequested();                     ///< to the phase after
    void arrangeRequested();
    void waiveRequested();
    void gateOpened(const QString &gate);     ///< Return on one that is missing

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void fitGates();
    void sayShow();

    const style::Theme &m_theme;
    widgets::Badge *m_badge;
    widgets::Phrase *m_title, *m_about, *m_people;
    widgets::Tag *m_phase, *m_standing, *m_past;
    widgets::PlainLabel *m_missing, *m_holes, *m_facts; ///< m_facts: that not all of a rebuilt one is here yet
    QWidget *m_gates;
    RowsModel *m_rows;
    widgets::TwinTable *m_list;
    QString m_all;                            ///< what is missing, in one text
    QPushButton *m_turn, *m_arrange, *m_show, *m_waive;
    bool m_isPast = false;
};

} // namespace qd::review
