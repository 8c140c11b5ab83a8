// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/source.h"
#include "ui/widgets/ticker.h"

#include <QWidget>
#include <vector>

class QSplitter;

namespace qd::triage {
class TriagePanel;
}
namespace qd::map {
class MapView;
}
namespace qd::timeline {
class TimelineView;
}
namespace qd::escalation {
class CommandStack;
}
namespace qd::comms {
class UpdateComposer;
}

namespace qd::shell {

class LayoutMemory;

/// The perspective of command: triage, the map over the timeline, the stack with the update below it. Without
/// dependency edges the timeline takes the whole centre.
class CommandPerspective final : public QWidget {
    Q_OBJECT
public:
    /// A part that F6 goes through.
    struct Region {
        QString name;
        QWidget *root = nullptr;
        QWidget *focus = nullptr; ///< what gets the keyboard
    };

    CommandPerspective(view::ViewSource &source, const style::Theme &theme, widgets::Ticker &ticker, QWidget *parent = nullptr);

    void show(const view::ViewModel &view);
    [[nodiscard]] const std::vector<Region> &regions() const { return m_regions; }
    [[nodiscard]] triage::TriagePanel &triage() const { return *m_triage; }

    void restore(const LayoutMemory &memory); ///< the default first, then what is remembered
    void remember(LayoutMemory &memory) const;
    void reset();

Q_SIGNALS:
    void told(const QString &sentence);
    void refused(const QString &sentence);
    void lineRequested(const QString &prefill);

private:
    const style::Theme &m_theme;
    triage::TriagePanel *m_triage;
    map::MapView *m_map;
    timeline::TimelineView *m_timeline;
    escalation::CommandStack *m_stack;
    comms::UpdateComposer *m_update;
    QSplitter *m_columns;
    QSplitter *m_centre;
    std::vector<Region> m_regions;
};

} // namespace qd::shell
