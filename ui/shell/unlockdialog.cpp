// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/unlockdialog.h"

#include <QLineEdit>

namespace qd::shell {

namespace {

constexpr int kLimit = 1024; ///< characters; the core reads at most 4 KiB

void overwrite(QString &text)
{
    // Not shared any more at this point, so these are the characters themselves.
    std::fill(text.begin(), text.end(), QChar(QLatin1Char('\0')));
}

} // namespace

UnlockDialog::UnlockDialog(const style::Theme &theme, QWidget *parent)
    : FormDialog(theme, tr("Open this home"), tr("Open"), parent)
    , m_field(new QLineEdit(this))
{
    m_field->setEchoMode(QLineEdit::Password);
    m_field->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_field->setMaxLength(kLimit);
    addField(tr("Passphrase"), m_field, tr("The journal of this home is sealed with a passphrase. It goes to the core alone and is not kept; "
                                           "opening takes a moment."));
    finish();
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) { setReady(!text.isEmpty(), {}); });
    setReady(false);
    m_field->setFocus();
}

Secret UnlockDialog::take()
{
    QString text = m_field->text();
    QByteArray bytes = text.toUtf8();
    Secret secret(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    bytes.fill('\0');
    {
        const QSignalBlocker quiet(m_field);
        m_field->clear(); // lets go of its own copy, so that the one here is the last
    }
    overwrite(text);
    setReady(false, tr("Opening …"));
    return secret;
}

void UnlockDialog::refuse(const QString &sentence)
{
    setReady(false, sentence);
    m_field->setFocus();
}

} // namespace qd::shell
