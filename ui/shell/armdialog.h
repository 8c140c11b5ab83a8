// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QCheckBox;
class QComboBox;

namespace qd::widgets {
class TypeToArm;
}

namespace qd::shell {

/// What a connection may write outside: observe lifted for some kinds of write, or for none. Shows only what its kind is able
/// to write. What allows more than before needs the connection's name typed; taking away never does. Emits intent; the shell sends it.
class ArmDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    ArmDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);

    /// Connections that could write something at all; without one there is nothing to arm.
    [[nodiscard]] static std::vector<view::Feed> armable(const view::ViewModel &view);
    /// "connection.arm", or "connection.disarm" when nothing is ticked.
    [[nodiscard]] QString method() const;
    [[nodiscard]] QJsonObject arguments() const;

private:
    void showConnection();
    void check();
    [[nodiscard]] QStringList ticked() const;

    std::vector<view::Feed> m_feeds;
    QComboBox *m_connection;
    std::vector<std::pair<Write, QCheckBox *>> m_writes;
    widgets::PlainLabel *m_effect;
    widgets::TypeToArm *m_arm;
};

} // namespace qd::shell
