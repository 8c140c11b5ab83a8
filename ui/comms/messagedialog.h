// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/lint.h"
#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>
#include <vector>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace qd::widgets {
class PlainLabel;
class TypeToArm;
}

namespace qd::comms {

/// What a person has to say about a text for outside: the text itself, why it is refused, withdrawn, or released without its approvals. What
/// sends it outside needs the name of whom it goes to typed.
/// Emits intent; whoever opened it sends it.
class MessageDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    enum class Kind { Draft, Approve, Reject, Withdraw, Glass, Release, Holding };
    /// `message`: as `get messages` has it; empty for a new one and for a holding statement, which the view has.
    MessageDialog(const style::Theme &theme, Kind kind, const QJsonObject &message, const view::ViewModelPtr &view, QWidget *parent);
    [[nodiscard]] QString method() const;
    [[nodiscard]] QJsonObject arguments() const;
    /// The gate refused a draft: says why and offers to have the part taken out.
    void offerRemoval(const QString &refusal);
    [[nodiscard]] QString advice() const; ///< of a draft: what it might say better, one line each; it stops nothing
    [[nodiscard]] QPushButton *removal() const { return m_remove; } ///< of a draft
    struct Check {
        QString id, name;
    };
    /// How far a text says that it is, in words; `phase`: "identified" …, or "" where it does not say.
    [[nodiscard]] static QString phaseText(const QString &phase);
    /// Which checks of a message this person may give or, `isRefusal`, refuse now.
    [[nodiscard]] static std::vector<Check> checksOf(const QJsonObject &message, const QString &person, bool isRefusal);
    /// The statements that fit the incident in focus and are not released, the one the clock for the first word waits for first.
    [[nodiscard]] static std::vector<view::HoldingRow> holdingLeft(const view::ViewModel &view);

private:
    /// What is said in one language.
    struct Words {
        QString language;
        QLineEdit *title = nullptr;
        QPlainTextEdit *text = nullptr;
    };

    void check();
    void makeWords(const style::Theme &theme);
    [[nodiscard]] std::size_t firstWords() const; ///< of what it goes to now
    void advise();
    void addWords(QJsonObject &out) const;
    void makeChecks(const QString &person);
    void makeHolding(const style::Theme &theme);
    void showHolding(int row);

    Kind m_kind;
    QJsonObject m_message;
    QString m_incident;
    LintContext m_lint;
    view::Spoken m_spoken;
    std::vector<Words> m_words; ///< of a draft, its first language first
    QLineEdit *m_audience = nullptr, *m_to = nullptr, *m_embargo = nullptr, *m_expires = nullptr, *m_reason = nullptr, *m_first = nullptr,
              *m_second = nullptr;
    QComboBox *m_which = nullptr, *m_stage = nullptr, *m_phase = nullptr;
    QPlainTextEdit *m_says = nullptr;
    widgets::PlainLabel *m_goes = nullptr, *m_advice = nullptr;
    std::vector<view::HoldingRow> m_holding;
    widgets::TypeToArm *m_arm = nullptr;
    QPushButton *m_remove = nullptr;
    bool m_removing = false;
};

} // namespace qd::comms
