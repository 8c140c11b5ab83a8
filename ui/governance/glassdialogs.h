// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;

namespace qd::governance {

/// Takes a right one does not have, for a time: which, where, how long and why, as `break-glass` of the command line does. Two others are told by the core.
class BreakGlassDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    BreakGlassDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of access.break

private:
    void check();

    QComboBox *m_role, *m_where;
    QLineEdit *m_span, *m_reason;
};

/// Gives one back before its time.
class EndGlassDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `glass`: at least one.
    EndGlassDialog(const style::Theme &theme, std::vector<view::Glass> glass, Instant now, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of access.end

private:
    QComboBox *m_which;
    QLineEdit *m_reason;
};

} // namespace qd::governance
