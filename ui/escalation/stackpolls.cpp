// SPDX-License-Identifier: GPL-3.0-or-later
// What the stack's keys do to polls.
#include "ui/escalation/commandstack.h"

#include "ui/escalation/decisiondialog.h"
#include "ui/escalation/polldialog.h"
#include "ui/widgets/plaintext.h"

#include <QMenu>
#include <QPointer>
#include <algorithm>

namespace qd::escalation {

const view::PollRow *CommandStack::currentPoll() const
{
    const StackRow *current = currentRow();
    if (current == nullptr)
        return nullptr;
    QString id = current->content().id;
    if (id.startsWith(QLatin1String("next:")))
        id.remove(0, 5);
    if (!id.startsWith(QLatin1String("poll")))
        return nullptr;
    static const auto digits = [](const QString &text) {
        QString out;
        for (const QChar c : text) {
            if (!c.isDigit())
                break;
            out += c;
        }
        return out.toUInt();
    };
    const std::uint32_t number = digits(id.section(QLatin1Char(':'), 1, 1));
    const auto &polls = m_view->stack.polls;
    const auto p = std::find_if(polls.begin(), polls.end(), [&](const view::PollRow &each) { return each.number == number; });
    return p == polls.end() ? nullptr : &*p;
}

void CommandStack::open(widgets::FormDialog *dialog, const QString &method, const std::function<QJsonObject()> &arguments)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setUnrecorded(!m_view->strip.recorded);
    connect(dialog, &widgets::FormDialog::submitted, this, [this, dialog = QPointer<widgets::FormDialog>(dialog), method, arguments] {
        m_source.command(method, arguments(), [dialog](bool done, const QString &sentence, const QJsonObject &) {
            if (dialog && done)
                dialog->accept();
            else if (dialog)
                dialog->refuse(sentence);
        });
    });
    dialog->open();
}

QString CommandStack::othersSeat() const
{
    const view::PollRow *poll = currentPoll();
    const QString id = poll == nullptr ? QString() : currentRow()->content().id;
    if (!id.startsWith(QLatin1String("pollseat:")))
        return {};
    const QString name = id.section(QLatin1Char(':'), 2);
    const bool isYours = std::any_of(poll->seats.begin(), poll->seats.end(), [&](const view::PollSeat &s) { return s.you && s.person == name; });
    return isYours ? QString() : name;
}

void CommandStack::askPoll()
{
    if (m_view->focus.isEmpty()) {
        Q_EMIT refused(tr("A poll is of an incident; declare one with Ctrl+Shift+D."));
        return;
    }
    auto *dialog = new PollDialog(m_theme, PollDialog::Kind::Ask, nullptr, *m_view, window());
    open(dialog, PollDialog::method(PollDialog::Kind::Ask), [dialog] { return dialog->arguments(); });
}

void CommandStack::answerPoll(bool go)
{
    const view::PollRow *current = currentPoll();
    if (const QString whose = othersSeat(); !whose.isEmpty()) {
        Q_EMIT refused(tr("This is the answer of %1; Return writes down what they said. Yours is your own row, or the poll's.").arg(whose));
        return;
    }
    const std::uint32_t number = current != nullptr && current->open ? current->number : pollForYou(*m_view);
    const auto &polls = m_view->stack.polls;
    const auto poll = std::find_if(polls.begin(), polls.end(), [&](const view::PollRow &p) { return p.number == number; });
    if (poll == polls.end()) {
        Q_EMIT refused(tr("No poll asks you; P asks others."));
        return;
    }
    if (go)
        return send(QStringLiteral("poll.answer"), {{QStringLiteral("poll"), static_cast<qint64>(number)}, {QStringLiteral("answer"), QStringLiteral("go")}});
    auto *dialog = new PollDialog(m_theme, PollDialog::Kind::NoGo, &*poll, *m_view, window());
    open(dialog, PollDialog::method(PollDialog::Kind::NoGo), [dialog] { return dialog->arguments(); });
}

void CommandStack::decide()
{
    const view::PollRow *poll = currentPoll();
    if (poll == nullptr || poll->withdrawn) {
        Q_EMIT lineRequested(QStringLiteral("! "));
        return;
    }
    auto *dialog = new PollDialog(m_theme, PollDialog::Kind::Decide, poll, *m_view, window());
    open(dialog, PollDialog::method(PollDialog::Kind::Decide), [dialog] { return dialog->arguments(); });
}

void CommandStack::decideWithOptions()
{
    if (m_view->focus.isEmpty()) {
        Q_EMIT refused(tr("A decision is of an incident; declare one with Ctrl+Shift+D."));
        return;
    }
    const view::PollRow *poll = currentPoll();
    auto *dialog = new DecisionDialog(m_theme, poll != nullptr && !poll->withdrawn ? poll : nullptr, *m_view, window());
    open(dialog, DecisionDialog::method(), [dialog] { return dialog->arguments(); });
}

void CommandStack::answerFor(StackRow *row, QMenu &menu)
{
    const view::PollRow *poll = currentPoll();
    const QString name = row->content().id.section(QLatin1Char(':'), 2);
    const auto known = std::find_if(m_view->names.begin(), m_view->names.end(), [&](const view::Labelled &l) { return l.value == name; });
    if (poll == nullptr || !poll->open || known == m_view->names.end())
        return;
    const QString shown = QString(name).replace(QLatin1Char('&'), QLatin1String("&&"));
    for (const auto &[answer, text] : {std::pair{QStringLiteral("go"), tr("%1 said: go").arg(shown)}, std::pair{QStringLiteral("no-go"), tr("%1 said: no-go").arg(shown)}})
        connect(menu.addAction(text), &QAction::triggered, this, [this, number = poll->number, person = known->name, answer = answer] {
            send(QStringLiteral("poll.answer"), {{QStringLiteral("poll"), static_cast<qint64>(number)}, {QStringLiteral("person"), person}, {QStringLiteral("answer"), answer}});
        });
    menu.addSeparator();
}

void CommandStack::pollMenu(StackRow *row)
{
    row->setFocus(); // which poll is meant follows from the row
    const view::PollRow *poll = currentPoll();
    if (poll == nullptr)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Poll %1").arg(poll->number));
    if (!m_view->strip.recorded)
        menu->addAction(widgets::unrecordedText())->setEnabled(false);
    answerFor(row, *menu);
    connect(menu->addAction(tr("Decide on it… (D)")), &QAction::triggered, this, [this, row = QPointer<StackRow>(row)] {
        if (row)
            row->setFocus();
        decide();
    });
    if (poll->open && poll->yours) {
        const auto end = [this, number = static_cast<qint64>(poll->number)](bool withdraw) {
            send(QStringLiteral("poll.close"), {{QStringLiteral("poll"), number}, {QStringLiteral("withdraw"), withdraw}});
        };
        connect(menu->addAction(tr("Close it: no more answers")), &QAction::triggered, this, [end] { end(false); });
        connect(menu->addAction(tr("Take it back: it should not have been asked")), &QAction::triggered, this, [end] { end(true); });
    }
    for (QAction *choice : menu->actions())
        if (choice->isEnabled() && !choice->isSeparator()) {
            menu->setActiveAction(choice);
            break;
        }
    menu->popup(row->mapToGlobal(QPoint(row->width() / 3, row->height())));
}

} // namespace qd::escalation
