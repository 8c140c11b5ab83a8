// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/source.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace qd::widgets {
class TypeToArm;
}

namespace qd::governance {

/// Destroys the keys of streams, for ever, as `erase` of the command line does: what would go and what forbids it is read first, why is said, and the name
/// typed. One stream, several with commas, or everything whose time is over and that no hold covers.
class EraseDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `stream`: what was chosen; empty: everything that is due.
    EraseDialog(view::ViewSource &source, const style::Theme &theme, const QString &stream, QWidget *parent);
    [[nodiscard]] QStringList streams() const;
    [[nodiscard]] QJsonObject arguments() const; ///< of keeping.erase
    [[nodiscard]] QString preview() const;

private:
    void check();

    QJsonObject m_retention;
    bool m_isKnown = false; ///< what expires when
    QComboBox *m_what;
    QPlainTextEdit *m_goes;
    QLineEdit *m_reason;
    widgets::TypeToArm *m_arm;
};

} // namespace qd::governance
