// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/reasonfield.h"

#include <QKeyEvent>
#include <QLineEdit>

namespace qd::widgets {

namespace {
constexpr int kReasonLetters = 500;
} // namespace

QStringList ReasonField::presets()
{
    return {tr("known, being worked on"), tr("planned work"), tr("false alarm"), tr("a consequence of something else"), tr("asked for by the commander")};
}

ReasonField::ReasonField(QWidget *parent)
    : QComboBox(parent)
{
    setEditable(true);
    setInsertPolicy(NoInsert);
    const QStringList words = presets();
    for (qsizetype n = 0; n < words.size(); ++n)
        addItem(QStringLiteral("%1  %2").arg(n + 1).arg(words[n]), words[n]);
    setCurrentIndex(-1);
    setCompleter(nullptr); // a digit is no beginning of "1  known"; what was completed would take a Return of its own
    lineEdit()->setMaxLength(kReasonLetters);
    lineEdit()->installEventFilter(this);
    connect(this, &QComboBox::activated, this, [this](int row) { setEditText(itemData(row).toString()); });
    setHint(tr("why"));
}

void ReasonField::setHint(const QString &hint)
{
    lineEdit()->setPlaceholderText(tr("%1 · 1–%2 choose").arg(hint).arg(presets().size()));
}

bool ReasonField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == lineEdit() && event->type() == QEvent::KeyPress && takes(*static_cast<QKeyEvent *>(event)))
        return true;
    return QComboBox::eventFilter(watched, event);
}

void ReasonField::keyPressEvent(QKeyEvent *event)
{
    if (!takes(*event))
        QComboBox::keyPressEvent(event);
}

bool ReasonField::takes(const QKeyEvent &key)
{
    const QString typed = key.text();
    const bool isText = !typed.isEmpty() && typed.front().isPrint() && (key.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
    const int digit = isText && typed.size() == 1 ? typed.front().digitValue() : -1;
    if (isText && lineEdit()->text().isEmpty() && digit >= 1 && digit <= presets().size()) {
        setEditText(presets().at(digit - 1));
        lineEdit()->selectAll();
        m_digit = digit;
        return true;
    }
    if (isText && m_digit != 0 && lineEdit()->selectedText() == lineEdit()->text() && lineEdit()->text() == presets().at(m_digit - 1)) {
        lineEdit()->setText(QString::number(m_digit)); // "3 hosts are being replaced"
        lineEdit()->setCursorPosition(1);
    }
    m_digit = 0;
    return false;
}

} // namespace qd::widgets
