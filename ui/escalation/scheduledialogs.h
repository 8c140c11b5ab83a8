// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonArray>
#include <QJsonObject>

class QComboBox;
class QLineEdit;

namespace qd::widgets {
class ReasonField;
}

namespace qd::escalation {

/// A stretch of a schedule somebody points at: who has it by its plan, and for how long.
struct Shift {
    QString schedule, name, zone; ///< schedule: its id
    Instant from, until;
    QStringList people;           ///< ids; empty: nobody has it
};

/// Another person comes, goes, or stands in, for a span of a schedule.
class OverrideShiftDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    OverrideShiftDialog(const style::Theme &theme, const view::ViewModelPtr &view, const Shift &shift, Instant now, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of schedule.override

private:
    void check();

    Instant m_now;
    QString m_schedule;
    QComboBox *m_what, *m_comes, *m_goes;
    QLineEdit *m_from, *m_until;
    widgets::ReasonField *m_reason;
};

/// Two people stand in for each other, each for a shift of the other.
class SwapShiftsDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    SwapShiftsDialog(const style::Theme &theme, const view::ViewModelPtr &view, const Shift &shift, Instant now, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of schedule.swap

private:
    void check();

    Instant m_now;
    QString m_schedule;
    QComboBox *m_person, *m_with;
    QLineEdit *m_from, *m_until, *m_withFrom, *m_withUntil;
    widgets::ReasonField *m_reason;
};

/// Takes a change of a schedule back; what was made together goes together.
class WithdrawOverrideDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `schedule`: those of this one come first; empty: none does.
    WithdrawOverrideDialog(const style::Theme &theme, const view::ViewModelPtr &view, const QString &schedule, QWidget *parent);
    [[nodiscard]] static bool isPossible(const view::ViewModel &view) { return !view.scheduleChanges.empty(); }
    [[nodiscard]] QJsonObject arguments() const; ///< of schedule.withdraw

private:
    QComboBox *m_which;
    widgets::ReasonField *m_reason;
};

} // namespace qd::escalation
