// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/plannermodel.h"

#include "ui/widgets/timetext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <algorithm>

namespace qd::escalation {

namespace {

Instant instantOf(const QJsonValue &value)
{
    return parseInstant(value.toString().toStdString()).value_or(Instant{});
}

QStringList textsOf(const QJsonValue &value)
{
    QStringList out;
    for (const QJsonValue &text : value.toArray())
        out << text.toString();
    return out;
}

/// A person on call by two schedules at once has one bar that names both.
std::vector<PlannerBar> joined(const std::vector<PlannerBar> &bars)
{
    std::vector<Instant> edges;
    for (const PlannerBar &bar : bars) {
        edges.push_back(bar.from);
        edges.push_back(bar.until);
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    std::vector<PlannerBar> out;
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
        PlannerBar piece{edges[i], edges[i + 1], {}, false};
        for (const PlannerBar &bar : bars)
            if (bar.from <= piece.from && bar.until >= piece.until && !piece.who.contains(bar.who.front())) {
                piece.who << bar.who;
                piece.ids << bar.ids;
            }
        if (piece.who.isEmpty())
            continue;
        if (!out.empty() && out.back().until == piece.from && out.back().who == piece.who)
            out.back().until = piece.until;
        else
            out.push_back(std::move(piece));
    }
    return out;
}

} // namespace

Planner plannerOf(const QJsonObject &answer)
{
    const auto field = [](const QJsonObject &o, const char *name) { return o.value(QLatin1String(name)); };
    Planner out;
    out.from = instantOf(field(answer, "from"));
    out.until = instantOf(field(answer, "until"));
    const QJsonArray schedules = field(answer, "schedules").toArray(), people = field(answer, "people").toArray();
    for (const QJsonValue &value : schedules) {
        const QJsonObject o = value.toObject();
        PlannerRow row;
        row.id = field(o, "id").toString();
        row.name = field(o, "name").toString();
        row.zone = field(o, "zone").toString();
        row.problems = textsOf(field(o, "problems"));
        for (const QJsonValue &segment : field(o, "segments").toArray()) {
            const QJsonObject s = segment.toObject();
            row.bars.push_back({instantOf(field(s, "from")), instantOf(field(s, "until")), textsOf(field(s, "people")), field(s, "changed").toBool(), textsOf(field(s, "ids"))});
        }
        out.rows.push_back(std::move(row));
    }
    for (const QJsonValue &value : people) {
        const QJsonObject o = value.toObject();
        PlannerRow row;
        row.person = true;
        row.id = field(o, "id").toString();
        row.name = field(o, "name").toString();
        row.zone = field(o, "zone").toString();
        row.local = field(o, "local").toString().mid(11, 5);
        for (const QJsonValue &night : field(o, "nights").toArray())
            row.nights.emplace_back(instantOf(field(night.toObject(), "from")), instantOf(field(night.toObject(), "until")));
        for (const QJsonValue &shift : field(o, "shifts").toArray()) {
            const QJsonObject s = shift.toObject();
            row.bars.push_back({instantOf(field(s, "from")), instantOf(field(s, "until")), {field(s, "schedule").toString()}, false, {field(s, "id").toString()}});
        }
        row.bars = joined(row.bars);
        out.rows.push_back(std::move(row));
    }
    out.schedules = static_cast<int>(schedules.size());
    out.folded = std::max(0, field(answer, "schedulesInAll").toInt() - out.schedules) + std::max(0, field(answer, "peopleInAll").toInt() - static_cast<int>(people.size()));
    return out;
}

Planner::Counts Planner::counts() const
{
    Counts out;
    for (const PlannerRow &row : rows)
        for (const PlannerBar &bar : row.bars) {
            out.gaps += !row.person && bar.isGap() ? 1 : 0;
            out.handoffs += !row.person && bar.until < until ? 1 : 0;
            out.overlaps += bar.isOverlap() ? 1 : 0;
        }
    return out;
}

double plannerX(const Planner &planner, Instant at, double left, double width)
{
    const double length = static_cast<double>((planner.until - planner.from).ns);
    if (length <= 0)
        return left;
    return left + width * std::clamp(static_cast<double>((at - planner.from).ns) / length, 0.0, 1.0);
}

std::vector<Instant> plannerHours(const Planner &planner, int every)
{
    std::vector<Instant> out;
    const std::int64_t step = hours(std::max(1, every)).ns;
    for (std::int64_t t = (planner.from.ns + step - 1) / step * step; t <= planner.until.ns && out.size() < 100; t += step)
        out.push_back({t});
    return out;
}

QString rowText(const PlannerRow &row)
{
    QStringList parts;
    for (const PlannerBar &bar : row.bars) {
        const QString until = widgets::utcMinutes(bar.until);
        if (row.person && bar.isOverlap())
            parts << QCoreApplication::translate("qd::escalation::Planner", "overlap: on call by %1 at once from %2 until %3 UTC").arg(bar.who.join(QStringLiteral(", ")), widgets::utcMinutes(bar.from), until);
        else if (!row.person && bar.isOverlap())
            parts << QCoreApplication::translate("qd::escalation::Planner", "overlap: %1 at once until %2 UTC").arg(bar.who.join(QStringLiteral(", ")), until);
        else if (row.person)
            parts << QCoreApplication::translate("qd::escalation::Planner", "on call by %1 from %2 until %3 UTC").arg(bar.who.join(QStringLiteral(", ")), widgets::utcMinutes(bar.from), until);
        else
            parts << (bar.isGap() ? QCoreApplication::translate("qd::escalation::Planner", "nobody until %1 UTC").arg(until) : QCoreApplication::translate("qd::escalation::Planner", "%1 until %2 UTC").arg(bar.who.join(QStringLiteral(", ")), until));
    }
    if (row.person && parts.isEmpty())
        parts << QCoreApplication::translate("qd::escalation::Planner", "not on call");
    const QString head = row.person ? QCoreApplication::translate("qd::escalation::Planner", "%1, now %2 in %3").arg(row.name, row.local, row.zone) : row.name;
    return head + QStringLiteral(": ") + parts.join(QStringLiteral("; ")) + (row.problems.isEmpty() ? QString() : QStringLiteral(". ") + row.problems.join(QStringLiteral(". ")));
}

} // namespace qd::escalation
