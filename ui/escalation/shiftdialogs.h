// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace qd::escalation {

/// Offers the shift to somebody, without an incident: what stands, expires and was promised goes with it by itself.
class OfferShiftDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    OfferShiftDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);
    /// What the core says goes with it, several lines.
    void setBrief(const QString &brief);
    [[nodiscard]] QJsonObject arguments() const; ///< of shift.offer

private:
    QComboBox *m_person;
    QPlainTextEdit *m_brief;
    QLineEdit *m_summary, *m_watch;
};

/// A shift offered to this seat: read it, say in your own words what you take over; or decline. One offered by this seat: take it back.
class AnswerShiftDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    AnswerShiftDialog(const style::Theme &theme, const view::ShiftOffer &offer, QWidget *parent);
    [[nodiscard]] QString method() const { return m_accepts ? QStringLiteral("shift.accept") : QStringLiteral("shift.decline"); }
    [[nodiscard]] QJsonObject arguments() const;

private:
    std::uint32_t m_number;
    QLineEdit *m_words;
    bool m_accepts;
};

} // namespace qd::escalation
