// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/exampletexts.h"

namespace qd::workspace {

constinit const std::string_view kExampleTemplates = R"(# Updates. {{places}} are filled from the incident (id, title, severity, status, service, commander, room, declared_at,
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

} // namespace qd::workspace
