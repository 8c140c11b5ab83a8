// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace qd::escalation {

/// Offers command to somebody: what is recorded goes with it by itself, the fields are for what only the commander knows.
class HandoverDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    HandoverDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    /// What the core says goes with it, several lines.
    void setBrief(const QString &brief);
    [[nodiscard]] QJsonObject arguments() const;

private:
    QString m_incident;
    QComboBox *m_person;
    QPlainTextEdit *m_brief;
    QLineEdit *m_summary, *m_actions, *m_watch;
};

/// An offer made to this seat: read it, say in your own words what you take over; or decline.
class AcceptDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    AcceptDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    [[nodiscard]] QString method() const { return m_declined ? QStringLiteral("incident.decline") : QStringLiteral("incident.accept"); }
    [[nodiscard]] QJsonObject arguments() const;

private:
    QString m_incident;
    QLineEdit *m_readBack;
    bool m_declined = false;
};

/// A reason for one command: to take command from somebody, to object to that.
class ReasonDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    ReasonDialog(const style::Theme &theme, const QString &title, const QString &verb, const QString &note, const QString &incident, bool required, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const;

private:
    QString m_incident;
    QLineEdit *m_reason;
};

} // namespace qd::escalation
