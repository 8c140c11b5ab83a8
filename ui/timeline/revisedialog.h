// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/timeline.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QPlainTextEdit;

namespace qd::timeline {

/// Other words for a line of the log that one wrote oneself. What it said stays with it.
class ReviseDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `line`: one with words of one's own (`own`).
    ReviseDialog(const style::Theme &theme, const QString &incident, const view::TimelineEntry &line, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; ///< Ctrl+Return in the field

private:
    void check();

    QString m_incident, m_entry, m_before;
    QPlainTextEdit *m_text;
};

} // namespace qd::timeline
