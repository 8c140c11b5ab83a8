// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/subjects.h"

#include "core/base/numberbehind.h"
#include "core/desk/decide.h"
#include "core/triage/heartbeats.h"

#include <algorithm>

namespace qd::desk {

using governance::Subject;

Subject Subjects::incidentSubject(const state::Incident &i) const
{
    return {i.service, i.id};
}

About Subjects::incident(const std::string &id) const
{
    if (const auto meant = incidentMeant(state, id))
        return {incidentSubject(**meant)};
    return id.empty() ? About{} : About{{{}, id}}; // there is none: said afterwards, to those who may know
}

About Subjects::service(const std::string &name) const
{
    return name.empty() ? About{} : About{{name, {}}};
}

std::string Subjects::serviceId(const std::string &name) const
{
    const Service *s = state.workspace->service(name);
    return s ? s->id : name;
}

About Subjects::escalation(std::uint32_t number) const
{
    if (number == 0 || number > state.escalations.size())
        return {};
    const state::Escalation &x = state.escalations[number - 1];
    if (const auto *i = x.incident.empty() ? nullptr : state.incident(x.incident))
        return {incidentSubject(*i)};
    return service(x.service);
}

void Subjects::add(About &about, Subject subject) const
{
    if (std::find(about.begin(), about.end(), subject) == about.end())
        about.push_back(std::move(subject));
}

About Subjects::alerts(const Strings &keys) const
{
    About out;
    for (const std::string &key : keys) {
        if (out.size() >= kSubjectsAsked)
            return {};
        if (const auto *i = state.incident(key))
            add(out, incidentSubject(*i));
        else if (const auto *a = state.alert(key))
            add(out, {std::string(state.text(a->service)), std::string(state.text(a->incident))});
        else if (key.starts_with("escalation/"))
            for (Subject &s : escalation(numberBehind("escalation/", key)))
                add(out, std::move(s));
        else if (const auto *s = state.suppressors.find(key))
            for (Subject &each : suppressor(*s))
                add(out, std::move(each));
        else
            add(out, {});
    }
    return out;
}

About Subjects::matchers(const std::vector<Matcher> &all) const
{
    for (const Matcher &m : all)
        for (const std::string &label : state.workspace->serviceLabels)
            if (m.name == label && m.isEqual && !m.isRegex && !m.value.empty())
                return {{m.value, {}}};
    return {};
}

About Subjects::suppressor(const state::Suppressor &s) const
{
    if (!s.service.empty())
        return service(s.service);
    for (const HeartbeatRule &rule : state.workspace->heartbeats)
        if (triage::isMute(s, rule.id)) // as muting it
            return rule.service.empty() ? About{{}} : service(rule.service);
    About about = s.keys.empty() ? matchers(s.matchers) : alerts(s.keys);
    return about.empty() ? About{{}} : about;
}

About Subjects::touched(const state::Intervention &o) const
{
    About out;
    std::vector<bool> isOfSome(o.ended.size() + 1, false); // only some alerts were taken out of it
    if (o.touched)
        for (const state::TouchedAlert &t : *o.touched) {
            if (t.placed < isOfSome.size())
                isOfSome[t.placed] = true;
            const std::uint32_t index = state.alerts.find(t.set, t.fingerprint);
            if (index == state::AlertTable::npos)
                continue;
            const state::Alert &a = state.alerts.all[index];
            add(out, {std::string(state.text(a.service)), std::string(state.text(a.incident))});
            if (out.size() >= kSubjectsAsked)
                return {{}};
        }
    const auto addAll = [&](const state::Suppressor *s) {
        if (s)
            for (Subject &each : suppressor(*s))
                add(out, std::move(each));
    };
    for (const std::string &id : o.placed)
        if (const state::Suppressor *s = state.suppressors.find(id); s && s->stands())
            addAll(s);
    for (std::size_t n = 0; n < o.ended.size(); ++n)
        if (!isOfSome[n + 1])
            addAll(state.suppressors.find(o.ended[n]));
    return out;
}

About Subjects::groups(const Strings &names) const
{
    About out;
    for (const state::Alert &a : state.alerts.all)
        if (std::find(names.begin(), names.end(), state.text(a.group)) != names.end())
            add(out, {std::string(state.text(a.service)), std::string(state.text(a.incident))});
    return out;
}

About Subjects::components(const std::string &pageId, const Strings &names) const
{
    const StatusPage *page = state.workspace->page(pageId);
    About out;
    for (const std::string &name : names) {
        const auto c = page ? std::find_if(page->components.begin(), page->components.end(), [&](const PageComponent &each) { return each.id == name; }) : decltype(page->components.begin()){};
        if (!page || c == page->components.end() || c->services.empty())
            return {};
        for (const std::string &s : c->services)
            add(out, {s, {}});
    }
    return out;
}

bool Subjects::isCalled(std::uint32_t number) const
{
    if (number == 0 || number > state.escalations.size())
        return false;
    const auto &steps = state.escalations[number - 1].steps;
    return std::any_of(steps.begin(), steps.end(), [&](const state::Step &s) { return std::find(s.people.begin(), s.people.end(), by.person) != s.people.end(); });
}

bool Subjects::isCalledFor(const Strings &keys) const
{
    return !keys.empty() && std::all_of(keys.begin(), keys.end(), [&](const std::string &key) {
        if (key.starts_with("escalation/"))
            return isCalled(numberBehind("escalation/", key));
        return std::any_of(state.escalations.begin(), state.escalations.end(), [&](const state::Escalation &x) {
            if (!x.isRunning() || !isCalled(x.number))
                return false;
            if (x.incident == key)
                return true;
            const auto *a = state.alert(key);
            return a && ((!x.incident.empty() && state.text(a->incident) == x.incident) || (!x.group.empty() && state.text(a->group) == x.group));
        });
    });
}

bool Subjects::isEditor(const std::string &id) const
{
    const Schedule *s = state.workspace->schedule(id);
    return s && std::any_of(s->editors.begin(), s->editors.end(), [&](const std::string &e) {
        const Team *team = state.workspace->team(e);
        return e == by.person || (team && std::find(team->members.begin(), team->members.end(), by.person) != team->members.end());
    });
}

About Subjects::heartbeat(const std::string &id) const
{
    const HeartbeatRule *rule = state.workspace->heartbeat(id);
    return rule ? service(rule->service) : About{};
}

} // namespace qd::desk
