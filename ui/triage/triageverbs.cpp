// SPDX-License-Identifier: GPL-3.0-or-later
// What the panel's keys ask for and send.
#include "ui/triage/triagepanel.h"

#include "ui/triage/alertview.h"
#include "ui/triage/filterbar.h"
#include "ui/triage/overridebar.h"
#include "ui/triage/shelvedialog.h"
#include "ui/triage/silencedialog.h"
#include "ui/triage/whypane.h"
#include "ui/widgets/counttabs.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plaintext.h"

#include <QAction>
#include <QApplication>
#include <QJsonArray>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <algorithm>

namespace qd::triage {

using view::AlertRow;

QAction *TriagePanel::verb(const char *name, const QString &text, const QKeySequence &key,
                           const std::function<void()> &run)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String("triage.") + QLatin1String(name));
    action->setShortcut(key);
    // Letters act only while the list has the keyboard (WCAG 2.1.4).
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, run);
    m_alerts->addAction(action);
    return action;
}

void TriagePanel::makeActions()
{
    verb("acknowledge", tr("Acknowledge"), QKeySequence(Qt::Key_A), [this] { sendForChosen(QStringLiteral("alert.acknowledge")); });
    verb("unacknowledge", tr("Not acknowledged after all"), QKeySequence(Qt::SHIFT | Qt::Key_A), [this] { sendForChosen(QStringLiteral("alert.unacknowledge")); });
    verb("owner", tr("Assign an owner…"), QKeySequence(Qt::Key_O), [this] { assignOwner(); });
    verb("escalate", tr("Escalate now"), QKeySequence(Qt::Key_E), [this] { escalate(); });
    verb("step", tr("Call on: the next step, this step, this person…"), QKeySequence(Qt::SHIFT | Qt::Key_E), [this] { callOn(); });
    verb("attach", tr("Attach to the incident"), QKeySequence(Qt::Key_G), [this] { attach(); });
    verb("silence", tr("Silence alerts like it…"), QKeySequence(Qt::SHIFT | Qt::Key_S), [this] { silence(); });
    verb("shelve", tr("Shelve…"), QKeySequence(Qt::Key_S), [this] { shelve(); });
    verb("snooze", tr("Snooze…"), QKeySequence(Qt::Key_Z), [this] { snooze(); });
    verb("hold", tr("Hold: call nobody until later…"), QKeySequence(Qt::Key_H), [this] { hold(); });
    verb("split", tr("Split off into a group…"), QKeySequence(Qt::Key_X), [this] { split(); });
    verb("takeout", tr("Take out of their incident…"), QKeySequence(Qt::SHIFT | Qt::Key_X), [this] { takeOut(); });
    verb("merge", tr("Merge their groups…"), QKeySequence(Qt::SHIFT | Qt::Key_G), [this] { mergeGroups(); });
    verb("close", tr("Close: nobody reports them any more…"), QKeySequence(Qt::Key_R), [this] { closeAlerts(); });
    verb("hear", tr("Hear it again: off the shelf, awake, no longer held"), QKeySequence(Qt::Key_U), [this] { hearAgain(); });
    verb("note", tr("Write a note about it"), QKeySequence(Qt::Key_N), [this] { note(); });
    verb("next", tr("The next alert"), QKeySequence(Qt::Key_J), [this] { m_alerts->move(1); });
    verb("previous", tr("The alert before"), QKeySequence(Qt::Key_K), [this] { m_alerts->move(-1); });
    verb("detail", tr("Show or hide the whole alert"), QKeySequence(Qt::Key_Y), [this] { showWhole(!m_why->isFull()); });
    verb("filter", tr("Filter alerts"), QKeySequence(Qt::Key_Slash), [this] {
        m_filter->field()->setFocus(Qt::ShortcutFocusReason);
        m_filter->field()->selectAll();
    });
    // Also over an empty list: then all there is may be suppressed.
    m_state->addAction(verb("suppressed", tr("Show what is suppressed by the same cause, and back"), QKeySequence(Qt::Key_P), [this] { expandSuppressed(); }));
    verb("new", tr("Let go and show new alerts"), QKeySequence(Qt::Key_End), [this] { showNew(); });
    // Also while a list is empty, and something else stands in its place.
    for (const auto &[name, text, key, by] : {std::tuple{"nextlist", tr("The next list: active, standing, shelf, suppressed"), QKeySequence(Qt::CTRL | Qt::Key_PageDown), 1},
                                              std::tuple{"previouslist", tr("The list before"), QKeySequence(Qt::CTRL | Qt::Key_PageUp), 3}}) {
        QAction *turn = verb(name, text, key, [this, by = by] { m_tabs->setCurrent((m_tabs->current() + by) % 4); });
        m_alerts->removeAction(turn);
        turn->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(turn);
    }
    // Also with the keyboard on what stands in the place of an empty list: the last alert may have been the one too many.
    QAction *takeBack = verb("undo", tr("Take back what I did last"), QKeySequence::Undo, [this] { undo(); });
    m_alerts->removeAction(takeBack);
    takeBack->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(takeBack);
}

