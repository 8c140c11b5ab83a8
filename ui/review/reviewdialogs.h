// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/source.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

#include <functional>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace qd::widgets {
class PlainLabel;
}

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
    QLineEdit *m_due, *m_meeting, *m_people, *m_reason;
};

/// An action, new or as it is to be from now on.
class ActionDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    ActionDialog(const style::Theme &theme, const view::ViewModel &view, const view::Review &review, const view::ReviewAction *action, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of action.keep: what was edited, and nothing else, so that a day nobody touched is not moved
    void advise(view::ViewSource &source);       ///< says what to think about in its words, a name in them above all; nothing waits for that

private:
    [[nodiscard]] QJsonObject said() const;

    QString m_incident;
    QJsonObject m_was;                   ///< what the fields said of an action that is there
    std::uint32_t m_number = 0;
    widgets::PlainLabel *m_advice;
    QLineEdit *m_text, *m_due, *m_verification;
    QComboBox *m_owner, *m_strength, *m_factor;
};

/// An action that becomes an issue of a tracker's, new or there already; or, of one that is one, lets go of it.
class TrackDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// trackers: connections by name, and how they read.
    TrackDialog(const style::Theme &theme, const QString &incident, const view::ReviewAction &action, std::vector<view::Labelled> trackers, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of action.track

private:
    QJsonObject m_base;
    QComboBox *m_tracker = nullptr;
    QLineEdit *m_key = nullptr;
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
    /// `said`: what was said of it before, shown whole above what is written now; empty: nothing was.
    WordsDialog(const style::Theme &theme, const QString &title, const QString &verb, const QString &field, const QString &key, QJsonObject base, QWidget *parent, const Choice &choice = {},
                const QString &note = {}, bool mayBeEmpty = false, const QString &said = {});
    [[nodiscard]] QJsonObject arguments() const;
    /// Says what to think about in its words, where they are of a factor: a name above all.
    void advise(view::ViewSource &source, const QString &incident);

private:
    QJsonObject m_base;
    widgets::PlainLabel *m_advice;
    QString m_key, m_choiceKey;
    QComboBox *m_choice = nullptr;
    QPlainTextEdit *m_words;
};

/// The name of a section that is to be begun.
class SectionDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    SectionDialog(const style::Theme &theme, const view::Review &review, QWidget *parent);
    [[nodiscard]] QString name() const;

private:
    QLineEdit *m_name;
};

/// Opens a dialog that goes when it is closed, and sends what it holds then. It closes once the core took it, and stays with the sentence where
/// it was refused. `taken` is called afterwards, unless `of` is gone.
void openFor(view::ViewSource &source, widgets::FormDialog *dialog, const QString &method, std::function<QJsonObject()> arguments, QObject *of, std::function<void()> taken);

} // namespace qd::review
