// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/triage/alertfilter.h"

#include <QWidget>

class QHBoxLayout;
class QLineEdit;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::triage {

/// The conditions in force as chips, how many alerts they hide, and the field for the next one. What stands in the
/// field filters at once; Return makes it a chip; Backspace in the empty field takes the last chip back.
class FilterBar final : public QWidget {
    Q_OBJECT
public:
    explicit FilterBar(const style::Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] const AlertFilter &filter() const { return m_filter; }
    void add(const Condition &condition);
    void remove(const Condition &condition); ///< nothing when it is not in force
    void setHidden(int count);
    void clear();
    [[nodiscard]] QLineEdit *field() const { return m_field; }

Q_SIGNALS:
    void filterChanged();
    void left(); ///< Escape or Return: the list takes the keyboard again

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void rebuildChips();
    void changed();

    const style::Theme &m_theme;
    AlertFilter m_filter;
    QHBoxLayout *m_row;
    QHBoxLayout *m_chips;
    widgets::PlainLabel *m_hidden;
    QLineEdit *m_field;
};

} // namespace qd::triage
