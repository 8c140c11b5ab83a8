// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/insights.h"

#include "ui/view/answer.h"

#include <QJsonArray>
#include <algorithm>

namespace qd::review {

namespace {

Times times(const QJsonObject &incidents, const char *name)
{
    const QJsonObject t = incidents.value(QLatin1String(name)).toObject();
    const auto seconds = [&](const char *field) { return t.value(QLatin1String(field)).toInteger(-1); };
    return {view::numberIn(t, "count"), seconds("medianSeconds"), seconds("p90Seconds"), seconds("longestSeconds")};
}

std::vector<Bar> bars(const QJsonObject &alerts, const char *name)
{
    std::vector<Bar> out;
    const QJsonArray all = alerts.value(QLatin1String(name)).toArray();
    for (const auto &value : all)
        if (out.size() < InsightsView::kBars)
            out.push_back({value.toObject().value(QLatin1String("name")).toString(), view::numberIn(value.toObject(), "count")});
    return out;
}

} // namespace

InsightsView insightsOf(const QJsonObject &answer)
{
    const auto part = [&](const char *name) { return answer.value(QLatin1String(name)).toObject(); };
    const QJsonObject incidents = part("incidents"), alerts = part("alerts"), floods = part("floods"), calls = part("calls");
    InsightsView out;
    out.incidents = view::numberIn(incidents, "count");
    out.leftOut = view::numberIn(incidents, "leftOut");
    out.detect = times(incidents, "timeToDetect");
    out.acknowledge = times(incidents, "timeToAcknowledge");
    out.mitigate = times(incidents, "timeToMitigate");
    out.resolve = times(incidents, "timeToResolve");
    out.alerts = view::numberIn(alerts, "count");
    out.services = bars(alerts, "services");
    out.priorities = bars(alerts, "priorities");
    out.badActors = bars(alerts, "badActors");
    out.note = alerts.value(QLatin1String("note")).toString();
    out.calls = view::numberIn(calls, "count");
    out.observed = view::numberIn(calls, "observed");
    out.offHours = view::numberIn(calls, "offHours");
    out.atNight = view::numberIn(calls, "atNight");
    const QJsonObject perPerson = calls.value(QLatin1String("perPerson")).toObject();
    out.callsMedian = perPerson.value(QLatin1String("median")).toInteger(-1);
    out.callsP90 = perPerson.value(QLatin1String("p90")).toInteger(-1);
    out.callsMost = perPerson.value(QLatin1String("most")).toInteger(-1);
    out.floods = floods.value(QLatin1String("items")).toArray().size();
    out.floodSeconds = view::numberIn(floods, "seconds");
    out.floodShare = floods.value(QLatin1String("share")).toDouble();
    for (const auto &flood : floods.value(QLatin1String("items")).toArray())
        out.floodPeak = std::max(out.floodPeak, view::numberIn(flood.toObject(), "peak"));
    out.badActorsShare = alerts.value(QLatin1String("badActorsShare")).toDouble();
    return out;
}

} // namespace qd::review
