// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/barchart.h"

#include "ui/widgets/plaintext.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsLayout>
#include <QGridLayout>
#include <QHorizontalBarSeries>
#include <QValueAxis>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::review {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

struct BarChart::Chart {
    QChartView *view = nullptr;
    QChart *chart = nullptr;
    QHorizontalBarSeries *series = nullptr;
    QBarSet *set = nullptr;
    QBarCategoryAxis *names = nullptr;
    QValueAxis *counts = nullptr;
};

BarChart::BarChart(const style::Theme &theme, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_chart(std::make_unique<Chart>())
    , m_head(new PlainLabel(theme, Type::Heading, Tone::Secondary, this))
    , m_empty(new PlainLabel(theme, Type::Body, Tone::Secondary, this))
{
    m_head->setElided(true);
    m_chart->chart = new QChart;
    QChart *chart = m_chart->chart;
    chart->legend()->hide();
    chart->setMargins({});
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setBackgroundVisible(false);
    chart->setPlotAreaBackgroundVisible(false);
    chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->set = new QBarSet(QString(), chart);
    m_chart->series = new QHorizontalBarSeries(chart);
    m_chart->series->append(m_chart->set);
    m_chart->series->setBarWidth(0.6);
    chart->addSeries(m_chart->series);
    m_chart->names = new QBarCategoryAxis(chart);
    m_chart->counts = new QValueAxis(chart);
    chart->addAxis(m_chart->names, Qt::AlignLeft);
    chart->addAxis(m_chart->counts, Qt::AlignBottom);
    m_chart->series->attachAxis(m_chart->names);
    m_chart->series->attachAxis(m_chart->counts);
    m_chart->names->setVisible(false);
    m_chart->counts->setVisible(false);
    // As many places as there can be: one bar is as thick as eight.
    QStringList places;
    for (std::size_t n = 0; n < InsightsView::kBars; ++n)
        places << QString::number(n);
    m_chart->names->append(places);
    m_chart->view = new QChartView(chart, this);
    m_chart->view->setRenderHint(QPainter::Antialiasing);
    m_chart->view->setFrameShape(QFrame::NoFrame);
    m_chart->view->setFocusPolicy(Qt::NoFocus);
    m_chart->view->setBackgroundBrush(Qt::NoBrush);
    m_chart->view->viewport()->setAutoFillBackground(false);
    m_chart->view->setMinimumSize(1, 1);
    m_chart->view->viewport()->installEventFilter(this);
    auto *grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(2 * theme.step());
    grid->setVerticalSpacing(0);
    for (int row = 0; row < static_cast<int>(InsightsView::kBars); ++row) {
        m_names.push_back(new PlainLabel(theme, Type::Body, Tone::Text, this));
        m_counts.push_back(new PlainLabel(theme, Type::Figure, Tone::Text, this));
        m_notes.push_back(new PlainLabel(theme, Type::Small, Tone::Secondary, this));
        m_names.back()->setElided(true);
        grid->addWidget(m_names.back(), row, 0);
        grid->addWidget(m_counts.back(), row, 1, Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(m_notes.back(), row, 2, Qt::AlignLeft | Qt::AlignVCenter);
        m_notes.back()->hide(); // takes no room where nothing is said
        grid->setRowStretch(row, 1);
    }
    grid->addWidget(m_chart->view, 0, 3, static_cast<int>(InsightsView::kBars), 1);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(3, 2);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.step());
    column->addWidget(m_head);
    column->addWidget(m_empty);
    column->addLayout(grid, 1);
    m_empty->setPlain(tr("nothing"));
    setTitle(title);
    connect(&theme, &style::Theme::changed, this, &BarChart::restyle);
    restyle();
    show({});
}

BarChart::~BarChart() = default;

QStringList BarChart::names() const
{
    QStringList out;
    for (const PlainLabel *label : m_names)
        if (!label->plain().isEmpty())
            out << label->plain();
    return out;
}

QStringList BarChart::notes() const
{
    QStringList out;
    for (const PlainLabel *label : m_notes)
        if (!label->plain().isEmpty())
            out << label->plain();
    return out;
}

QString BarChart::title() const
{
    return m_head->plain();
}

void BarChart::setTitle(const QString &title)
{
    m_head->setPlain(title);
    setAccessibleName(title);
}

void BarChart::show(const std::vector<Bar> &bars)
{
    const std::size_t shown = std::min(bars.size(), InsightsView::kBars);
    QStringList words;
    qint64 most = 1;
    QList<qreal> values(static_cast<qsizetype>(InsightsView::kBars), 0);
    for (std::size_t n = 0; n < InsightsView::kBars; ++n) {
        const QString name = n >= shown ? QString() : bars[n].name.isEmpty() ? tr("none") : bars[n].name.simplified();
        m_names[n]->setPlain(name);
        m_counts[n]->setPlain(n < shown ? QString::number(bars[n].count) : QString());
        m_notes[n]->setPlain(n < shown ? bars[n].note : QString());
        m_notes[n]->setVisible(n < shown && !bars[n].note.isEmpty());
        if (n >= shown)
            continue;
        values[static_cast<qsizetype>(InsightsView::kBars - 1 - n)] = static_cast<qreal>(bars[n].count); // the axis counts from below
        most = std::max(most, bars[n].count);
        words << (bars[n].note.isEmpty() ? tr("%1: %2").arg(name).arg(bars[n].count) : tr("%1: %2, %3").arg(name, QString::number(bars[n].count), bars[n].note));
    }
    m_chart->set->remove(0, m_chart->set->count());
    m_chart->set->append(values);
    m_chart->counts->setRange(0, static_cast<qreal>(most));
    m_chart->view->setVisible(shown > 0);
    m_empty->setVisible(shown == 0);
    setAccessibleDescription(shown == 0 ? tr("nothing") : words.join(QStringLiteral(", ")));
    fit();
}

bool BarChart::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        fit(); // the bars stand beside their names only in all of the view
    return QWidget::eventFilter(watched, event);
}

void BarChart::fit()
{
    m_chart->chart->setPlotArea(QRectF(QPointF(), QSizeF(m_chart->view->viewport()->size())));
}

void BarChart::restyle()
{
    m_chart->set->setColor(m_theme.color(Tone::Dim));
    m_chart->set->setBorderColor(m_theme.color(Tone::Outline));
}

} // namespace qd::review
