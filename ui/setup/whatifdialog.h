// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QLineEdit;
class QPlainTextEdit;

namespace qd::widgets {
class PathField;
}

namespace qd::setup {

/// What would have happened under the rules of an edited workspace: one sentence, and each difference. Asks only; stays open for the next question.
class WhatIfDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    WhatIfDialog(const style::Theme &theme, QWidget *parent);

    [[nodiscard]] QJsonObject arguments() const; ///< of `whatif`
    void setAsked();                             ///< the core folds; it may take a while
    void show(const QJsonObject &answer);
    using QWidget::show;
    /// What the core said instead; the differences of another question are not left standing.
    void sayInstead(const QString &sentence);
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QStringList differences() const;

private:
    void check();

    widgets::PathField *m_folder;
    QLineEdit *m_since;
    widgets::PlainLabel *m_sentence;
    QPlainTextEdit *m_others;
};

} // namespace qd::setup
