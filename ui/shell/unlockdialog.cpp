// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/unlockdialog.h"

#include "ui/widgets/secretfield.h"

namespace qd::shell {

UnlockDialog::UnlockDialog(const style::Theme &theme, QWidget *parent)
    : FormDialog(theme, tr("Open this home"), tr("Open"), parent)
    , m_field(new widgets::SecretField(this))
{
    addField(tr("Passphrase"), m_field, tr("The journal of this home is sealed with a passphrase. It goes to the core alone and is not kept; "
                                           "opening takes a moment."));
    finish();
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) { setReady(!text.isEmpty(), {}); });
    setReady(false);
    m_field->setFocus();
}

Secret UnlockDialog::take()
{
    Secret secret = m_field->take();
    setReady(false, tr("Opening …"));
    return secret;
}

QLineEdit &UnlockDialog::field() const
{
    return *m_field;
}

void UnlockDialog::refuse(const QString &sentence)
{
    setReady(false, sentence);
    m_field->setFocus();
}

} // namespace qd::shell
