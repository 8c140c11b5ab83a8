// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/overlay.h"
#include "ui/view/source.h"

namespace qd::review {
class InsightsPanel;
}
namespace qd::widgets {
class PlainLabel;
}

namespace qd::shell {

/// Insights over the window, of a day (D), a week (W) or thirty days (M). The core is asked each time; what it refuses is shown.
/// Escape closes it.
class InsightsSheet final : public Overlay {
    Q_OBJECT
public:
    InsightsSheet(view::ViewSource &source, const style::Theme &theme, QWidget *window);
    void open();
    [[nodiscard]] const review::InsightsPanel &panel() const { return *m_panel; }
    [[nodiscard]] QString status() const; ///< what is asked for, or what was refused; empty once it is shown

protected:
    void place() override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void ask(const QString &since, const QString &words);

    view::ViewSource &m_source;
    widgets::PlainLabel *m_title, *m_status;
    review::InsightsPanel *m_panel;
    int m_asked = 0; ///< a late answer is dropped
};

} // namespace qd::shell
