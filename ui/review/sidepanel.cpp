// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/sidepanel.h"

#include "ui/review/barchart.h"
#include "ui/review/debriefpanels.h"
#include "ui/review/evidencemodel.h"
#include "ui/review/factormonths.h"
#include "ui/review/figurespanel.h"
#include "ui/review/fittabs.h"
#include "ui/review/insightspanel.h"
#include "ui/review/rows.h"
#include "ui/review/sidetables.h"
#include "ui/widgets/counttabs.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/twintable.h"

#include <QDropEvent>
#include <QHeaderView>
#include <QMimeData>
#include <QItemSelectionModel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::review {

using style::Tone;
using style::Type;

SidePanel::SidePanel(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_tabs(new widgets::CountTabs(theme, this))
    , m_pages(new QStackedWidget(this))
    , m_insights(new InsightsPanel(theme, this))
    , m_factors(new BarChart(theme, tr("FACTORS, BY REVIEWED INCIDENTS"), this))
    , m_meeting(new MeetingStrip(theme, this))
    , m_figures(new FiguresPanel(theme, this))
    , m_cost(new CostPanel(theme, this))
    , m_trend(new FactorMonths(theme, this))
    , m_status(new widgets::PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_hint(new widgets::PlainLabel(theme, Type::Small, Tone::Faint, this))
{
    setAccessibleName(tr("Factors, actions, people"));
    const int step = theme.step();
    m_tabs->setAccessibleName(tr("Beside the narrative"));
    const auto add = [&](const QString &word, const QStringList &columns, const QString &name) {
        m_tabs->setCount(m_tabs->addTab(word), -1);
        m_words << word;
        auto *model = new RowsModel(m_theme, columns, this);
        auto *table = new widgets::TwinTable(m_theme, model, name, this);
        table->setColumns({0}, {});
        table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        const int tab = static_cast<int>(m_tables.size());
        connect(table, &QTableView::activated, this, [this, model, tab](const QModelIndex &index) {
            if (const TableRow *row = model->row(index.row()); row != nullptr && !row->isHeading)
                Q_EMIT opened(tab, row->id);
        });
        m_models.push_back(model);
        m_tables.push_back(table);
        if (tab != People && tab != Factors)
            return void(m_pages->addWidget(table));
        auto *page = new QWidget(this);
        page->setAccessibleName(name);
        page->setFocusProxy(table);
        auto *stack = new QVBoxLayout(page);
        stack->setContentsMargins(0, 0, 0, 0);
        stack->setSpacing(0);
        if (tab == People)
            stack->addWidget(m_meeting);
        stack->addWidget(table, 1);
        if (tab == Factors)
            stack->addWidget(m_trend);
        m_pages->addWidget(page);
    };
    add(tr("Factors"), {tr("Factor"), tr("Who sees it")}, tr("Factors"));
    add(tr("Actions"), {tr("Action"), tr("Owner"), tr("Due"), tr("Strength"), tr("Verified by")}, tr("Actions"));
    add(tr("Prompts"), {tr("What to ask")}, tr("Prompts"));
    add(tr("People"), {tr("Who"), tr("As what"), tr("Contribution")}, tr("People of the review"));
    add(tr("Comments"), {tr("Comment"), tr("By"), tr("About"), tr("Settled")}, tr("Comments"));
    m_tables[Factors]->viewport()->setAcceptDrops(true);
    m_tables[Factors]->viewport()->installEventFilter(this);
    m_tables[Prompts]->horizontalHeader()->hide();
    m_tables[Prompts]->setWordWrap(true);
    m_tables[Factors]->setColumns({0}, {{1, tr("2 of 3 · sure: medium")}});
    m_tables[Actions]->setColumns({0}, {{1, QStringLiteral("M. Mustermann")}, {2, QStringLiteral("12 Dec 2026")}, {3, tr("eliminates it")}, {4, QStringLiteral("drill")}});
    m_tables[People]->setColumns({0}, {{1, tr("commander")}, {2, tr("contributed · signed")}});
    m_tables[Comments]->setColumns({0}, {{1, QStringLiteral("M. Mustermann")}, {2, tr("Narrative")}, {3, tr("Settled")}});
    connect(m_tables[Factors]->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &now) {
        showTrend();
        if (const TableRow *row = m_models[Factors]->row(now.row()); row != nullptr && !row->isHeading)
            Q_EMIT factorChosen(row->id);
    });
    m_tabs->setCount(m_tabs->addTab(tr("Metrics")), -1);
    m_words << tr("Metrics");
    m_tabs->setMinimumWidth(step);
    auto *metrics = new QWidget(this);
    auto *stack = new QVBoxLayout(metrics);
    stack->setContentsMargins(2 * step, 2 * step, 2 * step, 2 * step);
    auto *title = new widgets::PlainLabel(theme, Type::Heading, Tone::Secondary, metrics);
    title->setPlain(tr("ACROSS INCIDENTS"));
    m_status->setWordWrap(true);
    stack->addWidget(m_figures);
    stack->addWidget(m_cost);
    stack->addWidget(title);
    stack->addWidget(m_status);
    stack->addWidget(m_factors);
    stack->addWidget(m_insights, 1);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(metrics);
    scroll->setAccessibleName(tr("What it cost, and figures across incidents"));
    m_pages->addWidget(scroll);
    m_metrics = scroll;
    m_hint->setContentsMargins(2 * step, step, 2 * step, step);
    m_hint->setElided(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs);
    column->addWidget(m_pages, 1);
    column->addWidget(m_hint);
    connect(m_tabs, &widgets::CountTabs::currentChanged, this, [this](int tab) { go(static_cast<Tab>(tab)); });
    setFocusProxy(m_tables[Factors]);
    hint();
}

void SidePanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void SidePanel::fit()
{
    fitTabs(*m_tabs, m_words, width(), m_theme);
}

SidePanel::Tab SidePanel::current() const
{
    return static_cast<Tab>(m_tabs->current());
}

void SidePanel::go(Tab tab)
{
    if (m_tabs->current() != tab)
        return m_tabs->setCurrent(tab); // which comes back here, once
    m_pages->setCurrentIndex(tab);
    setFocusProxy(keyboard());
    fit();
    hint();
    Q_EMIT turned(tab);
}

void SidePanel::next(int step)
{
    go(static_cast<Tab>((m_tabs->current() + step + Tabs) % Tabs));
    keyboard()->setFocus(Qt::ShortcutFocusReason);
}

QWidget *SidePanel::keyboard() const
{
    return current() < Metrics ? static_cast<QWidget *>(m_tables[static_cast<std::size_t>(current())]) : m_metrics;
}

QString SidePanel::chosen() const
{
    const int tab = m_tabs->current();
    if (tab >= Metrics)
        return {};
    const TableRow *row = model(static_cast<Tab>(tab)).row(table(static_cast<Tab>(tab)).currentIndex().row());
    return row == nullptr || row->isHeading ? QString() : row->id;
}

void SidePanel::askOf(const AskedOf &of)
{
    if (of == m_asked)
        return;
    m_asked = of;
    m_models[Prompts]->setRows(promptRows(m_review, m_asked));
    m_tables[Prompts]->keepCurrent(-1, 0);
    m_tables[Prompts]->scrollToTop();
}

void SidePanel::toggleAll()
{
    m_all = !m_all;
    show(m_review, m_now);
}

void SidePanel::show(const view::Review &review, Instant now)
{
    m_review = review;
    m_now = now;
    QStringList chosen; // stay so, whatever comes in above them
    for (std::size_t i = 0; i < m_tables.size(); ++i) {
        const TableRow *row = m_models[i]->row(m_tables[i]->currentIndex().row());
        chosen << (row != nullptr ? row->id : QString());
    }
    const auto seen = std::count_if(review.factors.begin(), review.factors.end(), [](const view::FactorRow &f) { return !f.raters.isEmpty(); });
    m_models[Factors]->setRows(factorRows(review, m_all || seen == 0, m_cited));
    m_tables[Factors]->clearSpans();
    for (int row = 0; row < m_models[Factors]->rowCount(); ++row) // what stands below a factor has its whole width
        if (const TableRow *at = m_models[Factors]->row(row); at->isHeading || at->id != factorOf(at->id))
            m_tables[Factors]->setSpan(row, 0, 1, 2);
    m_models[Actions]->setRows(actionRows(review, now));
    m_models[Prompts]->setRows(promptRows(review, m_asked));
    m_models[People]->setRows(peopleRows(review));
    m_models[Comments]->setRows(commentRows(review));
    for (std::size_t i = 0; i < m_tables.size(); ++i)
        m_tables[i]->keepCurrent(m_models[i]->indexOf(chosen[static_cast<qsizetype>(i)]), 0);
    showTrend();
    m_meeting->show(review, now);
    m_figures->show(review.figures);
    m_cost->show(review.debrief);
    m_tabs->setCount(Factors, static_cast<int>(seen));
    m_tabs->setCount(Actions, static_cast<int>(std::count_if(review.actions.begin(), review.actions.end(), [](const view::ReviewAction &a) { return a.state == ActionState::Open; })));
    m_tabs->setCount(People, static_cast<int>(std::count_if(review.people.begin(), review.people.end(), [](const view::ReviewPerson &p) { return p.required && !p.contributed; })));
    m_tabs->setCount(Comments, static_cast<int>(std::count_if(review.comments.begin(), review.comments.end(), [](const view::ReviewComment &c) { return c.settledBy.isEmpty() && c.answers == 0; })));
    fit(); // a figure needs room
    hint();
}

void SidePanel::refresh()
{
    if (!m_review.incident.isEmpty())
        show(view::Review(m_review), m_now);
}

bool SidePanel::drop(QDropEvent &event)
{
    const QString reference = event.mimeData() != nullptr ? EvidenceModel::carried(*event.mimeData()) : QString();
    if (reference.isEmpty())
        return false;
    const int at = m_tables[Factors]->rowAt(event.position().toPoint().y());
    const TableRow *row = m_models[Factors]->row(at);
    if (row == nullptr || row->isHeading) {
        event.ignore();
        return true;
    }
    m_tables[Factors]->keepCurrent(at, at); // where it would fall
    event.setDropAction(Qt::CopyAction);
    event.accept();
    if (event.type() == QEvent::Drop)
        Q_EMIT citeRequested(factorOf(row->id), reference);
    return true;
}

bool SidePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_tables[Factors]->viewport()) {
        if (event->type() == QEvent::DragEnter) { // wherever it comes in: a factor may be further on
            auto *entered = static_cast<QDragEnterEvent *>(event);
            if (entered->mimeData() != nullptr && !EvidenceModel::carried(*entered->mimeData()).isEmpty()) {
                entered->acceptProposedAction();
                return true;
            }
        } else if (event->type() == QEvent::DragMove || event->type() == QEvent::Drop) {
            if (drop(*static_cast<QDropEvent *>(event)))
                return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void SidePanel::setTrends(const QJsonArray &trends)
{
    m_trends = trends;
    showTrend();
}

void SidePanel::showTrend()
{
    const TableRow *row = m_models[Factors]->row(m_tables[Factors]->currentIndex().row());
    const auto factor = std::find_if(m_review.factors.begin(), m_review.factors.end(), [&](const view::FactorRow &f) { return row != nullptr && !f.isHeading && f.id == factorOf(row->id); });
    if (factor == m_review.factors.end() || m_trends.isEmpty())
        m_trend->hide();
    else
        m_trend->show(factor->title, monthsOf(m_trends, factor->id, m_now));
}

void SidePanel::sayMetrics(const QString &sentence)
{
    m_status->setPlain(sentence);
    m_status->setVisible(!sentence.isEmpty());
}

void SidePanel::hint()
{
    switch (current()) {
    case Factors: m_hint->setPlain(m_all ? tr("↵ you see it, or no longer; to the line · E cites the chosen line · A only those somebody sees") : tr("↵ you see it, or no longer; to the line · E cites the chosen line · A all there are")); break;
    case Actions: m_hint->setPlain(tr("↵ change · N new · D done, verified · X drop · T tracker · Y as it says")); break;
    case Prompts: m_hint->setPlain(tr("questions to what was said: first what fits the line or sentence you are at")); break;
    case People: m_hint->setPlain(tr("↵ contribute, or name who says it for them · H meeting held · S sign")); break;
    case Comments: m_hint->setPlain(tr("↵ answer · D settle · F4 comment on what is selected")); break;
    case Metrics: m_hint->setPlain(tr("C note a cost · F how it was handled, without a name")); break;
    case Tabs: m_hint->setPlain({}); break;
    }
}

} // namespace qd::review
