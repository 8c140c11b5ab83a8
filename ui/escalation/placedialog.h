// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::escalation {

/// Where the incident in focus belongs: part of the work on another one, or of none any more. It stays an incident of its own.
class PlaceDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    PlaceDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    /// What the core says of the incident (`get incidents`): what it is part of now, and what is part of it.
    void setKnown(const QJsonObject &item);
    [[nodiscard]] QJsonObject arguments() const;
    [[nodiscard]] QPushButton &takeOut() const { return *m_takeOut; }
    [[nodiscard]] QString now() const; ///< where it belongs, in words

private:
    void check();

    QString m_incident;
    QComboBox *m_under;
    QLineEdit *m_reason;
    widgets::PlainLabel *m_now;
    QPushButton *m_takeOut;
    bool m_out = false;
};

} // namespace qd::escalation
