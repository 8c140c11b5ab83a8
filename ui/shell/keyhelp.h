// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QFrame>

namespace qd::shell {

class ActionBook;

/// Every action with its key, grouped by the panel it acts in; made from the actions, so it cannot be wrong. Escape,
/// F1 or ? closes it.
class KeyHelp final : public QFrame {
    Q_OBJECT
public:
    KeyHelp(const style::Theme &theme, QWidget *window);
    void open(const ActionBook &book);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    const style::Theme &m_theme;
    QWidget *m_before = nullptr;
};

} // namespace qd::shell
