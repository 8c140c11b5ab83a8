// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QLineEdit;

namespace qd::escalation {

/// An incident gets a room: a new one, made as at its declaration, or one where people talk about it already, by its address. Emits intent.
class RoomDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    static constexpr int kAddressLength = 512;

    RoomDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    [[nodiscard]] QString method() const;
    [[nodiscard]] QJsonObject arguments() const;

private:
    [[nodiscard]] QString address() const;

    QString m_incident;
    QLineEdit *m_address;
};

} // namespace qd::escalation
