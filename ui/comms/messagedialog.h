// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace qd::widgets {
class TypeToArm;
}

namespace qd::comms {

/// What a person has to say about a text for outside: the text itself, why it is refused, withdrawn, or released without its approvals. What
/// sends it outside needs the name of whom it goes to typed.
/// Emits intent; whoever opened it sends it.
class MessageDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    enum class Kind { Draft, Reject, Withdraw, Glass, Release, Holding };
    /// `message`: as `get messages` has it; empty for a new one. Of a holding statement it has only its "holding".
    MessageDialog(const style::Theme &theme, Kind kind, const QJsonObject &message, const view::ViewModelPtr &view, QWidget *parent);
    [[nodiscard]] QString method() const;
    [[nodiscard]] QJsonObject arguments() const;
    /// The gate refused a draft: says why and offers to have the part taken out.
    void offerRemoval(const QString &refusal);
    [[nodiscard]] QPushButton *removal() const { return m_remove; } ///< of a draft

private:
    void check();

    Kind m_kind;
    QJsonObject m_message;
    QString m_incident;
    QLineEdit *m_title = nullptr, *m_audience = nullptr, *m_to = nullptr, *m_embargo = nullptr, *m_expires = nullptr, *m_reason = nullptr, *m_first = nullptr,
              *m_second = nullptr;
    QPlainTextEdit *m_text = nullptr;
    widgets::TypeToArm *m_arm = nullptr;
    QPushButton *m_remove = nullptr;
    bool m_removing = false;
};

} // namespace qd::comms
