// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QStringList>
#include <QStyledItemDelegate>
#include <functional>

namespace qd::triage {

class AlertTable;

/// The tags there is room for; the last give way first.
[[nodiscard]] QStringList tagsThatFit(QStringList tags, int room, const std::function<int(const QStringList &)> &widthOf);

/// Paints a row of the alert table straight from the view's AlertRow.
class AlertDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    AlertDelegate(const style::Theme &theme, const AlertTable &table, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// The bright or dark half of the flash of unacknowledged critical shapes.
    void setLit(bool lit) { m_lit = lit; }
    /// The row that is spoken of below the list; marked more strongly while the list has the keyboard.
    void setCurrentRow(int row, bool keyboard)
    {
        m_current = row;
        m_keyboard = keyboard;
    }

private:
    void paintTitle(QPainter &painter, const QRect &box, int row) const;

    const style::Theme &m_theme;
    const AlertTable &m_table;
    bool m_lit = true;
    int m_current = -1;
    bool m_keyboard = false;
};

} // namespace qd::triage
