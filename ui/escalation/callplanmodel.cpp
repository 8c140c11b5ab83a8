// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/callplanmodel.h"

#include "ui/view/answer.h"
#include "ui/widgets/timeinput.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QLocale>

namespace qd::escalation {

namespace {

struct PlanWords {
    Q_DECLARE_TR_FUNCTIONS(qd::escalation::CallPlan)
};

QString planMoment(const QJsonObject &o, const char *field)
{
    const Instant at = view::instantIn(o, field);
    return at ? widgets::dayMoment(at) : QString();
}

/// "Sun 05:10 Europe/Berlin": what the clock of whoever is called shows.
QString ownClock(const QJsonObject &person)
{
    const QDateTime local = QDateTime::fromString(view::textIn(person, "local"), Qt::ISODate);
    const QString zone = view::textIn(person, "zone");
    return !local.isValid() ? zone : QLocale().toString(local, QStringLiteral("ddd HH:mm")) + (zone.isEmpty() ? QString() : QLatin1Char(' ') + zone);
}

} // namespace

void CallPlanModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void CallPlanModel::setPlan(const QJsonObject &answer)
{
    beginResetModel();
    m_rows.clear();
    for (const QJsonValue &value : answer.value(QLatin1String("steps")).toArray()) {
        const QJsonObject step = value.toObject();
        const int round = step.value(QLatin1String("round")).toInt();
        QString name = QString::number(step.value(QLatin1String("step")).toInt());
        if (round > 0)
            name = PlanWords::tr("%1, round %2").arg(name).arg(round + 1);
        if (step.value(QLatin1String("catchAll")).toBool())
            name = PlanWords::tr("catch-all");
        const QString at = planMoment(step, "at");
        const std::size_t before = m_rows.size();
        for (const QJsonValue &each : step.value(QLatin1String("people")).toArray()) {
            const QJsonObject person = each.toObject();
            m_rows.push_back({at, name, view::textIn(person, "name"), ownClock(person), view::textIn(person, "why")});
        }
        for (const QString &channel : view::textsIn(step, "channels"))
            m_rows.push_back({at, name, channel, {}, PlanWords::tr("not a person")});
        if (m_rows.size() == before)
            m_rows.push_back({at, name, PlanWords::tr("nobody"), {}, PlanWords::tr("this step reaches nobody")});
        for (const QString &line : view::textsIn(step, "ruledOut"))
            m_rows.push_back({{}, name, PlanWords::tr("passed over"), {}, line});
    }
    for (const QString &line : view::textsIn(answer, "passedOver"))
        m_rows.push_back({{}, {}, PlanWords::tr("passed over"), {}, line});
    const bool isAnybody = !answer.value(QLatin1String("steps")).toArray().isEmpty();
    m_rows.push_back({planMoment(answer, "end"), {}, PlanWords::tr("end"), {}, isAnybody ? PlanWords::tr("nobody is left to call") : PlanWords::tr("nobody can be called at all")});
    for (const QString &line : view::textsIn(answer, "gaps"))
        m_rows.push_back({{}, {}, PlanWords::tr("▲ gap"), {}, line});
    for (const QString &line : view::textsIn(answer, "because"))
        m_rows.push_back({{}, {}, PlanWords::tr("because"), {}, line});
    for (const QString &line : view::textsIn(answer, "ruledOut"))
        m_rows.push_back({{}, {}, PlanWords::tr("ruled out"), {}, line});
    endResetModel();
}

QString CallPlanModel::text(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    const Row &r = m_rows[static_cast<std::size_t>(row)];
    QStringList parts;
    for (const QString &part : {r.at.isEmpty() ? QString() : r.at + QStringLiteral(" UTC"), r.step.isEmpty() ? QString() : PlanWords::tr("step %1").arg(r.step), r.who, r.clock})
        if (!part.isEmpty())
            parts << part;
    return parts.join(QStringLiteral(" · ")) + (r.why.isEmpty() ? QString() : QStringLiteral(": ") + r.why);
}

int CallPlanModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CallPlanModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant CallPlanModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case At: return row.at;
    case Step: return row.step;
    case Who: return row.who;
    case Clock: return row.clock;
    case Why: return row.why;
    default: return {};
    }
}

QVariant CallPlanModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case At: return PlanWords::tr("At (UTC)");
    case Step: return PlanWords::tr("Step");
    case Who: return PlanWords::tr("Who");
    case Clock: return PlanWords::tr("Their clock");
    case Why: return PlanWords::tr("Why");
    default: return {};
    }
}

QString planSentence(const QJsonObject &answer)
{
    QStringList parts;
    if (const QString service = view::textIn(answer, "service"); !service.isEmpty())
        parts << PlanWords::tr("service %1").arg(service);
    if (const QString team = view::textIn(answer, "team"); !team.isEmpty())
        parts << PlanWords::tr("team %1").arg(team);
    if (const QString policy = view::textIn(answer, "policy"); !policy.isEmpty())
        parts << PlanWords::tr("policy %1").arg(policy);
    QString out = PlanWords::tr("From %1 UTC: %2.").arg(planMoment(answer, "at"), parts.join(QStringLiteral(", ")));
    if (const int answers = answer.value(QLatin1String("answers")).toInt(); answers > 1)
        out += QLatin1Char(' ') + PlanWords::tr("%Ln people have to answer.", nullptr, answers);
    if (const auto gaps = answer.value(QLatin1String("gaps")).toArray().size(); gaps > 0)
        out += QLatin1Char(' ') + PlanWords::tr("%Ln gap(s).", nullptr, static_cast<int>(gaps));
    if (answer.value(QLatin1String("observed")).toBool())
        out += QLatin1Char(' ') + PlanWords::tr("The service only observes: nobody is really called.");
    return out;
}

} // namespace qd::escalation
