// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"

#include "core/base/safetext.h"

#include <algorithm>
#include <fstream>
#include <vector>
#include <pwd.h>
#include <unistd.h>

namespace qd::workspace {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSettings = R"(# What holds for the whole workspace. Every file here is plain text for review and git; a change is checked as a whole
# before it is used, and a mistake is named with file and line while the last good version stays in force.
# Any *.toml file may hold any table, so split or join these files as you like. Lengths of time: "90s", "10m", "1h30m", "2d".

[workspace]
name = "My team"
mode = "beside"              # beside: your pager stays the pager of record; desk: this console owns escalation on an
                             # always-on host; solo: this machine owns it, with an outside heartbeat
standing_after = "24h"       # an alert active for longer is "standing" and no longer counts as news
silent_after = "10m"         # from a commander who did nothing for so long, command is taken at once
call_out_every = "10m"       # so often the deputy of an incident is asked to say where it stands; "0s": never
rooms_after = "14d"          # so long after an incident ended somebody is asked whether its chat rooms can be left; "0s": never
# public_url = "https://desk.example.org"    # where people reach this console from outside: pages then carry a link that answers them
bundle_after = 5             # so many pages to one person in 10 minutes go out one by one, further ones together
bundle_every = "5m"          # … at most one message in this time; SEV1 and the first page of an incident never wait
# may_take_command = ["ana"] # who may take it from a commander; a deputy always may, and without this line everybody
# alerts_per_name = 20000    # so many of one alertname fire at most; what is beyond is counted and said, and pages all the same
# pin_emoji = "pushpin"    # a reaction with it makes a chat message a key moment; "none": none does
# room_name = "inc-{{number}}-{{service}}"   # how an incident's chat room is called; also {{severity}} and {{date}}
# conference = "https://meet.example.org/inc-{{number}}"   # where people talk about an incident: pinned when it is declared, said in its room, {{conference}} in templates
# private_rooms = "restricted"  # rooms made for incidents that touch restricted data are private ones where the platform has such (not Teams); "always", "never"
# seat_only = ["resolve"]     # not done from chat, whoever asks; publish, break-glass and erase never are
# chat_publishes = true       # an update to customers, a regulator, anybody outside, may be sent from chat after a word; else it needs a seat
service_labels = ["service", "app", "job"]   # which label of an alert names its service; the first one it has counts
audiences = ["customers", "technical", "executive", "regulator", "partners"]
# [workspace.audience_languages] # what an audience reads, where templates are in several languages (body_de)
# customers = "de"

# Alerts of one service form a group. Other rules, the first that matches counts:
# [[group]]
# id = "by-cluster"
# match = ['alertname=~"Node.*|Disk.*"', 'cluster!=""']    # =, !=, =~ and !~; patterns are RE2, anchored
# by = ["cluster", "alertname"]

# Severity labels of your own. critical, page, p1, high, warning, info, none and their like are known already.
# [[severity]]
# text = "business-critical"
# severity = "critical"
)";

constexpr std::string_view kPeople = R"(# Who is here. The id is what you type: @{id} check the disk 10m

[[person]]
id = "{id}"
name = "{name}"
zone = "UTC"                 # IANA name: "Europe/Berlin", "America/New_York"
# xmpp = ["{id}@example.org"]   # addresses this person commands from in chat; others are heard, not obeyed
# chat = ["{id}@irc.example.org"]   # the same on platforms that know their own people only: account@network (irc), member or user id@server (slack, mattermost, discord)
# email = "{id}@example.org"
# contacts = [{ webhook = "sms", address = "+49 30 1234567" }]   # their address at a webhook connection
# channels = ["chat", "mail", "webhook:sms"]   # the order they are called by; without this line: all there is an address for
# accounts = [{ tracker = "hub", name = "{id}-gh" }]   # who they are at a tracker's connection: the issues of their actions are given to them there

# [[person]]
# id = "dana"
# name = "Dana Example"
# zone = "Europe/Berlin"
# xmpp = ["dana@example.org"]
)";

constexpr std::string_view kTeams = R"(# Teams own services. The first member is on call.

[[team]]
id = "operations"
name = "Operations"
members = ["{id}"]
policy = "operations"        # who is called when one of its services is in trouble: see policies.toml

# Up to which class somebody may be told: public, internal, confidential, restricted. Parts of a text are marked where they are written,
# [[confidential: words]] or [[restricted for ana, legal: words]]. Without rules people here read what is confidential, rooms what is internal,
# status pages, mail and customers what is public, and nobody what is restricted unless they are named.
# [[clearance]]
# id = "legal"
# class = "restricted"
# teams = ["legal"]
# rooms = ["legal@conference.example.org"]

