// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/timeline.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QLineEdit;

namespace qd::widgets {
class ReadingBox;
class TypeToArm;
}

namespace qd::timeline {

/// Strikes the texts of one record: what will be gone is read first, why is said, and the record's number typed. Nothing brings it back.
class StrikeDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `incident`: of the record; empty: it is of none. `record`: as a TimelineEntry names it. `words`: what it says, as far as it is shown; may be empty.
    StrikeDialog(const style::Theme &theme, const QString &incident, const QString &record, const QString &words, bool isSecret, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const;
    [[nodiscard]] QString words() const; ///< what it says will be gone

private:
    void check();

    QString m_incident, m_record;
    widgets::ReadingBox *m_words;
    QLineEdit *m_reason;
    widgets::TypeToArm *m_arm;
};

} // namespace qd::timeline
