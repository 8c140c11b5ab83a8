// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/overlay.h"
#include "ui/view/source.h"

namespace qd::comms {
class MessageBoard;
}

namespace qd::shell {

/// The texts for outside of the incident in focus, over the window. Escape closes it.
class MessageSheet final : public Overlay {
    Q_OBJECT
public:
    MessageSheet(view::ViewSource &source, const style::Theme &theme, QWidget *window);
    void open();
    [[nodiscard]] comms::MessageBoard &board() const { return *m_board; }

protected:
    void place() override;

private:
    comms::MessageBoard *m_board;
};

} // namespace qd::shell
