// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/source.h"
#include "ui/widgets/formdialog.h"

#include <QHash>
#include <QJsonObject>

class QComboBox;
class QLineEdit;

namespace qd::widgets {
class ReadingBox;
class TypeToArm;
}

namespace qd::governance {

/// Destroys the keys of streams, for ever, as `erase` of the command line does: each by its name, how much is in it and what is lost, and what forbids it,
/// is read first, to the end of the list; why is said, and the name typed, of several their number. One stream, several with commas, or everything whose
/// time is over and that no hold covers.
class EraseDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `stream`: what was chosen; empty: everything that is due.
    EraseDialog(view::ViewSource &source, const style::Theme &theme, const QString &stream, QWidget *parent);
    [[nodiscard]] QStringList streams() const;
    [[nodiscard]] QJsonObject arguments() const; ///< of keeping.erase
    [[nodiscard]] QString preview() const;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void check();
    void look(); ///< whether the end of the list is in sight by now

    QJsonObject m_retention;
    QHash<QString, QString> m_called; ///< streams → what people call them
    bool m_isKnown = false; ///< what expires when
    bool m_isRead = false;  ///< all that goes was in sight
    QComboBox *m_what;
    widgets::ReadingBox *m_goes;
    QLineEdit *m_reason;
    widgets::TypeToArm *m_arm;
};

} // namespace qd::governance
