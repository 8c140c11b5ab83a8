// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;

namespace qd::shell {

/// What the incident in focus is called, as is known now. What it was called stays in the record.
class TitleDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    TitleDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const;

private:
    QString m_incident, m_was;
    QLineEdit *m_title, *m_reason;
};

/// Which service suffers, as is known now: one of the workspace, or another by its name.
class ServiceDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    ServiceDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const;

private:
    QString m_incident, m_was;
    QComboBox *m_service;
    QLineEdit *m_reason;
};

} // namespace qd::shell
