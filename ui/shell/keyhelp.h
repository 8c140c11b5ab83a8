// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/overlay.h"

namespace qd::shell {

class ActionBook;

/// Every action with its key, grouped by the panel it acts in; made from the actions, so it cannot be wrong. Escape,
/// F1 or ? closes it.
class KeyHelp final : public Overlay {
    Q_OBJECT
public:
    KeyHelp(const style::Theme &theme, QWidget *window);
    void open(const ActionBook &book);

protected:
    void place() override;
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace qd::shell
