// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/collector.h"
#include "core/rebuild/json.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

/// The log entries of PagerDuty's REST API v2, of an incident (/incidents/{id}/log_entries) or an account.
/// Source: https://developer.pagerduty.com/api-reference/ (List log entries for an incident).
namespace qd::rebuild {

namespace {

struct LogType {
    std::string_view name, kind, verb;
};
constexpr const char *kNoEntry = "1 entry that is none of PagerDuty's log is left out.", *kNoEntries = "%1 entries that are none of PagerDuty's log are left out.";
constexpr std::array<LogType, 17> kLogTypes{{{"trigger", "alert", "triggered"}, {"acknowledge", "ack", "acknowledged"}, {"unacknowledge", "ack", "is acknowledged no more"}, {"assign", "page", "assigned"},
                                             {"delegate", "page", "delegated"}, {"escalate", "escalation", "escalated"}, {"repeat_escalation_path", "escalation", "escalation begins again"},
                                             {"exhaust_escalation_path", "escalation", "nobody is left to escalate to"}, {"notify", "page", "notified"}, {"resolve", "status", "resolved"},
                                             {"annotate", "log", "noted"}, {"snooze", "suppression", "snoozed"}, {"priority_change", "severity", "priority changed"}, {"urgency_change", "severity", "urgency changed"},
                                             {"status_update", "update", "status update"}, {"responder_request", "page", "responders asked for"}, {"reach_trigger_limit", "flood", "too many triggers"}}};

std::string named(const json::Object &from, std::string_view member)
{
    const json::Object *o = json::object(from, member);
    if (!o)
        return {};
    const std::string summary = json::text(*o, "summary");
    return summary.empty() ? json::text(*o, "name") : summary;
}

/// Who did it, where that is a person: the agent may be a service, an integration, a rule.
std::string agentOf(const json::Object &entry)
{
    const json::Object *agent = json::object(entry, "agent");
    const std::string type = agent ? json::text(*agent, "type") : std::string();
    const std::string name = type.empty() || type.starts_with("user") ? named(entry, "agent") : std::string();
    return name.empty() ? "PagerDuty" : name;
}

std::string people(const json::Object &entry, std::string_view member)
{
    std::string out;
    if (const json::Array *all = json::array(entry, member))
        for (const json::Value &v : *all)
            if (const json::Object *o = v.if_object()) {
                const std::string inner = named(*o, "assignee");
                const std::string name = inner.empty() ? json::text(*o, "summary") : inner;
                out += (out.empty() || name.empty() ? "" : ", ") + name;
            }
    return out;
}

/// What its channel adds: a note's words, the change, how somebody was notified.
std::string channelWords(const json::Object &entry)
{
    const json::Object *channel = json::object(entry, "channel");
    if (!channel)
        return {};
    if (const json::Object *n = json::object(*channel, "notification"))
        return "by " + json::text(*n, "type") + (json::text(*n, "status").empty() ? "" : " (" + json::text(*n, "status") + ")");
    for (const char *name : {"content", "raw", "description", "summary", "subject"})
        if (const std::string t = json::text(*channel, name); !t.empty() && name != std::string_view("raw"))
            return t;
    return {};
}

std::string sentence(const json::Object &entry, const LogType *type)
{
    std::string text = json::text(entry, "summary");
    if (text.empty())
        text = type ? std::string(type->verb) : "changed";
    const std::string to = people(entry, "assignees");
    if (!to.empty() && text.find(to) == std::string::npos)
        text += " to " + to;
    const std::string user = named(entry, "user");
    if (!user.empty() && text.find(user) == std::string::npos)
        text += ", " + user;
    if (const std::string more = channelWords(entry); !more.empty() && text.find(more) == std::string::npos)
        text += ": " + more;
    if (const std::string note = json::text(entry, "note"); !note.empty() && text.find(note) == std::string::npos)
        text += ": " + note;
    for (const char *member : {"event_details"})
        if (const json::Object *details = json::object(entry, member))
            if (const std::string d = json::text(*details, "description"); !d.empty() && text.find(d) == std::string::npos)
                text += ": " + d;
    return text;
}

/// What was triggered, each until its incident is resolved. Their ends may follow.
struct Triggered {
    std::vector<Fact> alerts;
    std::map<std::string, std::size_t> open; ///< of alerts, by incident
    std::set<std::string> incidents;         ///< all of them
    std::set<std::string> read;              ///< ids of entries: pages that overlap have some of them twice
};

void addEntry(const json::Object &entry, Collector &out, Triggered &triggered)
{
    const std::string id = json::text(entry, "id");
    if (!id.empty() && !triggered.read.insert(id).second)
        return out.count("1 entry stands twice in the file; once is kept.", "%1 entries stand twice in the file; once is kept of each.");
    std::string name = json::text(entry, "type");
    for (const std::string_view ending : {"_log_entry_reference", "_log_entry"})
        if (name.ends_with(ending))
            name.erase(name.size() - ending.size());
    const LogType *type = nullptr;
    for (const LogType &t : kLogTypes)
        if (t.name == name)
            type = &t;
    if (!type)
        out.count("1 entry is of a kind unknown here; it stands as a line of the log.", "%1 entries are of a kind unknown here; they stand as lines of the log.");
    Fact f;
    f.at = out.moment(json::text(entry, "created_at")).value_or(Instant{});
    f.kind = type ? type->kind : "log";
    f.actor = agentOf(entry);
    f.text = sentence(entry, type);
    f.reference = id;
    const json::Object *incident = json::object(entry, "incident");
    const std::string of = incident ? json::text(*incident, "id") : std::string();
    if (name == "trigger") {
        const std::string title = incident ? json::text(*incident, "summary") : std::string();
        if (!title.empty() && f.text.find(title) == std::string::npos)
            f.text = title + " — " + f.text;
        triggered.incidents.insert(of);
        if (of.empty()) {
            out.count("1 trigger does not say of which incident it is: when that was over is not known.", "%1 triggers do not say of which incident they are: when those were over is not known.");
            triggered.alerts.push_back(std::move(f));
            return;
        }
        if (triggered.open.try_emplace(of, triggered.alerts.size()).second) {
            triggered.alerts.push_back(std::move(f));
            return;
        }
        f.kind = "log"; // it fires already
        out.count("1 trigger is of an incident that was open already; it stands as a line of the log.", "%1 triggers are of incidents that were open already; they stand as lines of the log.");
    } else if (const auto it = triggered.open.find(of); name == "resolve" && it != triggered.open.end()) {
        triggered.alerts[it->second].until = f.at;
        triggered.open.erase(it);
    }
    out.add(std::move(f));
}

} // namespace

Result<Facts> readPagerDuty(std::string_view bytes, const Options &options)
{
    auto all = json::parseAll(bytes); // one answer, or a page a line
    if (!all)
        return tl::unexpected(all.error());
    Collector out(Format::PagerDuty, "PagerDuty", options);
    std::vector<const json::Object *> entries;
    std::size_t pages = 0, unfinished = 0;
    for (const json::Value &v : *all) {
        const json::Object *page = v.if_object();
        if (!page) {
            out.count(kNoEntry, kNoEntries);
            continue;
        }
        const json::Array *list = json::array(*page, "log_entries");
        if (!list) {
            if (json::text(*page, "type").find("_log_entry") != std::string::npos)
                entries.push_back(page);
            else
                out.count(kNoEntry, kNoEntries);
            continue;
        }
        for (const json::Value &e : *list)
            if (const json::Object *o = e.if_object())
                entries.push_back(o);
            else
                out.count(kNoEntry, kNoEntries);
        ++pages;
        unfinished += json::text(*page, "more") == "true" ? 1 : 0;
    }
    if (pages > 0 && unfinished == pages) // no page is the last
        out.note("PagerDuty said that it has more entries than are in this file (more): the log is not whole.");
    std::stable_sort(entries.begin(), entries.end(), [](const json::Object *a, const json::Object *b) { // newest first is how PagerDuty answers
        return momentOf(json::text(*a, "created_at"), {}).value_or(Instant{}) < momentOf(json::text(*b, "created_at"), {}).value_or(Instant{});
    });
    Triggered triggered;
    for (const json::Object *e : entries)
        addEntry(*e, out, triggered);
    out.count("1 alert has no end in this file.", "%1 alerts have no end in this file.", triggered.open.size());
    for (Fact &alert : triggered.alerts)
        out.add(std::move(alert));
    if (triggered.incidents.size() == 1 && !triggered.incidents.begin()->empty())
        out.origin("PagerDuty, " + safeLine(*triggered.incidents.begin(), 40));
    return out.take("The file has no log entry of PagerDuty's (log_entries).");
}

} // namespace qd::rebuild
