// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done in a review, by which keys, and what is sent for it.
#include "ui/review/actionregister.h"
#include "ui/review/actionverbs.h"
#include "ui/review/barchart.h"
#include "ui/review/debriefpanels.h"
#include "ui/review/evidencelist.h"
#include "ui/review/evidencemodel.h"
#include "ui/review/gototime.h"
#include "ui/review/insights.h"
#include "ui/review/insightspanel.h"
#include "ui/review/librarydialog.h"
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
#include "ui/review/trendsdialog.h"
#include "ui/widgets/timetext.h"
#include "ui/widgets/twintable.h"

#include <QAction>
#include <QJsonArray>
#include <QJsonObject>
#include <QLineEdit>
#include <QPointer>
#include <algorithm>

namespace qd::review {

using widgets::FormDialog;

namespace {

constexpr Span kTrendsLast = minutes(1); ///< others rate as well, in other reviews

QString wordOf(std::string_view word)
{
    return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
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
    QAction *filter = add(evidence, "filter", tr("Review: filter the evidence, or the list of reviews"), {QKeySequence(Qt::Key_Slash)}, [this] {
        if (!m_incident.isEmpty())
            return m_evidence->find();
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    m_list->addAction(filter);
    add(evidence, "part", tr("Review: evidence, people or messages"), {QKeySequence(Qt::Key_M)}, [this] { m_evidence->nextPart(1); });
    QAction *present = add(evidence, "present", tr("Review: tell it to a room"), {QKeySequence(Qt::Key_P)}, [this] {
        if (!this->present())
            Q_EMIT told(tr("No review is open."));
    });
    m_list->addAction(present);
    add(this, "cite", tr("Review: insert a link to the chosen line"), {QKeySequence(Qt::CTRL | Qt::Key_E)}, [this] { cite(); });
    add(this, "finding", tr("Review: next thing to look at again"), {QKeySequence(Qt::Key_F8)}, [this] { m_sections->nextFinding(); });
    add(this, "spelling", tr("Review: words for the one whose spelling is asked about…"), {QKeySequence(Qt::ALT | Qt::Key_F8)}, [this] { m_sections->spell(); });
    add(this, "save", tr("Review: this revision is done"), {QKeySequence(Qt::CTRL | Qt::Key_S)}, [this] { m_sections->draft().finish(); });
    add(this, "section.next", tr("Review: next section"), {QKeySequence(Qt::CTRL | Qt::Key_PageDown)}, [this] { m_sections->nextSection(1); });
    add(this, "section.previous", tr("Review: section before"), {QKeySequence(Qt::CTRL | Qt::Key_PageUp)}, [this] { m_sections->nextSection(-1); });
    add(this, "section.new", tr("Review: begin a section…"), {QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_N)}, [this] { beginSection(); });
    add(this, "changes", tr("Review: what the newest revision changed, and the ones before it"), {QKeySequence(Qt::SHIFT | Qt::Key_F8)}, [this] { m_sections->stepChanges(); });
    add(this, "reading", tr("Review: internal, external, side by side"), {QKeySequence(Qt::CTRL | Qt::Key_R)}, [this] { m_sections->read(static_cast<SectionPanel::Reading>((static_cast<int>(m_sections->reading()) + 1) % 3)); });
    add(this, "together", tr("Review: put two texts together"), {QKeySequence(Qt::CTRL | Qt::Key_J)}, [this] { m_sections->draft().putTogether(); });
    add(this, "takeover", tr("Review: take the section over"), {QKeySequence(Qt::CTRL | Qt::Key_T)}, [this] { m_sections->draft().takeOver(); });
    add(this, "mark", tr("Review: mark the selection as confidential or restricted…"), {QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_R)}, [this] {
        if (m_view != nullptr)
            m_sections->mark(*m_view);
    });
    add(this, "comment", tr("Review: comment on what is selected…"), {QKeySequence(Qt::Key_F4)}, [this] { m_sections->comment(); });
    add(this, "side.next", tr("Review: factors, actions, prompts, people, comments, metrics"), {QKeySequence(Qt::ALT | Qt::Key_PageDown)}, [this] { m_side->next(1); });
    add(this, "side.previous", tr("Review: back among them"), {QKeySequence(Qt::ALT | Qt::Key_PageUp)}, [this] { m_side->next(-1); });
    add(this, "arrange", tr("Review: open or arrange it…"), {QKeySequence(Qt::CTRL | Qt::Key_O)}, [this] { arrange(); });
    add(this, "turn", tr("Review: on to its next phase…"), {QKeySequence(Qt::CTRL | Qt::Key_N)}, [this] { turn(); });
    add(this, "waive", tr("Review: do without what is missing…"), {QKeySequence(Qt::CTRL | Qt::Key_W)}, [this] { waive(); });
    add(this, "gates", tr("Review: what is missing, and what to do"), {QKeySequence(Qt::SHIFT | Qt::Key_F4)}, [this] {
        if (review() == nullptr || !m_header->toggleGates())
            Q_EMIT told(tr("Nothing is missing."));
    });
    add(this, "publish", tr("Review: inside and outside side by side, and publish…"), {QKeySequence(Qt::CTRL | Qt::Key_P)}, [this] {
        if (m_incident.isEmpty())
            return Q_EMIT told(tr("No review is open."));
        auto *dialog = new PublishDialog(m_source, m_theme, m_incident, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &PublishDialog::sectionsAsked, this, [this] { m_sections->read(SectionPanel::Reading::External); });
        dialog->open();
    });
    const auto trends = [this](TrendsDialog::Part part) {
        auto *dialog = new TrendsDialog(m_source, m_theme, this, part);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &TrendsDialog::incidentOpened, this, &ReviewView::open);
        dialog->open();
    };
    add(this, "trends", tr("Review: what reviews say together…"), {QKeySequence(Qt::Key_F7)}, [trends] { trends(TrendsDialog::Factors); });
    add(this, "met", tr("Review: which factors met, to make a pattern of them…"), {QKeySequence(Qt::SHIFT | Qt::Key_F7)}, [trends] { trends(TrendsDialog::Matrix); });
    add(this, "patterns", tr("Review: patterns, and the checklist for a design…"), {QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_K)}, [trends] { trends(TrendsDialog::Patterns); });
    add(this, "register", tr("Review: what is to be done, of all reviews…"), {QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_A)}, [this] {
        auto *dialog = new ActionRegister(m_source, m_theme, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &ActionRegister::incidentOpened, this, &ReviewView::open);
        dialog->open();
    });
    add(this, "library", tr("Review: what was published…"), {QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_L)}, [this] {
        auto *dialog = new LibraryDialog(m_source, m_theme, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &LibraryDialog::incidentOpened, this, &ReviewView::open);
        dialog->open();
    });
    add(this, "list", tr("Review: all reviews"), {QKeySequence(Qt::ALT | Qt::Key_Home)}, [this] { open({}); });
    add(&m_side->table(SidePanel::Factors), "factor.cite", tr("Review: the chosen line of the evidence shows this factor"), {QKeySequence(Qt::Key_E)}, [this] {
        const view::EvidenceRow *row = m_evidence->current();
        if (m_side->current() != SidePanel::Factors || m_side->chosen().isEmpty())
            return Q_EMIT told(tr("Choose a factor first."));
        citeFor(factorOf(m_side->chosen()), row != nullptr ? row->reference : QString());
    });
    add(&m_side->table(SidePanel::Factors), "factors.all", tr("Review: all factors, or those somebody sees"), {QKeySequence(Qt::Key_A)}, [this] { m_side->toggleAll(); });
    add(&m_side->table(SidePanel::Actions), "action.new", tr("Review: new action…"), {QKeySequence(Qt::Key_N)}, [this] {
        if (const view::Review *r = review())
            m_verbs->keep(*r, nullptr);
    });
    QAction *done = add(&m_side->table(SidePanel::Actions), "done", tr("Review: the action is done, verified; the comment is settled"), {QKeySequence(Qt::Key_D)}, [this] { settleOrDone(); });
    m_side->table(SidePanel::Comments).addAction(done);
    add(&m_side->table(SidePanel::Actions), "action.agree", tr("Review: the action is as its tracker says"), {QKeySequence(Qt::Key_Y)},
        [this] { withAction([this](const view::Review &r, const view::ReviewAction &a) { m_verbs->agree(r.incident, a); }); });
    add(&m_side->table(SidePanel::Actions), "action.track", tr("Review: the action in a tracker…"), {QKeySequence(Qt::Key_T)},
        [this] { withAction([this](const view::Review &r, const view::ReviewAction &a) { m_verbs->track(r.incident, a); }); });
    add(&m_side->table(SidePanel::Actions), "action.drop", tr("Review: drop the action…"), {QKeySequence(Qt::Key_X)},
        [this] { withAction([this](const view::Review &r, const view::ReviewAction &a) { m_verbs->drop(r.incident, a); }); });
    connect(m_verbs, &ActionVerbs::told, this, &ReviewView::told);
    connect(m_verbs, &ActionVerbs::refused, this, &ReviewView::refused);
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
    both("run", tr("Replay: play or pause, also while it is told"), {QKeySequence(Qt::Key_T)}, [this] { m_replay->play(); });
    both("names", tr("Review: people by name, or by what they were"), {QKeySequence(Qt::Key_R)}, [this] {
        m_named = !m_named;
        m_evidence->setNamed(m_named);
        m_side->refresh();
        m_replay->setNamed(m_named);
        m_presentation->setNamed(m_named, review());
        Q_EMIT told(m_named ? tr("People stand by name.") : tr("People stand by what they were."));
    });
    both("goto", tr("Replay: to a time…"), {QKeySequence(Qt::Key_G)}, [this] {
        if (review() == nullptr)
            return Q_EMIT told(tr("No review is open."));
        auto *dialog = new GoToTimeDialog(m_theme, m_replay->replay(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &GoToTimeDialog::submitted, this, [this, dialog] {
            m_replay->go(dialog->at());
            dialog->accept();
        });
        dialog->open();
    });
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
    connect(m_evidence, &EvidenceList::chosen, this, [this](const view::EvidenceRow &row) { m_side->askOf({row.removed ? QString() : row.text, row.reference, row.called}); });
    connect(&m_sections->editor(), &QPlainTextEdit::cursorPositionChanged, this, [this] {
        if (m_sections->editor().hasFocus())
            m_side->askOf({m_sections->editor().sentenceAtCursor()});
    });
    connect(m_sections, &SectionPanel::referenceOpened, this, &ReviewView::toReference);
    connect(m_sections, &SectionPanel::told, this, &ReviewView::told);
    connect(m_sections, &SectionPanel::beginRequested, this, &ReviewView::arrange);
    connect(m_sections, &SectionPanel::commentRequested, this, [this](const QString &section, const QString &quote) { comment(section, quote, 0); });
    connect(m_header, &ReviewHeader::turnRequested, this, &ReviewView::turn);
    connect(m_header, &ReviewHeader::arrangeRequested, this, &ReviewView::arrange);
    connect(m_header, &ReviewHeader::waiveRequested, this, &ReviewView::waive);
    connect(m_header, &ReviewHeader::gateOpened, this, &ReviewView::toGate);
    connect(m_side, &SidePanel::opened, this, &ReviewView::openRow);
    connect(m_side, &SidePanel::citeRequested, this, &ReviewView::citeFor);
    connect(&m_sections->editor(), &SectionEditor::evidenceDropped, this, [this](const QString &reference) {
        if (const view::EvidenceRow *row = m_evidence->model().find(reference))
            m_sections->cite(*row);
    });
    m_side->setCited([this](const QString &reference) {
        const view::EvidenceRow *row = m_evidence->model().find(reference);
        return row == nullptr ? QString() : widgets::shownClock(row->at) + QStringLiteral("  ") + m_evidence->model().lastWords(*row); // the factors are of the present
    });
    connect(m_side, &SidePanel::factorChosen, this, &ReviewView::askTrends);
    connect(m_side, &SidePanel::turned, this, [this](int tab) {
        if (tab == SidePanel::Metrics)
            askMetrics();
    });
    connect(m_replay, &ReplayStrip::wanted, this, [this](const view::PastPoint &point) {
        m_source.travel(point);
        if (const view::Review *r = isPresenting() ? review() : nullptr)
            m_presentation->setPoint({r->incident, point.at, m_replay->replay().clock(), point.named}, *r);
    });
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
    openFor(m_source, dialog, method, std::move(arguments), this, [this, done] { Q_EMIT told(done); });
}

