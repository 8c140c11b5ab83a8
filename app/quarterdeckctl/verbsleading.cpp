// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/print.h"
#include "core/base/numberbehind.h"

#include <cstdio>
#include <map>

/// Who commands, what whoever takes over must know, and how an incident ends.
namespace qd::app {

namespace {

struct LeadingGiven {
    std::string incident, reason, person, summary, actions, watch, readBack, verifiedBy, stillFiring, reviewOwner, reviewDue, at, noUpdate, form;
    std::vector<std::string> followUps, end, keep, keepOwner, why, leave, archive;
    bool withdraw = false, json = false, isShift = false, all = false;
};

int take(Verbs &v, const LeadingGiven &g)
{
    return send(v, "incident.take", object({{"incident", g.incident}, {"reason", g.reason}}));
}

int objectTo(Verbs &v, const LeadingGiven &g)
{
    return send(v, "incident.object", object({{"incident", g.incident}, {"reason", g.reason}}));
}

int handover(Verbs &v, const LeadingGiven &g)
{
    if (g.isShift && g.withdraw)
        return send(v, "shift.decline", object({{"reason", g.reason}}));
    if (g.isShift && !g.person.empty() && g.incident.empty() && g.actions.empty())
        return send(v, "shift.offer", object({{"person", g.person}, {"summary", g.summary}, {"watch", g.watch}}), "id");
    if (g.isShift)
        return usage("handover --shift needs --to PERSON, or --withdraw, and is about no incident");
    if (g.withdraw)
        return send(v, "incident.decline", object({{"incident", g.incident}, {"reason", g.reason}}));
    if (g.person.empty())
        return usage("handover needs --to PERSON, or --withdraw");
    auto params = object({{"incident", g.incident}, {"person", g.person}, {"summary", g.summary}, {"actions", g.actions}, {"watch", g.watch}});
    if (g.all)
        params["all"] = true;
    return send(v, "incident.handover", params);
}

int accept(Verbs &v, const LeadingGiven &g)
{
    if (g.isShift)
        return send(v, "shift.accept", object({{"readBack", g.readBack}}));
    auto params = object({{"incident", g.incident}, {"readBack", g.readBack}});
    if (g.all)
        params["all"] = true;
    return send(v, "incident.accept", params);
}

int decline(Verbs &v, const LeadingGiven &g)
{
    if (g.isShift)
        return send(v, "shift.decline", object({{"reason", g.reason}}));
    return send(v, "incident.decline", object({{"incident", g.incident}, {"reason", g.reason}}));
}

/// The texts of a list that `get` gives, one a line, or the answer as it is.
int printList(Verbs &v, const LeadingGiven &g, const char *what, const char *field)
{
    auto params = object({{"what", what}, {"incident", g.incident}, {"at", g.at}});
    const Called got = callCore(v, "get", json::serialize(params));
    if (got.exit != kDone)
        return got.exit;
    if (g.json) {
        printJson(got.json);
        return kDone;
    }
    const auto answer = json::parse(got.json);
    const auto &items = answer.at("items").get_array();
    for (const auto &item : items)
        if (!g.isShift || textOf(item, "incident").empty())
            std::printf("%s\n", item.at(field).get_string().c_str());
    if (items.empty())
        std::fprintf(stderr, "quarterdeckctl: %s is not open; there is nothing to say.\n", g.incident.empty() ? "No incident" : g.incident.c_str());
    return items.empty() ? kRefused : kDone;
}

/// The activity log of one incident, or of one person in it.
int unitLog(Verbs &v, const LeadingGiven &g)
{
    if (g.incident.empty() || g.isShift)
        return usage("brief --form 214 needs the incident: brief INC-7 --form 214");
    const Called got = callCore(v, "get", json::serialize(object({{"what", "unitlogs"}, {"incident", g.incident}, {"at", g.at}})));
    if (got.exit != kDone)
        return got.exit;
    const auto answer = json::parse(got.json);
    for (const auto &item : answer.at("items").get_array())
        if (textOf(item, "person") == g.person) {
            std::printf("%s\n", g.json ? json::serialize(item).c_str() : textOf(item, "text").c_str());
            return kDone;
        }
    std::fprintf(stderr, "quarterdeckctl: %s had no role in %s and did nothing there.\n", g.person.c_str(), g.incident.c_str());
    return kRefused;
}

int brief(Verbs &v, const LeadingGiven &g)
{
    if (g.isShift && !g.incident.empty())
        return usage("brief --shift is about no incident");
    if (g.form == "214")
        return unitLog(v, g);
    if (!g.person.empty())
        return usage("--person is for --form 214, the activity log");
    return printList(v, g, "briefs", "text");
}

/// ID, ID=UNTIL of keep; ID=PERSON of keepOwner.
json::array quietLeft(const LeadingGiven &g)
{
    std::map<std::string, json::object> kept;
    const auto place = [&](const std::string &text, const char *field) {
        const auto at = text.find('=');
        json::object &one = kept[text.substr(0, at)];
        one["id"] = text.substr(0, at);
        one["what"] = "keep";
        if (at != std::string::npos && at + 1 < text.size())
            one[field] = text.substr(at + 1);
    };
    for (const auto &text : g.keep)
        place(text, "until");
    for (const auto &text : g.keepOwner)
        place(text, "owner");
    json::array out;
    for (const auto &id : g.end)
        out.push_back(json::object{{"id", id}, {"what", "end"}});
    for (auto &[id, one] : kept)
        out.push_back(std::move(one));
    return out;
}

int standDown(Verbs &v, const LeadingGiven &g)
{
    if (g.verifiedBy.empty() && !(g.summary.empty() && g.stillFiring.empty() && g.reviewOwner.empty() && g.reviewDue.empty() && g.followUps.empty() && g.leave.empty() && g.archive.empty() && g.noUpdate.empty()))
        return usage("a stand-down is signed with --verified-by PERSON");
    if (g.verifiedBy.empty())
        return printList(v, g, "standdowns", "text");
    std::string followUps;
    for (const auto &text : g.followUps)
        followUps += (followUps.empty() ? "" : "\n") + text;
    auto params = object({{"incident", g.incident}, {"verifiedBy", g.verifiedBy}, {"summary", g.summary}, {"stillFiring", g.stillFiring},
                          {"reviewOwner", g.reviewOwner}, {"reviewDue", g.reviewDue}, {"followUps", followUps}, {"noUpdate", g.noUpdate}});
    json::array rooms;
    for (const auto &room : g.leave)
        rooms.push_back(json::object{{"room", room}, {"what", "leave"}});
    for (const auto &room : g.archive)
        rooms.push_back(json::object{{"room", room}, {"what", "archive"}});
    if (!rooms.empty())
        params["rooms"] = std::move(rooms);
    if (json::array quiet = quietLeft(g); !quiet.empty())
        params["quiet"] = std::move(quiet);
    json::array reasons;
    for (const std::string &why : g.why) {
        const auto at = why.find('=');
        const auto owed = numberBehind({}, std::string_view(why).substr(0, at));
        if (at == std::string::npos || owed == 0)
            return usage("--why is N=REASON, with the number of the reason owed");
        reasons.push_back(json::object{{"owed", owed}, {"reason", why.substr(at + 1)}});
    }
    if (!reasons.empty())
        params["reasons"] = std::move(reasons);
    return send(v, "incident.standdown", params);
}

void incidentArgument(CLI::App &verb, LeadingGiven &g)
{
    verb.add_option("INCIDENT,--incident", g.incident, "which (may be left out while exactly one is open)");
}

} // namespace

void addLeadingVerbs(CLI::App &app, Verbs &verbs)
{
    const auto add = [&](const char *name, const char *about, const std::function<void(CLI::App &, LeadingGiven &)> &options, int (*act)(Verbs &, const LeadingGiven &)) {
        return verbs.add<LeadingGiven>(app, name, about, options, act);
    };
    add("take", "take command of an incident",
        [](CLI::App &verb, LeadingGiven &g) {
            incidentArgument(verb, g);
            verb.add_option("--reason", g.reason, "why, when somebody else commands")->type_name("R");
        },
        take)
        ->footer("At once when nobody commands. From a commander it is taken by the deputy, or by whom the workspace names in\n"
                 "may_take_command: said everywhere, and done after 60 s unless somebody with a role objects; at once when the\n"
                 "commander did nothing and used no window for silent_after (10m), or when you take back within 5m what was taken from you.");
    add("object", "object to somebody taking command, or take back your own claim",
        [](CLI::App &verb, LeadingGiven &g) {
            incidentArgument(verb, g);
            verb.add_option("--reason", g.reason, "why")->type_name("R");
        },
        objectTo);
    add("handover", "offer command to somebody; it moves when they accept",
        [](CLI::App &verb, LeadingGiven &g) {
            incidentArgument(verb, g);
            verb.add_option("--to", g.person, "to whom")->type_name("PERSON");
            verb.add_option("--summary", g.summary, "what is going on, in your words")->type_name("T");
            verb.add_option("--actions", g.actions, "what is under way that is not recorded")->type_name("T");
            verb.add_option("--watch", g.watch, "what may go wrong, and what then")->type_name("T");
            auto *withdraw = verb.add_flag("--withdraw", g.withdraw, "take the offer back");
            verb.add_option("--reason", g.reason, "why it is taken back")->type_name("R");
            auto *shift = verb.add_flag("--shift", g.isShift, "the shift, without an incident");
            verb.add_flag("--all", g.all, "every open incident that you command, each with its own offer")->excludes(withdraw)->excludes(shift);
        },
        handover)
        ->footer("What is recorded (severity, situation, tasks, promises, hypotheses) goes with it by itself: `brief` shows it.");
    add("accept", "accept command that is offered to you: read back what you take over",
        [](CLI::App &verb, LeadingGiven &g) {
            incidentArgument(verb, g);
            verb.add_option("--read-back", g.readBack, "what you understood, in your own words")->required()->type_name("T");
            auto *shift = verb.add_flag("--shift", g.isShift, "the shift that is offered to you");
            verb.add_flag("--all", g.all, "every incident that is offered to you, with one read-back")->excludes(shift);
        },
        accept);
    add("decline", "decline command that is offered to you",
        [](CLI::App &verb, LeadingGiven &g) {
            incidentArgument(verb, g);
            verb.add_option("--reason", g.reason, "why")->type_name("R");
            verb.add_flag("--shift", g.isShift, "the shift that is offered to you, or that you offer");
        },
        decline);
    add("brief", "what whoever takes over must know: of an incident, or of the shift",
        [](CLI::App &verb, LeadingGiven &g) {
            verb.add_option("INCIDENT,--incident", g.incident, "only of this one");
            verb.add_flag("--shift", g.isShift, "only of the shift");
            verb.add_option("--form", g.form, "201 (default): the briefing; 214: the activity log, who had which role and what was done")->type_name("N")->check(CLI::IsMember({"201", "214"}));
            verb.add_option("--person", g.person, "of form 214: only this one's roles and activities")->type_name("PERSON");
            verb.add_flag("--json", g.json, "as JSON");
            verb.add_option("--at", g.at, "as it was then: 2026-11-23T14:25:00Z or seq:1234")->type_name("INSTANT");
        },
        brief);
    add("standdown", "what is left of an incident; once somebody signs that it is over, it is resolved",
        [](CLI::App &verb, LeadingGiven &g) {
            incidentArgument(verb, g);
            verb.add_option("--verified-by", g.verifiedBy, "who checked that it is over")->type_name("PERSON");
            verb.add_option("--summary", g.summary, "what ended it")->type_name("T");
            verb.add_option("--still-firing", g.stillFiring, "why what still fires may")->type_name("R");
            verb.add_option("--review-owner", g.reviewOwner, "who reviews it (SEV1 and SEV2: required)")->type_name("PERSON");
            verb.add_option("--review-due", g.reviewDue, "until when: 5d, or RFC 3339")->type_name("T");
            verb.add_option("--follow-up", g.followUps, "what is left to do; may be repeated")->type_name("T");
            verb.add_option("--end", g.end, "end this silence, shelf, snooze or hold that was made here; may be repeated")->type_name("ID");
            verb.add_option("--keep", g.keep, "keep it as it is, or until then (silence/3=2h); may be repeated")->type_name("ID[=T]");
            verb.add_option("--keep-owner", g.keepOwner, "keep it, and who answers for it from now on; may be repeated")->type_name("ID=PERSON");
            verb.add_option("--why", g.why, "the reason owed under this number; may be repeated")->type_name("N=R");
            verb.add_option("--no-update", g.noUpdate, "why there is no final update, where updates were sent and none since it calmed")->type_name("R");
            verb.add_option("--leave-room", g.leave, "nothing is read or written in this room any more once the last words are said; may be repeated")->type_name("ROOM");
            verb.add_option("--archive-room", g.archive, "archive this room at its platform (Slack, Mattermost) after the last words, then leave it; may be repeated")->type_name("ROOM");
            verb.add_flag("--json", g.json, "the sheet as JSON");
        },
        standDown);
}

} // namespace qd::app
