// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/oncallgather.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/model/connection.h"
#include "core/workspace/fields.h"
#include "core/workspace/toml.h"

#include <algorithm>

namespace qd::workspace {

namespace {

/// "Ana.Amsel@corp.example" → "ana.amsel", "Primary (EU)" → "primary-eu"; empty when nothing of an id is left.
std::string idOfName(std::string_view name)
{
    std::string out;
    for (const char c : asciiLower(name.substr(0, name.find('@')))) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain || (!out.empty() && (c == '.' || c == '_')))
            out += c;
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    while (!out.empty() && (out.back() == '-' || out.back() == '.' || out.back() == '_'))
        out.pop_back();
    return out.substr(0, 54); // leaves room for "-schedule"
}

std::string localText(std::int64_t seconds)
{
    return tomlString(toText(LocalTime{seconds}));
}

} // namespace

std::int64_t numberAt(const json::object &from, const char *name, std::int64_t otherwise)
{
    const json::value *v = from.if_contains(name);
    constexpr std::int64_t kMost = 1'000'000'000; // beyond any duration, interval or index that means something
    if (v && v->is_int64())
        return std::clamp(v->get_int64(), -kMost, kMost);
    if (v && v->is_double() && v->get_double() > -1e9 && v->get_double() < 1e9)
        return static_cast<std::int64_t>(v->get_double());
    return otherwise;
}

bool truthAt(const json::object &from, const char *name, bool otherwise)
{
    const json::value *v = from.if_contains(name);
    return v && v->is_bool() ? v->get_bool() : otherwise;
}

std::vector<const json::object *> listAt(const json::object &from, const char *name)
{
    std::vector<const json::object *> out;
    const json::value *v = from.if_contains(name);
    for (const char *page : {"results", "data", "nodes"})
        if (v && v->is_object())
            if (const json::value *inner = v->get_object().if_contains(page))
                v = inner;
    if (const json::array *all = v ? v->if_array() : nullptr)
        for (const json::value &each : *all)
            if (const json::object *o = each.if_object())
                out.push_back(o);
    return out;
}

std::vector<std::string> textsAt(const json::object &from, const char *name)
{
    std::vector<std::string> out;
    if (const json::array *all = arrayAt(from, name))
        for (const json::value &each : *all)
            if (each.is_string())
                out.emplace_back(each.get_string());
    return out;
}

OnCallGather::OnCallGather(const Workspace &now) : m_now(now)
{
    for (const Person &p : now.people)
        m_taken.insert(p.id);
    for (const Team &t : now.teams)
        m_taken.insert(t.id);
    for (const Schedule &s : now.schedules)
        m_taken.insert(s.id);
    for (const Policy &p : now.policies)
        m_taken.insert(p.id);
    for (const Service &s : now.services)
        m_takenServices.insert(s.id);
}

std::string OnCallGather::of(const std::map<std::string, std::string> &ids, const std::string &key)
{
    const auto found = ids.find(key);
    return found == ids.end() ? std::string() : found->second;
}

/// One name space for all kinds: a step of a policy calls people, teams and schedules by id.
std::string OnCallGather::freeId(const std::string &name, const char *kind)
{
    std::string id = idOfName(name);
    if (id.empty())
        id = kind;
    if (m_taken.insert(id).second)
        return id;
    if (m_taken.insert(id + "-" + kind).second)
        return id + "-" + kind;
    for (int n = 2;; ++n)
        if (const std::string tried = id + "-" + std::to_string(n); m_taken.insert(tried).second)
            return tried;
}

void OnCallGather::lost(std::string line)
{
    if (m_out.untranslated.size() < kLinesKept)
        m_out.untranslated.push_back(safeLine(line, 400));
    else
        ++m_more;
}

void OnCallGather::person(const std::vector<std::string> &keys, const std::string &mail, const std::string &name, const std::string &zone)
{
    if (mail.empty() && name.empty())
        return lost("a person without a name or an address is left out");
    const bool isMail = mail.find('@') != std::string::npos;
    const std::string user = idOfName(mail.empty() ? name : mail);
    auto known = std::find_if(m_now.people.begin(), m_now.people.end(), [&](const Person &p) { return isMail && asciiLower(p.email) == asciiLower(mail); });
    if (known == m_now.people.end()) // an id or a name says who it is only where no address says otherwise
        known = std::find_if(m_now.people.begin(), m_now.people.end(), [&](const Person &p) {
            return (!isMail || p.email.empty()) && ((!user.empty() && p.id == user) || (!name.empty() && asciiLower(p.name) == asciiLower(name)));
        });
    std::string id;
    if (known != m_now.people.end()) {
        id = known->id;
        m_out.known.push_back(safeLine(mail.empty() ? name : mail, 200) + " is " + id);
    } else {
        Person p;
        p.id = id = freeId(mail.empty() ? name : mail, "person");
        p.name = safeLine(name.empty() ? mail : name, 200);
        if (isZone(zone))
            p.zone = zone;
        else if (!zone.empty())
            lost("person " + id + ": \"" + safeLine(zone, 60) + "\" is no time zone; UTC is taken");
        if (isMailAddress(mail))
            p.email = mail;
        m_out.people.push_back(std::move(p));
    }
    for (const std::string &key : keys)
        if (!key.empty())
            m_people.emplace(key, id);
}

