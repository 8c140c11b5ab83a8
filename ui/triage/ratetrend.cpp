// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/ratetrend.h"

#include "ui/widgets/plaintext.h"

#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QHBoxLayout>
#include <QLineSeries>
#include <QValueAxis>
#include <algorithm>

namespace qd::triage {

struct RateTrend::Chart {
    QChartView *view = nullptr;
    QLineSeries *rate = nullptr;
    QLineSeries *threshold = nullptr;
    QValueAxis *x = nullptr;
    QValueAxis *y = nullptr;
};

RateTrend::RateTrend(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_chart(std::make_unique<Chart>())
{
    auto *chart = new QChart;
    chart->legend()->hide();
    chart->setMargins({});
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setBackgroundVisible(false);
    chart->setPlotAreaBackgroundVisible(false);
    chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->rate = new QLineSeries(chart);
    m_chart->threshold = new QLineSeries(chart);
    m_chart->x = new QValueAxis(chart);
    m_chart->y = new QValueAxis(chart);
    chart->addSeries(m_chart->threshold);
    chart->addSeries(m_chart->rate);
    chart->addAxis(m_chart->x, Qt::AlignBottom);
    chart->addAxis(m_chart->y, Qt::AlignLeft);
    for (QValueAxis *axis : {m_chart->x, m_chart->y})
        axis->setVisible(false);
    for (QLineSeries *series : {m_chart->rate, m_chart->threshold}) {
        series->attachAxis(m_chart->x);
        series->attachAxis(m_chart->y);
    }
    m_chart->view = new QChartView(chart, this);
    m_chart->view->setRenderHint(QPainter::Antialiasing);
    m_chart->view->setFrameShape(QFrame::NoFrame);
    m_chart->view->setFocusPolicy(Qt::NoFocus);
    m_chart->view->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_chart->view->viewport()->setAutoFillBackground(false);
    m_chart->view->setBackgroundBrush(Qt::NoBrush);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_chart->view);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    // The chart would ask for more than a sparkline is worth.
    m_chart->view->setMinimumSize(1, 1);
    m_chart->view->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_chart->view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_chart->view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    chart->setMinimumSize(1, 1);
    connect(&theme, &style::Theme::changed, this, &RateTrend::restyle);
    restyle();
    setRate({}, 10);
}

RateTrend::~RateTrend() = default;

QSize RateTrend::sizeHint() const
{
    return {m_theme.step() * 24, m_theme.barHeight() - 2 * m_theme.step()};
}

std::vector<int> RateTrend::perTenMinutes(const std::vector<int> &perMinute)
{
    std::vector<int> sums;
    sums.reserve(perMinute.size());
    int sum = 0;
    for (std::size_t i = 0; i < perMinute.size(); ++i) {
        sum += perMinute[i];
        if (i >= 10)
            sum -= perMinute[i - 10];
        sums.push_back(sum);
    }
    return sums;
}

void RateTrend::setRate(const std::vector<int> &perMinute, int threshold)
{
    std::vector<int> sums = perTenMinutes(perMinute);
    if (sums == m_shown && !sums.empty())
        return;
    m_shown = std::move(sums);
    const auto last = static_cast<double>(std::max<std::size_t>(1, m_shown.size()) - 1);
    QList<QPointF> points;
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        points.append({static_cast<double>(i), static_cast<double>(m_shown[i])});
    m_chart->rate->replace(points);
    m_chart->threshold->replace(QList<QPointF>{{0, static_cast<double>(threshold)}, {std::max(1.0, last), static_cast<double>(threshold)}});
    const int highest = m_shown.empty() ? 0 : *std::max_element(m_shown.begin(), m_shown.end());
    m_chart->x->setRange(0, std::max(1.0, last));
    m_chart->y->setRange(-0.5, std::max(highest, threshold) * 1.15);
    const int now = m_shown.empty() ? 0 : m_shown.back();
    const QString words = tr("%n alert(s) opened in the last ten minutes; highest in the last hour: %1", nullptr, now).arg(highest);
    setAccessibleName(words);
    widgets::setPlainToolTip(this, words);
}

void RateTrend::restyle()
{
    m_chart->rate->setPen(QPen(m_theme.color(style::Tone::Text), 1.4));
    m_chart->threshold->setPen(QPen(m_theme.color(style::Tone::Outline), 1, Qt::DotLine));
    setFixedSize(sizeHint());
}

} // namespace qd::triage