void TriagePanel::send(const QString &method, const QJsonObject &arguments)
{
    const QPointer<TriagePanel> self(this);
    m_source.command(method, arguments, [self](bool done, const QString &sentence, const QJsonObject &) {
        if (self && !done)
            Q_EMIT self->refused(sentence);
    });
}

void TriagePanel::sendForChosen(const QString &method, QJsonObject arguments)
{
    const QJsonArray keys = chosenKeys();
    if (keys.isEmpty())
        return;
    arguments.insert(QStringLiteral("alerts"), keys);
    send(method, arguments);
}

void TriagePanel::attach()
{
    if (m_view->focus.isEmpty())
        Q_EMIT refused(tr("There is no incident to attach to; declare one with Ctrl+Shift+D."));
    else
        sendForChosen(QStringLiteral("incident.attach"), {{QStringLiteral("incident"), m_view->focus}});
}

void TriagePanel::escalate()
{
    // What one call is about: an incident, or a group that is of none.
    struct Pile {
        QString incident, group;
        QJsonArray keys;
        QStringList services;
    };
    std::vector<Pile> piles;
    for (const AlertRow &row : chosen()) {
        const QString group = row.incident.isEmpty() ? row.group : QString();
        auto pile = std::find_if(piles.begin(), piles.end(), [&](const Pile &p) { return p.incident == row.incident && p.group == group; });
        if (pile == piles.end()) {
            if (piles.size() == kCallsAtOnce) {
                Q_EMIT refused(tr("Each incident and each group is a call of its own: choose alerts of %1 at most.").arg(kCallsAtOnce));
                return;
            }
            pile = piles.insert(pile, {row.incident, group, {}, {}});
        }
        pile->keys.append(row.key);
        if (!pile->services.contains(row.service))
            pile->services << row.service;
    }
    for (const Pile &pile : piles)
        m_source.command(QStringLiteral("alert.escalate"), {{QStringLiteral("alerts"), pile.keys}}, [self = QPointer<TriagePanel>(this), pile](bool done, const QString &, const QJsonObject &) {
            if (!self || done)
                return;
            for (const QString &service : pile.services) { // no call of theirs goes on: one begins
                QJsonObject arguments{{QStringLiteral("service"), service}};
                if (!pile.incident.isEmpty())
                    arguments.insert(QStringLiteral("incident"), pile.incident);
                self->send(QStringLiteral("escalation.start"), arguments);
            }
        });
}

void TriagePanel::silence()
{
    const std::vector<AlertRow> rows = chosen();
    if (rows.empty())
        return;
    if (rows.size() > 1)
        return silenceAll(rows);
    if (m_view->detail.key != rows.front().key) {
        Q_EMIT refused(tr("The labels of this alert are being read; press Shift+S again."));
        return;
    }
    openSilence(new SilenceDialog(m_theme, rows.front(), m_view->detail, m_view->strip.feeds, window()));
}

