// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/trendsview.h"
#include "ui/style/theme.h"
#include "ui/view/source.h"

#include <QDialog>

#include <functional>

class QStackedWidget;

namespace qd::widgets {
class CountTabs;
class KeyHints;
class PlainLabel;
}

namespace qd::review {

class MatrixPanel;
class SaidTable;
class TrendsPanel;

/// What reviews say together, in four parts: factors, which of them met, what actions did, what recurs. What met becomes a pattern from here, and what is
/// asked of the next design of a service is saved. Asks the core when it opens, and again after what is done here. GUI thread.
class TrendsDialog final : public QDialog {
    Q_OBJECT
public:
    enum Part { Factors, Matrix, Effects, Patterns, Parts };
    TrendsDialog(view::ViewSource &source, const style::Theme &theme, QWidget *parent, Part part = Factors);

    void go(Part part);
    void makePattern();                  ///< of what is chosen; one that is there is written otherwise
    void saveChecklist();                ///< of a service; that of the pattern that is chosen first
    [[nodiscard]] Part current() const;
    [[nodiscard]] TrendsPanel &panel() const { return *m_factors; }
    [[nodiscard]] MatrixPanel &matrix() const { return *m_matrix; }
    [[nodiscard]] SaidTable &effects() const { return *m_effects; }
    [[nodiscard]] SaidTable &patterns() const { return *m_patterns; }
    [[nodiscard]] QString said() const;

Q_SIGNALS:
    void incidentOpened(const QString &incident); ///< its review is to be shown; this one is closed

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void ask();
    void add(const char *name, const QString &text, const QKeySequence &key, std::function<void()> what);
    void fill();
    void turnPattern();
    void openReview(const QString &incident);
    void hint();
    void switchMatrix();                 ///< factors by services, or by each other
    void say(const QString &sentence);

    view::ViewSource &m_source;
    const style::Theme &m_theme;
    TrendsLists m_lists;                 ///< as they came
    int m_waits = 0;                     ///< answers to come
    bool m_isAsking = false;             ///< … and that is what is said
    TrendsView m_view;
    widgets::CountTabs *m_tabs;
    QStackedWidget *m_pages;
    TrendsPanel *m_factors;
    MatrixPanel *m_matrix;
    SaidTable *m_effects, *m_patterns;
    widgets::PlainLabel *m_said;
    widgets::KeyHints *m_keys;
};

} // namespace qd::review
