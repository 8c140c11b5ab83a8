// SPDX-License-Identifier: GPL-3.0-or-later
// Who is responsible for what, and who would be called now.
#include "core/oncall/schedule.h"
#include "core/oncall/targets.h"
#include "ui/seat/text.h"
#include "ui/seat/viewbuilder.h"

#include <QCoreApplication>
#include <algorithm>

namespace qd::seat {

using state::State;

namespace {

constexpr Span kDirectoryHolds = seconds(15); ///< who is on call is asked again so often, or when something of it is another

QString wordsOf(const char *text)
{
    return QCoreApplication::translate("qd::seat::ViewBuilder", text);
}

QString minutesText(Span span)
{
    return QStringLiteral("%1 m").arg(span.seconds() / 60);
}

} // namespace

QString ViewBuilder::behindText(const State &state, const oncall::Behind &behind) const
{
    QStringList names;
    for (const oncall::Called &c : behind.people)
        names << name(state, c.person);
    for (const std::string &channel : behind.channels)
        names << qstr(channel);
    return names.join(QStringLiteral(", "));
}

/// Built when it is asked anew; else the one before is shared.
void ViewBuilder::directory(const State &state, const Looking &looking, view::ViewModel &out)
{
    const bool isSame = m_directory && m_directoryOf == state.workspace && m_directoryRota == state.rota.overrides.size();
    QHash<QString, int> firing;
    for (const view::MapNode &n : out.nodes)
        firing.insert(n.id, n.alerts);
    if (isSame && looking.now >= m_directory->made && looking.now - m_directory->made < kDirectoryHolds) {
        const auto &services = m_directory->services;
        if (std::any_of(services.begin(), services.end(), [&](const view::ServiceEntry &e) { return e.firing != firing.value(e.id); })) { // that is of now
            auto anew = std::make_shared<view::Directory>(*m_directory);
            for (view::ServiceEntry &e : anew->services)
                e.firing = firing.value(e.id);
            m_directory = std::move(anew);
        }
        out.directory = m_directory;
        return;
    }
    auto made = std::make_shared<view::Directory>();
    const Workspace &w = *state.workspace;
    made->made = looking.now;
    const auto target = [&](const std::string &id) { return id.find(':') != std::string::npos ? qstr(id) : name(state, id); };

    std::map<std::string, QString> onCall; // by team
    for (const Team &t : w.teams)
        onCall[t.id] = behindText(state, oncall::behind(state, t.id, looking.now));
    for (const Service &s : w.services) {
        view::ServiceEntry e;
        e.id = qstr(s.id);
        e.name = qstr(s.name.empty() ? s.id : s.name);
        e.own = s.paging == Paging::Own;
        e.firing = firing.value(e.id);
        if (const Team *t = w.team(s.team)) {
            e.team = qstr(t->name.empty() ? t->id : t->name);
            const Policy *policy = w.policy(t->policy);
            e.policy = policy ? qstr(policy->name.empty() ? policy->id : policy->name) : qstr(t->policy);
            e.onCall = onCall[t->id];
        } else {
            e.team = qstr(s.team);
        }
        made->services.push_back(std::move(e));
    }
    for (const Schedule &s : w.schedules) {
        view::ScheduleEntry e;
        e.id = qstr(s.id);
        e.name = qstr(s.name.empty() ? s.id : s.name);
        e.zone = qstr(s.zone);
        const oncall::Behind now = oncall::behind(state, s.id, looking.now);
        e.onCall = behindText(state, now);
        if (now.isNobody())
            e.problem = now.ruledOut.empty() ? wordsOf(QT_TRANSLATE_NOOP("qd::seat::ViewBuilder", "a gap: nobody is on call")) : qstr(now.ruledOut.front());
        const Instant until = oncall::nextHandoff(s, state.rota.overridesOf(s.id), looking.now);
        e.until = until < looking.now + oncall::kLookAhead ? until : Instant{};
        QStringList layers;
        for (const Layer &layer : s.layers)
            layers << qstr(layer.id);
        e.layers = layers.join(QStringLiteral(", "));
        made->schedules.push_back(std::move(e));
    }
    for (const Policy &p : w.policies) {
        view::PolicyEntry e;
        e.id = qstr(p.id);
        e.name = qstr(p.name.empty() ? p.id : p.name);
        QStringList steps;
        for (std::size_t i = 0; i < p.steps.size(); ++i) {
            QStringList targets;
            for (const std::string &id : p.steps[i].targets)
                targets << target(id);
            steps << QStringLiteral("%1 %2, %3").arg(i + 1).arg(targets.join(p.steps[i].roundRobin ? QStringLiteral(" / ") : QStringLiteral(" + ")), minutesText(p.steps[i].wait));
        }
        e.steps = steps.join(QStringLiteral(" · "));
        if (!p.steps.empty())
            e.now = behindText(state, oncall::behindStep(state, p.steps.front(), looking.now, state.rota.turn(p.id, 1)));
        e.repeats = static_cast<int>(p.repeat);
        e.answers = std::max(1, static_cast<int>(p.answers));
        QStringList teams;
        for (const Team &t : w.teams)
            if (t.policy == p.id)
                teams << qstr(t.name.empty() ? t.id : t.name);
        e.teams = teams.join(QStringLiteral(", "));
        made->policies.push_back(std::move(e));
    }
    m_directory = std::move(made);
    m_directoryOf = state.workspace;
    m_directoryRota = state.rota.overrides.size();
    out.directory = m_directory;
}

} // namespace qd::seat
