// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QCheckBox;
class QComboBox;

namespace qd::widgets {
class ReasonField;
}

namespace qd::triage {

/// Puts alerts aside for a time: at most as long as the most severe of them allows, which is said before anything is sent.
/// Emits intent.
class ShelveDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    ShelveDialog(const style::Theme &theme, const std::vector<view::AlertRow> &alerts, QWidget *parent);

    [[nodiscard]] QJsonObject arguments() const;

private:
    void check();

    QStringList m_keys;
    Span m_cap;
    QComboBox *m_duration;
    QCheckBox *m_oneShot;
    widgets::ReasonField *m_reason;
};

} // namespace qd::triage
