// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/governance/fields.h"

#include "ui/widgets/readingbox.h"

#include <QComboBox>
#include <QLineEdit>

namespace qd::governance {

namespace {
constexpr int kLinesInSight = 9, kChoiceLetters = 30, kStreamLetters = 200;
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

widgets::ReadingBox *lookedAt(const style::Theme &theme, const QString &text, QWidget *parent)
{
    return new widgets::ReadingBox(theme, text, parent, kLinesInSight);
}

} // namespace qd::governance
