// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;

namespace qd::escalation {

/// One incident becomes part of another: which into which, and why. Only what is open is offered.
class MergeDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    MergeDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const;

    /// Whether there are two to choose from.
    [[nodiscard]] static bool isPossible(const view::ViewModel &view);

private:
    void check();

    QComboBox *m_from, *m_into;
    QLineEdit *m_reason;
};

} // namespace qd::escalation
