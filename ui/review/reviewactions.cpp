// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done in a review, by which keys, and what is sent for it.
#include "ui/review/barchart.h"
#include "ui/review/evidencelist.h"
#include "ui/review/evidencemodel.h"
#include "ui/review/insights.h"
#include "ui/review/insightspanel.h"
#include "ui/review/presentation.h"
#include "ui/review/publishdialog.h"
#include "ui/review/replaystrip.h"
#include "ui/review/reviewdialogs.h"
#include "ui/review/reviewheader.h"
#include "ui/review/reviewview.h"
#include "ui/review/rows.h"
#include "ui/review/sectioneditor.h"
#include "ui/review/sectionpanel.h"
#include "ui/review/sidepanel.h"
#include "ui/review/sidetables.h"
#include "ui/widgets/twintable.h"

#include <QAction>
#include <QJsonArray>
#include <QJsonObject>
#include <QPointer>
#include <algorithm>

namespace qd::review {

using widgets::FormDialog;

namespace {

QString wordOf(std::string_view word)
{
    return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
}

/// What an action becomes next when it is turned: open, done, verified, and over again.
ActionState next(ActionState state)
{
    switch (state) {
    case ActionState::Open: return ActionState::Done;
    case ActionState::Done: return ActionState::Verified;
    case ActionState::Verified:
    case ActionState::Dropped: break;
    }
    return ActionState::Open;
}

} // namespace

QAction *ReviewView::add(QWidget *where, const char *name, const QString &text, const QList<QKeySequence> &keys, std::function<void()> what)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String("review.") + QLatin1String(name));
    action->setShortcuts(keys);
    action->setShortcutContext(where == this ? Qt::WidgetWithChildrenShortcut : Qt::WidgetShortcut);
    where->addAction(action);
    connect(action, &QAction::triggered, this, [this, what = std::move(what)] {
        if (isVisible())
            what();
        else
            Q_EMIT told(tr("That is done in a review: Ctrl+3."));
    });
    return action;
}

