// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/escalation/stackcontent.h"

#include <QWidget>

class QVBoxLayout;

namespace qd::widgets {
class SectionHeader;
}

namespace qd::escalation {

/// A titled list of rows that keeps each row as long as its id stays.
class StackSection final : public QWidget {
    Q_OBJECT
public:
    StackSection(const style::Theme &theme, const QString &title, StackRow::Lead lead, QWidget *parent = nullptr);

    void setRows(const QString &subtitle, const Rows &rows);
    [[nodiscard]] const QList<StackRow *> &rows() const { return m_rows; }
    [[nodiscard]] widgets::SectionHeader &header() { return *m_header; }

Q_SIGNALS:
    void rowMade(qd::escalation::StackRow *row);
    /// A row that had the keyboard is gone; `next` is what stands there now, or null.
    void focusLost(qd::escalation::StackRow *next);

private:
    void alignLeads();

    const style::Theme &m_theme;
    StackRow::Lead m_lead;
    widgets::SectionHeader *m_header;
    QVBoxLayout *m_list;
    QList<StackRow *> m_rows;
};

} // namespace qd::escalation
