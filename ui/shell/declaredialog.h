// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace qd::escalation {
class SeverityQuestions;
}
namespace qd::widgets {
class PlainLabel;
}

namespace qd::shell {

/// What a declaration starts from, taken from the chosen alerts; pure.
struct Declaration {
    QString title, service;
    Instant since;         ///< of the oldest alert; none: now
    QStringList alerts;

    /// The most severe alert gives title and service, the oldest the beginning. How severe the incident is nobody knows from that: the
    /// dialog asks.
    [[nodiscard]] static Declaration from(const std::vector<view::AlertRow> &alerts);
};

/// Declares an incident in one breath: everything is filled in, Return does it. Three questions about customers suggest its severity, with
/// the core's arithmetic; technical severity is named beside them and takes no part. Emits intent; the shell sends it.
class DeclareDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    DeclareDialog(const style::Theme &theme, const Declaration &start, const view::ViewModelPtr &view, Instant now, QWidget *parent);

    /// "14:01", "14:01:26", "2026-11-23 14:01", "24m" ago, or RFC 3339 to an instant not after now; none when it cannot be read.
    [[nodiscard]] static Instant readSince(const QString &text, Instant now);
    [[nodiscard]] QJsonObject arguments() const;
    /// Whether who declares wants to command it, too.
    [[nodiscard]] bool takesCommand() const;
    /// What `incident.reckon` says of the service and alerts named.
    void setReckoned(const QJsonObject &item);
    /// What it is to be asked.
    [[nodiscard]] QJsonObject reckoning() const;

Q_SIGNALS:
    void reckoningWanted(); ///< the service is another
    void declared(const QJsonObject &arguments);

private:
    void check();
    void suggest();
    [[nodiscard]] bool isOver() const; ///< it is written down afterwards

    Declaration m_start;
    Instant m_now;
    QLineEdit *m_title;
    escalation::SeverityQuestions *m_questions;
    widgets::PlainLabel *m_arithmetic = nullptr;
    QComboBox *m_severity;
    bool m_isChosen = false; ///< the severity, by hand
    QString m_reckoned;      ///< the service last asked about
    QComboBox *m_service;
    QLineEdit *m_since;
    QLineEdit *m_room;
    QCheckBox *m_take;
    QComboBox *m_kind;
    QLineEdit *m_until;
    QCheckBox *m_triage;
};

} // namespace qd::shell
