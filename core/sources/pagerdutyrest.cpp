// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/pagerdutyrest.h"

#include "core/base/safetext.h"
#include "core/sources/json.h"

#include <algorithm>

namespace qd::sources {

namespace {

using events::PagerEntry;
using events::PagerStatus;

constexpr std::size_t kIdLimit = 64, kKeysLimit = 100, kAssignedLimit = 50, kNameLimit = 200;

Result<Object> restObject(std::string_view body)
{
    auto root = parseJson(body);
    if (!root)
        return tl::unexpected(root.error());
    Object object;
    if (root->get_object().get(object))
        return fail(Code::Invalid, "the answer is not a JSON object");
    return object;
}

std::optional<Object> memberOf(const Object &from, std::string_view key)
{
    Object out;
    if (from.at_key(key).get_object().get(out))
        return std::nullopt;
    return out;
}

std::string lineAt(const Object &from, std::string_view key, std::size_t limit = kNameLimit)
{
    Scratch scratch;
    return safeLine(textAt(from, key, scratch), limit);
}

Instant instantAt(const Object &from, std::string_view key)
{
    Scratch scratch;
    return parseInstant(textAt(from, key, scratch)).value_or(Instant{});
}

/// Theirs are letters and digits; only such an id becomes part of an address again.
std::string idAt(const Object &from, std::string_view key = "id")
{
    std::string id = lineAt(from, key, kIdLimit);
    const bool isPlain = std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
    return isPlain ? id : std::string();
}

/// A reference to a user; nothing for a service, an integration, a policy.
PagerPerson personAt(const Object &from, std::string_view key)
{
    const auto who = memberOf(from, key);
    if (!who || !lineAt(*who, "type").starts_with("user"))
        return {};
    std::string name = lineAt(*who, "summary");
    if (name.empty())
        name = lineAt(*who, "name");
    return {idAt(*who), std::move(name), lineAt(*who, "email")};
}

std::string summaryAt(const Object &from, std::string_view key)
{
    const auto what = memberOf(from, key);
    return what ? lineAt(*what, "summary") : std::string();
}

std::optional<PagerStatus> statusOf(std::string_view word)
{
    for (const PagerStatus s : {PagerStatus::Triggered, PagerStatus::Acknowledged, PagerStatus::Resolved})
        if (word == events::word(s))
            return s;
    return std::nullopt;
}

template <typename F>
void eachObject(const Object &from, std::string_view key, F &&f)
{
    Array all;
    if (from.at_key(key).get_array().get(all))
        return;
    for (const Element element : all)
        if (Object object; !element.get_object().get(object))
            f(object);
}

/// What the API and the webhooks say alike; nothing without an id and a status.
std::optional<PagerReport> commonOf(const Object &o)
{
    PagerReport out;
    events::PagerIncident &i = out.what;
    i.id = idAt(o);
    const auto status = statusOf(lineAt(o, "status"));
    if (i.id.empty() || !status)
        return std::nullopt;
    i.status = *status;
    i.title = lineAt(o, "title", 1024);
    if (i.title.empty())
        i.title = lineAt(o, "summary", 1024);
    i.url = lineAt(o, "html_url", 2000);
    i.urgency = lineAt(o, "urgency");
    if (const std::string key = lineAt(o, "incident_key", 255); !key.empty())
        i.keys = {key}; // its alerts may have others
    i.service = summaryAt(o, "service");
    i.priority = summaryAt(o, "priority");
    i.policy = summaryAt(o, "escalation_policy");
    if (const auto policy = memberOf(o, "escalation_policy"))
        i.policyId = idAt(*policy);
    i.createdAt = instantAt(o, "created_at");
    return out;
}

std::optional<PagerReport> incidentOf(const Object &o)
{
    auto out = commonOf(o);
    if (!out)
        return out;
    events::PagerIncident &i = out->what;
    Element number;
    if (!o.at_key("incident_number").get(number))
        i.number = static_cast<std::uint32_t>(std::clamp<std::int64_t>(numberOf(number).value_or(0), 0, 0xffffffffLL));
    if (const auto counts = memberOf(o, "alert_counts"))
        if (Element all; !counts->at_key("all").get(all))
            out->alerts = static_cast<std::uint32_t>(std::clamp<std::int64_t>(numberOf(all).value_or(0), 0, 0xffffffffLL));
    out->updatedAt = instantAt(o, "updated_at");
    i.changedAt = instantAt(o, "last_status_change_at");
    if (!i.changedAt)
        i.changedAt = i.createdAt;
    if (i.status != PagerStatus::Triggered)
        out->changedBy = personAt(o, "last_status_change_by");
    if (i.status == PagerStatus::Acknowledged) {
        Instant last;
        eachObject(o, "acknowledgements", [&](const Object &ack) {
            const Instant at = instantAt(ack, "at");
            if (PagerPerson who = personAt(ack, "acknowledger"); !who.name.empty() && at >= last) {
                last = at;
                out->changedBy = std::move(who);
            }
        });
    }
    eachObject(o, "assignments", [&](const Object &each) {
        if (PagerPerson who = personAt(each, "assignee"); !who.name.empty() && out->assigned.size() < kAssignedLimit)
            out->assigned.push_back(std::move(who));
    });
    return out;
}

template <typename T, typename F>
Result<PagerDutyPage<T>> pageOf(std::string_view body, std::string_view list, F &&read)
{
    const auto root = restObject(body);
    if (!root)
        return tl::unexpected(root.error());
    Array all;
    if (root->at_key(list).get_array().get(all))
        return fail(Code::Invalid, "the answer has no list \"" + std::string(list) + "\"");
    PagerDutyPage<T> out;
    bool more = false;
    if (!root->at_key("more").get_bool().get(more))
        out.more = more;
    for (const Element element : all) {
        ++out.size;
        Object object;
        std::optional<T> item;
        if (!element.get_object().get(object))
            item = read(object);
        if (item)
            out.items.push_back(std::move(*item));
        else
            ++out.unreadable;
    }
    return out;
}

/// "acknowledge_log_entry" → "acknowledged"; what is not named stays as PagerDuty calls it.
std::string whatOf(std::string type)
{
    constexpr std::string_view kEnd = "_log_entry";
    if (const auto at = type.find(kEnd); at != type.npos)
        type.resize(at);
    static constexpr std::pair<std::string_view, std::string_view> kWords[] = {
        {"trigger", "triggered"}, {"acknowledge", "acknowledged"}, {"unacknowledge", "unacknowledged"}, {"resolve", "resolved"},
        {"annotate", "noted"},    {"escalate", "escalated"},       {"assign", "reassigned"},            {"repeat_escalation_path", "escalated again"},
        {"notify", "notified"},   {"snooze", "snoozed"},           {"delegate", "delegated"},           {"reopen", "reopened"}};
    for (const auto &[theirs, ours] : kWords)
        if (type == theirs)
            return std::string(ours);
    return type;
}

} // namespace

Result<PagerDutyPage<PagerReport>> parsePagerDutyIncidents(std::string_view body)
{
    return pageOf<PagerReport>(body, "incidents", incidentOf);
}

Result<PagerReport> parsePagerDutyIncident(std::string_view body)
{
    const auto root = restObject(body);
    if (!root)
        return tl::unexpected(root.error());
    const auto o = memberOf(*root, "incident");
    auto incident = o ? incidentOf(*o) : std::nullopt;
    if (!incident)
        return fail(Code::Invalid, "the answer has no incident with an id and a status");
    return std::move(*incident);
}

Result<PagerDutyPage<std::string>> parsePagerDutyAlertKeys(std::string_view body)
{
    auto page = pageOf<std::string>(body, "alerts", [](const Object &o) { return std::optional(lineAt(o, "alert_key", 255)); });
    if (page) {
        std::erase(page->items, std::string());
        page->items.resize(std::min(page->items.size(), kKeysLimit));
    }
    return page;
}

Result<PagerDutyPage<PagerDutyLogEntry>> parsePagerDutyLogEntries(std::string_view body)
{
    return pageOf<PagerDutyLogEntry>(body, "log_entries", [](const Object &o) -> std::optional<PagerDutyLogEntry> {
        PagerDutyLogEntry out;
        out.what.id = idAt(o);
        const auto incident = memberOf(o, "incident");
        out.incident = incident ? idAt(*incident) : std::string();
        if (out.what.id.empty() || out.incident.empty())
            return std::nullopt;
        out.what.what = whatOf(lineAt(o, "type"));
        out.what.at = instantAt(o, "created_at");
        out.by = personAt(o, "agent");
        const auto channel = memberOf(o, "channel");
        Scratch scratch;
        if (out.what.what == "noted" && channel)
            out.what.text = safeText(textAt(*channel, "summary", scratch), 2000);
        else if (out.what.what == "escalated" || out.what.what == "reassigned") {
            eachObject(o, "assignees", [&](const Object &who) {
                if (out.what.text.size() < kNameLimit)
                    out.what.text += (out.what.text.empty() ? "to " : ", ") + lineAt(who, "summary");
            });
        }
        return out;
    });
}

Result<PagerDutyPage<PagerPerson>> parsePagerDutyUsers(std::string_view body)
{
    return pageOf<PagerPerson>(body, "users", [](const Object &o) -> std::optional<PagerPerson> {
        PagerPerson who{idAt(o), lineAt(o, "name"), lineAt(o, "email", 254)};
        return who.id.empty() ? std::nullopt : std::optional(std::move(who));
    });
}

Result<PagerDutyPage<PagerTurn>> parsePagerDutyOnCalls(std::string_view body)
{
    return pageOf<PagerTurn>(body, "oncalls", [](const Object &o) -> std::optional<PagerTurn> {
        PagerTurn out;
        const auto user = memberOf(o, "user");
        if (!user)
            return std::nullopt;
        out.person = {idAt(*user), lineAt(*user, "summary"), lineAt(*user, "email", 254)};
        if (out.person.name.empty())
            out.person.name = lineAt(*user, "name");
        out.what.schedule = summaryAt(o, "schedule");
        out.what.policy = summaryAt(o, "escalation_policy");
        Element level;
        if (!o.at_key("escalation_level").get(level))
            out.what.level = static_cast<std::uint32_t>(std::clamp<std::int64_t>(numberOf(level).value_or(1), 1, 1000));
        out.what.from = instantAt(o, "start");
        out.what.until = instantAt(o, "end");
        return out.person.id.empty() ? std::nullopt : std::optional(std::move(out));
    });
}

Result<PagerDutyPage<std::string>> parsePagerDutyNotes(std::string_view body)
{
    return pageOf<std::string>(body, "notes", [](const Object &o) {
        Scratch scratch;
        return std::optional(std::string(textAt(o, "content", scratch)));
    });
}

Result<PagerDutyDelivery> parsePagerDutyWebhook(std::string_view body)
{
    const auto root = restObject(body);
    if (!root)
        return tl::unexpected(root.error());
    const auto event = memberOf(*root, "event");
    if (!event)
        return fail(Code::Invalid, "the body is no V3 webhook: it has no event");
    PagerDutyDelivery out;
    out.type = lineAt(*event, "event_type", 100);
    out.at = instantAt(*event, "occurred_at");
    const auto data = memberOf(*event, "data");
    if (!out.type.starts_with("incident.") || !data)
        return out;
    const PagerPerson by = personAt(*event, "agent");
    const std::string type = lineAt(*data, "type");
    if (type != "incident") {
        // A note, a status update, a responder: what there is to be said of its incident is a line of its log.
        return out;
    }
    auto incident = commonOf(*data);
    if (!incident)
        return fail(Code::Invalid, "the event's incident has no id or no status");
    events::PagerIncident &i = incident->what;
    Element number;
    if (!data->at_key("number").get(number))
        i.number = static_cast<std::uint32_t>(std::clamp<std::int64_t>(numberOf(number).value_or(0), 0, 0xffffffffLL));
    eachObject(*data, "assignees", [&](const Object &who) {
        if (lineAt(who, "type").starts_with("user") && incident->assigned.size() < kAssignedLimit)
            incident->assigned.push_back({idAt(who), lineAt(who, "summary"), {}});
    });
    // Only these change the status; of any other the time says nothing about it. The API says times to the second.
    static constexpr std::string_view kTurns[] = {"incident.triggered", "incident.acknowledged", "incident.unacknowledged", "incident.resolved", "incident.reopened"};
    if (std::find(std::begin(kTurns), std::end(kTurns), out.type) != std::end(kTurns)) {
        constexpr std::int64_t kSecond = 1'000'000'000;
        i.changedAt = out.type == "incident.triggered" && i.createdAt ? i.createdAt : Instant{out.at.ns / kSecond * kSecond};
        if (i.status != PagerStatus::Triggered)
            incident->changedBy = by;
    }
    out.incident = std::move(*incident);
    return out;
}

ReportBatch reportsOf(const std::vector<PagerReport> &incidents, const Arrival &arrival)
{
    BatchBuilder builder(arrival.connection, Path::PagerDuty, arrival.receivedAt, incidents.size());
    for (const PagerReport &report : incidents) {
        const events::PagerIncident &i = report.what;
        builder.begin();
        Fingerprint identity; // oncall::pagerFingerprint
        identity.add("pagerduty", i.id);
        builder.fingerprint(identity.value());
        const auto label = [&](std::string_view name, std::string_view value) {
            if (!value.empty())
                builder.label(name, value);
        };
        label("alertname", i.title.empty() ? std::string_view("PagerDuty incident") : std::string_view(i.title));
        label("pagerduty_incident", i.id);
        label("incident_key", i.keys.empty() ? std::string_view() : std::string_view(i.keys.front()));
        label("service", i.service);
        label("urgency", i.urgency);
        // Low urgency calls nobody at once there; what it is called must not call anybody here either.
        label("severity", severityFromText(i.priority) != AlertSeverity::Unknown ? std::string_view(i.priority) : i.urgency == "low" ? std::string_view("warning") : std::string_view("high"));
        const auto note = [&](std::string_view name, std::string_view value) {
            if (!value.empty())
                builder.annotation(name, value);
        };
        note("summary", i.title);
        note("escalation_policy", i.policy);
        if (i.status >= PagerStatus::Resolved)
            note("resolved_by", i.status == PagerStatus::Gone ? std::string_view("nobody: PagerDuty has it no more") : std::string_view(report.changedBy.name));
        if (!i.url.empty())
            builder.link(i.url);
        builder.startsAt(i.createdAt ? i.createdAt : arrival.receivedAt);
        builder.updatedAt(i.changedAt);
        if (i.status >= PagerStatus::Resolved) {
            builder.status(AlertStatus::Resolved);
            builder.endsAt(i.changedAt ? i.changedAt : arrival.receivedAt);
        }
        builder.end();
    }
    return builder.take();
}

PagerDutyError parsePagerDutyError(std::string_view body)
{
    PagerDutyError out;
    const auto root = restObject(body);
    const auto error = root ? memberOf(*root, "error") : std::nullopt;
    if (!error)
        return out;
    out.message = lineAt(*error, "message");
    Element code;
    if (!error->at_key("code").get(code))
        out.code = static_cast<int>(std::clamp<std::int64_t>(numberOf(code).value_or(0), 0, 1'000'000));
    Array details;
    if (!error->at_key("errors").get_array().get(details))
        for (const Element element : details) {
            Scratch scratch;
            if (const auto text = textOf(element, scratch); text && !text->empty() && out.message.size() < 2 * kNameLimit)
                out.message += ": " + safeLine(*text, kNameLimit);
        }
    return out;
}

} // namespace qd::sources
