// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QLineEdit;

namespace qd::comms {

/// An update that was sent was also put somewhere by hand: where. Emits intent; whoever opened it sends it.
class PostedDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `where`: what it was last copied for, or nothing.
    PostedDialog(const style::Theme &theme, const QString &incident, const QString &update, const QString &where, QWidget *parent);
    [[nodiscard]] QString method() const { return QStringLiteral("update.posted"); }
    [[nodiscard]] QJsonObject arguments() const;
    [[nodiscard]] QLineEdit &where() const { return *m_where; }

private:
    void check();

    QString m_incident, m_update;
    QLineEdit *m_where;
};

} // namespace qd::comms
