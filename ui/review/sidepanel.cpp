// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/sidepanel.h"

#include "ui/review/barchart.h"
#include "ui/review/fittabs.h"
#include "ui/review/insightspanel.h"
#include "ui/review/rows.h"
#include "ui/review/sidetables.h"
#include "ui/widgets/counttabs.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/twintable.h"

#include <QHeaderView>
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
        m_pages->addWidget(table);
    };
    add(tr("Factors"), {tr("Factor"), tr("Who sees it")}, tr("Factors"));
    add(tr("Actions"), {tr("Action"), tr("Owner"), tr("Due"), tr("Strength"), tr("Verified by")}, tr("Actions"));
    add(tr("Prompts"), {tr("What to ask")}, tr("Prompts"));
    add(tr("People"), {tr("Who"), tr("As what"), tr("Contribution")}, tr("People of the review"));
    add(tr("Comments"), {tr("Comment"), tr("By"), tr("About"), tr("Settled")}, tr("Comments"));
    m_tables[Prompts]->horizontalHeader()->hide();
    m_tables[Prompts]->setWordWrap(true);
    m_tables[Factors]->setColumns({0}, {{1, tr("2 of 3 raters · you too")}});
    m_tables[Actions]->setColumns({0}, {{1, QStringLiteral("M. Mustermann")}, {2, QStringLiteral("12 Dec 2026")}, {3, tr("eliminates it")}, {4, QStringLiteral("drill")}});
    m_tables[People]->setColumns({0}, {{1, tr("commander")}, {2, tr("contributed")}});
    m_tables[Comments]->setColumns({0}, {{1, QStringLiteral("M. Mustermann")}, {2, tr("Narrative")}, {3, tr("Settled")}});
    m_tabs->setCount(m_tabs->addTab(tr("Metrics")), -1);
    m_words << tr("Metrics");
    m_tabs->setMinimumWidth(step);
    auto *metrics = new QWidget(this);
    auto *stack = new QVBoxLayout(metrics);
    stack->setContentsMargins(2 * step, 2 * step, 2 * step, 2 * step);
    auto *title = new widgets::PlainLabel(theme, Type::Heading, Tone::Secondary, metrics);
    title->setPlain(tr("ACROSS INCIDENTS"));
    m_status->setWordWrap(true);
    stack->addWidget(title);
    stack->addWidget(m_status);
    stack->addWidget(m_factors);
    stack->addWidget(m_insights, 1);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(metrics);
    scroll->setAccessibleName(tr("Across incidents"));
    m_pages->addWidget(scroll);
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
    m_tabs->setCurrent(tab);
    m_pages->setCurrentIndex(tab);
    setFocusProxy(m_pages->currentWidget());
    fit();
    hint();
    Q_EMIT turned(tab);
}

void SidePanel::next(int step)
{
    go(static_cast<Tab>((m_tabs->current() + step + Tabs) % Tabs));
    m_pages->currentWidget()->setFocus(Qt::ShortcutFocusReason);
}

QString SidePanel::chosen() const
{
    const int tab = m_tabs->current();
    if (tab >= Metrics)
        return {};
    const TableRow *row = model(static_cast<Tab>(tab)).row(table(static_cast<Tab>(tab)).currentIndex().row());
    return row == nullptr || row->isHeading ? QString() : row->id;
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
    const auto seen = std::count_if(review.factors.begin(), review.factors.end(), [](const view::FactorRow &f) { return !f.raters.isEmpty(); });
    m_models[Factors]->setRows(factorRows(review, m_all || seen == 0));
    m_models[Actions]->setRows(actionRows(review, now));
    m_models[Prompts]->setRows(promptRows(review));
    m_models[People]->setRows(peopleRows(review));
    m_models[Comments]->setRows(commentRows(review));
    for (widgets::TwinTable *table : m_tables)
        table->keepCurrent(-1, 0);
    m_tabs->setCount(Factors, static_cast<int>(seen));
    m_tabs->setCount(Actions, static_cast<int>(std::count_if(review.actions.begin(), review.actions.end(), [](const view::ReviewAction &a) { return a.state == ActionState::Open; })));
    m_tabs->setCount(People, static_cast<int>(std::count_if(review.people.begin(), review.people.end(), [](const view::ReviewPerson &p) { return p.required && !p.contributed; })));
    m_tabs->setCount(Comments, static_cast<int>(std::count_if(review.comments.begin(), review.comments.end(), [](const view::ReviewComment &c) { return c.settledBy.isEmpty() && c.answers == 0; })));
    hint();
}

void SidePanel::sayMetrics(const QString &sentence)
{
    m_status->setPlain(sentence);
    m_status->setVisible(!sentence.isEmpty());
}

void SidePanel::hint()
{
    switch (current()) {
    case Factors: m_hint->setPlain(m_all ? tr("↵ you see it, or no longer · A only those somebody sees") : tr("↵ you see it, or no longer · A all there are")); break;
    case Actions: m_hint->setPlain(tr("↵ change · N new · D done, verified, dropped")); break;
    case Prompts: m_hint->setPlain(tr("questions to what was said")); break;
    case People: m_hint->setPlain(tr("↵ contribute, or name who says it for them")); break;
    case Comments: m_hint->setPlain(tr("↵ answer · D settle · F4 comment on what is selected")); break;
    case Metrics:
    case Tabs: m_hint->setPlain({}); break;
    }
}

} // namespace qd::review
