// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QLineEdit;

namespace qd::escalation {

/// An address that everybody in the incident needs, with its name: the conference, a dashboard. Emits intent.
class LinkDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    LinkDialog(const style::Theme &theme, const view::ViewModel &view, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of incident.pin

private:
    QString m_incident;
    QLineEdit *m_title;
    QLineEdit *m_url;
};

} // namespace qd::escalation
