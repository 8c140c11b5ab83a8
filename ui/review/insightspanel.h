// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/insights.h"
#include "ui/style/theme.h"

#include <QWidget>

class QGridLayout;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::review {

class BarChart;

/// How long incidents took, how many alerts came and from where, whom that woke: one sentence, a table of four times, three charts.
/// Nobody is named. GUI thread.
class InsightsPanel final : public QWidget {
    Q_OBJECT
public:
    explicit InsightsPanel(const style::Theme &theme, QWidget *parent = nullptr);

    void show(const InsightsView &view);
    [[nodiscard]] QString summary() const; ///< the sentence on top
    [[nodiscard]] QString times() const;   ///< the table, a line each

    [[nodiscard]] static QString duration(qint64 seconds); ///< "4 min", "2 h 10 min"; "—" for none

private:
    const style::Theme &m_theme;
    widgets::PlainLabel *m_summary, *m_note;
    QGridLayout *m_table;
    std::vector<std::vector<widgets::PlainLabel *>> m_cells;
    BarChart *m_services, *m_priorities, *m_badActors;
};

} // namespace qd::review