std::string OnCallGather::team(const std::string &key, const std::string &name)
{
    if (name.empty()) {
        lost("a team without a name is left out");
        return {};
    }
    const auto known = std::find_if(m_now.teams.begin(), m_now.teams.end(), [&](const Team &t) { return t.id == idOfName(name) || asciiLower(t.name) == asciiLower(name); });
    std::string id;
    if (known != m_now.teams.end()) {
        id = known->id;
        m_out.known.push_back("team " + safeLine(name, 200) + " is " + id + "; its members stay as they are");
    } else {
        Team t;
        t.id = id = freeId(name, "team");
        t.name = safeLine(name, 200);
        m_out.teams.push_back(std::move(t));
    }
    m_teams.emplace(key, id);
    m_teams.emplace(name, id);
    return id;
}

Team *OnCallGather::teamNamed(const std::string &id)
{
    const auto found = std::find_if(m_out.teams.begin(), m_out.teams.end(), [&](const Team &t) { return t.id == id; });
    return found == m_out.teams.end() ? nullptr : &*found;
}

std::string OnCallGather::schedule(const std::string &key, Schedule schedule)
{
    schedule.name = safeLine(schedule.name, 200);
    if (schedule.name.empty()) {
        lost("a schedule without a name is left out");
        return {};
    }
    if (!isZone(schedule.zone)) {
        if (!schedule.zone.empty())
            lost("schedule " + schedule.name + ": \"" + safeLine(schedule.zone, 60) + "\" is no time zone; UTC is taken");
        schedule.zone = "UTC";
    }
    constexpr std::size_t kLayers = 20;
    if (schedule.layers.size() > kLayers) {
        lost("schedule " + schedule.name + " has " + std::to_string(schedule.layers.size()) + " layers; the first 20 are taken");
        schedule.layers.resize(kLayers);
    }
    if (schedule.layers.empty()) {
        lost("schedule " + schedule.name + " says of nobody that they are on; it is left out");
        return {};
    }
    // Two temporaries at one time would say two things.
    std::stable_sort(schedule.temporaries.begin(), schedule.temporaries.end(), [](const Temporary &a, const Temporary &b) { return a.from < b.from; });
    std::vector<Temporary> apart;
    for (Temporary &t : schedule.temporaries) {
        if (!apart.empty() && t.from < apart.back().until)
            lost("schedule " + schedule.name + ": what begins at " + toText(LocalTime{t.from}) + " overlaps another; the earlier one counts");
        else
            apart.push_back(std::move(t));
    }
    schedule.temporaries = std::move(apart);
    constexpr std::size_t kTemporaries = 200, kWindows = 20;
    if (schedule.temporaries.size() > kTemporaries) {
        lost("schedule " + schedule.name + " has " + std::to_string(schedule.temporaries.size()) + " shifts of one time; the first 200 are taken");
        schedule.temporaries.resize(kTemporaries);
    }
    std::set<std::string> layers{"temporary"}; // a reserved name
    for (Layer &layer : schedule.layers) {
        std::string id = idOfName(layer.id);
        if (id.empty())
            id = "layer";
        std::string tried = id;
        for (int n = 2; !layers.insert(tried).second; ++n)
            tried = id + "-" + std::to_string(n);
        layer.id = tried;
        if (layer.only.size() > kWindows) {
            lost("schedule " + schedule.name + ", layer " + layer.id + " has " + std::to_string(layer.only.size()) + " windows of the week; the first 20 are taken");
            layer.only.resize(kWindows);
        }
    }
    schedule.id = freeId(schedule.name, "schedule");
    m_schedules.emplace(key, schedule.id);
    m_schedules.emplace(schedule.name, schedule.id);
    m_out.schedules.push_back(std::move(schedule));
    return m_out.schedules.back().id;
}

