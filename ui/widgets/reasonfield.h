// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace qd::widgets {

/// Why, in words that are often enough, or in one's own. While it is empty a digit takes the words of that number; whoever meant the digit
/// itself types on, and it is what they typed.
class ReasonField final : public QComboBox {
    Q_OBJECT
public:
    explicit ReasonField(QWidget *parent = nullptr);

    /// The words there are, in the order of their digits.
    [[nodiscard]] static QStringList presets();
    /// Says in the empty field what is asked and which keys choose.
    void setHint(const QString &hint);
    [[nodiscard]] QString reason() const { return currentText().trimmed(); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override; ///< the field hands the keyboard to the box around it, which passes keys on past every filter

private:
    [[nodiscard]] bool takes(const QKeyEvent &key);

    int m_digit = 0; ///< that took the words which are still selected
};

} // namespace qd::widgets