void TriagePanel::silenceAll(const std::vector<AlertRow> &rows)
{
    QStringList keys;
    for (const AlertRow &row : rows)
        keys << row.key;
    m_source.alike(keys, [self = QPointer<TriagePanel>(this), asked = ++m_alikeAsked](const QString &refusal, const view::Alike &alike) {
        if (!self || asked != self->m_alikeAsked || QApplication::activeModalWidget() != nullptr)
            return;
        if (!refusal.isEmpty() || alike.chosen == 0)
            Q_EMIT self->refused(refusal.isEmpty() ? tr("None of these alerts is known any more.") : refusal);
        else
            self->openSilence(new SilenceDialog(self->m_theme, alike, self->m_view->strip.feeds, self->window()));
    });
}

void TriagePanel::openSilence(SilenceDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setUnrecorded(!m_view->strip.recorded);
    connect(dialog, &SilenceDialog::submitted, this, [this, dialog] {
        const QJsonObject arguments = dialog->arguments();
        const QString source = arguments.value(QLatin1String("source")).toString();
        sendFor(dialog, QStringLiteral("silence.create"), arguments,
                source.isEmpty() ? tr("Silenced here; the alerts are under Suppressed.")
                                 : tr("The silence is on its way to %1; the alerts move to Suppressed when it is there.").arg(source));
    });
    dialog->open();
}

void TriagePanel::sendFor(widgets::FormDialog *form, const QString &method, const QJsonObject &arguments, const QString &done)
{
    const QPointer<TriagePanel> self(this);
    m_source.command(method, arguments, [self, dialog = QPointer<widgets::FormDialog>(form), done](bool ok, const QString &sentence, const QJsonObject &) {
        if (dialog && ok)
            dialog->accept();
        else if (dialog)
            dialog->refuse(sentence);
        if (self && ok)
            Q_EMIT self->told(done);
    });
}

void TriagePanel::shelve()
{
    const std::vector<AlertRow> rows = chosen();
    if (rows.empty())
        return;
    auto *dialog = new ShelveDialog(m_theme, rows, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setUnrecorded(!m_view->strip.recorded);
    connect(dialog, &ShelveDialog::submitted, this,
            [this, dialog] { sendFor(dialog, QStringLiteral("alert.shelve"), dialog->arguments(), tr("Shelved; U under Shelf takes it off again.")); });
    dialog->open();
}

QMenu *TriagePanel::menuNamed(const QString &name)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(name);
    return menu;
}

void TriagePanel::popUp(QMenu *menu)
{
    const QRect row = m_alerts->visualRect(m_alerts->currentIndex());
    menu->popup(m_alerts->viewport()->mapToGlobal(row.bottomLeft()));
}

void TriagePanel::offer(QMenu *menu, const QStringList &names, const QString &method)
{
    for (const QString &name : names)
        connect(menu->addAction(QString(name).replace(QLatin1Char('&'), QLatin1String("&&"))), &QAction::triggered, this,
                [this, method, name] { sendForChosen(method, {{QStringLiteral("person"), name}}); });
}

void TriagePanel::snooze()
{
    if (chosen().empty())
        return;
    QMenu *menu = menuNamed(tr("Snooze for"));
    for (const char *span : {"15m", "30m", "1h", "2h", "4h"})
        connect(menu->addAction(QLatin1String(span)), &QAction::triggered, this,
                [this, span] { sendForChosen(QStringLiteral("alert.snooze"), {{QStringLiteral("duration"), QLatin1String(span)}}); });
    popUp(menu);
}

void TriagePanel::hearAgain()
{
    QJsonArray ids;
    for (const AlertRow &row : chosen()) {
        if (!row.held && row.suppression != Suppression::Shelved && row.suppression != Suppression::Snoozed) {
            Q_EMIT refused(row.suppression == Suppression::None ? tr("It is heard already.")
                                                                : tr("It is quiet by %1, not by a shelf or snooze; Ctrl+Shift+X ends silences.").arg(row.suppressedBy));
            return;
        }
        ids.append(row.key);
    }
    if (!ids.isEmpty())
        send(QStringLiteral("suppression.end"), {{QStringLiteral("ids"), ids}});
}

