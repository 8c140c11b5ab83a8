// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/trendsview.h"
#include "ui/style/theme.h"

#include <QWidget>

namespace qd::widgets {
class PlainLabel;
}

namespace qd::review {

class BarChart;
class SaidTable;

/// The factors across unrelated incidents: the most frequent with what they are together, which of them met, and by quarter the one that is chosen below,
/// where each stands with how often it is elsewhere. No length of time and no person is in it. GUI thread.
class TrendsPanel final : public QWidget {
    Q_OBJECT
public:
    explicit TrendsPanel(const style::Theme &theme, QWidget *parent = nullptr);

    void show(const TrendsView &view);
    [[nodiscard]] QString chosen() const; ///< a factor's id; empty: none, or all of them
    [[nodiscard]] QString summary() const;
    [[nodiscard]] SaidTable &table() const { return *m_table; }
    [[nodiscard]] BarChart &factors() const { return *m_factors; }
    [[nodiscard]] BarChart &quarters() const { return *m_quarters; }

private:
    void showQuarters();

    TrendsView m_view;
    widgets::PlainLabel *m_summary;
    BarChart *m_factors, *m_pairs, *m_quarters;
    SaidTable *m_table;
};

} // namespace qd::review
