// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QWidget>

namespace qd::escalation {

/// What one row of the stack says. A value; equal contents paint the same.
struct RowContent {
    enum class Tick { None, Open, Done };
    QString id;       ///< keeps its row while it stays in the section
    QString lead;     ///< the left column: who, which role
    QString text;
    QString aside;    ///< smaller, after the text or below it
    QString trailing; ///< right: a countdown, an age, a time
    QString key;      ///< a key-cap at the right edge
    QString tag;      ///< instead of the text, in a dashed frame: what is missing
    QString spoken;   ///< what assistive technology reads; made of the rest when empty
    Tick tick = Tick::None;
    bool strong = false;   ///< the one thing that matters in its section
    bool dim = false;      ///< over and done
    bool struck = false;   ///< refuted
    bool late = false;     ///< the trailing time is past: abnormal, so it has a fill
    bool urgent = false;   ///< the trailing time is read first
    double progress = -1;  ///< 0 … 1 of a wait, as a bar below; negative: none
    bool operator==(const RowContent &) const = default;
};

/// One painted row that takes the keyboard. GUI thread.
class StackRow final : public QWidget {
    Q_OBJECT
public:
    /// What stands at the left of a row: nothing, a number, or names of a common width (`setLead`).
    enum class Lead { None, Number, Names };
    StackRow(const style::Theme &theme, Lead lead, QWidget *parent = nullptr);

    /// The width of the left column: of the widest of its section, so that all of them are read whole; a row gives it half
    /// of itself at most.
    void setLeadWidth(int width);
    [[nodiscard]] int wantedLead() const;  ///< what this row's own left text takes
    [[nodiscard]] bool leadIsWhole() const; ///< false: it ends in an ellipsis

    void setContent(const RowContent &content);
    [[nodiscard]] const RowContent &content() const { return m_content; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

Q_SIGNALS:
    void activated();            ///< a click on its tick, tag or key
    void moveRequested(int by);  ///< the arrow keys
    void focused();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct Places {
        QRectF lead, tick, text, aside, trailing, key, bar;
        double height = 0;
    };
    [[nodiscard]] Places places(double width) const;

    const style::Theme &m_theme;
    Lead m_lead;
    int m_leadWidth = 0;
    RowContent m_content;
};

} // namespace qd::escalation
