// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/escalation/stackcontent.h"
#include "ui/style/theme.h"
#include "ui/view/source.h"
#include "ui/widgets/ticker.h"

#include <QHash>
#include <QJsonObject>
#include <QWidget>
#include <functional>

class QAction;
class QMenu;
class QScrollArea;
class QVBoxLayout;

namespace qd::widgets {
class FormDialog;
class PlainLabel;
class Rule;
class StateCard;
}

namespace qd::escalation {

class StackSection;

/// The command stack: what the incident in focus holds, and only sections that hold something. Emits what the person
/// wants as commands to the source; a refusal comes out of `refused`. Rows keep the keyboard while data arrives: a row is
/// the same as long as its id is there. Countdowns follow the ticker. GUI thread.
class CommandStack final : public QWidget {
    Q_OBJECT
public:
    CommandStack(const style::Theme &theme, view::ViewSource &source, widgets::Ticker &ticker, QWidget *parent = nullptr);

    /// The row that has the keyboard, or null.
    [[nodiscard]] StackRow *currentRow() const;
    /// The row with this id ("task:T-1"), or null.
    [[nodiscard]] StackRow *row(const QString &id) const;
    /// The sections that lie below what is in sight, as the edge of the panel says them; empty when all is in sight.
    [[nodiscard]] QString below() const; // stackedge.cpp
    /// The strip at the lower edge, within what scrolls, where a row would be cut in two: nothing is shown there. Null: no row is cut.
    [[nodiscard]] QRect covered() const;

Q_SIGNALS:
    void refused(const QString &sentence);
    void lineRequested(const QString &prefill); ///< the one-line instrument, with its sign typed
    void doneRequested(const QString &task, const QString &text); ///< the one-line instrument, for what came of a task
    void composeRequested();                    ///< the update composer
    void actionRequested(const QString &name);  ///< one of the window's own, by its name in the action book

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeActions();
    void onView(const view::ViewModelPtr &view);
    void refresh();
    void fill(const QString &section, const QString &title, StackRow::Lead lead, const QString &subtitle, const Rows &rows);
    void fillEscalations(Instant now);
    void showEdge();
    void coverCut();
    void activate(StackRow *row);
    void move(StackRow *from, int by);
    void takeOn(); ///< the task the keyboard is on
    void doneWithWords(); ///< the same, with what came of it
    [[nodiscard]] const RowContent *openTask(); ///< the keyboard is on; null: it is on none, and that was said
    void assignRole(StackRow *row);
    void giveOwnRole();
    void overrideIncident();
    void linkMenu(StackRow *row); // stacklinks.cpp
    void pinLink();
    void escalate();
    void acknowledge();
    void settle(bool refuted);
    // Polls: stackpolls.cpp.
    void askPoll();
    void answerPoll(bool go);
    [[nodiscard]] QString othersSeat() const; ///< whose the current row of a poll is, where it is another's
    void answerFor(StackRow *row, QMenu &menu); ///< what was said aloud
    void pollMenu(StackRow *row);
    void decide();                              ///< on the poll of the current row, else by a line
    void decideWithOptions();                   ///< the same, with what was weighed as cards
    /// The poll the current row is about; null: none.
    [[nodiscard]] const view::PollRow *currentPoll() const;
    void open(widgets::FormDialog *dialog, const QString &method, const std::function<QJsonObject()> &arguments);
    void send(const QString &method, QJsonObject arguments);
    /// The card the current row belongs to, else the first that runs, else the first exhausted one.
    [[nodiscard]] const view::EscalationCard *card() const;
    [[nodiscard]] QList<StackRow *> rows() const;

    const style::Theme &m_theme;
    view::ViewSource &m_source;
    widgets::Ticker &m_ticker;
    view::ViewModelPtr m_view;
    QScrollArea *m_scroll;
    QWidget *m_content;
    QVBoxLayout *m_column;
    widgets::PlainLabel *m_edge; ///< what is below the fold
    widgets::Rule *m_edgeRule = nullptr;
    QWidget *m_cover;            ///< over the row the lower edge would cut
    widgets::StateCard *m_empty;
    QHash<QString, StackSection *> m_sections;
    QStringList m_order; ///< of this refresh
};

} // namespace qd::escalation
