// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/secretfield.h"

#include <QSignalBlocker>
#include <algorithm>

namespace qd::widgets {

namespace {

constexpr int kSecretLetters = 1024; ///< the core reads at most 4 KiB

void overwrite(QString &text)
{
    // Not shared any more at this point, so these are the characters themselves.
    std::fill(text.begin(), text.end(), QChar(QLatin1Char('\0')));
}

} // namespace

SecretField::SecretField(QWidget *parent)
    : QLineEdit(parent)
{
    setEchoMode(QLineEdit::Password);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    setMaxLength(kSecretLetters);
}

Secret SecretField::take()
{
    QString text = this->text();
    QByteArray bytes = text.toUtf8();
    Secret secret(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    bytes.fill('\0');
    {
        const QSignalBlocker quiet(this);
        clear(); // lets go of its own copy, so that the one here is the last
    }
    overwrite(text);
    return secret;
}

} // namespace qd::widgets
