// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/content.h"

#include "core/model/marking.h"
#include "ui/map/graph.h"
#include "ui/widgets/timetext.h"

#include <QCoreApplication>
#include <algorithm>
#include <tuple>

namespace qd::wall {

namespace {

constexpr Span kOldAfter = seconds(10); ///< a view comes every second

struct Words {
    Q_DECLARE_TR_FUNCTIONS(qd::wall)
};

QString phaseWord(IncidentStatus status)
{
    switch (status) {
    case IncidentStatus::Triage: return Words::tr("in triage");
    case IncidentStatus::Active: return Words::tr("active");
    case IncidentStatus::Mitigated: return Words::tr("mitigated");
    default: return {};
    }
}

bool isOpen(const view::IncidentRow &row)
{
    return row.status <= IncidentStatus::Mitigated;
}

void head(const view::ViewModel &view, Instant now, Content &out)
{
    out.clock = widgets::shownMinutes(now);
    out.zone = widgets::zoneName();
    const view::Strip &strip = view.strip;
    const Span age = now - view.made;
    out.isOld = strip.link == view::CoreLink::Lost || age > kOldAfter;
    out.asOf = out.isOld ? Words::tr("as of %1, %2 old").arg(widgets::shownClock(view.made), widgets::waitText(age)) : Words::tr("as of %1").arg(widgets::shownClock(view.made));
    if (strip.link == view::CoreLink::Lost || (out.isOld && strip.link == view::CoreLink::Live)) {
        out.state = Words::tr("CORE LOST");
        out.stateWords = out.asOf;
        out.isStateAlarm = true;
    } else if (strip.link != view::CoreLink::Live) {
        out.state = strip.link == view::CoreLink::Starting ? Words::tr("STARTING") : Words::tr("LOADING");
        out.stateWords = Words::tr("nothing is known yet");
    } else if (!strip.recorded) {
        out.state = Words::tr("UNRECORDED");
        out.stateWords = Words::tr("nothing is being recorded");
        out.isStateAlarm = true;
    } else if (strip.practice) {
        out.state = Words::tr("PRACTICE");
        out.stateWords = Words::tr("nothing of this is real");
    }
}

void incidents(const view::ViewModel &view, Instant now, Content &out)
{
    std::vector<const view::IncidentRow *> open;
    for (const view::IncidentRow &row : view.incidents)
        if (isOpen(row))
            open.push_back(&row);
    // Whose window it is does not matter here; a drill never stands before what is real.
    std::stable_sort(open.begin(), open.end(), [](const auto *a, const auto *b) {
        return std::tuple(a->drill, a->severity, a->declaredAt) < std::tuple(b->drill, b->severity, b->declaredAt);
    });
    for (const view::IncidentRow *row : open)
        out.incidents.push_back({row->severity, sealedForWall(row->title), row->impact.isEmpty() ? Words::tr("What it means for others is not known yet.") : sealedForWall(row->impact),
                                 widgets::ageText(now - row->declaredAt), row->drill});
    if (open.empty())
        return;
    const view::IncidentRow &first = *open.front();
    out.commander = first.commander.isEmpty() ? Words::tr("nobody") : sealedForWall(first.commander);
    if (first.commandedSince && !first.commander.isEmpty())
        out.commandAge = widgets::ageText(now - first.commandedSince);
    out.phase = phaseWord(first.status);
}

void words(const view::ViewModel &view, Instant now, Content &out)
{
    const bool several = out.incidents.size() > 1; // then it is said which one it is of
    const auto whose = [&](const QString &incident, bool drill) {
        return (drill ? Words::tr("DRILL") + QLatin1Char(' ') : QString()) + (several ? incident + QStringLiteral(": ") : QString());
    };
    const bool isReal = std::any_of(out.incidents.begin(), out.incidents.end(), [](const Content::Incident &i) { return !i.drill; });
    for (const view::WallLine &line : view.wall.lines)
        if (out.lines.size() < Content::kLines)
            out.lines.push_back({widgets::shownMinutes(line.at), whose(line.incident, line.drill) + sealedForWall(line.text)});
    for (const view::WallPromise &p : view.wall.promises) {
        const bool late = p.due < now;
        // The head speaks of what is real as long as anything is.
        if (out.promise.isEmpty() && !(p.drill && isReal)) {
            out.promise = (p.drill ? Words::tr("DRILL") + QLatin1Char(' ') : QString()) + sealedForWall(p.audience);
            out.promiseAt = widgets::shownMinutes(p.due);
            out.promiseLeft = late ? Words::tr("late %1").arg(widgets::ageText(now - p.due)) : Words::tr("in %1").arg(widgets::ageText(p.due - now));
            out.promiseLate = late;
        }
        if (out.promises.size() < Content::kPromises)
            out.promises.push_back({widgets::shownMinutes(p.due), whose(p.incident, p.drill) + sealedForWall(p.audience) + (late ? QStringLiteral(" ▲ ") + Words::tr("late %1").arg(widgets::ageText(now - p.due)) : QString())});
    }
}

void services(const view::ViewModel &view, Content &out)
{
    const auto weight = [](const view::MapNode &n) {
        return n.suspect ? 0 : n.alerts > 0 ? 10 - static_cast<int>(n.worst) : n.blast ? 20 : 30;
    };
    QSet<QString> affected;
    for (const view::MapNode &n : view.nodes)
        if (n.alerts > 0 || n.suspect || n.blast)
            affected.insert(n.id);
    out.services = static_cast<int>(affected.size());
    if (affected.isEmpty())
        return;
    const QSet<QString> shown = map::neighbourhood(view.nodes, view.edges, affected, 1, Content::kServices);
    for (const view::MapNode &n : view.nodes)
        if (shown.contains(n.id)) {
            out.nodes.push_back(n);
            out.nodes.back().name = sealedForWall(n.name);
        }
    std::stable_sort(out.nodes.begin(), out.nodes.end(), [&](const auto &a, const auto &b) { return weight(a) < weight(b); });
    for (const view::MapEdge &e : view.edges)
        if (shown.contains(e.from) && shown.contains(e.to))
            out.edges.push_back(e);
}

void foot(const view::ViewModel &view, Instant now, Content &out)
{
    out.last10 = view.strip.last10;
    out.flood = view.strip.flood;
    out.rate = view.rate;
    for (const view::Feed &feed : view.strip.feeds) {
        if (feed.state == QLatin1String("awaiting"))
            continue;
        const bool troubled = feed.state != QLatin1String("fresh");
        const QString age = !feed.lastSeen ? Words::tr("never heard") : widgets::waitText(now - feed.lastSeen);
        out.feeds.push_back({sealedForWall(feed.name), age, troubled});
    }
    std::stable_sort(out.feeds.begin(), out.feeds.end(), [](const auto &a, const auto &b) { return a.troubled > b.troubled; });
}

} // namespace

QString sealedForWall(const QString &text)
{
    // A telephone may put something invisible between the brackets: only what reads marks knows one.
    const std::string bytes = text.toStdString();
    if (!mayHoldMark(bytes))
        return text;
    const Reader anybody{DataClass::Internal, {}, DataClass::Internal};
    return QString::fromStdString(sealed(bytes, anybody, Brackets::Dropped));
}

Content contentOf(const view::ViewModel &view, Instant now)
{
    Content out;
    head(view, now, out);
    incidents(view, now, out);
    words(view, now, out);
    services(view, out);
    foot(view, now, out);
    return out;
}

QStringList spoken(const Content &c)
{
    QStringList out{c.clock + QLatin1Char(' ') + c.zone};
    if (!c.state.isEmpty())
        out << c.state + QLatin1Char(' ') + c.stateWords;
    if (!c.commander.isEmpty())
        out << Words::tr("command %1 %2, %3").arg(c.commander, c.commandAge, c.phase);
    for (const Content::Incident &i : c.incidents)
        out << QStringLiteral("SEV%1 ").arg(static_cast<int>(i.severity)) + i.title + QStringLiteral(". ") + i.impact + QLatin1Char(' ') + i.age;
    for (const auto *lines : {&c.lines, &c.promises})
        for (const Content::Line &line : *lines)
            out << line.time + QLatin1Char(' ') + line.text;
    for (const view::MapNode &n : c.nodes)
        if (n.alerts > 0)
            out << n.name;
    out << Words::tr("%1 alarms in 10 minutes").arg(c.last10);
    for (const Content::Feed &f : c.feeds)
        out << f.name + QLatin1Char(' ') + f.age;
    return out;
}

} // namespace qd::wall
