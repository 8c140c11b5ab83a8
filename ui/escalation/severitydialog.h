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

class SeverityQuestions;

/// The severity of the incident in focus by three questions; what it affects, the suggestion and its arithmetic are the core's, the last
/// word is the person's. A lower severity needs a reason. Technical severity stands beside it and takes no part.
class SeverityDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    SeverityDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    /// An item of `get severities`: what the incident affects, and what each answer suggests.
    void setExplained(const QJsonObject &item);
    [[nodiscard]] QJsonObject arguments() const;

private:
    void suggest();
    void check();

    QString m_incident;
    int m_now = 3;
    widgets::PlainLabel *m_affected;
    SeverityQuestions *m_questions;
    widgets::PlainLabel *m_arithmetic;
    QComboBox *m_severity;
    QLineEdit *m_reason;
};

} // namespace qd::escalation