void OnCallGather::addWindow(std::vector<DayWindow> &to, std::uint32_t days, std::int64_t from, std::int64_t until)
{
    constexpr std::uint32_t kDay = 1440;
    const auto first = static_cast<std::uint32_t>(std::clamp<std::int64_t>(from, 0, kDay - 1)), last = static_cast<std::uint32_t>(std::clamp<std::int64_t>(until, 0, kDay));
    if (first == last) { // a whole day from that time on: no window of ours says so in one
        addWindow(to, days, first, kDay);
        if (first > 0)
            addWindow(to, (days << 1 | days >> 6) & 0x7f, 0, first);
        return;
    }
    const auto same = std::find_if(to.begin(), to.end(), [&](const DayWindow &w) { return w.from == first && w.until == last; });
    if (same != to.end())
        same->days |= days;
    else
        to.push_back({days, first, last});
}

void OnCallGather::addStep(Policy &policy, PolicyStep step)
{
    constexpr std::size_t kSteps = 20, kTargets = 20;
    if (step.targets.empty())
        return;
    if (policy.steps.size() == kSteps)
        return lost("policy " + policy.name + " has more than 20 steps; the first 20 are taken");
    if (step.targets.size() > kTargets) {
        lost("policy " + policy.name + ": a step calls more than 20; the first 20 are taken");
        step.targets.resize(kTargets);
    }
    step.wait = std::clamp(step.wait, minutes(1), hours(24));
    policy.steps.push_back(std::move(step));
}

std::string OnCallGather::policy(Policy policy, const std::string &key)
{
    policy.name = safeLine(policy.name, 200);
    if (policy.steps.empty()) {
        lost("policy " + policy.name + " calls nobody that is known here; it is left out");
        return {};
    }
    if (policy.repeat > 5) {
        lost("policy " + policy.name + " starts over " + std::to_string(policy.repeat) + " times; 5 is the most here");
        policy.repeat = 5;
    }
    policy.id = freeId(policy.name, "policy");
    if (!key.empty())
        m_policies.emplace(key, policy.id);
    m_out.policies.push_back(std::move(policy));
    return m_out.policies.back().id;
}

std::string OnCallGather::service(const std::string &given, const std::string &team)
{
    const std::string name = safeLine(given, 200);
    if (const Service *known = m_now.service(name)) {
        m_out.known.push_back("service " + name + " is " + known->id + "; it stays as it is");
        return {};
    }
    Service s;
    s.id = idOfName(name);
    if (s.id.empty())
        s.id = "service";
    for (int n = 2; !m_takenServices.insert(s.id).second; ++n)
        s.id = idOfName(name) + "-" + std::to_string(n);
    s.name = name;
    s.team = team;
    if (s.id != name) // alerts name it by its name
        s.aliases = {name};
    m_out.services.push_back(std::move(s));
    return m_out.services.back().id;
}

std::string OnCallGather::policyOfTeam(const std::string &id) const
{
    for (const auto *teams : {&m_out.teams, &m_now.teams})
        for (const Team &t : *teams)
            if (t.id == id)
                return t.policy;
    return {};
}

Result<OnCallImport> OnCallGather::finish()
{
    for (const std::size_t count : {m_out.people.size(), m_out.teams.size(), m_out.schedules.size(), m_out.policies.size(), m_out.services.size()})
        if (count > kOnCallThings)
            return fail(Code::TooLarge, "The export has more than 10,000 of a kind.");
    if (m_out.people.empty() && m_out.known.empty() && m_out.schedules.empty() && m_out.policies.empty() && m_out.teams.empty() && m_out.services.empty())
        return fail(Code::Invalid, "The file holds no people, teams, schedules or policies of that tool.");
    if (m_more > 0)
        m_out.untranslated.push_back("… and " + std::to_string(m_more) + " more");
    for (Team &t : m_out.teams) { // two of theirs may be one person of ours
        std::vector<std::string> once;
        for (std::string &member : t.members)
            if (std::find(once.begin(), once.end(), member) == once.end())
                once.push_back(std::move(member));
        t.members = std::move(once);
    }
    // An empty team cannot be called, and a workspace that calls one is refused.
    for (const Team &t : m_out.teams)
        if (t.members.empty())
            m_out.untranslated.push_back("team " + t.id + " has no members that are known here; steps that called it do not");
    const auto isEmpty = [&](const std::string &id) { return std::any_of(m_out.teams.begin(), m_out.teams.end(), [&](const Team &t) { return t.id == id && t.members.empty(); }); };
    for (Policy &policy : m_out.policies) {
        for (PolicyStep &step : policy.steps)
            std::erase_if(step.targets, isEmpty);
        std::erase_if(policy.steps, [](const PolicyStep &step) { return step.targets.empty(); });
    }
    std::erase_if(m_out.policies, [](const Policy &policy) { return policy.steps.empty(); });
    const auto isThere = [&](const std::string &id) {
        return m_now.policy(id) || std::any_of(m_out.policies.begin(), m_out.policies.end(), [&](const Policy &p) { return p.id == id; });
    };
    for (Team &t : m_out.teams)
        if (!t.policy.empty() && !isThere(t.policy))
            t.policy.clear();
    std::erase_if(m_out.owners, [&](const OwnerRule &o) { return !isThere(o.policy); });
    return std::move(m_out);
}

