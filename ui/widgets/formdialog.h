// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QDialog>

class QGridLayout;
class QPushButton;

namespace qd::widgets {

class PlainLabel;

/// A dialog of the house: names at the left, fields at the right, a quiet hint below a field, one line for what is wrong, one
/// button that does it (Return) and Cancel (Escape). It emits intent and stays open until it is told what became of it, so
/// that a refusal is read where it was caused.
class FormDialog : public QDialog {
    Q_OBJECT
public:
    FormDialog(const style::Theme &theme, const QString &title, const QString &verb, QWidget *parent);

    /// Shows why it was refused and stays open; the button works again.
    void refuse(const QString &sentence);
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QPushButton &doIt() const { return *m_do; }
    /// Says above the button that what is done now is not on disk.
    void setUnrecorded(bool unrecorded);
    [[nodiscard]] QString warning() const; ///< that sentence, while it is shown

Q_SIGNALS:
    void submitted();

protected:
    bool event(QEvent *event) override; ///< grows when a sentence takes more lines than before
    /// A named field; `name` is also what assistive technology reads.
    void addField(const QString &name, QWidget *widget, const QString &hint = {});
    /// Shows or hides a field with its name and its hint: what does not apply takes no room.
    void setFieldVisible(QWidget *widget, bool visible);
    /// A quiet sentence below the fields so far.
    PlainLabel *addNote(const QString &text);
    /// A second button beside the first.
    QPushButton *addButton(const QString &text);
    /// Ends the form: the line for problems and the buttons. Call once, last. `leave`: what the button that leaves says, where nothing is cancelled.
    void finish(const QString &leave = {});
    /// Enables the button, or says what is missing; an empty sentence with `can` false says nothing and waits.
    void setReady(bool can, const QString &sentence = {});

private:
    const style::Theme &m_theme;
    QGridLayout *m_grid;
    PlainLabel *m_unrecorded;
    PlainLabel *m_problem;
    QPushButton *m_do;
    QList<QPushButton *> m_more;
    int m_row = 0;
};

} // namespace qd::widgets
