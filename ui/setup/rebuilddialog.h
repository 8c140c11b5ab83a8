// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/setup/rebuildlook.h"
#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QStandardItemModel;

namespace qd::widgets {
class PlainLabel;
class TwinTable;
}

namespace qd::setup {

/// An incident that was run elsewhere, from its files: what they tell and what did not translate is shown first, then it is made, or one that was rebuilt
/// before has more of it. What files leave open is asked for once they were looked at: the channel of an export, what a table's columns hold, the zone of
/// times that name none. Whatever of that is another has to be shown again before it is made. No file is opened here: the verb of the command line reads
/// them, beside the window.
class RebuildDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    RebuildDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);

    [[nodiscard]] bool applies() const { return m_applies; } ///< what is submitted: makes it, or only shows
    /// `rebuild` with its arguments, the files last and absolute.
    [[nodiscard]] QStringList verb() const;
    [[nodiscard]] QStringList files() const;
    void addFiles(const QStringList &paths);
    void setAsked();
    /// What the verb said on the way, whether it came to an end or not: what each file is.
    void hear(const QString &said);
    /// What the verb said of showing.
    void show(const QString &said);
    using QWidget::show;
    void sayInstead(const QString &sentence);
    [[nodiscard]] QPushButton &makeIt() const { return *m_makeIt; }
    [[nodiscard]] QString told() const; ///< what the files tell, as it is shown

private:
    void choose();
    void check();
    void forget();       ///< what was shown is of something else …
    void forgetFiles();  ///< … and of other files
    void offerColumns(); ///< of the tables among the files
    [[nodiscard]] QString into() const; ///< what is added to; empty: another is made
    void sayMakeIt();
    [[nodiscard]] QWidget *mapping();

    const style::Theme &m_theme;
    QPlainTextEdit *m_files;
    QPushButton *m_choose;
    QComboBox *m_format, *m_channel, *m_zone;
    QLineEdit *m_day, *m_from, *m_to, *m_title;
    QComboBox *m_target, *m_service, *m_severity;
    QStandardItemModel *m_rows;
    widgets::TwinTable *m_table;          ///< the first rows of a table
    std::vector<QComboBox *> m_columns;   ///< as rebuildParts()
    QWidget *m_mapping;
    widgets::PlainLabel *m_notListed = nullptr; ///< channels and columns there are more of than are shown
    std::vector<RebuildLook> m_looks;
    QCheckBox *m_narrative, *m_anew;      ///< m_anew: another, though one was rebuilt of these facts; there once that was said
    QPlainTextEdit *m_told;
    QPushButton *m_makeIt;
    bool m_applies = false;
    QString m_into;           ///< the incident that was begun, where making it stopped half way, or that has these facts already
};

/// The incident the verb made, "INC-7"; empty: it does not say.
[[nodiscard]] QString rebuiltIncident(const QString &said);
/// The incident that is to be gone on with, as the verb's refusal names it; empty: nothing was made.
[[nodiscard]] QString begunIncident(const QString &sentence);

} // namespace qd::setup
