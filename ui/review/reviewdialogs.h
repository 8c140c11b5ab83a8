// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

/// What a review asks a person for, one dialog a command. They emit intent.
namespace qd::review {

/// Opens a review, or arranges an open one otherwise.
class ArrangeDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    ArrangeDialog(const style::Theme &theme, const view::ViewModel &view, const QString &incident, const view::Review *review, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of review.open

private:
    QString m_incident;
    QComboBox *m_owner, *m_facilitator;
    QLineEdit *m_due, *m_meeting, *m_people;
};

/// An action, new or as it is to be from now on.
class ActionDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    ActionDialog(const style::Theme &theme, const view::ViewModel &view, const view::Review &review, const view::ReviewAction *action, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of action.keep

private:
    QString m_incident;
    std::uint32_t m_number = 0;
    QLineEdit *m_text, *m_due, *m_verification;
    QComboBox *m_owner, *m_strength, *m_factor;
};

/// Something in words, with a choice before it where there is one: a gate done without, a contribution, a comment, why a factor is seen.
class WordsDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    struct Choice {
        QString name;                          ///< of the field
        std::vector<view::Labelled> choices;   ///< what is sent, and what is read
        QString key;                           ///< the argument it becomes
    };
    WordsDialog(const style::Theme &theme, const QString &title, const QString &verb, const QString &field, const QString &key, QJsonObject base, QWidget *parent, const Choice &choice = {},
                const QString &note = {}, bool mayBeEmpty = false);
    [[nodiscard]] QJsonObject arguments() const;

private:
    QJsonObject m_base;
    QString m_key, m_choiceKey;
    QComboBox *m_choice = nullptr;
    QPlainTextEdit *m_words;
};

} // namespace qd::review
