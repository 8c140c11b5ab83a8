// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonArray>
#include <QJsonObject>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace qd::escalation {

/// Offers command of every open incident one commands to one person, each with its own offer.
class HandOverAllDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    HandOverAllDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    /// What the core says goes with each (`get briefs`).
    void setBriefs(const QJsonArray &items);
    [[nodiscard]] QJsonObject arguments() const;

    /// The open incidents that whoever sits here commands.
    [[nodiscard]] static QStringList commanded(const view::ViewModel &view);

private:
    QStringList m_incidents;
    QComboBox *m_person;
    QPlainTextEdit *m_brief;
    QLineEdit *m_summary, *m_actions, *m_watch;
};

/// Everything that is offered to this seat is read and accepted by one read-back. One that is not wanted is declined by itself.
class AcceptAllDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    AcceptAllDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    void setBriefs(const QJsonArray &items);
    [[nodiscard]] QJsonObject arguments() const;

    /// The incidents whose command is offered to whoever sits here.
    [[nodiscard]] static QStringList offered(const view::ViewModel &view);

private:
    QStringList m_incidents;
    QPlainTextEdit *m_brief;
    QLineEdit *m_readBack;
};

} // namespace qd::escalation
