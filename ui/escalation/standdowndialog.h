// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace qd::escalation {

class QuietSheet;
class ReasonSheet;

/// The stand-down sheet of the incident in focus: what is left, who verified that it is over, what follows. The core fills in
/// what is left (`setSheet`); until then nothing can be signed.
class StandDownDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    StandDownDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    /// One item of `get standdowns`; what was filled in stays when a newer one comes.
    void setSheet(const QJsonObject &sheet);
    [[nodiscard]] QJsonObject arguments() const;

private:
    void check();
    void setRooms(const QJsonArray &rooms, const QJsonArray &archivable);

    QString m_incident;
    QJsonObject m_last;   ///< the sheet as it is shown
    QString m_suggested;  ///< the follow-ups as the core worded them
    QString m_dueSuggested; ///< until when it is reviewed, as nobody changed it
    QPlainTextEdit *m_sheet;
    QComboBox *m_verifiedBy;
    QLineEdit *m_summary, *m_firing, *m_noUpdate;
    QWidget *m_rooms;
    QVBoxLayout *m_roomList;
    struct RoomRow {
        QString room;
        QCheckBox *leave = nullptr, *archive = nullptr; ///< archive: only where its platform can; leaving is part of it
    };
    std::vector<RoomRow> m_leave;
    QComboBox *m_reviewOwner;
    QLineEdit *m_reviewDue;
    QPlainTextEdit *m_followUps;
    QuietSheet *m_quiet;
    ReasonSheet *m_reasons;
    bool m_known = false, m_fires = false, m_needsReview = false, m_owesUpdate = false;
};

} // namespace qd::escalation