void ReviewView::openRow(int tab, const QString &id)
{
    const view::Review *r = review();
    if (r == nullptr || tab == SidePanel::Prompts)
        return;
    if (tab == SidePanel::Factors && factorOf(id) != id) { // below a factor: the line it points at, or what was said of it
        if (const QString reference = citedBy(id); !reference.isEmpty())
            return toReference(reference);
        const RowsModel &rows = m_side->model(SidePanel::Factors);
        return Q_EMIT told(rows.row(rows.indexOf(id))->cells.value(0).trimmed());
    }
    if (!isBegun())
        return;
    switch (static_cast<SidePanel::Tab>(tab)) {
    case SidePanel::Factors: {
        const view::FactorRow *f = factor(id);
        return f == nullptr ? void() : f->yours ? withdraw(*f) : rate(id, m_evidence->current());
    }
    case SidePanel::Actions: {
        const auto a = std::find_if(r->actions.begin(), r->actions.end(), [&](const auto &each) { return QString::number(each.number) == id; });
        return a == r->actions.end() ? void() : m_verbs->keep(*r, &*a);
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
    const auto row = std::find_if(m_view->reviews.begin(), m_view->reviews.end(), [&](const view::ReviewRow &r) { return r.incident == incident; });
    if (row != m_view->reviews.end() && row->phase == ReviewPhase::None && (row->isRunning() || row->status == IncidentStatus::Merged))
        return Q_EMIT told(notBegunWords(row->status));
    auto *dialog = new ArrangeDialog(m_theme, *m_view, incident, review(), this);
    ask(dialog, QStringLiteral("review.open"), [dialog] { return dialog->arguments(); }, tr("The review of %1 is open.").arg(incident));
}

bool ReviewView::isBegun()
{
    const view::Review *r = review();
    if (r == nullptr || r->isOpen())
        return r != nullptr;
    if (r->mayBegin())
        arrange();
    else
        Q_EMIT told(notBegunWords(r->status));
    return false;
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

void ReviewView::beginSection()
{
    const view::Review *r = review();
    if (r == nullptr || !r->isOpen())
        return Q_EMIT told(tr("No review is open."));
    if (r->phase != ReviewPhase::Draft && r->phase != ReviewPhase::InReview)
        return Q_EMIT told(tr("This review is not written any more: turn it back to draft first."));
    auto *dialog = new SectionDialog(m_theme, *r, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SectionDialog::submitted, this, [this, dialog] {
        const QString name = dialog->name();
        dialog->accept();
        m_sections->begin(name);
    });
    dialog->open();
}

void ReviewView::cite()
{
    const view::EvidenceRow *row = m_evidence->current();
    if (row == nullptr)
        return Q_EMIT told(tr("Choose a line of the evidence first."));
    m_sections->cite(*row);
}

void ReviewView::withAction(const std::function<void(const view::Review &, const view::ReviewAction &)> &what)
{
    const QString id = m_side->chosen();
    const view::Review *r = review();
    if (r == nullptr || m_side->current() != SidePanel::Actions)
        return;
    const auto a = std::find_if(r->actions.begin(), r->actions.end(), [&](const view::ReviewAction &each) { return QString::number(each.number) == id; });
    if (a != r->actions.end())
        what(*r, *a);
}

void ReviewView::settleOrDone()
{
    if (m_side->current() == SidePanel::Comments && review() != nullptr && !m_side->chosen().isEmpty())
        return send(QStringLiteral("review.settle"), {{QStringLiteral("comment"), m_side->chosen().toLongLong()}}, tr("The comment is settled."));
    withAction([this](const view::Review &r, const view::ReviewAction &a) { m_verbs->turnOn(r.incident, a); });
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
                                   {tr("Said for them by"), std::move(delegates), QStringLiteral("delegate")}, {}, true, p->text);
    ask(dialog, QStringLiteral("review.contribute"), [dialog] { return dialog->arguments(); },
        p->you && !p->contributed ? tr("The contribution is recorded. How it was handled is asked as well, without a name: F under Metrics.") : tr("The contribution is recorded."));
}

void ReviewView::comment(const QString &section, const QString &quote, std::uint32_t answers)
{
    if (!isBegun())
        return;
    QJsonObject base{{QStringLiteral("incident"), m_incident}, {QStringLiteral("section"), section}};
    if (!quote.isEmpty())
        base.insert(QStringLiteral("quote"), quote);
    if (answers != 0)
        base.insert(QStringLiteral("answers"), static_cast<qint64>(answers));
    auto *dialog = new WordsDialog(m_theme, answers != 0 ? tr("Answer comment %1").arg(answers) : tr("Comment"), tr("Say it"), tr("In words"), QStringLiteral("text"), base, this, {}, quote.isEmpty() ? QString() : tr("About: %1").arg(quote));
    ask(dialog, QStringLiteral("review.comment"), [dialog] { return dialog->arguments(); }, tr("The comment is recorded."));
}

const view::FactorRow *ReviewView::factor(const QString &id) const
{
    const view::Review *r = review();
    if (r == nullptr)
        return nullptr;
    const auto f = std::find_if(r->factors.begin(), r->factors.end(), [&](const auto &each) { return each.id == id && !each.isHeading; });
    return f == r->factors.end() ? nullptr : &*f;
}

void ReviewView::withdraw(const view::FactorRow &factor)
{
    send(QStringLiteral("review.factor"), {{QStringLiteral("factor"), factor.id}, {QStringLiteral("withdraw"), true}}, tr("You no longer see: %1.").arg(factor.title));
}

/// One more line for what you see already, with all you said of it; else it is asked whether you do.
void ReviewView::citeFor(const QString &id, const QString &reference)
{
    const view::FactorRow *f = factor(id);
    const view::EvidenceRow *row = m_evidence->model().find(reference);
    if (f == nullptr || !isBegun())
        return;
    if (row == nullptr || row->removed)
        return Q_EMIT told(row == nullptr ? tr("Choose a line of the evidence first.") : tr("That line was removed by who said it; what is not there is not evidence."));
    if (!f->yours)
        return rate(id, row);
    if (f->yourEvidence.contains(row->reference))
        return Q_EMIT told(tr("That line is cited for it already."));
    QJsonObject arguments{{QStringLiteral("factor"), id}, {QStringLiteral("evidence"), QJsonArray::fromStringList(f->yourEvidence + QStringList{row->reference})}};
    if (!f->yourNote.isEmpty())
        arguments.insert(QStringLiteral("note"), f->yourNote);
    if (f->yourConfidence != Confidence::Unsaid)
        arguments.insert(QStringLiteral("confidence"), wordOf(word(f->yourConfidence)));
    send(QStringLiteral("review.factor"), arguments, tr("The line is cited for: %1.").arg(f->title));
}

void ReviewView::rate(const QString &id, const view::EvidenceRow *shownBy)
{
    const view::FactorRow *f = factor(id);
    if (f == nullptr)
        return;
    QJsonObject base{{QStringLiteral("incident"), m_incident}, {QStringLiteral("factor"), id}};
    QString note = tr("No line of the evidence is chosen: choose the one that shows it first.");
    if (shownBy != nullptr) {
        base.insert(QStringLiteral("evidence"), QJsonArray{shownBy->reference});
        note = tr("Shown by the chosen line: %1").arg(shownBy->text.left(200));
    }
    WordsDialog::Choice sure{tr("How sure you are"), {{QString(), tr("not said")}}, QStringLiteral("confidence")};
    for (const Confidence c : {Confidence::Low, Confidence::Medium, Confidence::High})
        sure.choices.push_back({wordOf(word(c)), confidenceWords(c)});
    auto *dialog = new WordsDialog(m_theme, tr("You see: %1").arg(f->title), tr("I see it"), tr("Note"), QStringLiteral("note"), base, this, sure, note, true);
    dialog->advise(m_source, m_incident);
    ask(dialog, QStringLiteral("review.factor"), [dialog] { return dialog->arguments(); }, tr("That you see it is recorded."));
}

void ReviewView::askMetrics()
{
    const int asked = ++m_metricsAsked;
    m_side->sayMetrics(tr("Asking the core…"));
    m_source.command(QStringLiteral("insights"), {{QStringLiteral("since"), QStringLiteral("30d")}}, [self = QPointer(this), asked](bool done, const QString &sentence, const QJsonObject &result) {
        if (!self || asked != self->m_metricsAsked)
            return;
        self->m_side->sayMetrics(done ? tr("The last 30 days. Ctrl+Shift+I shows other stretches.") : sentence);
        if (done)
            self->m_side->insights().show(insightsOf(result));
    });
    m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("trends")}}, [self = QPointer(this), asked](bool done, const QString &, const QJsonObject &result) {
        if (!self || !done || asked != self->m_metricsAsked)
            return;
        std::vector<Bar> bars;
        for (const QJsonValue &item : result.value(QLatin1String("items")).toArray())
            if (const QJsonObject o = item.toObject(); o.value(QLatin1String("kind")).toString() == QLatin1String("factor"))
                bars.push_back({o.value(QLatin1String("label")).toString(), o.value(QLatin1String("incidents")).toInteger()});
        self->m_side->factors().show(bars);
    });
}

