// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/setup/importkinds.h"
#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

class QComboBox;
class QPlainTextEdit;

namespace qd::widgets {
class PathField;
}

namespace qd::setup {

/// People and plans from a file: what it would change is shown first, with what did not translate; then it is brought in. Another file, kind or
/// schedule has to be shown again before it can be.
class ImportDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `people`: the roster is offered first, else what says who is on call.
    ImportDialog(const style::Theme &theme, const view::ViewModelPtr &view, bool people, QWidget *parent);

    [[nodiscard]] bool applies() const { return m_applies; } ///< what is submitted: brings it in, or only shows
    [[nodiscard]] QStringList verb() const;
    void setAsked();
    /// What the verb said of showing, or why not.
    void show(const QString &said);
    using QWidget::show;
    void sayInstead(const QString &sentence);
    [[nodiscard]] QPushButton &bringIn() const { return *m_bringIn; }
    [[nodiscard]] QString difference() const;
    [[nodiscard]] QString untranslated() const; ///< empty while there is none

private:
    [[nodiscard]] const ImportKind &kind() const;
    void check();
    void forget(); ///< what was shown is of something else

    std::vector<ImportKind> m_kinds;
    QComboBox *m_kind, *m_schedule;
    widgets::PathField *m_file;
    QPlainTextEdit *m_difference, *m_untranslated;
    QPushButton *m_bringIn;
    bool m_applies = false;
};

} // namespace qd::setup
