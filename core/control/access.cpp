// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/access.h"

#include "core/base/safetext.h"
#include "core/control/evidence.h"
#include "core/control/items.h"
#include "core/control/review.h"
#include "core/control/publishing.h"
#include "core/control/textcopy.h"
#include "core/control/why.h"
#include "core/desk/authorise.h"
#include "core/desk/decide.h"
#include "core/oncall/groupcalls.h"

#include <algorithm>

namespace qd::control {

namespace {

json::array texts(const std::vector<std::string> &all)
{
    json::array out;
    for (const std::string &t : all)
        out.emplace_back(t);
    return out;
}

/// Lists that tell what is in an incident, not only that there is one.
constexpr std::string_view kTelling[] = {"timeline", "incidents", "briefs", "standdowns", "deliveries", "escalations", "severities", "messages",
                                         "related",  "reviews",   "actions", "effects", "factors", "library"};

/// What an answer to `why` tells of: of an alert also what its group calls for.
std::vector<const state::Incident *> incidentsOf(const state::State &s, std::string_view key)
{
    std::vector<const state::Incident *> out;
    if (const auto *i = s.incident(key))
        return {i};
    if (const state::Escalation *x = escalationMeant(s, key))
        return {s.incident(x->incident)};
    if (const state::Alert *a = s.alert(key)) {
        out.push_back(s.incident(s.text(a->incident)));
        for (const state::Escalation *x : oncall::callsOf(s, *a))
            out.push_back(s.incident(x->incident));
    }
    return out;
}

} // namespace

json::array rightItems(const state::State &s)
{
    json::array out;
    const auto item = [&](std::string id, Right right, json::array people, json::array teams, bool everybody, const std::vector<std::string> &services,
                          const std::vector<std::string> &incidents, std::string_view origin, Instant until) {
        out.push_back(json::object{{"id", std::move(id)}, {"role", wordJson(right)}, {"people", std::move(people)}, {"teams", std::move(teams)}, {"everybody", everybody},
                                   {"services", texts(services)}, {"incidents", texts(incidents)}, {"origin", textJson(origin)}, {"until", timeJson(until)}});
    };
    for (const state::Glass &g : s.access.glass)
        if (g.standsAt(s.time))
            item("glass/" + std::to_string(g.number), g.right, {json::value(g.person)}, {}, false, g.services, g.incidents, "break-glass", g.until);
    for (const RightRule &r : s.workspace->rights)
        item(r.id, r.right, texts(r.people), texts(r.teams), r.everybody, r.services, r.incidents, "workspace", {});
    std::stable_sort(out.begin(), out.end(), [](const json::value &a, const json::value &b) { return a.at("id").get_string() < b.at("id").get_string(); });
    return out;
}

json::array identityItems(const state::State &s)
{
    json::array out;
    const auto item = [&](const std::string &address, const std::string &person, const std::string &connection, std::string_view origin, Instant since) {
        out.push_back(json::object{{"address", address}, {"person", person}, {"connection", connection}, {"origin", textJson(origin)}, {"since", timeJson(since)}});
    };
    for (const Person &p : s.workspace->people)
        for (const auto *list : {&p.xmpp, &p.chat})
            for (const std::string &address : *list)
                item(address, p.id, {}, "workspace", {});
    for (const state::Identity &i : s.access.identities)
        item(i.address, i.person, i.connection, "word", i.since);
    std::stable_sort(out.begin(), out.end(), [](const json::value &a, const json::value &b) { return a.at("address").get_string() < b.at("address").get_string(); });
    return out;
}

json::array accessItems(const state::State &s)
{
    struct At {
        Instant at;
        json::object item;
    };
    std::vector<At> all;
    for (const state::Glass &g : s.access.glass)
        all.push_back({g.since, {{"at", timeJson(g.since)}, {"kind", "break-glass"}, {"id", "glass/" + std::to_string(g.number)}, {"person", g.person}, {"role", wordJson(g.right)},
                                 {"services", texts(g.services)}, {"incidents", texts(g.incidents)}, {"reason", g.reason}, {"until", timeJson(g.until)}, {"endedAt", timeJson(g.ended)},
                                 {"endedBy", g.endedBy}, {"told", texts(g.told)}, {"unheard", g.unheard}}});
    for (const state::Look &l : s.access.looks)
        all.push_back({l.at, {{"at", timeJson(l.at)}, {"kind", "read"}, {"id", "read/" + std::to_string(l.seq)}, {"person", l.person}, {"incidents", json::array{json::value(l.about)}},
                              {"what", l.what}, {"via", wordJson(l.via)}}});
    for (const state::Stranger &f : s.access.strangers)
        all.push_back({f.first, {{"at", timeJson(f.first)}, {"kind", "refused"}, {"id", f.incident + "/" + f.address}, {"person", f.address}, {"incidents", json::array{json::value(f.incident)}},
                                 {"what", "chat"}, {"reason", f.reason}, {"count", f.count}, {"lastAt", timeJson(f.last)}}});
    std::stable_sort(all.begin(), all.end(), [](const At &a, const At &b) { return a.at < b.at; });
    json::array out;
    for (At &a : all)
        out.push_back(std::move(a.item));
    return out;
}

Result<std::string> mayJson(const state::State &s, const MayParams &p, Instant now)
{
    const bool isOwner = !s.access.owner.empty() && p.person == s.access.owner;
    if (!isOwner && !s.workspace->person(p.person))
        return fail(Code::NotFound, "There is no person \"" + safeLine(p.person, 60) + "\" in the workspace.");
    if (!p.via.empty() && p.via != "chat")
        return fail(Code::Invalid, "via is chat, or nothing.");
    auto usual = desk::usualNeed(s, p.command);
    if (!usual)
        return tl::unexpected(usual.error());
    auto &[method, need] = *usual;
    governance::Subject subject;
    if (!p.service.empty()) {
        const Service *service = s.workspace->service(p.service);
        if (!service)
            return fail(Code::NotFound, "There is no service \"" + safeLine(p.service, 60) + "\" in the workspace.");
        subject.service = service->id;
    }
    if (!p.incident.empty()) {
        const auto *i = s.incident(p.incident.starts_with("INC-") ? p.incident : "INC-" + p.incident);
        if (!i)
            return fail(Code::NotFound, "There is no incident " + safeLine(p.incident, 40) + "; `get incidents` lists them.");
        subject = {subject.service.empty() ? i->service : subject.service, i->id};
    }
    if (!(subject == governance::Subject{})) {
        need.about = {subject};
        need.somewhere = false;
    }
    const auto ruling = governance::rule(s, {p.person, p.via == "chat" ? Path::Chat : Path::Person}, need, method, now);
    return json::serialize(json::object{{"may", ruling.allowed}, {"person", p.person}, {"command", json::string_view(method)}, {"role", wordJson(need.right)},
                                        {"about", need.somewhere ? "something" : governance::subjectsText(need.about)}, {"by", ruling.by}, {"why", ruling.why}});
}

Result<> mayPost(const state::State &s, const events::Actor &by, const std::string &incident, Instant now)
{
    auto ruling = governance::rule(s, by, desk::needOf(s, desk::WriteLog{incident, {}}, by), "log.post", now);
    return ruling.allowed ? Result<>() : fail(Code::Forbidden, std::move(ruling.why));
}

std::vector<std::string> restrictedIn(const state::State &s, std::string_view method, std::string_view what, std::string incident)
{
    const Workspace &w = *s.workspace;
    std::vector<std::string> out;
    if (std::none_of(w.business.begin(), w.business.end(), [](const BusinessService &b) { return b.data == DataClass::Restricted; }))
        return out;
    if (method == "get" && std::find(std::begin(kTelling), std::end(kTelling), what) == std::end(kTelling))
        return out;
    // Read as the answer reads it: "INC-03" is INC-3 to it as well.
    std::vector<const state::Incident *> about;
    if (method == "why") {
        about = incidentsOf(s, incident);
    } else if (method == EvidenceRead::kMethod || method == ReviewRead::kMethod || method == ReviewLint::kMethod || method == RenditionParams::kMethod || method == TextCopy::kMethod) {
        if (const auto i = desk::incidentMeant(s, incident))
            about.push_back(*i);
    } else if (!incident.empty() && what != "related") { // what is related to one tells of others
        if (incident.find_first_not_of("0123456789") == std::string::npos)
            incident = "INC-" + incident;
        about.push_back(s.incident(incident));
    } else {
        for (const auto &[n, i] : s.incidents)
            about.push_back(&i);
    }
    for (const state::Incident *i : about)
        if (i && governance::isRestricted(w, *i) && std::find(out.begin(), out.end(), i->id) == out.end())
            out.push_back(i->id);
    return out;
}

} // namespace qd::control
