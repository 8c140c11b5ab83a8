// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::escalation {

/// The severity of the incident in focus by three questions; the suggestion and its arithmetic are shown, the last word is the
/// person's. A lower severity needs a reason.
class SeverityDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    SeverityDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const;

private:
    void suggest();
    void check();

    QString m_incident;
    int m_now = 3;
    QComboBox *m_hurt, *m_howMany, *m_workaround;
    widgets::PlainLabel *m_arithmetic;
    QComboBox *m_severity;
    QLineEdit *m_reason;
};

} // namespace qd::escalation
