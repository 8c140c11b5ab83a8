// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/commandstack.h"

#include "ui/escalation/incidentoverride.h"
#include "ui/escalation/peopledialogs.h"
#include "ui/escalation/stacksection.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/sectionheader.h"

#include <QAction>
#include <QKeyEvent>
#include <QMenu>
#include <QPointer>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <tuple>

namespace qd::escalation {

namespace {

/// The core numbers tasks, hypotheses, promises and escalations within their incident; the view carries them as text.
QJsonValue idValue(const QString &id)
{
    bool number = false;
    const int value = id.toInt(&number);
    return number ? QJsonValue(value) : QJsonValue(id);
}

} // namespace

CommandStack::CommandStack(const style::Theme &theme, view::ViewSource &source, widgets::Ticker &ticker, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_source(source)
    , m_ticker(ticker)
    , m_scroll(new QScrollArea(this))
    , m_content(new QWidget)
    , m_column(new QVBoxLayout(m_content))
    , m_edge(new widgets::PlainLabel(theme, style::Type::Small, style::Tone::Secondary, this))
    , m_cover(new QWidget(m_scroll->viewport()))
    , m_empty(new widgets::StateCard(theme, this))
{
    setAccessibleName(tr("Command stack"));
    setFocusPolicy(Qt::StrongFocus);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addStretch(1);
    m_scroll->setWidget(m_content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_scroll, 1);
    m_edgeRule = new widgets::Rule(theme, Qt::Horizontal, this);
    m_edgeRule->hide();
    column->addWidget(m_edgeRule);
    column->addWidget(m_edge);
    column->addWidget(m_empty, 1);
    m_edge->setElided(true);
    m_edge->setContentsMargins(3 * theme.step(), theme.step(), 3 * theme.step(), theme.step());
    m_edge->hide();
    m_cover->setAutoFillBackground(true);
    m_cover->hide();
    makeActions();
    connect(m_scroll->verticalScrollBar(), &QScrollBar::valueChanged, this, &CommandStack::showEdge);
    connect(m_scroll->verticalScrollBar(), &QScrollBar::rangeChanged, this, &CommandStack::showEdge);
    connect(&source, &view::ViewSource::changed, this, &CommandStack::onView);
    connect(&ticker, &widgets::Ticker::ticked, this, &CommandStack::refresh);
    onView(source.current());
}

void CommandStack::makeActions()
{
    const auto add = [this](const QString &name, const QList<QKeySequence> &keys, auto what) {
        auto *action = new QAction(name, this);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        connect(action, &QAction::triggered, this, what);
    };
    add(tr("Stack: do what this row offers"), {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter), QKeySequence(Qt::Key_Space)},
        [this] { activate(currentRow()); });
    add(tr("Stack: escalate now"), {QKeySequence(Qt::Key_E)}, [this] { escalate(); });
    add(tr("Stack: acknowledge the escalation"), {QKeySequence(Qt::Key_A)}, [this] { acknowledge(); });
    add(tr("Stack: take or assign this role"), {QKeySequence(Qt::Key_O)}, [this] { assignRole(currentRow()); });
    add(tr("Stack: task…"), {QKeySequence(Qt::Key_R)}, [this] { Q_EMIT lineRequested(QStringLiteral("@")); });
    add(tr("Stack: this task is done, with words…"), {QKeySequence(Qt::SHIFT | Qt::Key_Space)}, [this] { doneWithWords(); });
    add(tr("Stack: I am on this task"), {QKeySequence(Qt::Key_T)}, [this] { takeOn(); });
    add(tr("Stack: hypothesis…"), {QKeySequence(Qt::Key_H)}, [this] { Q_EMIT lineRequested(QStringLiteral("? ")); });
    add(tr("Stack: refute this hypothesis"), {QKeySequence(Qt::Key_Minus)}, [this] { settle(true); });
    add(tr("Stack: confirm this hypothesis"), {QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_Equal)}, [this] { settle(false); });
    add(tr("Stack: decision…"), {QKeySequence(Qt::Key_D)}, [this] { decide(); });
    add(tr("Stack: decision with the options that were weighed…"), {QKeySequence(Qt::SHIFT | Qt::Key_D)}, [this] { decideWithOptions(); });
    add(tr("Stack: poll, go or no-go…"), {QKeySequence(Qt::Key_P)}, [this] { askPoll(); });
    add(tr("Stack: my answer to the poll is go"), {QKeySequence(Qt::Key_Y)}, [this] { answerPoll(true); });
    add(tr("Stack: my answer to the poll is no-go…"), {QKeySequence(Qt::Key_X)}, [this] { answerPoll(false); });
    add(tr("Stack: override…"), {QKeySequence(Qt::Key_V)}, [this] { overrideIncident(); });
    add(tr("Stack: promise…"), {QKeySequence(Qt::Key_M)}, [this] { Q_EMIT lineRequested(QStringLiteral("> ")); });
    add(tr("Stack: pin a link…"), {QKeySequence(Qt::Key_K)}, [this] { pinLink(); });
    add(tr("Stack: compose an update…"), {QKeySequence(Qt::Key_C)}, [this] { Q_EMIT composeRequested(); });
}

