// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QPushButton;

namespace qd::escalation {

/// A room of an incident that is over is left, or archived at its platform and then left: nothing is read or written in it any more.
class LeaveRoomDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `item`: the incident as `get incidents` has it.
    LeaveRoomDialog(const style::Theme &theme, const view::ViewModelPtr &view, const QJsonObject &item, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const;
    [[nodiscard]] QPushButton &archive() const { return *m_archive; }

    /// Whether it has a room that was not left.
    [[nodiscard]] static bool isPossible(const QJsonObject &item);

private:
    void check();

    QString m_incident;
    QComboBox *m_room;
    QPushButton *m_archive;
    bool m_isArchived = false;
};

} // namespace qd::escalation
