// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/heartbeats.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace qd::triage {

/// Keeps a heartbeat's alarms quiet for a time, with the reason everybody will read. Emits intent.
class MuteDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    MuteDialog(const style::Theme &theme, const view::HeartbeatRow &heartbeat, QWidget *parent);

    [[nodiscard]] QJsonObject arguments() const;

private:
    void check();

    QString m_id;
    QComboBox *m_duration;
    QLineEdit *m_reason;
};

/// Asks what other numbers would have made of the recorded beats. Nothing is changed; the answer stands in the dialog.
class DryRunDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    DryRunDialog(const style::Theme &theme, const view::HeartbeatRow &heartbeat, QWidget *parent);

    [[nodiscard]] QJsonObject arguments() const;

private:
    void check();

    QString m_id;
    QSpinBox *m_misses, *m_of;
    QLineEdit *m_grace, *m_interval;
    QComboBox *m_since;
};

} // namespace qd::triage