QList<StackRow *> CommandStack::rows() const
{
    QList<StackRow *> out;
    for (const QString &section : m_order) {
        if (const StackSection *s = m_sections.value(section))
            out += s->rows();
    }
    return out;
}

StackRow *CommandStack::currentRow() const
{
    for (StackRow *r : rows()) {
        if (r->hasFocus())
            return r;
    }
    return nullptr;
}

StackRow *CommandStack::row(const QString &id) const
{
    for (StackRow *r : rows()) {
        if (r->content().id == id)
            return r;
    }
    return nullptr;
}

void CommandStack::onView(const view::ViewModelPtr &view)
{
    m_view = view;
    refresh();
}

void CommandStack::fill(const QString &section, const QString &title, StackRow::Lead lead, const QString &subtitle, const Rows &rows)
{
    StackSection *s = m_sections.value(section);
    if (s == nullptr) {
        if (rows.empty())
            return;
        s = new StackSection(m_theme, title, lead, m_content);
        m_sections.insert(section, s);
        // The keys are shown where they act.
        const std::initializer_list<std::tuple<const char *, const char *, QString>> keys{
            {"roles", "O", tr("assign")},       {"tasks", "R", tr("task")},  {"tasks", "T", tr("on it")},  {"tasks", "⇧Space", tr("done…")},  {"hypotheses", "H", tr("hypothesis")}, {"polls", "Y", tr("go")},
            {"polls", "X", tr("no-go")},        {"polls", "⏎", tr("decide, close")}, {"decisions", "P", tr("poll")},   {"decisions", "D", tr("decide")},
            {"decisions", "⇧D", tr("with options")},
            {"inforce", "V", tr("override")},   {"inforce", "⏎", tr("end")},        {"promises", "M", tr("promise")},    {"links", "K", tr("pin")},    {"escalation", "A", tr("ack")}};
        for (const auto &[where, key, what] : keys)
            if (section.section(QLatin1Char(':'), 0, 0) == QLatin1String(where))
                s->header().addHint(QString::fromUtf8(key), what);
        connect(s, &StackSection::rowMade, this, [this](StackRow *row) {
            connect(row, &StackRow::activated, this, [this, row] { activate(row); });
            connect(row, &StackRow::moveRequested, this, [this, row](int by) { move(row, by); });
            connect(row, &StackRow::focused, this, [this, row] { m_scroll->ensureWidgetVisible(row, 0, 2 * m_theme.step()); });
        });
        connect(s, &StackSection::focusLost, this, [this](StackRow *next) {
            if (next != nullptr)
                next->setFocus();
            else
                setFocus();
        });
    }
    const int at = static_cast<int>(m_order.size());
    if (m_column->indexOf(s) != at)
        m_column->insertWidget(at, s);
    m_order << section;
    s->setRows(subtitle, rows);
    s->header().setRules(at > 0, true);
}

