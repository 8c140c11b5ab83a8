// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/exampletexts.h"

namespace qd::workspace {

constinit const std::string_view kExampleSettings = R"(# What holds for the whole workspace. Every file here is plain text for review and git; a change is checked as a whole
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

constinit const std::string_view kExamplePeople = R"(# Who is here. The id is what you type: @{id} check the disk 10m

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

constinit const std::string_view kExampleTeams = R"(# Teams own services. The first member is on call.

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

constinit const std::string_view kExamplePolicies = R"(# Escalation: who is called, and how long an answer may take before the next step.

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

constinit const std::string_view kExampleSchedules = R"(# Who is on call when. A team's `schedule = "…"` makes it decide who of the team is called; policies may call it by id.
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

constinit const std::string_view kExampleServices = R"(# What runs here and what it needs: the map, the blast radius and the suspect come from this.
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

} // namespace qd::workspace