# Who may do what. Without a single [[right]] nobody is limited; as soon as there is one, only what is written here may be done, and
# whose home this is administers all the same. observe, respond and command each hold the ones before; publish speaks to people
# outside; administer holds everything.
# [[right]]
# id = "admins"
# role = "administer"
# people = ["{id}"]
# [[right]]
# id = "operations-command"
# role = "command"
# teams = ["operations"]       # or people = ["dana"], or everybody = true
# services = ["checkout"]      # and incidents = ["INC-7"]; without either: everywhere
)";

constexpr std::string_view kPolicies = R"(# Escalation: who is called, and how long an answer may take before the next step.

[[policy]]
id = "operations"
name = "Operations on call"
repeat = 1                   # how often to start over when nobody answered, 0 to 5

[[policy.step]]
call = ["operations"]        # people, teams or schedules; of a team, whoever is on call
wait = "5m"                  # 1m to 24h

[[policy.step]]
call = ["{id}"]
wait = "10m"
)";

constexpr std::string_view kSchedules = R"(# Who is on call when. A team's `schedule = "…"` makes it decide who of the team is called; policies may call it by id.
# Times are of the zone's wall clock and stay there when clocks change: a handoff at 09:00 is at 09:00 all year.

# [[schedule]]
# id = "primary"
# name = "Primary on call"
# zone = "Europe/Berlin"
# editors = ["operations"]     # who may override it at run time; without it everybody here
# calendar = "rota"            # a connection of kind ical, asked again and again: what it says counts over the layers
#
# [[schedule.layer]]
# id = "weeks"
# people = ["{id}", "dana"]    # in the order of their turns
# rotation = "weekly"          # daily, weekly, hourly, or a length: "12h", "14d"
# start = "2026-01-05"
# handoff = "09:00"
# weekday = "mon"
# only = ["mon-fri 08:00-20:00"]   # on only then; of several layers the last with somebody on counts
#
# [[schedule.temporary]]       # replaces the layers for a while
# from = "2026-12-24T08:00"
# until = "2026-12-27T08:00"
# people = ["dana"]

# Whose alerts are when their service does not say it. The first rule that matches counts.
# [[owner]]
# id = "payments-major"
# match = ['team="payments"']
# severities = ["SEV1"]
# policy = "operations"
)";

constexpr std::string_view kServices = R"(# What runs here and what it needs: the map, the blast radius and the suspect come from this.
# hard: without it this service fails; soft: it is degraded; async: it catches up later.

# [[service]]
# id = "checkout"
# name = "Checkout"
# team = "operations"
# paging = "observe"         # observe: nobody is called from here; assist: called beside your pager; own: called from here
# needs = ["payments", { to = "recommendations", kind = "soft" }]
# aliases = ["checkoutservice"]   # other values of the service label that mean this one

# [[service]]
# id = "payments"
# name = "Payments"
# team = "operations"
# needs = [{ to = "ledger", kind = "async" }]

# What is sold or promised, and who carries it: the figures behind a suggested severity.
# [[business]]
# id = "webshop"
# name = "Webshop"
# customers = 20000
# revenue_per_hour = 52000
# data = "confidential"      # public, internal, confidential, restricted
# regulated = false          # somebody outside must be told of its trouble
#
# [[service]]
# id = "storefront"
# carries = ["webshop"]

# How a severity follows from that and three questions; quarterdeckctl severity --explain shows the arithmetic. These are the console's own
# numbers. Give a changed matrix a new version: it is recorded with every severity it led to.
# [severity_matrix]
# version = "2026-01"
# currency = "EUR"
# customers = [10000, 1000, 100, 10]              # hurt from which on it is SEV1, SEV2, SEV3, SEV4
# revenue_per_hour = [100000, 10000, 1000, 100]   # lost from which on
# share = { most = 100, some = 25, few = 5 }      # percent of the customers
# less = { soon = 1, unhurt = 3, some = 1, few = 2, workaround = 1 }   # steps less severe; some and few where there are no figures
# more = { confidential = 0, restricted = 1, regulated = 1 }           # steps more severe

# A path promoted from "likely consequence of payments" to a fold: once who owns payments has answered, further pages of checkout wait,
# 10 minutes at most; the first always goes, and nothing of a SEV1 waits. See first what it would have hidden: quarterdeckctl whatif
# [[fold]]
# id = "checkout-payments"
# service = "checkout"
# suspect = "payments"

