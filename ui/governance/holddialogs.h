// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/source.h"
#include "ui/widgets/formdialog.h"

#include <QJsonArray>
#include <QJsonObject>

class QComboBox;
class QLineEdit;

namespace qd::widgets {
class ReadingBox;
}

namespace qd::governance {

/// Places a hold: what it covers, for what, who answers for it, and why, as `hold add` of the command line does. What it keeps is read before it is placed:
/// the core is asked for what expires when the dialog opens.
class HoldDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `stream`: what was chosen; may be empty.
    HoldDialog(view::ViewSource &source, const style::Theme &theme, const QString &stream, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of hold.place
    [[nodiscard]] QString preview() const;

private:
    void check();
    [[nodiscard]] QString scope() const;

    view::ViewSource &m_source;
    QJsonObject m_retention;
    bool m_isKnown = false; ///< what expires when
    QString m_unknown;      ///< why not
    QComboBox *m_scope;
    widgets::ReadingBox *m_keeps;
    QLineEdit *m_matter, *m_custodian, *m_reason;
};

/// Lifts a hold, with a reason; what nothing holds any more then is read first.
class LiftHoldDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `hold`: an item of `get holds`; `holds`: all of them.
    LiftHoldDialog(view::ViewSource &source, const style::Theme &theme, const QJsonObject &hold, const QJsonArray &holds, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of hold.release
    [[nodiscard]] QString preview() const;

private:
    qint64 m_number;
    widgets::ReadingBox *m_letsGo;
    QLineEdit *m_reason;
};

} // namespace qd::governance
