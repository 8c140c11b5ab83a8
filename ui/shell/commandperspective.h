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

namespace qd::widgets {
class CountTabs;
}

namespace qd::shell {

class LayoutMemory;

/// The perspective of command: triage, the map over the timeline, the stack with the update below it. Without
/// dependency edges the timeline takes the whole centre. Where the window is narrow for its text (a small screen, large
/// type) the stack stays and one of alerts, map and timeline stands beside it; F6 and a row of tabs bring the others.
class CommandPerspective final : public QWidget {
    Q_OBJECT
public:
    /// A part that F6 goes through.
    struct Region {
        QString name;
        QWidget *root = nullptr;
        QWidget *focus = nullptr; ///< what gets the keyboard
        QString id = {};          ///< its name in settings
    };

    CommandPerspective(view::ViewSource &source, const style::Theme &theme, widgets::Ticker &ticker, QWidget *parent = nullptr);

    void show(const view::ViewModel &view);
    [[nodiscard]] const std::vector<Region> &regions() const { return m_regions; }
    [[nodiscard]] triage::TriagePanel &triage() const { return *m_triage; }
    /// Whether F6 stops there: all but a map without edges.
    [[nodiscard]] bool offers(const Region &region) const;
    /// Brings a region into sight and gives it the keyboard.
    void go(const Region &region);
    void goToAlerts() { go(m_regions.front()); }
    void goToService(const QString &id); ///< on the map, and its alerts in the list
    [[nodiscard]] bool isNarrow() const { return m_narrow; }

    void restore(const LayoutMemory &memory); ///< the default first, then what is remembered
    void remember(LayoutMemory &memory) const;
    void reset();

Q_SIGNALS:
    void told(const QString &sentence);
    void refused(const QString &sentence);
    void lineRequested(const QString &prefill);
    void lineAboutRequested(const QString &prefill, const QString &about); ///< what is made from a line of the record
    void doneRequested(const QString &task, const QString &text); ///< what came of a task
    void revealRequested(const QString &entry); ///< sealed words of a line; empty: of all
    void actionRequested(const QString &name); ///< an action of the window, by its name

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    void bring(const QWidget *part); ///< the stage that holds it is the one in sight

    const style::Theme &m_theme;
    triage::TriagePanel *m_triage;
    map::MapView *m_map;
    timeline::TimelineView *m_timeline;
    escalation::CommandStack *m_stack;
    comms::UpdateComposer *m_update;
    widgets::CountTabs *m_tabs; ///< what stands beside the stack in a narrow window
    QWidget *m_tabBar;
    QSplitter *m_columns;
    QSplitter *m_centre;
    std::vector<Region> m_regions;
    std::vector<QWidget *> m_stages; ///< alerts, map, timeline: in the order of the tabs
    int m_stage = 0;
    bool m_narrow = false, m_hasMap = true;
    QByteArray m_wide; ///< the columns before it became narrow
};

} // namespace qd::shell