Result<OnCallImport> readOnCall(OnCallTool tool, std::string_view text, const Workspace &now, Instant at)
{
    if (text.size() > kOnCallLimit)
        return fail(Code::TooLarge, "The export is larger than 16 MiB.");
    boost::system::error_code wrong;
    const json::value root = json::parse(text, wrong);
    if (wrong)
        return fail(Code::Invalid, "The file is no JSON: " + wrong.message() + ".");
    const json::object *object = root.if_object();
    if (const json::object *data = object && tool == OnCallTool::GoAlert ? objectAt(*object, "data") : nullptr)
        object = data; // an answer of GraphQL
    if (!object)
        return fail(Code::Invalid, "The file is no JSON object with the tool's lists in it.");
    OnCallGather gather(now);
    switch (tool) {
    case OnCallTool::GrafanaOnCall: readGrafanaOnCall(*object, gather, at); break;
    case OnCallTool::Opsgenie: readOpsgenie(*object, gather, at); break;
    case OnCallTool::GoAlert: readGoAlert(*object, gather, at); break;
    case OnCallTool::PagerDuty: readPagerDuty(*object, gather, at); break;
    }
    return gather.finish();
}

Workspace without(Workspace now, const std::string &toml)
{
    const auto take = [&](auto &things, const std::string &table) { // as toToml writes them: the id first
        const std::string head = "\n[[" + table + "]]\nid = \"";
        std::set<std::string> ids;
        for (std::size_t at = 0; (at = toml.find(head, at)) != std::string::npos;) {
            at += head.size();
            ids.insert(toml.substr(at, toml.find('"', at) - at));
        }
        std::erase_if(things, [&](const auto &thing) { return ids.contains(thing.id); });
    };
    take(now.people, "person");
    take(now.teams, "team");
    take(now.schedules, "schedule");
    take(now.policies, "policy");
    take(now.services, "service");
    take(now.owners, "owner");
    return now;
}

std::string toToml(const OnCallImport &import, const std::string &from)
{
    std::string out = "# Imported from " + safeLine(from, 200) + ". Importing again replaces this file; put what is yours into another one.\n";
    for (const std::string &line : import.untranslated)
        out += "# not translated: " + line + "\n";
    for (const Person &p : import.people)
        out += TomlTable("person").text("id", p.id).text("name", p.name).text("zone", p.zone).text("email", p.email).all();
    for (const Team &t : import.teams)
        out += TomlTable("team").text("id", t.id).text("name", t.name).list("members", t.members).text("policy", t.policy).text("schedule", t.schedule).all();
    for (const Schedule &s : import.schedules) {
        out += TomlTable("schedule").text("id", s.id).text("name", s.name).text("zone", s.zone).line("together", "true", s.together).all();
        for (const Layer &layer : s.layers) {
            std::vector<std::string> only;
            for (const DayWindow &w : layer.only)
                only.push_back(toText(w));
            out += TomlTable("schedule.layer").text("id", layer.id).text("zone", layer.zone).list("people", layer.people).text("rotation", toText(layer.length))
                       .line("start", localText(layer.start)).list("only", only).all();
        }
        for (const Temporary &t : s.temporaries)
            out += TomlTable("schedule.temporary").line("from", localText(t.from)).line("until", localText(t.until)).list("people", t.people).text("reason", t.reason).all();
    }
    for (const Policy &p : import.policies) {
        out += TomlTable("policy").text("id", p.id).text("name", p.name).line("repeat", std::to_string(p.repeat), p.repeat > 0).all();
        for (const PolicyStep &step : p.steps) {
            std::vector<std::string> only;
            for (const DayWindow &w : step.only)
                only.push_back(toText(w));
            out += TomlTable("policy.step").list("call", step.targets).text("wait", toText(step.wait)).line("round_robin", "true", step.roundRobin).list("only", only).all();
        }
    }
    for (const Service &s : import.services)
        out += TomlTable("service").text("id", s.id).text("name", s.name).text("team", s.team).text("paging", "observe").list("aliases", s.aliases).all();
    for (const OwnerRule &o : import.owners)
        out += TomlTable("owner").text("id", o.id).line("match", tomlList(o.match)).text("policy", o.policy).all();
    return out;
}

} // namespace qd::workspace
