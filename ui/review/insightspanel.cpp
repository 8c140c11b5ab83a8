// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/insightspanel.h"

#include "ui/review/barchart.h"
#include "ui/widgets/plaintext.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <array>

namespace qd::review {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

InsightsPanel::InsightsPanel(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_summary(new PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_note(new PlainLabel(theme, Type::Small, Tone::Secondary, this))
    , m_table(new QGridLayout)
    , m_services(new BarChart(theme, tr("ALERTS BY SERVICE"), this))
    , m_priorities(new BarChart(theme, tr("ALERTS BY SEVERITY"), this))
    , m_badActors(new BarChart(theme, tr("MOST FREQUENT"), this))
{
    const int step = theme.step();
    m_summary->setWordWrap(true);
    m_note->setWordWrap(true);
    const std::array<QString, 5> heads{QString(), tr("incidents"), tr("half within"), tr("nine of ten within"), tr("longest")};
    for (int column = 0; column < static_cast<int>(heads.size()); ++column) {
        auto *head = new PlainLabel(theme, Type::Small, Tone::Secondary, this);
        head->setPlain(heads[static_cast<std::size_t>(column)]);
        m_table->addWidget(head, 0, column, column == 0 ? Qt::AlignLeft : Qt::AlignRight);
    }
    const std::array<QString, 4> rows{tr("until it was declared"), tr("until somebody answered"), tr("until it was mitigated"), tr("until it was resolved")};
    for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
        auto &cells = m_cells.emplace_back();
        for (int column = 0; column < static_cast<int>(heads.size()); ++column) {
            cells.push_back(new PlainLabel(theme, column == 0 ? Type::Body : Type::Figure, Tone::Text, this));
            m_table->addWidget(cells.back(), row + 1, column, column == 0 ? Qt::AlignLeft : Qt::AlignRight);
        }
        cells.front()->setPlain(rows[static_cast<std::size_t>(row)]);
    }
    m_table->setHorizontalSpacing(4 * step);
    m_table->setVerticalSpacing(step / 2);
    m_table->setColumnStretch(5, 1);
    auto *charts = new QHBoxLayout;
    charts->setSpacing(4 * step);
    for (BarChart *chart : {m_services, m_priorities, m_badActors})
        charts->addWidget(chart, chart == m_priorities ? 2 : 3);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * step);
    column->addWidget(m_summary);
    column->addLayout(m_table);
    column->addLayout(charts, 1);
    column->addWidget(m_note);
    show({});
}

QString InsightsPanel::duration(qint64 seconds)
{
    if (seconds < 0)
        return QStringLiteral("—");
    if (seconds < 60)
        return tr("%1 s").arg(seconds);
    const qint64 minutes = seconds / 60;
    if (minutes < 60)
        return tr("%1 min").arg(minutes);
    const qint64 hours = minutes / 60;
    return hours < 48 ? tr("%1 h %2 min").arg(hours).arg(minutes % 60) : tr("%1 d %2 h").arg(hours / 24).arg(hours % 24);
}

QString InsightsPanel::summary() const
{
    return m_summary->plain();
}

QString InsightsPanel::times() const
{
    QStringList lines;
    for (const auto &row : m_cells) {
        QStringList cells;
        for (const PlainLabel *cell : row)
            cells << cell->plain();
        lines << cells.join(QLatin1Char(' '));
    }
    return lines.join(QLatin1Char('\n'));
}

void InsightsPanel::show(const InsightsView &view)
{
    QStringList parts{tr("%n incident(s)", nullptr, static_cast<int>(view.incidents)), tr("%n alert(s)", nullptr, static_cast<int>(view.alerts)),
                      tr("%n call(s)", nullptr, static_cast<int>(view.calls))};
    if (view.calls > 0)
        parts.last() += tr(" (%1 outside working hours, %2 at night, %3 only observed)").arg(view.offHours).arg(view.atNight).arg(view.observed);
    if (view.callsMedian >= 0)
        parts.last() += tr(", of one person %1 in the middle, %2 at the 90th percentile, %3 at most").arg(view.callsMedian).arg(view.callsP90).arg(view.callsMost);
    parts << (view.floods == 0 ? tr("no flood")
                               : tr("%n flood(s)", nullptr, static_cast<int>(view.floods))
                                     + tr(", %1 in all, %2 % of the time").arg(duration(view.floodSeconds)).arg(100 * view.floodShare, 0, 'f', 1));
    if (view.floodPeak > 0)
        parts.last() += tr(", at most %1 alarms in 10 minutes").arg(view.floodPeak);
    if (!view.badActors.empty())
        parts << tr("the most frequent are %1 % of all alerts").arg(100 * view.badActorsShare, 0, 'f', 0);
    if (view.leftOut > 0)
        parts << tr("%n left out: drills, planned, called off, merged, rebuilt or written down afterwards", nullptr, static_cast<int>(view.leftOut));
    m_summary->setPlain(view.isEmpty() ? tr("Nothing happened in this time.") : parts.join(QStringLiteral(" · ")));
    const std::array<Times, 4> rows{view.detect, view.acknowledge, view.mitigate, view.resolve};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const Times &t = rows[row];
        m_cells[row][1]->setPlain(QString::number(t.count));
        m_cells[row][2]->setPlain(duration(t.median));
        m_cells[row][3]->setPlain(duration(t.p90));
        m_cells[row][4]->setPlain(duration(t.longest));
    }
    m_services->show(view.services);
    m_priorities->show(view.priorities);
    m_badActors->show(view.badActors);
    m_note->setPlain((view.note.isEmpty() ? QString() : view.note + QLatin1Char(' '))
                     + tr("Fewer than five incidents give no times; services with fewer than five alerts are counted together."));
}

} // namespace qd::review
