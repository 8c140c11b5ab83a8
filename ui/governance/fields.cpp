// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/governance/fields.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace qd::governance {

namespace {
constexpr int kLinesInSight = 6, kChoiceLetters = 30, kStreamLetters = 200;
}

QLineEdit *longLine(int letters, const QString &placeholder, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    edit->setMaxLength(letters);
    edit->setPlaceholderText(placeholder);
    return edit;
}

QComboBox *wideChoice(QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(kChoiceLetters);
    return box;
}

QComboBox *streamBox(QWidget *parent)
{
    QComboBox *box = wideChoice(parent);
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setCompleter(nullptr); // what is typed is meant: incident/INC-1 is not incident/INC-12
    box->lineEdit()->setMaxLength(kStreamLetters);
    return box;
}

QPlainTextEdit *lookedAt(const style::Theme &theme, const QString &text, QWidget *parent)
{
    auto *edit = new QPlainTextEdit(text, parent);
    edit->setReadOnly(true);
    edit->setTabChangesFocus(true);
    edit->setMinimumHeight(3 * theme.lineHeight());
    edit->setMaximumHeight(kLinesInSight * theme.lineHeight());
    return edit;
}

} // namespace qd::governance