void TriagePanel::assignOwner()
{
    if (chosen().empty())
        return;
    QMenu *menu = menuNamed(tr("Assign an owner"));
    if (!m_view->strip.recorded)
        menu->addAction(widgets::unrecordedText())->setEnabled(false);
    offer(menu, m_view->people, QStringLiteral("alert.assign"));
    if (!m_view->teams.isEmpty())
        menu->addSeparator();
    offer(menu, m_view->teams, QStringLiteral("alert.assign"));
    if (m_view->people.isEmpty())
        menu->addAction(tr("No people are known; add them to the workspace"))->setEnabled(false);
    popUp(menu);
}

QJsonArray TriagePanel::chosenKeys() const
{
    QJsonArray keys;
    for (const AlertRow &row : chosen())
        keys.append(row.key);
    return keys;
}

void TriagePanel::ask(const OverrideDialog::Asks &asks, const QString &method, const QJsonObject &about, const QString &done)
{
    auto *dialog = new OverrideDialog(m_theme, asks, about, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setUnrecorded(!m_view->strip.recorded);
    connect(dialog, &OverrideDialog::submitted, this, [this, dialog, method, done] { sendFor(dialog, method, dialog->arguments(), done); });
    dialog->open();
}

void TriagePanel::hold()
{
    const std::vector<AlertRow> rows = chosen();
    if (rows.empty())
        return;
    const QString note = rows.size() == 1 ? rows.front().title : tr("%Ln alert(s)", nullptr, static_cast<int>(rows.size()));
    ask({tr("Hold alerts"), tr("Hold"), tr("%1. They stay in the queue and call nobody until then; calls of an incident go on.").arg(note),
         {QStringLiteral("15m"), QStringLiteral("30m"), QStringLiteral("1h"), QStringLiteral("2h"), QStringLiteral("8h")}},
        QStringLiteral("alert.hold"), {{QStringLiteral("alerts"), chosenKeys()}}, tr("Held; Ctrl+Z takes it back."));
}

void TriagePanel::note()
{
    const std::vector<AlertRow> rows = chosen();
    if (rows.empty())
        return;
    OverrideDialog::Asks asks{tr("Note"), tr("Write"), rows.size() == 1 ? rows.front().title : tr("%Ln alert(s)", nullptr, static_cast<int>(rows.size())), {}, tr("Note"),
                              tr("what whoever sees it next should know"), QStringLiteral("text")};
    asks.needsReason = asks.hasReason = false;
    ask(asks, QStringLiteral("alert.note"), {{QStringLiteral("alerts"), chosenKeys()}}, tr("Noted; whoever looks at it reads it."));
}

void TriagePanel::split()
{
    const std::vector<AlertRow> rows = chosen();
    if (rows.empty())
        return;
    OverrideDialog::Asks asks{tr("Split off"), tr("Split off"), tr("%Ln alert(s) get a group of their own.", nullptr, static_cast<int>(rows.size())), {}, tr("Group"), rows.front().group, QStringLiteral("group")};
    asks.needsReason = false; // it is owed
    ask(asks, QStringLiteral("group.split"), {{QStringLiteral("alerts"), chosenKeys()}}, tr("Split off; Ctrl+Z takes it back."));
}

void TriagePanel::takeOut()
{
    const std::vector<AlertRow> rows = chosen();
    if (rows.empty())
        return;
    if (rows.front().incident.isEmpty()) {
        Q_EMIT refused(tr("It is of no incident."));
        return;
    }
    OverrideDialog::Asks asks{tr("Take out of %1").arg(rows.front().incident), tr("Take out"),
                              tr("%Ln alert(s) leave it: with a title for an incident of their own, without one for none.", nullptr, static_cast<int>(rows.size())), {},
                              tr("Title"), tr("of the new incident; none: leave it empty"), QStringLiteral("title")};
    asks.needsReason = false; // it is owed
    auto *dialog = new OverrideDialog(m_theme, asks, {{QStringLiteral("alerts"), chosenKeys()}}, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setUnrecorded(!m_view->strip.recorded);
    connect(dialog, &OverrideDialog::submitted, this, [this, dialog] {
        QJsonObject arguments = dialog->arguments();
        if (!arguments.contains(QStringLiteral("title")))
            arguments.insert(QStringLiteral("none"), true);
        sendFor(dialog, QStringLiteral("incident.split"), arguments, tr("Taken out; Ctrl+Z takes it back."));
    });
    dialog->open();
}

void TriagePanel::mergeGroups()
{
    QStringList groups;
    for (const AlertRow &row : chosen())
        if (!groups.contains(row.group))
            groups << row.group;
    if (groups.size() < 2) {
        Q_EMIT refused(tr("Select alerts of the groups that belong together; they are merged into the first one's."));
        return;
    }
    ask({tr("Merge groups"), tr("Merge"), tr("%Ln group(s) become part of “%1”, also with what would join them while it fires.", nullptr, static_cast<int>(groups.size() - 1)).arg(groups.first())},
        QStringLiteral("group.merge"), {{QStringLiteral("groups"), QJsonArray::fromStringList(groups)}, {QStringLiteral("into"), groups.first()}}, tr("Merged; Ctrl+Z takes it back."));
}

void TriagePanel::closeAlerts()
{
    const std::vector<AlertRow> rows = chosen();
    if (rows.empty())
        return;
    OverrideDialog::Asks asks{tr("Close alerts"), tr("Close"), tr("%Ln alert(s) that no connection reports any more. This is not taken back: what is reported again comes back by itself.", nullptr,
                                                                  static_cast<int>(rows.size()))};
    asks.needsReason = false;
    ask(asks, QStringLiteral("alert.close"), {{QStringLiteral("alerts"), chosenKeys()}}, tr("Closed."));
}

void TriagePanel::callOn()
{
    if (chosen().empty())
        return;
    QMenu *menu = menuNamed(tr("Call on"));
    const QString method = QStringLiteral("alert.escalate");
    connect(menu->addAction(tr("The next step, now")), &QAction::triggered, this, [this, method] { sendForChosen(method); });
    std::size_t steps = 0;
    for (const view::EscalationCard &card : m_view->stack.escalations)
        steps = std::max(steps, card.steps.size());
    for (int step = 1; step <= static_cast<int>(steps); ++step)
        connect(menu->addAction(tr("Step %1").arg(step)), &QAction::triggered, this, [this, method, step] { sendForChosen(method, {{QStringLiteral("step"), step}}); });
    if (!m_view->people.isEmpty())
        menu->addSeparator();
    offer(menu, m_view->people, method);
    popUp(menu);
}

void TriagePanel::undo()
{
    // What cannot be taken back says why; pressed again at once, the key reaches what was done before that.
    std::uint64_t record = 0;
    QString sentence;
    for (const view::OverrideRow &row : m_view->overrides) {
        if (m_passed.contains(row.record))
            continue;
        record = row.record;
        sentence = OverrideBar::sentence(row);
        break;
    }
    QJsonObject arguments;
    if (record != 0)
        arguments.insert(QStringLiteral("record"), static_cast<qint64>(record));
    m_source.command(QStringLiteral("undo"), arguments, [self = QPointer<TriagePanel>(this), record, sentence](bool done, const QString &why, const QJsonObject &result) {
        if (!self)
            return;
        if (!done) {
            if (record != 0)
                self->m_passed.insert(record);
            else
                self->m_passed.clear();
            Q_EMIT self->refused(why);
            return;
        }
        self->m_passed.clear();
        const QJsonArray notes = result.value(QLatin1String("notes")).toArray();
        const QString more = notes.size() > 1 ? QStringLiteral(" ") + notes.last().toString() : QString();
        Q_EMIT self->told((sentence.isEmpty() ? tr("Taken back.") : tr("Taken back: %1.").arg(sentence)) + more);
    });
}

} // namespace qd::triage