void ReviewView::makeActions()
{
    QWidget *evidence = &m_evidence->table();
    const QString names[] = {tr("Review: mark as detection, or no longer"), tr("Review: mark as diagnosis, or no longer"), tr("Review: mark as repair, or no longer"), tr("Review: mark as key moment, or no longer")};
    for (int i = 0; i < 4; ++i)
        add(evidence, qPrintable(QStringLiteral("mark%1").arg(i + 1)), names[i], {QKeySequence(Qt::Key_1 + i)}, [this, i] { m_evidence->mark(i + 1); });
    add(evidence, "filter", tr("Review: filter the evidence"), {QKeySequence(Qt::Key_Slash)}, [this] { m_evidence->find(); });
    add(evidence, "part", tr("Review: evidence, people or messages"), {QKeySequence(Qt::Key_M)}, [this] { m_evidence->nextPart(1); });
    add(evidence, "names", tr("Review: people by name, or by what they were"), {QKeySequence(Qt::Key_R)}, [this] {
        m_named = !m_named;
        m_evidence->setNamed(m_named);
        Q_EMIT told(m_named ? tr("People stand by name.") : tr("People stand by what they were."));
    });
    QAction *present = add(evidence, "present", tr("Review: tell it to a room"), {QKeySequence(Qt::Key_P)}, [this] {
        if (!this->present())
            Q_EMIT told(tr("No review is open."));
    });
    m_list->addAction(present);
    add(this, "cite", tr("Review: insert a link to the chosen line"), {QKeySequence(Qt::CTRL | Qt::Key_E)}, [this] { cite(); });
    add(this, "finding", tr("Review: next thing to look at again"), {QKeySequence(Qt::Key_F8)}, [this] { m_sections->nextFinding(); });
    add(this, "save", tr("Review: this revision is done"), {QKeySequence(Qt::CTRL | Qt::Key_S)}, [this] { m_sections->draft().finish(); });
    add(this, "section.next", tr("Review: next section"), {QKeySequence(Qt::CTRL | Qt::Key_PageDown)}, [this] { m_sections->nextSection(1); });
    add(this, "section.previous", tr("Review: section before"), {QKeySequence(Qt::CTRL | Qt::Key_PageUp)}, [this] { m_sections->nextSection(-1); });
    add(this, "changes", tr("Review: what the newest revision changed"), {QKeySequence(Qt::SHIFT | Qt::Key_F8)}, [this] { m_sections->toggleChanges(); });
    add(this, "reading", tr("Review: internal, external, side by side"), {QKeySequence(Qt::CTRL | Qt::Key_R)}, [this] { m_sections->read(static_cast<SectionPanel::Reading>((static_cast<int>(m_sections->reading()) + 1) % 3)); });
    add(this, "together", tr("Review: put two texts together"), {QKeySequence(Qt::CTRL | Qt::Key_J)}, [this] { m_sections->draft().putTogether(); });
    add(this, "takeover", tr("Review: take the section over"), {QKeySequence(Qt::CTRL | Qt::Key_T)}, [this] { m_sections->draft().takeOver(); });
    add(this, "comment", tr("Review: comment on what is selected…"), {QKeySequence(Qt::Key_F4)}, [this] { m_sections->comment(); });
    add(this, "side.next", tr("Review: factors, actions, prompts, people, comments, metrics"), {QKeySequence(Qt::ALT | Qt::Key_PageDown)}, [this] { m_side->next(1); });
    add(this, "side.previous", tr("Review: back among them"), {QKeySequence(Qt::ALT | Qt::Key_PageUp)}, [this] { m_side->next(-1); });
    add(this, "arrange", tr("Review: open or arrange it…"), {QKeySequence(Qt::CTRL | Qt::Key_O)}, [this] { arrange(); });
    add(this, "turn", tr("Review: on to its next phase…"), {QKeySequence(Qt::CTRL | Qt::Key_N)}, [this] { turn(); });
    add(this, "waive", tr("Review: do without what is missing…"), {QKeySequence(Qt::CTRL | Qt::Key_W)}, [this] { waive(); });
    add(this, "publish", tr("Review: inside and outside side by side, and publish…"), {QKeySequence(Qt::CTRL | Qt::Key_P)}, [this] {
        if (m_incident.isEmpty())
            return Q_EMIT told(tr("No review is open."));
        auto *dialog = new PublishDialog(m_source, m_theme, m_incident, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    add(this, "trends", tr("Review: what reviews say together…"), {QKeySequence(Qt::ALT | Qt::Key_End)}, [this] {
        auto *dialog = new TrendsDialog(m_source, m_theme, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    add(this, "list", tr("Review: all reviews"), {QKeySequence(Qt::ALT | Qt::Key_Home)}, [this] { open({}); });
    add(&m_side->table(SidePanel::Factors), "factors.all", tr("Review: all factors, or those somebody sees"), {QKeySequence(Qt::Key_A)}, [this] { m_side->toggleAll(); });
    add(&m_side->table(SidePanel::Actions), "action.new", tr("Review: new action…"), {QKeySequence(Qt::Key_N)}, [this] { editAction(nullptr); });
    QAction *done = add(&m_side->table(SidePanel::Actions), "done", tr("Review: the action is done, verified; the comment is settled"), {QKeySequence(Qt::Key_D)}, [this] { settleOrDone(); });
    m_side->table(SidePanel::Comments).addAction(done);
    add(&m_side->table(SidePanel::Actions), "action.drop", tr("Review: drop the action…"), {QKeySequence(Qt::Key_X)}, [this] { turnAction(); });
}

void ReviewView::makeReplayActions()
{
    QWidget *lanes = &m_replay->lanes();
    const auto both = [&](const char *name, const QString &text, const QList<QKeySequence> &keys, std::function<void()> what) {
        QAction *action = add(lanes, name, text, keys, std::move(what));
        m_evidence->table().addAction(action);
        m_presentation->addAction(action);
    };
    both("minute.back", tr("Replay: a minute back"), {QKeySequence(Qt::Key_BracketLeft)}, [this] { m_replay->minute(-1); });
    both("minute.on", tr("Replay: a minute on"), {QKeySequence(Qt::Key_BracketRight)}, [this] { m_replay->minute(1); });
    both("event.back", tr("Replay: to the event before"), {QKeySequence(Qt::Key_BraceLeft)}, [this] { m_replay->event(-1); });
    both("event.on", tr("Replay: to the next event"), {QKeySequence(Qt::Key_BraceRight)}, [this] { m_replay->event(1); });
    both("clock", tr("Replay: as known then, or as it was"), {QKeySequence(Qt::Key_K)},
         [this] { m_replay->setClock(m_replay->replay().clock() == view::PastClock::AsKnown ? view::PastClock::AsItWas : view::PastClock::AsKnown); });
    both("faster", tr("Replay: once, 8 or 60 times as fast"), {QKeySequence(Qt::Key_V)}, [this] { m_replay->faster(); });
    add(lanes, "play", tr("Replay: play or pause"), {QKeySequence(Qt::Key_Space)}, [this] { m_replay->play(); });
    add(lanes, "home", tr("Replay: to the beginning"), {QKeySequence(Qt::Key_Home)}, [this] { m_replay->home(); });
    add(lanes, "end", tr("Replay: to the end"), {QKeySequence(Qt::Key_End)}, [this] { m_replay->end(); });
}

void ReviewView::connectParts()
{
    connect(m_list, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const TableRow *row = m_rows->row(index.row()))
            open(row->id);
    });
    connect(m_evidence, &EvidenceList::markRequested, this, [this](const view::EvidenceRow &row, const QString &kind) {
        send(QStringLiteral("incident.moment"), {{QStringLiteral("text"), row.text.left(200)}, {QStringLiteral("kind"), kind}, {QStringLiteral("at"), QString::fromStdString(toRfc3339(row.at))},
                                                 {QStringLiteral("about"), row.called.isEmpty() ? row.reference : row.called}});
    });
    connect(m_evidence, &EvidenceList::unmarkRequested, this, [this](std::uint32_t moment) { send(QStringLiteral("incident.moment"), {{QStringLiteral("moment"), static_cast<qint64>(moment)}}); });
    connect(m_evidence, &EvidenceList::opened, this, [this](const view::EvidenceRow &row) { m_replay->go(m_replay->replay().clock() == view::PastClock::AsItWas ? row.at : row.knownAt); });
    connect(m_sections, &SectionPanel::referenceOpened, this, &ReviewView::toReference);
    connect(m_sections, &SectionPanel::told, this, &ReviewView::told);
    connect(m_sections, &SectionPanel::commentRequested, this, [this](const QString &section, const QString &quote) { comment(section, quote, 0); });
    connect(m_header, &ReviewHeader::turnRequested, this, &ReviewView::turn);
    connect(m_header, &ReviewHeader::arrangeRequested, this, &ReviewView::arrange);
    connect(m_header, &ReviewHeader::waiveRequested, this, &ReviewView::waive);
    connect(m_side, &SidePanel::opened, this, &ReviewView::openRow);
    connect(m_side, &SidePanel::turned, this, [this](int tab) {
        if (tab == SidePanel::Metrics)
            askMetrics();
    });
    connect(m_replay, &ReplayStrip::wanted, this, [this](const view::PastPoint &point) { m_source.travel(point); });
    connect(m_presentation, &Presentation::moved, this, [this](Instant at) {
        if (at)
            m_replay->go(at);
    });
    connect(m_presentation, &Presentation::left, this, [this] {
        m_presentation->hide();
        Q_EMIT presented(false);
        goRegion(0);
    });
}

void ReviewView::send(const QString &method, QJsonObject arguments, const QString &done)
{
    if (!arguments.contains(QLatin1String("incident")))
        arguments.insert(QStringLiteral("incident"), m_incident);
    m_source.command(method, arguments, [self = QPointer(this), done](bool ok, const QString &sentence, const QJsonObject &) {
        if (self && !ok)
            Q_EMIT self->refused(sentence);
        else if (self && !done.isEmpty())
            Q_EMIT self->told(done);
    });
}

void ReviewView::ask(FormDialog *dialog, const QString &method, std::function<QJsonObject()> arguments, const QString &done)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setUnrecorded(m_view != nullptr && !m_view->strip.recorded);
    connect(dialog, &FormDialog::submitted, this, [this, dialog = QPointer(dialog), method, arguments = std::move(arguments), done] {
        m_source.command(method, arguments(), [self = QPointer(this), dialog, done](bool ok, const QString &sentence, const QJsonObject &) {
            if (dialog && ok)
                dialog->accept();
            else if (dialog)
                dialog->refuse(sentence);
            if (self && ok)
                Q_EMIT self->told(done);
        });
    });
    dialog->open();
}

void ReviewView::openRow(int tab, const QString &id)
{
    const view::Review *r = review();
    if (r == nullptr)
        return;
    switch (static_cast<SidePanel::Tab>(tab)) {
    case SidePanel::Factors: return rate(id);
    case SidePanel::Actions: {
        const auto a = std::find_if(r->actions.begin(), r->actions.end(), [&](const auto &each) { return QString::number(each.number) == id; });
        return a == r->actions.end() ? void() : editAction(&*a);
    }
    case SidePanel::People: return contribute(id);
    case SidePanel::Comments: {
        const auto c = std::find_if(r->comments.begin(), r->comments.end(), [&](const auto &each) { return QString::number(each.number) == id; });
        return c == r->comments.end() ? void() : comment(c->section, {}, c->number);
    }
    case SidePanel::Prompts:
    case SidePanel::Metrics:
    case SidePanel::Tabs: break;
    }
}

void ReviewView::turn()
{
    const view::Review *r = review();
    if (r == nullptr || !r->isOpen())
        return arrange();
    const ReviewPhase to = ReviewHeader::after(r->phase);
    std::vector<view::Labelled> choices;
    for (const ReviewPhase phase : {to, ReviewPhase::Draft, ReviewPhase::InReview, ReviewPhase::Reviewed, ReviewPhase::Closed})
        if (phase != ReviewPhase::None && phase != r->phase && std::none_of(choices.begin(), choices.end(), [&](const auto &c) { return c.name == wordOf(word(phase)); }))
            choices.push_back({wordOf(word(phase)), phaseWords(phase)});
    m_sections->draft().save();
    auto *dialog = new WordsDialog(m_theme, tr("Turn the review of %1").arg(m_incident), tr("Turn it"), tr("Reason"), QStringLiteral("reason"), {{QStringLiteral("incident"), m_incident}}, this,
                                   {tr("To"), std::move(choices), QStringLiteral("phase")}, m_header->missing(), true);
    ask(dialog, QStringLiteral("review.turn"), [dialog] { return dialog->arguments(); }, tr("The review is turned."));
}

void ReviewView::arrange()
{
    if (m_view == nullptr)
        return;
    QString incident = m_incident;
    if (incident.isEmpty())
        if (const TableRow *row = m_rows->row(m_list->currentIndex().row()))
            incident = row->id;
    if (incident.isEmpty())
        return Q_EMIT told(tr("There is no incident to review."));
    auto *dialog = new ArrangeDialog(m_theme, *m_view, incident, review(), this);
    ask(dialog, QStringLiteral("review.open"), [dialog] { return dialog->arguments(); }, tr("The review of %1 is open.").arg(incident));
}

void ReviewView::waive()
{
    const view::Review *r = review();
    if (r == nullptr)
        return;
    std::vector<view::Labelled> choices;
    for (const view::GateRow &gate : r->gates)
        if (gate.isOpen())
            choices.push_back({gate.id, gate.sentence});
    if (choices.empty())
        return Q_EMIT told(tr("Nothing is missing."));
    auto *dialog = new WordsDialog(m_theme, tr("Do without it"), tr("Do without"), tr("Reason"), QStringLiteral("reason"), {{QStringLiteral("incident"), m_incident}}, this,
                                   {tr("Missing"), std::move(choices), QStringLiteral("gate")}, tr("The reason stands in the record and in what is published inside."));
    ask(dialog, QStringLiteral("review.waive"), [dialog] { return dialog->arguments(); }, tr("The review does without it."));
}

void ReviewView::cite()
{
    const view::EvidenceRow *row = m_evidence->current();
    if (row == nullptr)
        return Q_EMIT told(tr("Choose a line of the evidence first."));
    m_sections->cite(*row);
}

void ReviewView::editAction(const view::ReviewAction *action)
{
    const view::Review *r = review();
    if (r == nullptr)
        return;
    auto *dialog = new ActionDialog(m_theme, *m_view, *r, action, this);
    ask(dialog, QStringLiteral("action.keep"), [dialog] { return dialog->arguments(); }, action != nullptr ? tr("The action is changed.") : tr("The action is added."));
}

void ReviewView::settleOrDone()
{
    const QString id = m_side->chosen();
    const view::Review *r = review();
    if (r == nullptr || id.isEmpty())
        return;
    if (m_side->current() == SidePanel::Comments)
        return send(QStringLiteral("review.settle"), {{QStringLiteral("comment"), id.toLongLong()}}, tr("The comment is settled."));
    const auto a = std::find_if(r->actions.begin(), r->actions.end(), [&](const view::ReviewAction &each) { return QString::number(each.number) == id; });
    if (m_side->current() != SidePanel::Actions || a == r->actions.end())
        return;
    const ActionState to = next(a->state);
    const QJsonObject turned{{QStringLiteral("incident"), m_incident}, {QStringLiteral("action"), static_cast<qint64>(a->number)}, {QStringLiteral("state"), wordOf(word(to))}};
    const QString said = tr("The action is %1.").arg(stateWords(to));
    if (to == ActionState::Done)
        return send(QStringLiteral("action.turn"), turned, said);
    // What shows that it works, or why it is open again: the core asks for it.
    auto *dialog = new WordsDialog(m_theme, a->text, stateWords(to), tr("Reason"), QStringLiteral("reason"), turned, this);
    ask(dialog, QStringLiteral("action.turn"), [dialog] { return dialog->arguments(); }, said);
}

void ReviewView::turnAction()
{
    const QString id = m_side->chosen();
    if (m_side->current() != SidePanel::Actions || id.isEmpty())
        return;
    auto *dialog = new WordsDialog(m_theme, tr("Drop action %1").arg(id), tr("Drop it"), tr("Reason"), QStringLiteral("reason"),
                                   {{QStringLiteral("incident"), m_incident}, {QStringLiteral("action"), id.toLongLong()}, {QStringLiteral("state"), QStringLiteral("dropped")}}, this);
    ask(dialog, QStringLiteral("action.turn"), [dialog] { return dialog->arguments(); }, tr("The action is dropped."));
}

void ReviewView::contribute(const QString &person)
{
    const view::Review *r = review();
    const auto p = std::find_if(r->people.begin(), r->people.end(), [&](const auto &each) { return each.id == person; });
    if (p == r->people.end())
        return;
    std::vector<view::Labelled> delegates{{QString(), tr("nobody: in their own words")}};
    for (const view::Labelled &each : m_view->names)
        if (each.name != person)
            delegates.push_back(each);
    auto *dialog = new WordsDialog(m_theme, tr("What %1 has to say").arg(p->name), tr("Contribute"), tr("In words"), QStringLiteral("text"), {{QStringLiteral("incident"), m_incident}, {QStringLiteral("person"), person}}, this,
                                   {tr("Said for them by"), std::move(delegates), QStringLiteral("delegate")}, p->text.isEmpty() ? QString() : tr("So far: %1").arg(p->text.left(400)), true);
    ask(dialog, QStringLiteral("review.contribute"), [dialog] { return dialog->arguments(); }, tr("The contribution is recorded."));
}

void ReviewView::comment(const QString &section, const QString &quote, std::uint32_t answers)
{
    if (review() == nullptr)
        return;
    QJsonObject base{{QStringLiteral("incident"), m_incident}, {QStringLiteral("section"), section}};
    if (!quote.isEmpty())
        base.insert(QStringLiteral("quote"), quote);
    if (answers != 0)
        base.insert(QStringLiteral("answers"), static_cast<qint64>(answers));
    auto *dialog = new WordsDialog(m_theme, answers != 0 ? tr("Answer comment %1").arg(answers) : tr("Comment"), tr("Say it"), tr("In words"), QStringLiteral("text"), base, this, {}, quote.isEmpty() ? QString() : tr("About: %1").arg(quote));
    ask(dialog, QStringLiteral("review.comment"), [dialog] { return dialog->arguments(); }, tr("The comment is recorded."));
}

void ReviewView::rate(const QString &factor)
{
    const view::Review *r = review();
    const auto f = std::find_if(r->factors.begin(), r->factors.end(), [&](const auto &each) { return each.id == factor && !each.isHeading; });
    if (f == r->factors.end())
        return;
    if (f->yours)
        return send(QStringLiteral("review.factor"), {{QStringLiteral("factor"), factor}, {QStringLiteral("withdraw"), true}}, tr("You no longer see: %1.").arg(f->title));
    QJsonObject base{{QStringLiteral("incident"), m_incident}, {QStringLiteral("factor"), factor}};
    QString note = tr("No line of the evidence is chosen: choose the one that shows it first.");
    if (const view::EvidenceRow *row = m_evidence->current()) {
        base.insert(QStringLiteral("evidence"), QJsonArray{row->reference});
        note = tr("Shown by the chosen line: %1").arg(row->text.left(200));
    }
    auto *dialog = new WordsDialog(m_theme, tr("You see: %1").arg(f->title), tr("I see it"), tr("Note"), QStringLiteral("note"), base, this, {}, note, true);
    ask(dialog, QStringLiteral("review.factor"), [dialog] { return dialog->arguments(); }, tr("That you see it is recorded."));
}

void ReviewView::askMetrics()
{
    if (std::exchange(m_metricsAsked, true))
        return;
    m_side->sayMetrics(tr("Asking the core…"));
    m_source.command(QStringLiteral("insights"), {{QStringLiteral("since"), QStringLiteral("30d")}}, [self = QPointer(this)](bool done, const QString &sentence, const QJsonObject &result) {
        if (!self)
            return;
        self->m_metricsAsked = done;
        self->m_side->sayMetrics(done ? tr("The last 30 days. Ctrl+Shift+I shows other stretches.") : sentence);
        if (done)
            self->m_side->insights().show(insightsOf(result));
    });
    m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("trends")}}, [self = QPointer(this)](bool done, const QString &, const QJsonObject &result) {
        if (!self || !done)
            return;
        std::vector<Bar> bars;
        for (const QJsonValue &item : result.value(QLatin1String("items")).toArray())
            if (const QJsonObject o = item.toObject(); o.value(QLatin1String("kind")).toString() == QLatin1String("factor"))
                bars.push_back({o.value(QLatin1String("label")).toString(), o.value(QLatin1String("incidents")).toInteger()});
        self->m_side->factors().show(bars);
    });
}

void ReviewView::toReference(const QString &reference)
{
    if (!m_evidence->reveal(reference))
        Q_EMIT told(tr("That line is not in the record here: it was erased, or is of another incident."));
    else
        m_evidence->table().setFocus(Qt::OtherFocusReason);
}

} // namespace qd::review
