// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/overlay.h"
#include "ui/view/source.h"

class QScrollArea;

namespace qd::escalation {
class PlannerStrip;
struct Shift;
}
namespace qd::widgets {
class KeyHints;
class PlainLabel;
}

namespace qd::shell {

/// Who is on call in the next 24 hours, over the window: the planner strip with the chosen row in words below it. The core is
/// asked each time it opens; what it refuses is shown in its place. O changes the chosen shift, S swaps it. Escape closes it.
class PlannerSheet final : public Overlay {
    Q_OBJECT
public:
    PlannerSheet(view::ViewSource &source, const style::Theme &theme, QWidget *window);
    void open();
    [[nodiscard]] escalation::PlannerStrip &strip() const { return *m_strip; }
    [[nodiscard]] QString status() const; ///< the words below the strip

Q_SIGNALS:
    void overrideRequested(const qd::escalation::Shift &shift);
    void swapRequested(const qd::escalation::Shift &shift);

protected:
    void place() override;

private:
    void add(const char *name, const QString &text, Qt::Key key, void (PlannerSheet::*what)(const escalation::Shift &));
    void say();

    view::ViewSource &m_source;
    QScrollArea *m_scroll;
    escalation::PlannerStrip *m_strip;
    widgets::PlainLabel *m_title, *m_words;
    widgets::KeyHints *m_keys;
    int m_asked = 0; ///< a late answer is dropped
};

} // namespace qd::shell
