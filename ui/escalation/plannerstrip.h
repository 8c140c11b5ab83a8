// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/escalation/plannermodel.h"
#include "ui/escalation/scheduledialogs.h"
#include "ui/style/theme.h"

#include <QWidget>
#include <optional>

namespace qd::escalation {

/// The next 24 hours worldwide, painted: each schedule with who is on call, gaps hatched, handoffs marked, then each person
/// with their own night and their shifts. Up and Down go from row to row, Left and Right from shift to shift of a row; both in words are the
/// accessible description.
/// GUI thread.
class PlannerStrip final : public QWidget {
    Q_OBJECT
public:
    explicit PlannerStrip(const style::Theme &theme, QWidget *parent = nullptr);

    void show(Planner planner);
    [[nodiscard]] const Planner &planner() const { return m_planner; }
    [[nodiscard]] int current() const { return m_current; }
    /// The row in words, and which of its shifts is chosen; empty without one.
    [[nodiscard]] QString currentText() const;
    /// The chosen shift, as changes of a schedule are made from it; none on a row without a schedule.
    [[nodiscard]] std::optional<Shift> currentShift() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged(int row); ///< also when another shift of the row is

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int headHeight() const;   ///< of the hours
    [[nodiscard]] int sectionHeight() const; ///< of "PEOPLE" and its like
    [[nodiscard]] double left() const;      ///< where the hours begin
    [[nodiscard]] double right() const;
    [[nodiscard]] QRectF rowBox(int row) const;
    [[nodiscard]] int rowAt(const QPointF &at) const;
    void setCurrent(int row);
    void setBar(int bar);
    [[nodiscard]] const PlannerBar *currentBar() const;
    void paintHours(QPainter &painter) const;
    void paintRow(QPainter &painter, int row) const;
    void paintBar(QPainter &painter, const PlannerBar &bar, const QRectF &box) const;

    const style::Theme &m_theme;
    Planner m_planner;
    int m_current = 0, m_bar = 0;
};

} // namespace qd::escalation
