// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "ui/widgets/formdialog.h"

class QLineEdit;

namespace qd::widgets {
class SecretField;
}

namespace qd::shell {

/// Asks for the passphrase of a home; take() moves it into a Secret. It is kept nowhere: after a wrong one, or when the core ends later, the person is asked again.
class UnlockDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    UnlockDialog(const style::Theme &theme, QWidget *parent);

    [[nodiscard]] Secret take();
    /// It was not the right one, or the core did not start with it: one sentence.
    void refuse(const QString &sentence);
    [[nodiscard]] QLineEdit &field() const;

private:
    widgets::SecretField *m_field;
};

} // namespace qd::shell