# What must be heard again and again: a job that pings /in/KEY/ping/nightly-backup when it is done (as for healthchecks.io:
# /start before it, /fail or its exit status instead), or an alert that always fires.
# [[heartbeat]]
# id = "nightly-backup"
# service = "checkout"
# severity = "error"         # of the alert when it is missed
# interval = "1d"            # 1s to 366d
# grace = "2h"               # default: half the interval
# misses = 1                 # 2 with of = 3: two of the last three windows
# slow_after = "1h"          # a run from /start on that takes longer is slow

# [[heartbeat]]
# id = "watchdog"
# severity = "critical"
# interval = "1m"
# grace = "3m"
# match = ['alertname="Watchdog"']   # every report that it fires is a beat; its absence or resolve is none
)";

constexpr std::string_view kTemplates = R"(# Updates. {{places}} are filled from the incident (id, title, severity, status, service, commander, room, declared_at,
# next_update, now, elapsed, alerts, conference) or by whoever writes the update: each [[template.field]] is asked for.
# Plain text only. The cadence is how soon the next one is due. A field answered with "?" says that it is not known yet.
# body_de, hint_de and not_known_de are the same in a further language, language = "de" is what body itself is in; which one is sent says
# [workspace.audience_languages] in settings.toml, by audience. Status and elapsed time are put in that language by themselves.
# kind (technical, executive, customer, regulator) is what the advice on wording goes by; limit is how many characters it may have.
# to says whom it reaches: "rooms" (those of the incident, also when nothing is said), "room:CONNECTION/ROOM", "mail:ID" of [[recipients]],
# "webhook:NAME" of a connection. What reached nobody is still owed, until somebody says where they put it by hand.

[[template]]
id = "status"
name = "Status update"
audience = "customers"
cadence = "20m"
language = "en"
body = """
{{title}} ({{severity}}, {{status}})
Impact: {{impact}}
What we are doing: {{actions}}
Next update: {{next}}
"""
body_de = """
{{title}} ({{severity}}, {{status}})
Auswirkung: {{impact}}
Was wir tun: {{actions}}
Nächste Meldung: {{next}}
"""

[[template.field]]
name = "impact"
hint = "what customers notice, in their words"
hint_de = "was Kunden merken, in ihren Worten"

[[template.field]]
name = "actions"
hint = "what is being done, without guesses about the cause"
hint_de = "was getan wird, ohne Vermutungen über die Ursache"

[[template.field]]
name = "next"
hint = "when you will write again, for example 14:40 UTC"
hint_de = "wann Sie wieder schreiben, zum Beispiel 14:40 UTC"

[[template]]
id = "tactical"
name = "Tactical update"
audience = "technical"
cadence = "10m"
language = "en"
body = """
{{id}} {{title}}, {{severity}}, {{status}} for {{elapsed}}
Conditions: {{conditions}}
Actions: {{actions}}
Needs: {{needs}}
"""
body_de = """
{{id}} {{title}}, {{severity}}, {{status}} seit {{elapsed}}
Lage: {{conditions}}
Maßnahmen: {{actions}}
Bedarf: {{needs}}
"""

[[template.field]]
name = "conditions"
hint = "what is broken, growing or shrinking"
hint_de = "was kaputt ist, zunimmt oder abnimmt"

[[template.field]]
name = "actions"
hint = "who does what until when"
hint_de = "wer was bis wann tut"

[[template.field]]
name = "needs"
hint = "people, access or decisions that are missing"
hint_de = "Menschen, Zugänge oder Entscheidungen, die fehlen"
required = false

[[template]]
id = "executive"
name = "Executive update"
audience = "executive"
limit = 1200
language = "en"
# to = ["mail:board"]          # with [[recipients]] board; without it it is said in the incident's rooms
body = """
{{title}} ({{severity}}, {{status}} for {{elapsed}})
Where we stand: {{status_now}}
What it means for us: {{overview}}
What comes next: {{next_steps}}
Commander: {{commander}}
"""
body_de = """
{{title}} ({{severity}}, {{status}} seit {{elapsed}})
Wo wir stehen: {{status_now}}
Was es für uns bedeutet: {{overview}}
Wie es weitergeht: {{next_steps}}
Leitung: {{commander}}
"""

[[template.field]]
name = "status_now"
hint = "better, worse or the same, in one sentence"
hint_de = "besser, schlechter oder gleich, in einem Satz"

[[template.field]]
name = "overview"
hint = "customers, money, reputation, duties to report"
hint_de = "Kunden, Geld, Ruf, Meldepflichten"

[[template.field]]
name = "next_steps"
hint = "what is decided, and what you need from them"
hint_de = "was entschieden ist, und was Sie von ihnen brauchen"

