// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;

/// What is asked about a review's meeting, about money and about how it was handled. They emit intent.
namespace qd::review {

/// The meeting was held, and who was there.
class MeetingDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    MeetingDialog(const style::Theme &theme, const view::ViewModel &view, const view::Review &review, Instant now, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of review.meeting
    [[nodiscard]] QListWidget &people() const { return *m_people; }

private:
    void check();

    QString m_incident;
    Instant m_now;
    QListWidget *m_people;
    QLineEdit *m_at;
};

/// Money beside people's time: a new cost, or one that is noted.
class CostDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    CostDialog(const style::Theme &theme, const view::Review &review, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of review.cost

private:
    void choose();
    void check();

    QString m_incident;
    std::vector<view::CostRow> m_costs;
    QComboBox *m_which;
    QLineEdit *m_amount, *m_what;
    QCheckBox *m_none;
};

/// How one found the way an incident was handled.
class FeedbackDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    FeedbackDialog(const style::Theme &theme, const QString &incident, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of review.feedback

private:
    void check();

    QString m_incident;
    QComboBox *m_score;
    QPlainTextEdit *m_words;
    QCheckBox *m_named;
};

/// "1234.50" of what people type, a decimal comma too; the core says what is no amount. Pure.
[[nodiscard]] QString typedMoney(const QString &text);

} // namespace qd::review
