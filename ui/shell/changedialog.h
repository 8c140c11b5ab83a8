// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;

namespace qd::shell {

/// A change marker by hand: what was changed, where and when, for what no tool announced. Emits intent; the shell sends it.
class ChangeDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `service`: of the selected alert, or empty.
    ChangeDialog(const style::Theme &theme, const QString &service, const view::ViewModelPtr &view, Instant now, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const;

private:
    void check();

    Instant m_now;
    QLineEdit *m_title;
    QComboBox *m_service;
    QLineEdit *m_when;
    QLineEdit *m_link;
};

} // namespace qd::shell