[[template]]
id = "regulator"
name = "Report to the regulator"
audience = "regulator"
language = "en"
# to = ["mail:authority"]      # with [[recipients]] authority, where no [[approval]] is for what regulators read
# subject = "Report of {{declared_at}}" # what heads it there; without one the workspace's and the template's name, to people of ours severity and title
body = """
{{title}}
Known since: {{declared_at}}
Who is affected: {{affected}}
Data concerned: {{data}}
What has been done: {{measures}}
Contact: {{contact}}
"""
body_de = """
{{title}}
Bekannt seit: {{declared_at}}
Wer betroffen ist: {{affected}}
Betroffene Daten: {{data}}
Getroffene Maßnahmen: {{measures}}
Kontakt: {{contact}}
"""

[[template.field]]
name = "affected"
hint = "how many, and who"
hint_de = "wie viele, und wer"

[[template.field]]
name = "data"
hint = "which kinds of data, or that none is concerned"
hint_de = "welche Arten von Daten, oder dass keine betroffen sind"

[[template.field]]
name = "measures"
hint = "against the effects, and against it happening again"
hint_de = "gegen die Folgen, und dagegen, dass es wieder geschieht"

[[template.field]]
name = "contact"
hint = "a name and how to reach them"
hint_de = "ein Name, und wie man ihn erreicht"

# How often an audience hears of an incident, by severity: the next update due is a clock on the strip, and the Communications Lead is told
# when it does not come. Of a severity that none is written for, a SEV1 has a clock for the first audience nonetheless: 5 minutes, then every
# 20 (a SEV2: 30). It is shown and nobody is chased; every = "0s" ends it.
# [[cadence]]
# severity = "SEV1"
# audience = "customers"
# every = "30m"

# Within what time incidents are answered and resolved, as agreed. From three quarters of the time on a clock is at risk, and that is an alert.
# [[sla]]
# id = "sev1"
# severity = "SEV1"
# respond = "5m"
# resolve = "4h"

# What reviews are held to. This is as usual; "gates = []" asks for nothing before a review is reviewed. It never holds an incident open.
# Two more gates are asked for only where they are listed: "attendance" (who is asked for a contribution was at the meeting, or whoever speaks for
# them) and "signatures" (they and the owner signed what is written now).
# [review]
# due = [{ severity = "SEV1", days = 3 }, { severity = "SEV2", working_days = 5 }]
# gated = ["SEV1", "SEV2"]
# gates = ["contributions", "sections", "factors", "actions"]
# sections = ["summary", "impact", "narrative", "went-well"]
# languages = ["en", "de"]

# What an hour of somebody who works on an incident costs, so that its review can say what it took in all; of no single person, ever. Without an hourly
# rate nothing is reckoned, and what is noted ("quarterdeckctl review cost") stands alone. A role may cost otherwise.
# [cost]
# currency = "EUR"
# hourly = 85.00
# [cost.roles]
# commander = 120.00

# Factors of your own, beside those of the console ("quarterdeckctl get taxonomy"). The version is kept with every rating.
# [taxonomy]
# version = "2026-12"
# [[factor]]
# id = "process.quarter-end-freeze"
# layer = "contributing"
# group = "process"
# label = "quarter-end change freeze"

# How long what is over is kept; without a rule, for ever. "quarterdeckctl retention" shows what goes when, and "erase --expired" lets it go: nothing does so
# by itself, and a hold wins. Of alerts, incident, drill, access; of messages: what was said in chat, and of evidence: files kept, within incidents that are over ("strike --expired").
# [[retention]]
# of = "alerts"
# keep = "400d"

# Reasons that are chosen by a digit where one is asked for; "for" names verbs, without it every verb that takes a reason. One of your own replaces the usual five.
# [[reason]]
# key = 1
# text = "known, being worked on"
# for = ["ack", "snooze"]

# What a text for outside has to pass before it goes out. Checks without "after" run side by side; deputies may answer when the time is over.
# What anybody may read (a page, a webhook, a room that a [[clearance]] says is public) passes those of customers, whatever audience it names. A webhook
# that only people of the house read: [[clearance]] with connections = ["NAME"] and class = "internal". So does what is mailed to [[recipients]] of whom no [[clearance]] says
# that they are of the house, unless it is for an audience outside that has a check of its own here.
# [[approval]]
# id = "technical"
# name = "Technical check"
# approvers = ["platform"]
# within = "10m"
# [[approval]]
# id = "legal"
# name = "Legal"
# approvers = ["lee"]
# deputies = ["kim"]
# after = ["technical"]
# audiences = ["customers", "regulator"]
# within = "15m"

