// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/reader.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/model/emojinames.h"
#include "core/model/timeinterval.h"
#include "core/workspace/fields.h"
#include "core/workspace/files.h"
#include "core/workspace/readheartbeat.h"
#include "core/workspace/readimpact.h"
#include "core/workspace/readoutward.h"
#include "core/workspace/readpaging.h"
#include "core/workspace/readreview.h"
#include "core/workspace/readright.h"
#include "core/workspace/readschedule.h"
#include "core/workspace/readstatuspage.h"

#include <algorithm>
#include <utility>

namespace qd::workspace {

namespace {

constexpr std::size_t kTargetsLimit = 20;
constexpr std::size_t kMatchersLimit = 100;
constexpr std::int64_t kCountLimit = 1000;
constexpr std::int64_t kTransitionsLimit = 20; ///< so many of an alert are kept
constexpr std::size_t kMembersLimit = 1000;
constexpr std::size_t kAccountBytes = 200;
constexpr std::size_t kNeedsLimit = 200;
constexpr std::int64_t kStepsLimit = 20;
constexpr std::int64_t kRepeatLimit = 5;
constexpr std::int64_t kAnswersLimit = 10;

/// What somebody speaks from in chat. Compared in small letters; nobody else's.
void readAddresses(Fields &in, const char *field, const char *wrong, std::vector<std::string> &into, Draft &draft)
{
    for (Given &address : in.texts(field, kTargetsLimit)) {
        address.id = asciiLower(address.id);
        const auto at = address.id.find('@');
        if (at == 0 || at == std::string::npos || at + 1 == address.id.size() || address.id.find_first_of("/ @", at + 1) != std::string::npos)
            in.problemAt(address.place, "\"" + address.id + "\" " + wrong);
        into.push_back(address.id);
        draft.addresses.push_back(std::move(address));
    }
}

/// Who somebody is at a tracker. Nobody else's there.
void readAccounts(Fields &in, Person &p, Draft &draft)
{
    in.each("accounts", kTargetsLimit, "{ tracker = \"a connection\", name = \"their login there\" }", [&](Element element) {
        if (!element.isTable())
            return false;
        const Place place = element.place();
        Fields inner = element.fields("an account of person " + p.id);
        Account a{inner.text("tracker", true), inner.text("name", true)};
        inner.finish();
        if (a.connection.empty() || a.name.empty())
            return true; // said already
        if (a.name != safeLine(a.name, kAccountBytes) || a.name.find_first_of(" ,()") != std::string::npos || a.name.starts_with('@'))
            in.problemAt(place, "\"" + safeLine(a.name, 60) + "\" is no account; write the login at GitHub, the user name at GitLab or Jira Data Center, the account id at Jira Cloud");
        if (std::any_of(p.accounts.begin(), p.accounts.end(), [&](const Account &other) { return other.connection == a.connection; }))
            in.problemAt(place, "person " + p.id + " has two accounts at " + a.connection + "; keep one");
        draft.addresses.push_back({asciiLower(a.name) + " at " + a.connection, place});
        p.accounts.push_back(std::move(a));
        return true;
    });
}

void readPerson(Fields in, Draft &draft)
{
    Person p;
    p.id = in.id();
    p.name = in.text("name");
    p.zone = in.text("zone");
    if (p.zone.empty())
        p.zone = "UTC";
    else if (!isZone(p.zone))
        in.problem("zone", "\"" + p.zone + "\" is no time zone; write an IANA name such as \"Europe/Berlin\"");
    readAddresses(in, "xmpp", "is no bare XMPP address; write \"name@host\"", p.xmpp, draft);
    readAddresses(in, "chat", "is no address on a chat platform; write \"account@network\", with what its connection calls the network", p.chat, draft);
    readReach(in, p);
    readAccounts(in, p, draft);
    draft.people.push_back({p.id, in.place()});
    draft.workspace.people.push_back(std::move(p));
}

void readTeam(Fields in, Draft &draft)
{
    Team t;
    t.id = in.id();
    t.name = in.text("name");
    t.policy = in.text("policy");
    t.schedule = in.text("schedule");
    if (!t.schedule.empty())
        draft.references.push_back({Kind::Schedule, t.schedule, "team " + t.id, in.placeOf("schedule")});
    if (!t.policy.empty())
        draft.references.push_back({Kind::Policy, t.policy, "team " + t.id, in.placeOf("policy")});
    for (Given &member : in.texts("members", kMembersLimit)) {
        if (std::find(t.members.begin(), t.members.end(), member.id) != t.members.end())
            in.problemAt(member.place, member.id + " is in team " + t.id + " twice; write it once");
        t.members.push_back(member.id);
        draft.references.push_back({Kind::Person, member.id, "team " + t.id, member.place});
    }
    draft.teams.push_back({t.id, in.place()});
    draft.workspace.teams.push_back(std::move(t));
}

void readService(Fields in, Draft &draft)
{
    Service s;
    s.id = in.id();
    s.name = in.text("name");
    s.team = in.text("team");
    if (!s.team.empty())
        draft.references.push_back({Kind::Team, s.team, "service " + s.id, in.placeOf("team")});
    s.paging = in.word("paging", s.paging, "observe, assist or own");
    for (Given &alias : in.texts("aliases", kNeedsLimit)) {
        s.aliases.push_back(alias.id);
        draft.aliases.push_back(std::move(alias));
    }
    for (Given &business : in.texts("carries", kNeedsLimit)) {
        if (std::find(s.carries.begin(), s.carries.end(), business.id) != s.carries.end())
            in.problemAt(business.place, "service " + s.id + " carries " + business.id + " twice; write it once");
        s.carries.push_back(business.id);
        draft.references.push_back({Kind::Business, business.id, "service " + s.id, business.place});
    }
    in.each("needs", kNeedsLimit, "a service id, or { to = \"id\", kind = \"soft\" }", [&](Element need) {
        Dependency d;
        const Place place = need.place();
        if (need.isText()) {
            d.to = need.text();
        } else if (need.isTable()) {
            Fields inner = need.fields("a dependency of service " + s.id);
            d.to = inner.text("to", true);
            d.kind = inner.word("kind", d.kind, "hard, soft or async");
            inner.finish();
        } else {
            return false;
        }
        if (d.to == s.id)
            in.problemAt(place, "service " + s.id + " needs itself; take this dependency out");
        if (std::any_of(s.needs.begin(), s.needs.end(), [&](const Dependency &other) { return other.to == d.to; }))
            in.problemAt(place, "service " + s.id + " needs " + d.to + " twice; write it once");
        draft.references.push_back({Kind::Service, d.to, "service " + s.id, place});
        s.needs.push_back(std::move(d));
        return true;
    });
    draft.services.push_back({s.id, in.place()});
    draft.workspace.services.push_back(std::move(s));
}

void readPolicy(Fields in, Draft &draft)
{
    Policy p;
    p.id = in.id();
    p.name = in.text("name");
    p.repeat = static_cast<std::uint32_t>(in.number("repeat", 0, 0, kRepeatLimit));
    p.answers = static_cast<std::uint32_t>(in.number("answers", 0, 1, kAnswersLimit));
    in.each("step", kStepsLimit, "[[policy.step]]", [&](Element element) {
        if (!element.isTable())
            return false;
        Fields step = element.fields("a step of policy " + p.id);
        PolicyStep s;
        for (Given &target : step.texts("call", kTargetsLimit)) {
            s.targets.push_back(target.id);
            if (!isChannel(target.id))
                draft.references.push_back({Kind::Target, target.id, "policy " + p.id, target.place});
        }
        if (s.targets.empty())
            step.problem("call", "a step of policy " + p.id + " calls nobody; write call = [\"a person, team or schedule id\"]");
        s.wait = step.span("wait", minutes(5), minutes(1), hours(24));
        s.roundRobin = step.flag("round_robin", false);
        s.only = windowsOf(step, "only");
        step.finish();
        p.steps.push_back(std::move(s));
        return true;
    });
    if (p.steps.empty())
        in.problemAt(in.place(), "policy " + p.id + " has no steps; add [[policy.step]] with call and wait under it");
    draft.policies.push_back({p.id, in.place()});
    draft.workspace.policies.push_back(std::move(p));
}

void readGroup(Fields in, Draft &draft)
{
    GroupRule g;
    g.id = in.id();
    for (const Given &match : in.texts("match", kTargetsLimit)) {
        auto matcher = parseMatcher(match.id);
        if (!matcher)
            in.problemAt(match.place, matcher.error().message);
        else
            g.match.push_back(std::move(*matcher));
    }
    for (const Given &label : in.texts("by", kTargetsLimit))
        g.by.push_back(label.id);
    if (g.by.empty())
        in.problem("by", "group " + g.id + " does not say by what; write by = [\"service\"] or other label names");
    draft.groups.push_back({g.id, in.place()});
    draft.workspace.groups.push_back(std::move(g));
}

void readSeverity(Fields in, Draft &draft)
{
    SeverityRule s;
    s.text = in.text("text", true);
    s.severity = in.word("severity", s.severity, "critical, error, warning, info, none or unknown", true);
    draft.severities.push_back({asciiLower(s.text), in.place()});
    draft.workspace.severities.push_back(std::move(s));
}

void readTemplate(Fields in, Draft &draft)
{
    UpdateTemplate t;
    t.id = in.id();
    t.name = in.text("name");
    t.audience = in.text("audience", true);
    draft.references.push_back({Kind::Audience, t.audience, "template " + t.id, in.placeOf("audience")});
    t.body = in.body("body");
    t.cadence = in.span("cadence", Span{}, Span{}, hours(24 * 7));
    in.each("field", kTargetsLimit, "[[template.field]]", [&](Element element) {
        if (!element.isTable())
            return false;
        Fields field = element.fields("a field of template " + t.id);
        UpdateField f;
        f.name = field.text("name", true);
        f.hint = field.text("hint");
        f.required = field.flag("required", true);
        for (const char *language : kLanguages) // hint_de
            if (const std::string key = std::string("hint_") + language; field.has(key.c_str())) {
                f.hints[language] = field.text(key.c_str());
                if (!in.has((std::string("body_") + language).c_str()))
                    field.problem(key.c_str(), "template " + t.id + " asks for " + f.name + " in " + language + " and has no text in it; write body_" + language + ", or hint for its own language");
            }
        if (std::any_of(t.fields.begin(), t.fields.end(), [&](const UpdateField &other) { return other.name == f.name; }))
            field.problem("name", "template " + t.id + " has the field " + f.name + " twice; give it another name");
        field.finish();
        t.fields.push_back(std::move(f));
        return true;
    });
    if (const std::string problem = problemOfTemplate(t); !problem.empty())
        in.problem("body", problem);
    readTemplateKind(in, t);
    draft.templates.push_back({t.id, in.place()});
    draft.workspace.templates.push_back(std::move(t));
}

constexpr std::size_t kConferenceBytes = 500;

/// The address is said in rooms and in texts, so it is one that opens in any client and hides nothing.
void readConference(Fields &in, Workspace &w)
{
    constexpr std::string_view kScheme = "https://", kNumber = "{{number}}";
    w.conference = in.text("conference");
    if (w.conference.empty())
        return;
    std::string plain = w.conference;
    for (std::size_t at = plain.find(kNumber); at != std::string::npos; at = plain.find(kNumber, at))
        plain.replace(at, kNumber.size(), "1");
    const bool isPlain = std::all_of(plain.begin(), plain.end(), [](char c) { return c > ' ' && c < 0x7f; }) && plain.find_first_of("\"<>\\{}[]@") == std::string::npos;
    if (!plain.starts_with(kScheme) || plain.size() <= kScheme.size() || plain.find_first_of("/?#{", kScheme.size()) == kScheme.size() || !isPlain || w.conference.size() > kConferenceBytes)
        in.problem("conference", "a conference is an https address of at most 500 bytes, with {{number}} where the incident's number goes and nothing else in braces; write conference = \"https://meet.example.org/inc-{{number}}\"");
}

void readSettings(Fields in, Draft &draft)
{
    if (std::exchange(draft.hasSettings, true))
        in.problemAt(in.place(), "[workspace] is there twice; keep one");
    Workspace &w = draft.workspace;
    w.name = in.text("name");
    w.mode = in.word("mode", w.mode, "beside, desk or solo");
    w.practice = in.flag("practice", false);
    w.standingAfter = in.span("standing_after", w.standingAfter, minutes(1), hours(24 * 365));
    w.silentAfter = in.span("silent_after", w.silentAfter, minutes(1), hours(2));
    w.callOutEvery = in.span("call_out_every", w.callOutEvery, Span{}, hours(4));
    if (w.callOutEvery.ns > 0 && w.callOutEvery < minutes(1))
        in.problem("call_out_every", "a deputy is called out at most once a minute; write call_out_every = \"10m\", or \"0s\" for never");
    w.roomsAfter = in.span("rooms_after", w.roomsAfter, Span{}, hours(24 * 90));
    for (const Given &person : in.texts("may_take_command", kEntriesLimit)) {
        draft.references.push_back({Kind::Person, person.id, "may_take_command", person.place});
        w.mayTakeCommand.push_back(person.id);
    }
    w.alertsPerName = static_cast<std::uint32_t>(in.number("alerts_per_name", w.alertsPerName, kAlertsPerNameLeast, kAlertsPerNameMost));
    w.roomName = in.text("room_name");
    if (!w.roomName.empty() && (w.roomName.size() > kRoomNameBytes || w.roomName.find("{{number}}") == std::string::npos))
        in.problem("room_name", "a room's name has {{number}} in it, so that no two incidents share one, and at most 60 bytes; write room_name = \"inc-{{number}}-{{service}}\"");
    for (std::size_t at = w.roomName.find("{{"); at != std::string::npos; at = w.roomName.find("{{", at + 2)) {
        const std::string place = w.roomName.substr(at, w.roomName.find("}}", at) == std::string::npos ? std::string::npos : w.roomName.find("}}", at) + 2 - at);
        if (place != "{{number}}" && place != "{{service}}" && place != "{{severity}}" && place != "{{date}}")
            in.problem("room_name", "\"" + place + "\" is no place of a room's name; there are {{number}}, {{service}}, {{severity}} and {{date}}");
    }
    readConference(in, w);
    w.privateRooms = in.word("private_rooms", w.privateRooms, "restricted, always or never");
    if (in.has("pin_emoji")) {
        w.pinEmoji = plainEmoji(in.text("pin_emoji"));
        if (w.pinEmoji == ":none:" || w.pinEmoji.empty())
            w.pinEmoji = "none";
        if (w.pinEmoji.size() > 64)
            in.problem("pin_emoji", "it is one emoji, or its name; write pin_emoji = \"📌\", pin_emoji = \"pushpin\", or \"none\" for no emoji at all");
    }
    readPaging(in, w);
    readSeatOnly(in, w);
    w.chatPublishes = in.flag("chat_publishes", false);
    if (in.has("service_labels")) {
        w.serviceLabels.clear();
        for (const Given &label : in.texts("service_labels", kTargetsLimit))
            w.serviceLabels.push_back(label.id);
        if (w.serviceLabels.empty())
            in.problem("service_labels", "no label is left to name the service; write service_labels = [\"service\", \"job\"] or take the line out");
    }
    if (in.has("flapping")) {
        Fields flapping = in.table("flapping");
        FlappingRule &f = w.flapping;
        f.begins = static_cast<std::uint32_t>(flapping.number("begins", f.begins, 2, kTransitionsLimit));
        f.ends = static_cast<std::uint32_t>(flapping.number("ends", f.ends, 1, kTransitionsLimit));
        f.within = flapping.span("within", f.within, minutes(1), hours(24));
        if (f.ends >= f.begins)
            flapping.problem("ends", "flapping must end below where it begins; write an ends smaller than begins");
        flapping.finish();
    }
    for (const Given &audience : in.texts("audiences", kTargetsLimit)) {
        if (std::find(w.audiences.begin(), w.audiences.end(), audience.id) != w.audiences.end())
            in.problemAt(audience.place, "audience " + audience.id + " is named twice; write it once");
        w.audiences.push_back(audience.id);
    }
    if (in.has("audience_languages"))
        readAudienceLanguages(in.table("audience_languages"), w);
    for (const Given &term : in.texts("jargon", kEntriesLimit))
        w.jargon.push_back(term.id);
}

std::vector<Matcher> matchersOf(Fields &in, const char *key)
{
    std::vector<Matcher> out;
    for (const Given &match : in.texts(key, kMatchersLimit)) {
        auto matcher = parseMatcher(match.id);
        if (!matcher)
            in.problemAt(match.place, matcher.error().message);
        else
            out.push_back(std::move(*matcher));
    }
    return out;
}

std::vector<std::string> idsOf(Fields &in, const char *key)
{
    std::vector<std::string> out;
    for (const Given &given : in.texts(key, kTargetsLimit))
        out.push_back(given.id);
    return out;
}

Instant instantOf(Fields &in, const char *key)
{
    const std::string text = in.text(key, true);
    const auto t = parseInstant(text);
    if (!text.empty() && (!t || !*t))
        in.problem(key, "\"" + text + "\" is no instant; write \"2026-11-23T14:25:00Z\"");
    return t ? *t : Instant{};
}

void readInhibition(Fields in, Draft &draft)
{
    InhibitionRule r;
    r.id = in.id();
    r.source = matchersOf(in, "source");
    r.target = matchersOf(in, "target");
    r.equal = idsOf(in, "equal");
    draft.inhibitions.push_back({r.id, in.place()});
    draft.workspace.inhibitions.push_back(std::move(r));
}

void readMaintenance(Fields in, Draft &draft)
{
    MaintenanceWindow w;
    w.id = in.id();
    w.service = in.text("service");
    if (!w.service.empty())
        draft.references.push_back({Kind::Service, w.service, "maintenance " + w.id, in.placeOf("service")});
    w.match = matchersOf(in, "match");
    if (w.service.empty() && w.match.empty())
        in.problemAt(in.place(), "maintenance " + w.id + " would quiet everything; write service = \"id\" or match = ['name=\"value\"']");
    w.from = instantOf(in, "from");
    w.until = instantOf(in, "until");
    if (w.from && w.until && w.until <= w.from)
        in.problem("until", "maintenance " + w.id + " ends before it begins; put them right");
    w.owner = in.text("owner", true);
    draft.references.push_back({Kind::PersonOrTeam, w.owner, "maintenance " + w.id, in.placeOf("owner")});
    w.reason = in.text("reason", true);
    draft.maintenance.push_back({w.id, in.place()});
    draft.workspace.maintenance.push_back(std::move(w));
}

void readCorrelation(Fields in, Draft &draft)
{
    CorrelationRule r;
    r.id = in.id();
    r.match = matchersOf(in, "match");
    r.by = idsOf(in, "by");
    r.count = static_cast<std::uint32_t>(in.number("count", r.count, 1, kCountLimit));
    r.services = static_cast<std::uint32_t>(in.number("services", r.services, 1, kCountLimit));
    r.within = in.span("within", r.within, seconds(1), hours(24));
    const std::string then = in.text("then");
    if (!then.empty() && then != "annotate" && then != "group")
        in.problem("then", "\"" + then + "\" is not known for then; write annotate or group");
    r.act = then == "group";
    draft.correlations.push_back({r.id, in.place()});
    draft.workspace.correlations.push_back(std::move(r));
}

void readRoute(Fields in, Draft &draft)
{
    Route r;
    r.id = in.id();
    r.parent = in.text("parent");
    r.receiver = in.text("receiver");
    r.match = matchersOf(in, "match");
    r.hasGroupBy = in.has("group_by");
    r.groupBy = idsOf(in, "group_by");
    r.goesOn = in.flag("continue", false);
    r.groupWait = in.span("group_wait", Span{}, Span{}, hours(24 * 7));
    r.groupInterval = in.span("group_interval", Span{}, Span{}, hours(24 * 7));
    r.repeatInterval = in.span("repeat_interval", Span{}, Span{}, hours(24 * 365));
    r.muted = idsOf(in, "muted");
    r.active = idsOf(in, "active");
    for (const auto *list : {&r.muted, &r.active})
        for (const std::string &interval : *list)
            draft.references.push_back({Kind::Interval, interval, "route " + r.id, in.place()});
    if (r.parent.empty() && r.receiver.empty())
        in.problemAt(in.place(), "route " + r.id + " has no parent, so it needs a receiver; write receiver = \"name\"");
    if (r.parent.empty() && !r.match.empty())
        in.problem("match", "route " + r.id + " is the root, which takes everything; put the matchers on a route below it");
    if (!r.parent.empty() && std::none_of(draft.workspace.routes.begin(), draft.workspace.routes.end(), [&](const Route &other) { return other.id == r.parent; }))
        in.problem("parent", "route " + r.id + " names parent " + r.parent + ", which does not stand before it; put parents first");
    if (r.parent.empty() && std::any_of(draft.workspace.routes.begin(), draft.workspace.routes.end(), [](const Route &other) { return other.parent.empty(); }))
        in.problemAt(in.place(), "route " + r.id + " would be a second root; give it a parent");
    draft.routes.push_back({r.id, in.place()});
    draft.workspace.routes.push_back(std::move(r));
}

void readInterval(Fields in, Draft &draft)
{
    TimeInterval t;
    t.id = in.id();
    for (const Given &line : in.texts("when", IntervalTimes::kLinesLimit))
        t.when.push_back(line.id);
    if (const auto times = IntervalTimes::make(t.when); !times)
        in.problem("when", "time interval " + t.id + ": " + times.error().message);
    draft.intervals.push_back({t.id, in.place()});
    draft.workspace.intervals.push_back(std::move(t));
}

void readFold(Fields in, Draft &draft)
{
    FoldRule r;
    r.id = in.id();
    r.service = in.text("service", true);
    r.suspect = in.text("suspect", true);
    draft.references.push_back({Kind::Service, r.service, "fold " + r.id, in.placeOf("service")});
    draft.references.push_back({Kind::Service, r.suspect, "fold " + r.id, in.placeOf("suspect")});
    if (!r.service.empty() && r.service == r.suspect)
        in.problem("suspect", "fold " + r.id + " names " + r.service + " as its own suspect; name what it needs");
    draft.folds.push_back({r.id, in.placeOf("suspect")});
    draft.workspace.folds.push_back(std::move(r));
}

struct Table {
    const char *name;
    void (*read)(Fields, Draft &);
};

constexpr Table kTables[] = {{"person", readPerson},     {"team", readTeam},         {"service", readService},  {"policy", readPolicy},
                             {"group", readGroup},       {"severity", readSeverity}, {"template", readTemplate}, {"schedule", readSchedule},
                             {"owner", readOwner},
                             {"inhibition", readInhibition}, {"maintenance", readMaintenance}, {"correlation", readCorrelation}, {"route", readRoute},
                             {"time_interval", readInterval}, {"heartbeat", readHeartbeat}, {"fold", readFold}, {"page", readStatusPage}, {"business", readBusiness},
                             {"cadence", readCadence},   {"approval", readApproval}, {"holding", readHolding}, {"recipients", readRecipients}, {"right", readRight}, {"clearance", readClearance}, {"sla", readSla}, {"retention", readRetention}, {"reason", readReason}, {"factor", readFactor}};

} // namespace

void read(const std::string &text, std::uint32_t file, Draft &draft, Problems &problems)
{
    Document document(text, file, problems);
    if (!document.isSound())
        return;
    Fields top = document.fields();
    for (const Table &table : kTables)
        top.each(table.name, 2 * kEntriesLimit, std::string("[[") + table.name + "]]", [&](Element element) {
            if (!element.isTable())
                return false;
            Fields in = element.fields(table.name);
            table.read(in, draft);
            in.finish();
            return true;
        });
    if (top.has("workspace")) {
        Fields settings = top.table("workspace");
        readSettings(settings, draft);
        settings.finish();
    }
    if (top.has("severity_matrix")) {
        Fields matrix = top.table("severity_matrix");
        readMatrix(matrix, draft);
        matrix.finish();
    }
    for (const Table &once : {Table{"review", readReview}, Table{"taxonomy", readTaxonomyRules}, Table{"cost", readCost}})
        if (top.has(once.name)) {
            Fields rules = top.table(once.name);
            once.read(rules, draft);
            rules.finish();
        }
    top.finish();
}

} // namespace qd::workspace
