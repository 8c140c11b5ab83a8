// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace qd::shell {

/// What a declaration starts from, taken from the chosen alerts; pure.
struct Declaration {
    QString title, service;
    IncidentSeverity severity = IncidentSeverity::Sev2;
    Instant since;         ///< of the oldest alert; none: now
    QStringList alerts;

    /// The most severe alert gives the title and the severity (critical → SEV1; if unsure, the higher), the oldest
    /// gives the beginning.
    [[nodiscard]] static Declaration from(const std::vector<view::AlertRow> &alerts);
};

/// Declares an incident in one breath: everything is filled in, Return does it. Emits intent; the shell sends it.
class DeclareDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    DeclareDialog(const style::Theme &theme, const Declaration &start, const view::ViewModelPtr &view, Instant now, QWidget *parent);

    /// "14:01", "14:01:26", "24m" ago, or RFC 3339 to an instant not after now; none when it cannot be read.
    [[nodiscard]] static Instant readSince(const QString &text, Instant now);
    [[nodiscard]] QJsonObject arguments() const;
    /// Whether who declares wants to command it, too.
    [[nodiscard]] bool takesCommand() const;

Q_SIGNALS:
    void declared(const QJsonObject &arguments);

private:
    void check();

    Declaration m_start;
    Instant m_now;
    QLineEdit *m_title;
    QComboBox *m_severity;
    QComboBox *m_service;
    QLineEdit *m_since;
    QLineEdit *m_room;
    QCheckBox *m_take;
};

} // namespace qd::shell
