// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>
#include <QStringList>

class QComboBox;
class QLineEdit;

namespace qd::widgets {
class ReadingBox;
}

namespace qd::timeline {

/// Classes a line that was written before: its words are read first, then who may read them from now on, and why if there is something to say. It can be
/// raised again, and lowered by who commands and may read it.
class ClassDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `record`: as a TimelineEntry names it. `words`: each text that record says, as far as it is shown.
    ClassDialog(const style::Theme &theme, const view::ViewModel &view, const QString &incident, const QString &record, const QStringList &words, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const;
    [[nodiscard]] QString words() const;

private:
    void begin(const QStringList &words);
    void check();

    QString m_incident, m_record;
    QStringList m_known; ///< ids of people and teams, in small letters
    widgets::ReadingBox *m_words; ///< as tall as they need, up to its kMostLines
    QComboBox *m_class;
    QLineEdit *m_readers, *m_reason;
};

} // namespace qd::timeline
