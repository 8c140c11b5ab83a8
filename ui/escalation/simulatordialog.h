// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;

namespace qd::widgets {
class TwinTable;
}

namespace qd::escalation {

class CallPlanModel;

/// "Who is paged for this at that time, and why?": a service, team, policy or alert, a severity and a moment; below them the calls an
/// escalation would make if nobody answered. Asks only, starts nothing, stays open for the next question.
class SimulatorDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `alert`: of a chosen alert, offered first; its labels decide by the ownership rules.
    SimulatorDialog(const style::Theme &theme, const view::ViewModelPtr &view, const view::AlertRow *alert, Instant now, QWidget *parent);

    void askFor(const QString &kind, const QString &id); ///< "service", "team" or "policy"
    [[nodiscard]] bool canAsk() const;
    [[nodiscard]] QJsonObject arguments() const; ///< of `simulate`
    void show(const QJsonObject &answer);
    using QWidget::show;
    /// What the core said instead of an answer; the calls of another question are not left standing.
    void sayInstead(const QString &sentence);
    [[nodiscard]] CallPlanModel &plan() const { return *m_plan; }
    [[nodiscard]] QString sentence() const; ///< the plan in one sentence, or the chosen row in words

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; ///< Ctrl+C copies the chosen rows, not one cell

private:
    void check();
    void copy() const;

    Instant m_now;
    QComboBox *m_about, *m_severity;
    QLineEdit *m_at;
    CallPlanModel *m_plan;
    widgets::TwinTable *m_table;
    widgets::PlainLabel *m_sentence, *m_row;
};

} // namespace qd::escalation
