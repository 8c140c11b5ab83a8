// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/overlay.h"
#include "ui/view/source.h"

namespace qd::comms {
class MessageBoard;
class PageBoard;
}

namespace qd::shell {

/// What people outside are told, over the window: the status pages at the left, the texts for outside of the incident in focus with their approvals at the
/// right. Tab goes from one to the other, Escape closes it. Without a status page in the workspace the texts have it all.
class MessageSheet final : public Overlay {
    Q_OBJECT
public:
    MessageSheet(view::ViewSource &source, const style::Theme &theme, QWidget *window);
    void open();
    void openPages(); ///< the same, the keyboard on the status page
    [[nodiscard]] comms::MessageBoard &board() const { return *m_board; }
    [[nodiscard]] comms::PageBoard &pages() const { return *m_pages; }

protected:
    void place() override;

private:
    void ask();

    comms::MessageBoard *m_board;
    comms::PageBoard *m_pages;
    QWidget *m_pageSide, *m_rule;
    bool m_wanted = false; ///< the page side was asked for
};

} // namespace qd::shell
