// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/alerts.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;

namespace qd::widgets {
class ReasonField;
}

namespace qd::triage {

/// One override of a selection that needs words: for how long, under which name, why. What it sends is made of what it asks for.
class OverrideDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    struct Asks {
        QString title, verb, note;
        QStringList durations = {};  ///< none: it has no end
        QString name, nameHint;      ///< a field for a name, and the argument it becomes; none when empty
        QString nameArgument;
        bool needsReason = true;
        bool hasReason = true;       ///< false: what it says is in the name's field
    };
    OverrideDialog(const style::Theme &theme, const Asks &asks, const QJsonObject &about, QWidget *parent);
    /// `about` with the answers.
    [[nodiscard]] QJsonObject arguments() const;

private:
    void check();

    QJsonObject m_about;
    QString m_nameArgument;
    bool m_needsReason, m_hasReason;
    QComboBox *m_duration = nullptr;
    QLineEdit *m_name = nullptr;
    widgets::ReasonField *m_reason;
};

} // namespace qd::triage