void CommandStack::refresh()
{
    const Instant now = m_ticker.now() ? m_ticker.now() : m_view->made;
    const Rows inForce = inForceRows(*m_view, now);
    const bool any = !m_view->focus.isEmpty() || !m_view->stack.escalations.empty() || !m_view->shifts.empty() || !m_view->scheduleChanges.empty() || !inForce.empty();
    m_scroll->setVisible(any);
    m_empty->setVisible(!any);
    if (!any) {
        switch (m_view->strip.link) {
        case view::CoreLink::Lost: m_empty->say(tr("The core is not answering"), m_view->strip.linkProblem); break;
        case view::CoreLink::Live: m_empty->say(tr("No incident"), tr("Ctrl+Shift+D declares one. Its roles, calls, tasks and promises appear here.")); break;
        default: m_empty->say(tr("Loading"), tr("The core is reading its log.")); break;
        }
    }
    m_order.clear();
    using Lead = StackRow::Lead;
    // What runs out first stands first: on a small screen the rest is below the edge.
    fill(QStringLiteral("next"), tr("NEXT UP — ONLY YOU CAN"), Lead::Number, {}, nextUpRows(*m_view, now));
    fillEscalations(now);
    fill(QStringLiteral("roles"), tr("ROLES"), Lead::Names, {}, roleRows(*m_view, now));
    fill(QStringLiteral("polls"), tr("POLL"), Lead::Names, {}, pollRows(*m_view));
    fill(QStringLiteral("tasks"), tr("TASKS"), Lead::Names, {}, taskRows(*m_view, now));
    fill(QStringLiteral("promises"), tr("PROMISES"), Lead::Names, {}, promiseRows(*m_view, now));
    fill(QStringLiteral("links"), tr("LINKS"), Lead::Names, {}, linkRows(*m_view));
    fill(QStringLiteral("inforce"), tr("IN FORCE"), Lead::None, {}, inForce);
    fill(QStringLiteral("hypotheses"), tr("HYPOTHESES"), Lead::None, {}, hypothesisRows(*m_view));
    fill(QStringLiteral("decisions"), tr("DECISIONS"), Lead::None, {}, decisionRows(*m_view));
    showEdge();
}

void CommandStack::fillEscalations(Instant now)
{
    QSet<QString> cards;
    for (const auto &card : m_view->stack.escalations) {
        if (card.state == QLatin1String("ended"))
            continue;
        const QString id = QStringLiteral("escalation:") + card.id;
        cards.insert(id);
        QStringList about{card.about};
        if (!card.policy.isEmpty())
            about << tr("policy %1").arg(card.policy);
        if (card.state == QLatin1String("exhausted"))
            about << tr("exhausted");
        if (!card.heldBy.isEmpty())
            about << (card.heldBy == QLatin1String("quiet") ? tr("waits: quiet") : tr("waits: %1 has it").arg(card.heldBy));
        fill(id, card.byAlerts ? tr("ALERTS CALL") : tr("ESCALATION"), StackRow::Lead::None, about.join(QStringLiteral(" · ")), escalationRows(card, now));
    }
    for (auto it = m_sections.begin(); it != m_sections.end();) {
        if (it.key().startsWith(QLatin1String("escalation:")) && !cards.contains(it.key())) {
            const bool hadFocus = it.value()->isAncestorOf(focusWidget()) && isAncestorOf(focusWidget());
            it.value()->hide();
            it.value()->deleteLater();
            m_column->removeWidget(it.value());
            it = m_sections.erase(it);
            if (hadFocus)
                setFocus();
        } else {
            ++it;
        }
    }
}

void CommandStack::keyPressEvent(QKeyEvent *event)
{
    // Whoever comes here by F6 walks on with the arrows.
    const QList<StackRow *> all = rows();
    if ((event->key() != Qt::Key_Down && event->key() != Qt::Key_Up) || all.isEmpty() || currentRow() != nullptr)
        return QWidget::keyPressEvent(event);
    (event->key() == Qt::Key_Down ? all.first() : all.last())->setFocus();
}

void CommandStack::move(StackRow *from, int by)
{
    const QList<StackRow *> all = rows();
    const qsizetype at = all.indexOf(from) + by;
    if (at >= 0 && at < all.size())
        all[at]->setFocus();
}

