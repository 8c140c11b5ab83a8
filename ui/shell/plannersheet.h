// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/overlay.h"
#include "ui/view/source.h"

class QScrollArea;

namespace qd::escalation {
class PlannerStrip;
}
namespace qd::widgets {
class PlainLabel;
}

namespace qd::shell {

/// Who is on call in the next 24 hours, over the window: the planner strip with the chosen row in words below it. The core is
/// asked each time it opens; what it refuses is shown in its place. Escape closes it.
class PlannerSheet final : public Overlay {
    Q_OBJECT
public:
    PlannerSheet(view::ViewSource &source, const style::Theme &theme, QWidget *window);
    void open();
    [[nodiscard]] escalation::PlannerStrip &strip() const { return *m_strip; }
    [[nodiscard]] QString status() const; ///< the words below the strip

protected:
    void place() override;

private:
    void say();

    view::ViewSource &m_source;
    QScrollArea *m_scroll;
    escalation::PlannerStrip *m_strip;
    widgets::PlainLabel *m_words;
    int m_asked = 0; ///< a late answer is dropped
};

} // namespace qd::shell
