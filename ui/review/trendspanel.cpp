// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/trendspanel.h"

#include "ui/review/barchart.h"
#include "ui/widgets/plaintext.h"

#include <QHBoxLayout>
#include <QJsonObject>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace qd::review {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

namespace {

QString textIn(const QJsonObject &from, const char *name)
{
    return from.value(QLatin1String(name)).toString();
}

QString listIn(const QJsonObject &from, const char *name)
{
    QStringList out;
    for (const auto &value : from.value(QLatin1String(name)).toArray())
        out << value.toString();
    return out.join(QStringLiteral(", "));
}

} // namespace

TrendsView trendsOf(const QJsonArray &trends, const QJsonArray &effects, const QJsonArray &patterns)
{
    TrendsView out;
    for (const auto &value : trends) {
        const QJsonObject item = value.toObject();
        const QString kind = textIn(item, "kind"), label = textIn(item, "label");
        const Bar bar{label, item.value(QLatin1String("incidents")).toInteger()};
        if (kind == QLatin1String("factor") && out.factors.size() < TrendsView::kShown)
            out.factors.push_back(bar);
        else if (kind == QLatin1String("pair") && out.pairs.size() < TrendsView::kShown)
            out.pairs.push_back({label + QStringLiteral(" + ") + textIn(item, "withLabel"), bar.count});
        else if (kind == QLatin1String("quarter") && item.value(QLatin1String("factor")).isNull())
            out.quarters.push_back({textIn(item, "period"), bar.count});
    }
    if (out.quarters.size() > TrendsView::kShown)
        out.quarters.erase(out.quarters.begin(), out.quarters.end() - static_cast<std::ptrdiff_t>(TrendsView::kShown));
    for (const auto &value : effects) {
        const QJsonObject item = value.toObject();
        out.effects << QStringLiteral("%1 action %2: %3: %4").arg(textIn(item, "incident")).arg(item.value(QLatin1String("action")).toInteger()).arg(textIn(item, "sentence"), textIn(item, "verdict"));
    }
    for (const auto &value : patterns) {
        const QJsonObject item = value.toObject();
        const QString title = textIn(item, "title");
        out.patterns << QStringLiteral("%1, %2: %3 (%4)").arg(textIn(item, "id"), textIn(item, "state"), title.isEmpty() ? listIn(item, "labels") : title, listIn(item, "services"));
    }
    return out;
}

TrendsPanel::TrendsPanel(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_summary(new PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_factors(new BarChart(theme, tr("FACTORS, BY INCIDENTS"), this))
    , m_pairs(new BarChart(theme, tr("FACTORS THAT MET"), this))
    , m_quarters(new BarChart(theme, tr("INCIDENTS REVIEWED, BY QUARTER"), this))
    , m_words(new QPlainTextEdit(this))
{
    const int step = theme.step();
    m_summary->setWordWrap(true);
    m_words->setReadOnly(true);
    m_words->setTabChangesFocus(true);
    m_words->setAccessibleName(tr("Effects of actions, and patterns"));
    auto *charts = new QHBoxLayout;
    charts->setSpacing(4 * step);
    for (BarChart *chart : {m_factors, m_pairs, m_quarters})
        charts->addWidget(chart, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * step);
    column->addWidget(m_summary);
    column->addLayout(charts, 2);
    column->addWidget(m_words, 1);
    show({});
}

void TrendsPanel::show(const TrendsView &view)
{
    m_factors->show(view.factors);
    m_pairs->show(view.pairs);
    m_quarters->show(view.quarters);
    m_words->setVisible(!view.isEmpty());
    m_words->setPlainText(widgets::softWrapped((view.effects + view.patterns).join(QLatin1Char('\n'))));
    m_summary->setPlain(view.isEmpty() ? tr("No review names a factor yet. What recurs is shown here once two do.")
                                       : view.factors.empty() ? tr("No factor was named yet.")
                                                              : tr("Seen most: %1, in %n incident(s).", nullptr, static_cast<int>(view.factors.front().count)).arg(view.factors.front().name));
}

QString TrendsPanel::summary() const
{
    return m_summary->plain();
}

QString TrendsPanel::words() const
{
    return m_words->toPlainText();
}

} // namespace qd::review
