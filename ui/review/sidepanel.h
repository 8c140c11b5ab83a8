// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/review.h"

#include <QWidget>
#include <QStringList>
#include <vector>

class QAction;
class QStackedWidget;

namespace qd::widgets {
class CountTabs;
class PlainLabel;
class TwinTable;
}

namespace qd::review {

class BarChart;
class InsightsPanel;
class RowsModel;

/// What stands beside the narrative: factors, actions, prompts, people, comments, and the figures across incidents. Emits intent. GUI thread.
class SidePanel final : public QWidget {
    Q_OBJECT
public:
    enum Tab { Factors, Actions, Prompts, People, Comments, Metrics, Tabs };

    explicit SidePanel(const style::Theme &theme, QWidget *parent = nullptr);

    void show(const view::Review &review, Instant now);
    using QWidget::show;
    void go(Tab tab);
    void next(int step);
    void toggleAll();                    ///< of the factors: all there are, or those somebody sees
    [[nodiscard]] Tab current() const;
    [[nodiscard]] QString chosen() const; ///< the id of the row that is current in the tab shown; empty: none
    [[nodiscard]] InsightsPanel &insights() const { return *m_insights; }
    [[nodiscard]] widgets::TwinTable &table(Tab tab) const { return *m_tables[static_cast<std::size_t>(tab)]; }
    [[nodiscard]] RowsModel &model(Tab tab) const { return *m_models[static_cast<std::size_t>(tab)]; }
    void sayMetrics(const QString &sentence);
    [[nodiscard]] BarChart &factors() const { return *m_factors; } ///< across incidents

Q_SIGNALS:
    void opened(int tab, const QString &id); ///< Return on a row
    void turned(int tab);                    ///< another is shown

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void hint();

    const style::Theme &m_theme;
    widgets::CountTabs *m_tabs;
    QStackedWidget *m_pages;
    std::vector<RowsModel *> m_models;
    std::vector<widgets::TwinTable *> m_tables;
    InsightsPanel *m_insights;
    BarChart *m_factors;
    widgets::PlainLabel *m_status, *m_hint;
    view::Review m_review;
    Instant m_now;
    QStringList m_words; ///< of the tabs
    bool m_all = false;
};

} // namespace qd::review
