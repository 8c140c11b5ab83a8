// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/directory/tables.h"

#include "ui/widgets/timetext.h"

#include <QCoreApplication>

namespace qd::directory {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(qd::directory)
};

QString orNobody(const QString &who)
{
    return who.isEmpty() ? Words::tr("nobody") : who;
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? QStringLiteral("—") : text;
}

QString stateWord(const QString &state)
{
    if (state == QLatin1String("fresh"))
        return Words::tr("fresh");
    if (state == QLatin1String("late"))
        return Words::tr("late");
    if (state == QLatin1String("silent"))
        return Words::tr("silent");
    if (state == QLatin1String("failed"))
        return Words::tr("failed");
    return Words::tr("awaiting");
}

Table services(const view::Directory &directory)
{
    Table t{{Words::tr("Service"), Words::tr("Owner"), Words::tr("Policy"), Words::tr("Paging"), Words::tr("On call now"), Words::tr("Firing")}, 4, {}};
    for (const view::ServiceEntry &s : directory.services) {
        const QString paging = s.own ? Words::tr("own: calls people") : Words::tr("observe: calls nobody");
        t.rows.push_back({s.id, {s.name, orDash(s.team), orDash(s.policy), paging, orNobody(s.onCall), QString::number(s.firing)},
                          Words::tr("%1 belongs to %2. Its alerts: %3. By %4 it would be %5 now.").arg(s.name, s.team.isEmpty() ? Words::tr("nobody") : s.team, paging, s.policy.isEmpty() ? Words::tr("no policy of its own") : s.policy, orNobody(s.onCall)),
                          s.own && s.onCall.isEmpty()});
    }
    return t;
}

Table schedules(const view::Directory &directory, Instant now)
{
    Table t{{Words::tr("Schedule"), Words::tr("On call now"), Words::tr("Until"), Words::tr("Layers"), Words::tr("Zone")}, 1, {}};
    for (const view::ScheduleEntry &s : directory.schedules) {
        const QString until = s.until ? widgets::shownStamp(s.until) + QStringLiteral(" · ") + Words::tr("in %1").arg(widgets::ageText(s.until - now)) : QStringLiteral("—");
        t.rows.push_back({s.id, {s.name, orNobody(s.onCall), until, orDash(s.layers), s.zone}, s.problem.isEmpty() ? Words::tr("%1: %2 until %3.").arg(s.name, orNobody(s.onCall), until) : s.problem, s.onCall.isEmpty()});
    }
    return t;
}

Table policies(const view::Directory &directory)
{
    Table t{{Words::tr("Policy"), Words::tr("Steps"), Words::tr("First called now"), Words::tr("Teams")}, 1, {}};
    for (const view::PolicyEntry &p : directory.policies) {
        QStringList words{Words::tr("%1: %2.").arg(p.name, p.steps)};
        if (p.repeats > 0)
            words << Words::tr("Starts over %n time(s).", nullptr, p.repeats);
        if (p.answers > 1)
            words << Words::tr("Stops when %n people have answered.", nullptr, p.answers);
        t.rows.push_back({p.id, {p.name, p.steps, orNobody(p.now), orDash(p.teams)}, words.join(QLatin1Char(' ')), p.now.isEmpty()});
    }
    return t;
}

Table templates(const view::ViewModel &view)
{
    Table t{{Words::tr("Template"), Words::tr("Audience"), Words::tr("Fields"), Words::tr("Text")}, 3, {}};
    for (const view::TemplateRow &row : view.templates) {
        QStringList fields;
        for (const view::TemplateField &f : row.fields)
            fields << f.name;
        t.rows.push_back({row.id, {row.name.isEmpty() ? row.id : row.name, row.audience, orDash(fields.join(QStringLiteral(", "))), row.body.section(QLatin1Char('\n'), 0, 0)}, row.body, false});
    }
    return t;
}

Table connections(const view::ViewModel &view, Instant now)
{
    Table t{{Words::tr("Connection"), Words::tr("Kind"), Words::tr("Health"), Words::tr("Last heard"), Words::tr("May write"), Words::tr("Problem")}, 5, {}};
    for (const view::Feed &f : view.strip.feeds) {
        const QString heard = f.lastSeen ? widgets::waitText(now - f.lastSeen) : Words::tr("never");
        QString detail = Words::tr("%1 (%2): %3, last heard %4 ago; it may write: %5.").arg(f.name, f.kind, stateWord(f.state), heard, f.arming);
        if (!f.problem.isEmpty())
            detail += QLatin1Char(' ') + f.problem;
        if (f.pending > 0)
            detail += QLatin1Char(' ') + Words::tr("%Ln condition(s) wait there and are no alerts.", nullptr, f.pending);
        t.rows.push_back({f.name, {f.name, f.kind, stateWord(f.state), heard, f.arming, orDash(f.problem)}, detail, f.state != QLatin1String("fresh") && f.state != QLatin1String("awaiting")});
    }
    return t;
}

} // namespace

QString titleOf(Page page)
{
    switch (page) {
    case Page::Services: return Words::tr("Services");
    case Page::Schedules: return Words::tr("Schedules");
    case Page::Policies: return Words::tr("Policies");
    case Page::Templates: return Words::tr("Templates");
    case Page::Connections: return Words::tr("Connections");
    }
    return {};
}

Table tableOf(Page page, const view::ViewModel &view, Instant now)
{
    static const view::Directory kEmpty;
    const view::Directory &directory = view.directory ? *view.directory : kEmpty;
    switch (page) {
    case Page::Services: return services(directory);
    case Page::Schedules: return schedules(directory, now);
    case Page::Policies: return policies(directory);
    case Page::Templates: return templates(view);
    case Page::Connections: return connections(view, now);
    }
    return {};
}

QString emptyText(Page page)
{
    switch (page) {
    case Page::Services: return Words::tr("No service is written in the workspace; [[service]] in a file of it makes one.");
    case Page::Schedules: return Words::tr("There are no schedules; [[schedule]] makes one.");
    case Page::Policies: return Words::tr("There are no policies; [[policy]] makes one.");
    case Page::Templates: return Words::tr("There are no templates; [[template]] makes one.");
    case Page::Connections: return Words::tr("Nothing is connected; Ctrl+Alt+N connects a source, or quarterdeckctl connect.");
    }
    return {};
}

} // namespace qd::directory
