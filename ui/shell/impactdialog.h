// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QLineEdit;

namespace qd::shell {

/// Since when the incident in focus hurts, as is known now. What was recorded before stays in the record.
class ImpactDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    ImpactDialog(const style::Theme &theme, const view::ViewModelPtr &view, Instant now, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const;

private:
    void check();

    QString m_incident;
    Instant m_now;
    QLineEdit *m_since, *m_reason;
};

} // namespace qd::shell