void ReviewView::askTrends()
{
    if (m_incident.isEmpty() || (m_trendsOf == m_incident && m_now - m_trendsAt < kTrendsLast))
        return;
    m_trendsOf = m_incident;
    m_trendsAt = m_now;
    const int asked = ++m_trendsAsked;
    m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("trends")}}, [self = QPointer(this), incident = m_incident, asked](bool done, const QString &, const QJsonObject &result) {
        if (!self || incident != self->m_incident || asked != self->m_trendsAsked)
            return;
        if (done)
            self->m_side->setTrends(result.value(QLatin1String("items")).toArray());
        else
            self->m_trendsOf.clear(); // asked again with the next line
    });
}

void ReviewView::toGate(const QString &gate)
{
    if (gate == QLatin1String("sections"))
        return goRegion(1);
    m_side->go(gate == QLatin1String("factors") ? SidePanel::Factors : gate == QLatin1String("actions") ? SidePanel::Actions : SidePanel::People);
    goRegion(2);
}

void ReviewView::toReference(const QString &reference)
{
    if (!m_evidence->reveal(reference))
        Q_EMIT told(tr("That line is not in the record here: it was erased, or is of another incident."));
    else
        m_evidence->table().setFocus(Qt::OtherFocusReason);
}

} // namespace qd::review
