// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QTableView>

namespace qd::triage {

class AlertDelegate;
class AlertTable;

/// The table of alerts. The arrows move, and the panel's keys for it (J and K), Space marks (movement then keeps the marks), Shift extends, Ctrl+A
/// takes all that match, Escape lets go. Emits what the person did; what data does never moves selection or scroll.
class AlertView final : public QTableView {
    Q_OBJECT
public:
    AlertView(const style::Theme &theme, AlertTable &table, QWidget *parent = nullptr);

    [[nodiscard]] QList<int> selectedRowNumbers() const;
    void letGo();        ///< clears marks and selection, keeps the current row
    /// Data moved the current alert to another row: the cursor goes with it, without scrolling or selecting.
    void keepCurrent(int row);
    void ensureCurrent(); ///< a non-empty table always has a current index, as assistive technology needs one
    void fitColumns();
    void goTo(int row); ///< as the person would: selects it and scrolls to it
    void move(int rows); ///< the same, so many rows down; up when negative
    void keyboardSearch(const QString &) override {} // letters are verbs here

Q_SIGNALS:
    void tookHold();      ///< the person selected or scrolled
    void letGoRequested();
    void endRequested();
    void currentRowChanged(int row); ///< by the person

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override; ///< the list ends between two rows: no row is cut through
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index, const QEvent *event) const override;

private:
    void restyle();
    void step(int rows, bool extend);
    [[nodiscard]] bool anyUnseenCritical() const;

    const style::Theme &m_theme;
    AlertTable &m_table;
    AlertDelegate *m_delegate;
    int m_flash = 0;
    bool m_lit = true;
    bool m_marking = false;
    bool m_person = false; ///< a key or the mouse is being handled
};

} // namespace qd::triage