void CommandStack::send(const QString &method, QJsonObject arguments)
{
    if (!method.startsWith(QLatin1String("escalation.")) && !m_view->focus.isEmpty())
        arguments.insert(QStringLiteral("incident"), m_view->focus);
    const QPointer<CommandStack> self(this);
    m_source.command(method, arguments, [self](bool done, const QString &sentence, const QJsonObject &) {
        if (!done && self != nullptr)
            Q_EMIT self->refused(sentence);
    });
}

void CommandStack::activate(StackRow *row)
{
    if (row == nullptr)
        return;
    const RowContent &content = row->content();
    const QString kind = content.id.section(QLatin1Char(':'), 0, 0);
    const QString id = content.id.section(QLatin1Char(':'), 1);
    if (kind == QLatin1String("role"))
        assignRole(row);
    else if (kind == QLatin1String("poll") || kind == QLatin1String("pollseat"))
        pollMenu(row);
    else if (kind == QLatin1String("link"))
        linkMenu(row);
    else if (kind == QLatin1String("inforce") && id.startsWith(QLatin1String("schedule:")))
        Q_EMIT actionRequested(QStringLiteral("withdraw"));
    else if (kind == QLatin1String("inforce"))
        Q_EMIT actionRequested(QStringLiteral("silences"));
    else if (kind == QLatin1String("next") && id.startsWith(QLatin1String("do.")))
        Q_EMIT actionRequested(id.section(QLatin1Char('.'), 1, 1));
    else if (kind == QLatin1String("task") && content.tick == RowContent::Tick::Open)
        send(QStringLiteral("task.done"), {{QStringLiteral("task"), idValue(id)}});
    else if (kind == QLatin1String("promise"))
        send(QStringLiteral("promise.keep"), {{QStringLiteral("promise"), idValue(id)}});
    else if (content.key == QLatin1String("E")) {
        row->setFocus(); // which card is meant follows from the row
        escalate();
    } else if (content.key == QLatin1String("Y")) {
        row->setFocus();
        answerPoll(true);
    } else if (content.key == QLatin1String("D")) {
        row->setFocus();
        decide();
    } else if (content.key == QLatin1String("C"))
        Q_EMIT composeRequested();
}

const RowContent *CommandStack::openTask()
{
    const StackRow *row = currentRow();
    if (row != nullptr && row->content().id.startsWith(QLatin1String("task:")) && row->content().tick == RowContent::Tick::Open)
        return &row->content();
    Q_EMIT refused(tr("Choose a task that is not done."));
    return nullptr;
}

void CommandStack::takeOn()
{
    if (const RowContent *task = openTask())
        send(QStringLiteral("task.accept"), {{QStringLiteral("task"), idValue(task->id.section(QLatin1Char(':'), 1))}});
}

void CommandStack::doneWithWords()
{
    if (const RowContent *task = openTask())
        Q_EMIT doneRequested(task->id.section(QLatin1Char(':'), 1), task->text);
}

void CommandStack::assignRole(StackRow *row)
{
    if (row == nullptr || !row->content().id.startsWith(QLatin1String("role:")))
        return;
    // A role of the team's own making is called by its name.
    const QString own = row->content().id.startsWith(QLatin1String("role:own:")) ? row->content().id.section(QLatin1Char(':'), 2) : QString();
    const auto role = own.isEmpty() ? static_cast<Role>(row->content().id.section(QLatin1Char(':'), 1, 1).toInt()) : Role::Responder;
    const auto name = word(role);
    const QString asSaid = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())).toLower();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Who is %1?").arg(own.isEmpty() ? roleName(role) : own));
    const auto give = [this, role, asSaid, own](const QString &person) {
        if (!own.isEmpty())
            return send(QStringLiteral("incident.role"), {{QStringLiteral("title"), own}, {QStringLiteral("person"), person}});
        const bool held = !m_view->stack.roles.empty() && !m_view->stack.roles.front().person.isEmpty();
        if (role == Role::Commander && held) // it is asked why, or read back: the window's own forms
            Q_EMIT actionRequested(person == m_view->strip.person ? QStringLiteral("take") : QStringLiteral("handover"));
        else if (role == Role::Commander && person == m_view->strip.person)
            send(QStringLiteral("incident.take"), {});
        else
            send(QStringLiteral("incident.role"), {{QStringLiteral("role"), asSaid}, {QStringLiteral("person"), person}});
    };
    const auto offer = [&](const QString &text, const QString &person) {
        // A name may hold "&", which a menu would read as a mnemonic.
        connect(menu->addAction(QString(text).replace(QLatin1Char('&'), QLatin1String("&&"))), &QAction::triggered, this, [give, person] { give(person); });
    };
    if (!m_view->strip.recorded)
        menu->addAction(widgets::unrecordedText())->setEnabled(false);
    if (!m_view->strip.person.isEmpty())
        offer(role == Role::Commander ? tr("Take command (you)") : tr("Take it (you)"), m_view->strip.person);
    menu->addSeparator();
    for (const QString &person : m_view->people) {
        if (person != m_view->strip.person)
            offer(person, person);
    }
    menu->addSeparator();
    if (!own.isEmpty())
        connect(menu->addAction(tr("Nobody: the role ends")), &QAction::triggered, this, [give] { give({}); });
    else
        connect(menu->addAction(tr("A role of another name…")), &QAction::triggered, this, [this] { giveOwnRole(); });
    for (QAction *choice : menu->actions()) {
        if (choice->isEnabled() && !choice->isSeparator()) {
            menu->setActiveAction(choice);
            break;
        }
    }
    menu->popup(row->mapToGlobal(QPoint(row->width() / 3, row->height())));
}

