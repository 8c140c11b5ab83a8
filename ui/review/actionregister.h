// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/registered.h"
#include "ui/style/theme.h"
#include "ui/view/source.h"

#include <QDialog>
#include <QTimer>

class QComboBox;
class QLineEdit;

namespace qd::widgets {
class CountTabs;
class PlainLabel;
class TwinTable;
}

namespace qd::review {

class ActionVerbs;
class RowsModel;

/// What is to be done after all reviews: who has it, when it is due, how old it is and how often it was moved, how strong it is, where a tracker has it. Filtered,
/// sorted, and done from here. It asks the core when it is shown, after each verb, and when something was recorded meanwhile. GUI thread.
class ActionRegister final : public QDialog {
    Q_OBJECT
public:
    ActionRegister(view::ViewSource &source, const style::Theme &theme, QWidget *parent);

    [[nodiscard]] widgets::TwinTable &table() const { return *m_table; }
    [[nodiscard]] RowsModel &model() const { return *m_model; }
    [[nodiscard]] QLineEdit &filter() const { return *m_filter; }
    [[nodiscard]] QString said() const;
    void choose(RegisterChoice::Which which);
    void sortBy(RegisterChoice::By by);

Q_SIGNALS:
    void incidentOpened(const QString &incident); ///< its review is to be shown; this one is closed

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addVerbs();
    void ask();
    void fill();
    void say(const QString &sentence);
    void withChosen(const std::function<void(const Registered &)> &what);
    [[nodiscard]] Instant now() const;

    view::ViewSource &m_source;
    widgets::CountTabs *m_tabs;
    QLineEdit *m_filter;
    QComboBox *m_order;
    RowsModel *m_model;
    widgets::TwinTable *m_table;
    widgets::PlainLabel *m_said, *m_hint;
    ActionVerbs *m_verbs;
    QTimer m_again;                      ///< something was recorded: it is asked for once, a little later
    std::vector<Registered> m_all;
    RegisterChoice m_choice;
    std::uint64_t m_seq = 0;             ///< the last record of the view when it was asked
    int m_asked = 0;
};

} // namespace qd::review
