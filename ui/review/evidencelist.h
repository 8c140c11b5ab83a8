// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/review.h"

#include <QWidget>
#include <QStringList>
#include <vector>

class QLineEdit;
class QPushButton;

namespace qd::widgets {
class CountTabs;
class PlainLabel;
class TwinTable;
}

namespace qd::review {

class EvidenceModel;

/// The record as a list to search, mark and cite: Evidence, People, Messages; a field that filters; four markers. Emits intent. GUI thread.
class EvidenceList final : public QWidget {
    Q_OBJECT
public:
    explicit EvidenceList(const style::Theme &theme, QWidget *parent = nullptr);

    void show(const view::Review &review);
    using QWidget::show;
    void setMoment(const view::PastPoint &moment);
    void setNamed(bool named);
    /// Brings a line into view and chooses it; a filter that hides it goes. False: there is no such line.
    bool reveal(const QString &reference);
    void revealAt(Instant at);
    void find();                              ///< the keyboard goes to the field
    void mark(int marker);                    ///< the chosen line, or takes that mark from it
    void nextPart(int step);

    [[nodiscard]] EvidenceModel &model() const { return *m_model; }
    [[nodiscard]] widgets::TwinTable &table() const { return *m_table; }
    [[nodiscard]] QLineEdit &filter() const { return *m_filter; }
    [[nodiscard]] const view::EvidenceRow *current() const;
    [[nodiscard]] QString footer() const;

Q_SIGNALS:
    void markRequested(const qd::view::EvidenceRow &row, const QString &kind);
    void unmarkRequested(std::uint32_t moment);
    void chosen(const qd::view::EvidenceRow &row); ///< it became the current one by the person's doing
    void opened(const qd::view::EvidenceRow &row); ///< replay goes there

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void say();
    void keepCurrent();
    void fitParts();
    void fitRows();                           ///< two lines a row where the list is narrow

    const style::Theme &m_theme;
    EvidenceModel *m_model;
    widgets::CountTabs *m_tabs;
    QLineEdit *m_filter;
    widgets::TwinTable *m_table;
    widgets::PlainLabel *m_footer;
    std::vector<QPushButton *> m_markers;
    QString m_currentId, m_incident;
    QStringList m_words;      ///< of the tabs
    QStringList m_markerNames;
    bool m_filling = false;
};

} // namespace qd::review