# Approved beforehand: whoever commands releases it alone, word for word.
# [[holding]]
# id = "checkout-trouble"
# component = "shop/checkout"
# services = ["checkout"]
# title = "Payments fail for some customers"
# text = "We know that some payments fail and are working on it. Orders that were confirmed are safe."
# title_de = "Zahlungen scheitern bei einigen Kunden"   # in further languages of the page
# text_de = "Einige Zahlungen scheitern, wir arbeiten daran. Bestätigte Bestellungen sind sicher."
# to = ["page:shop", "mail:support"]
# next = "30m"
# expires = "2h"

# Who gets mail by one name, through a mail connection that is armed for posts.
# [[recipients]]
# id = "support"
# mail = ["support@example.org"]
# language = "de"              # what they read of a page they follow; its first language when not given

# A status page: what the public is told. Its components follow from incidents of the services they stand for, until you say otherwise:
# quarterdeckctl page post shop --phase investigating --title "Payments fail" --text "We look into it." --next 30m
# [[page]]
# id = "shop"
# title = "Shop status"
# languages = ["en", "de"]     # texts of further languages: title_de, name_de …
# zone = "Europe/Berlin"
# support = "mailto:help@example.org"
# publish = ["web"]            # connections it is pushed to: connect directory --name web --path /srv/status
# subscribers = ["mail:support"] # who is told of every post, once each: [[recipients]], or webhook:NAME (connect webhook --language de)
# live = true                  # this core serves it, as /status/shop, to whoever reaches its inbound address
# [[page.component]]
# id = "checkout"
# name = "Checkout"
# name_de = "Kasse"
# services = ["checkout"]
)";

std::string filled(std::string_view text, const std::string &id, const std::string &name)
{
    std::string out(text);
    for (const auto &[place, value] : {std::pair<std::string_view, const std::string &>{"{id}", id}, {"{name}", name}})
        for (auto at = out.find(place); at != std::string::npos; at = out.find(place, at + value.size())) {
            const bool isTemplatePlace = at > 0 && out[at - 1] == '{'; // {{id}} is meant for later
            if (isTemplatePlace)
                at += place.size();
            else
                out.replace(at, place.size(), value);
        }
    return out;
}

/// The account's name, and what its owner is called.
std::pair<std::string, std::string> currentUser()
{
    const passwd *entry = getpwuid(geteuid());
    if (!entry || !entry->pw_name)
        return {};
    std::string full = entry->pw_gecos ? entry->pw_gecos : "";
    return {entry->pw_name, full.substr(0, full.find(','))};
}

/// A user name as an id of the workspace.
std::string idFrom(std::string_view user)
{
    std::string id;
    for (const char c : user) {
        if (c >= 'A' && c <= 'Z')
            id += static_cast<char>(c + 32);
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (!id.empty() && (c == '.' || c == '_' || c == '-')))
            id += c;
        if (id.size() == 64)
            break;
    }
    return id.empty() ? "commander" : id == "operations" ? "operator" : id;
}

} // namespace

Result<> writeExample(const fs::path &dir, const std::string &user)
{
    const auto [account, fullName] = user.empty() ? currentUser() : std::pair(user, std::string());
    const std::string id = idFrom(account);
    std::string name = safeLine(fullName.empty() ? account : fullName, 200);
    std::erase_if(name, [](char c) { return c == '"' || c == '\\' || c == '{' || c == '}'; });
    if (name.empty())
        name = id;

    std::error_code error, ignored;
    const bool isNew = fs::create_directories(dir, error);
    if (error)
        return fail(Code::Io, "The folder " + safeLine(dir.string()) + " cannot be made: " + error.message() + ".");
    std::vector<fs::path> written;
    for (const auto &[file, text] : {std::pair<const char *, std::string_view>{"settings.toml", kSettings}, {"people.toml", kPeople}, {"teams.toml", kTeams},
                                     {"policies.toml", kPolicies}, {"schedules.toml", kSchedules}, {"services.toml", kServices}, {"templates.toml", kTemplates}}) {
        const fs::path path = dir / file;
        if (fs::exists(path, error))
            continue;
        written.push_back(path);
        std::ofstream out(path, std::ios::binary);
        out << filled(text, id, name);
        out.close();
        if (out)
            continue;
        for (const auto &mine : written)
            fs::remove(mine, ignored);
        if (isNew)
            fs::remove(dir, ignored);
        return fail(Code::Io, "The file " + safeLine(path.string()) + " cannot be written; check permissions and room on the disk.");
    }
    return {};
}

} // namespace qd::workspace
