// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;

namespace qd::escalation {

/// Calls a person or team by name: for the chosen alerts, else for the incident in focus. Whoever else is called, or has answered, stays as
/// it is.
class SummonDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    SummonDialog(const style::Theme &theme, const view::ViewModelPtr &view, const QStringList &alerts, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const;

private:
    QString m_incident;
    QStringList m_alerts;
    QComboBox *m_who;
    QLineEdit *m_reason;
};

/// Records that somebody was reached without the console, and knows: what calls them counts as answered.
class ReachedDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    ReachedDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const;

private:
    QComboBox *m_who, *m_how, *m_about;
};

/// Gives somebody a role by a name of the team's own making, in the incident in focus.
class OwnRoleDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    OwnRoleDialog(const style::Theme &theme, const view::ViewModel &view, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const;

private:
    QString m_incident;
    QLineEdit *m_title;
    QComboBox *m_who;
};

/// Gives what keeps alerts quiet, or their calls waiting, another end.
class KeepDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    KeepDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    /// Whether there is anything of ours to keep; a source's silences are the source's.
    [[nodiscard]] static bool isPossible(const view::ViewModel &view);
    [[nodiscard]] QJsonObject arguments() const;

private:
    void check();

    QComboBox *m_what, *m_until;
    QLineEdit *m_reason;
};

} // namespace qd::escalation
