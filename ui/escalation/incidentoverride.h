// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;

namespace qd::widgets {
class PlainLabel;
class ReasonField;
class TypeToArm;
}

namespace qd::escalation {

/// Something other than the rules would have it, for the incident in focus: its alerts call nobody, its service is silenced or in
/// maintenance, its alerts are somebody else's, its calls go on. What Ctrl+Z takes back is done by one Enter on the effect that is stated; before
/// what calls people, which nobody takes back, the name of what it is about is typed and Enter, however often, never suffices. What ends by itself
/// stands in force in the stack until then.
class IncidentOverrideDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    IncidentOverrideDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    [[nodiscard]] QString method() const;
    [[nodiscard]] QJsonObject arguments() const;
    [[nodiscard]] const QStringList &alerts() const { return m_alerts; } ///< keys of those of it that fire

private:
    enum What { Hold, Silence, Maintenance, Give, NextStep, CallOn };
    void check();
    [[nodiscard]] What what() const;
    /// What it calls people by leaves the house and is not taken back: only before that something is typed.
    [[nodiscard]] bool isOutward() const;
    [[nodiscard]] QString effect() const; ///< what Return will do, in a sentence

    QString m_incident, m_service;
    QStringList m_alerts;
    QComboBox *m_what, *m_who, *m_for;
    widgets::ReasonField *m_reason;
    widgets::PlainLabel *m_effect;
    widgets::TypeToArm *m_arm;
};

} // namespace qd::escalation
