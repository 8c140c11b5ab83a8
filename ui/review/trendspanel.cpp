// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/trendspanel.h"

#include "ui/review/barchart.h"
#include "ui/review/saidtable.h"
#include "ui/review/trendrows.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/twintable.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace qd::review {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

TrendsPanel::TrendsPanel(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_summary(new PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_factors(new BarChart(theme, tr("FACTORS, BY INCIDENTS"), this))
    , m_pairs(new BarChart(theme, tr("FACTORS THAT MET"), this))
    , m_quarters(new BarChart(theme, tr("INCIDENTS REVIEWED, BY QUARTER"), this))
    , m_table(new SaidTable(theme, {tr("Factor"), tr("Seen"), tr("Cum."), tr("Here"), tr("Elsewhere"), tr("Published by"), tr("How sure"), tr("Kappa")}, tr("Factors"), {}, this))
{
    const int step = theme.step();
    m_summary->setWordWrap(true);
    m_table->table().setColumns({0, 5}, {{1, QStringLiteral("Gesehen")}, {2, QStringLiteral("100 %")}, {3, QStringLiteral("100 %")}, {4, QStringLiteral("Elsewhere")}, {6, QStringLiteral("10 sure, 10 barely")}, {7, QStringLiteral("−0.41, shaky")}});
    auto *charts = new QHBoxLayout;
    charts->setSpacing(4 * step);
    charts->addWidget(m_factors, 4);
    charts->addWidget(m_pairs, 4);
    charts->addWidget(m_quarters, 3);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * step);
    column->addWidget(m_summary);
    column->addLayout(charts, 1);
    column->addWidget(m_table, 1);
    setFocusProxy(m_table);
    connect(m_table, &SaidTable::chosenChanged, this, &TrendsPanel::showQuarters);
    show({});
}

void TrendsPanel::show(const TrendsView &view)
{
    m_view = view;
    m_factors->show(view.pareto());
    m_pairs->show(view.pairs);
    m_table->setVisible(!view.factors.empty() || !view.wentWell.empty());
    m_table->show(trendRows(view), [view](const QString &id) { return trendSays(view, id); });
    showQuarters();
    QString summary = view.isEmpty()         ? tr("No review names a factor yet. What recurs is shown here once two do.")
                      : view.factors.empty() ? tr("No factor was named yet.")
                                             : tr("Seen most: %1, in %n incident(s).", nullptr, static_cast<int>(view.factors.front().incidents)).arg(view.factors.front().label);
    if (!view.wentWell.empty())
        summary += QLatin1Char(' ') + tr("What went well most: %1, in %n incident(s).", nullptr, static_cast<int>(view.wentWell.front().incidents)).arg(view.wentWell.front().label);
    m_summary->setPlain(summary);
}

void TrendsPanel::showQuarters()
{
    const QString factor = chosen();
    m_quarters->setTitle(factor.isEmpty() ? tr("INCIDENTS REVIEWED, BY QUARTER") : tr("BY QUARTER: %1").arg(m_view.labelOf(factor).toUpper()));
    m_quarters->show(m_view.byQuarter(factor));
}

QString TrendsPanel::chosen() const
{
    const QString id = m_table->chosen();
    return id == QLatin1String("all") || id.startsWith(kWellRow) ? QString() : id; // what went well makes no pattern
}

QString TrendsPanel::summary() const
{
    return m_summary->plain();
}

} // namespace qd::review
