// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/sidetables.h"
#include "ui/style/theme.h"
#include "ui/view/review.h"

#include <QJsonArray>
#include <QStringList>
#include <functional>
#include <utility>
#include <QWidget>
#include <vector>

class QAction;
class QDropEvent;
class QStackedWidget;

namespace qd::widgets {
class CountTabs;
class PlainLabel;
class TwinTable;
}

namespace qd::review {

class BarChart;
class CostPanel;
class FactorMonths;
class FiguresPanel;
class InsightsPanel;
class MeetingStrip;
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
    /// How a line of the record reads that a factor points at.
    void setCited(std::function<QString(const QString &reference)> cited) { m_cited = std::move(cited); }
    void refresh();                      ///< what is cited may read otherwise now
    void askOf(const AskedOf &of);       ///< what is before who leads the conversation: what to ask of it comes first
    void toggleAll();                    ///< of the factors: all there are, or those somebody sees
    [[nodiscard]] Tab current() const;
    [[nodiscard]] QString chosen() const; ///< the id of the row that is current in the tab shown; empty: none
    [[nodiscard]] InsightsPanel &insights() const { return *m_insights; }
    [[nodiscard]] widgets::TwinTable &table(Tab tab) const { return *m_tables[static_cast<std::size_t>(tab)]; }
    [[nodiscard]] RowsModel &model(Tab tab) const { return *m_models[static_cast<std::size_t>(tab)]; }
    [[nodiscard]] MeetingStrip &meeting() const { return *m_meeting; } ///< above the people
    [[nodiscard]] FiguresPanel &figures() const { return *m_figures; } ///< of this incident, above what it cost
    [[nodiscard]] CostPanel &cost() const { return *m_cost; }          ///< above the figures across incidents
    [[nodiscard]] QWidget &metrics() const { return *m_metrics; }      ///< what takes the keyboard there
    void sayMetrics(const QString &sentence);
    [[nodiscard]] BarChart &factors() const { return *m_factors; } ///< across incidents

    /// What `get trends` answered; empty: not known yet. The chosen factor is shown by it.
    void setTrends(const QJsonArray &trends);
    [[nodiscard]] FactorMonths &trend() const { return *m_trend; }      ///< below the factors: the chosen one across incidents

Q_SIGNALS:
    void factorChosen(const QString &id);    ///< a line of the factors became the current one
    void opened(int tab, const QString &id); ///< Return on a row
    void turned(int tab);                    ///< another is shown
    void citeRequested(const QString &factor, const QString &reference); ///< a line was dropped there

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();
    bool drop(QDropEvent &event);        ///< a line that is dragged over a factor, or let go of there
    void hint();
    void showTrend();
    [[nodiscard]] QWidget *keyboard() const; ///< of the tab shown

    const style::Theme &m_theme;
    widgets::CountTabs *m_tabs;
    QStackedWidget *m_pages;
    std::vector<RowsModel *> m_models;
    std::vector<widgets::TwinTable *> m_tables;
    InsightsPanel *m_insights;
    BarChart *m_factors;
    MeetingStrip *m_meeting;
    FiguresPanel *m_figures;
    CostPanel *m_cost;
    FactorMonths *m_trend;
    QJsonArray m_trends;
    QWidget *m_metrics = nullptr;
    widgets::PlainLabel *m_status, *m_hint;
    std::function<QString(const QString &)> m_cited;
    view::Review m_review;
    Instant m_now;
    AskedOf m_asked;
    QStringList m_words; ///< of the tabs
    bool m_all = false;
};

} // namespace qd::review