void CommandStack::overrideIncident()
{
    if (m_view->focus.isEmpty()) {
        Q_EMIT refused(tr("Overrides from here are of an incident; in the queue they are of the chosen alerts."));
        return;
    }
    auto *dialog = new IncidentOverrideDialog(m_theme, m_view, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setUnrecorded(!m_view->strip.recorded);
    connect(dialog, &widgets::FormDialog::submitted, this, [this, dialog = QPointer<IncidentOverrideDialog>(dialog)] {
        m_source.command(dialog->method(), dialog->arguments(), [dialog](bool done, const QString &sentence, const QJsonObject &) {
            if (dialog && done)
                dialog->accept();
            else if (dialog)
                dialog->refuse(sentence);
        });
    });
    dialog->open();
}

void CommandStack::giveOwnRole()
{
    auto *dialog = new OwnRoleDialog(m_theme, *m_view, window());
    open(dialog, QStringLiteral("incident.role"), [dialog] { return dialog->arguments(); });
}

const view::EscalationCard *CommandStack::card() const
{
    const StackRow *current = currentRow();
    const view::EscalationCard *best = nullptr;
    for (const auto &c : m_view->stack.escalations) {
        if (current != nullptr && (current->content().id.startsWith(c.id + QLatin1Char(':'))
                                   || current->content().id.startsWith(QStringLiteral("next:") + c.id)))
            return &c;
        if (best == nullptr ? c.state == QLatin1String("running") || c.state == QLatin1String("exhausted")
                            : best->state != QLatin1String("running") && c.state == QLatin1String("running"))
            best = &c;
    }
    return best;
}

void CommandStack::escalate()
{
    if (const auto *c = card())
        send(QStringLiteral("escalation.next"), {{QStringLiteral("escalation"), idValue(c->id)}});
    else if (!m_view->focus.isEmpty())
        send(QStringLiteral("escalation.start"), {{QStringLiteral("incident"), m_view->focus}});
}

void CommandStack::acknowledge()
{
    if (const auto *c = card())
        send(QStringLiteral("escalation.acknowledge"), {{QStringLiteral("escalation"), idValue(c->id)}});
    else
        Q_EMIT refused(tr("No escalation is running; there is nothing to acknowledge."));
}

void CommandStack::settle(bool refuted)
{
    const StackRow *current = currentRow();
    if (current == nullptr || !current->content().id.startsWith(QLatin1String("hypothesis:"))) {
        Q_EMIT refused(tr("Go to a hypothesis first; the arrow keys walk the stack."));
        return;
    }
    send(QStringLiteral("hypothesis.settle"),
         {{QStringLiteral("hypothesis"), idValue(current->content().id.section(QLatin1Char(':'), 1))}, {QStringLiteral("refuted"), refuted}});
}

} // namespace qd::escalation
