// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/print.h"

#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/printtrends.h"
#include "core/base/ports.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <map>
#include <vector>

namespace qd::app {

namespace json = boost::json;

namespace {

constexpr std::size_t kWidest = 60;

const std::map<std::string, std::vector<std::string>> &columns()
{
    static const std::map<std::string, std::vector<std::string>> all{
        {"alerts", {"key", "status", "severity", "workflow", "suppression", "service", "incident", "title"}},
        {"groups", {"key", "status", "severity", "members", "openedAt", "firstOut"}},
        {"incidents", {"id", "severity", "status", "commander", "service", "declaredAt", "title"}},
        {"timeline", {"at", "incident", "kind", "actor", "delivery", "cite", "text"}},
        {"services", {"id", "team", "paging", "firing", "severity"}},
        {"deliveries", {"number", "effect", "connection", "incident", "delivery", "attempts", "looked", "reason", "again", "instead", "text"}},
        {"oncall", {"team", "schedule", "person", "until", "policy"}},
        {"schedules", {"id", "zone", "onCall", "since", "until", "locked"}},
        {"overrides", {"id", "what", "on", "by", "state", "until", "age", "reason"}},
        {"shifts", {"id", "state", "from", "to", "at", "answeredAt", "words"}},
        {"escalations", {"escalation", "outcome", "policy", "incident", "startedAt", "acknowledgedBy", "about"}},
        {"reasons", {"key", "for", "text"}},
        {"related", {"of", "incident", "status", "weight", "text"}},
        {"slas", {"incident", "sla", "clock", "state", "due", "doneAt"}},
        {"erasures", {"stream", "at", "by", "reason"}},
        {"erased", {"seq", "at", "kind", "role", "stream", "hash"}},
        {"holds", {"hold", "scope", "matter", "custodian", "since", "reason"}},
        {"severities", {"incident", "severity", "technical", "matrix", "text"}},
        {"heartbeats", {"key", "state", "last", "tripsAt", "interval", "service", "mutedUntil"}},
        {"silences", {"source", "id", "state", "expires", "owner", "hits", "matching", "comment"}},
        {"shelves", {"id", "state", "expires", "owner", "hits", "alerts", "reason"}},
        {"maintenance", {"id", "state", "startsAt", "expires", "owner", "service", "hits", "matching", "reason"}},
        {"inhibitions", {"id", "hits", "quiet", "lastHit"}},
        {"correlations", {"key", "status", "members", "firing", "openedAt"}},
        {"gaps", {"seq", "since", "until", "text"}},
        {"floods", {"began", "ended", "alarms", "peak", "seconds", "raw", "deduped", "grouped"}},
        {"sources", {"name", "kind", "health", "state", "armed", "lastSeen", "pending", "problem"}},
        {"pending", {"source", "name", "age", "since", "labels"}},
        {"briefs", {"incident", "severity", "text"}},
        {"standdowns", {"incident", "text"}},
        {"unitlogs", {"incident", "person", "text"}},
        {"map", {"from", "to", "kind", "state", "origin", "first", "last", "by"}},
        {"pages", {"id", "state", "open", "drifts", "publish"}},
        {"messages", {"incident", "message", "state", "audience", "version", "title", "blocks"}},
        {"folds", {"id", "service", "suspect", "state", "shownAt", "shownBy", "sentence"}},
        {"library", {"incident", "audience", "format", "where", "at", "by", "reads", "title"}},
        {"patterns", {"id", "state", "title", "labels", "services", "incidents", "seenSince", "openReviews", "requirement"}},
        {"factors", {"kind", "label", "service", "incidents", "ofService", "reviews"}},
        {"effects", {"incident", "action", "verdict", "sentence", "text"}},
        {"reviews", {"incident", "phase", "severity", "owner", "facilitator", "due", "overdue", "patterns", "title"}},
        {"actions", {"incident", "action", "state", "owner", "due", "overdue", "ageDays", "strength", "there", "text"}},
        {"taxonomy", {"id", "layer", "group", "rate", "rated", "kappa", "retired", "label"}},
        {"rights", {"id", "role", "people", "teams", "everybody", "services", "incidents", "until"}},
        {"identities", {"address", "person", "connection", "origin", "since"}},
        {"access", {"at", "kind", "person", "role", "services", "incidents", "what", "count", "until", "endedAt", "told", "reason"}},
        {"quarantine", {"seq", "at", "connection", "path", "reason"}},
    };
    return all;
}

std::string cell(const json::value *v)
{
    std::string text;
    if (!v || v->is_null())
        text = "";
    else if (v->is_string())
        text = std::string(v->get_string());
    else if (v->is_array())
        for (const auto &e : v->get_array())
            text += (text.empty() ? "" : ",") + (e.is_string() ? std::string(e.get_string()) : json::serialize(e));
    else
        text = json::serialize(*v);
    std::replace(text.begin(), text.end(), '\n', ' ');
    std::replace(text.begin(), text.end(), '\t', ' ');
    return text.empty() ? "-" : text;
}

/// For people only: when what is in force ends, and what has no effect just now. Neither is a field of the JSON.
std::string said(const json::object &item, const std::string &name)
{
    if (name == "expires") {
        const json::value *end = item.if_contains("endsAt");
        const auto at = end && end->is_string() ? parseInstant(std::string_view(end->get_string())) : Result<Instant>(Instant{});
        const json::value *state = item.if_contains("state");
        if (!at || !*at || !state || *state == json::value("expired"))
            return "-";
        const Span left = *at - SystemClock().now();
        return toRfc3339(Instant{at->ns / 1'000'000'000 * 1'000'000'000}) + (left.ns > 0 ? " in " + toText(left < minutes(1) ? left : Span{left.ns / minutes(1).ns * minutes(1).ns}) : "");
    }
    if (name == "age") {
        const json::value *made = item.if_contains(item.contains("madeAt") ? "madeAt" : "since");
        const auto at = made && made->is_string() ? parseInstant(std::string_view(made->get_string())) : Result<Instant>(Instant{});
        if (!at || !*at)
            return "-";
        const Span age = std::max(SystemClock().now() - *at, Span{});
        return toText(age < minutes(1) ? Span{age.ns / seconds(1).ns * seconds(1).ns} : Span{age.ns / minutes(1).ns * minutes(1).ns});
    }
    const json::value *value = item.if_contains(name);
    if (name == "kappa" && value && value->is_number()) {
        const json::value *shaky = item.if_contains("shaky");
        char text[16];
        std::snprintf(text, sizeof text, "%.2f", value->to_number<double>());
        return text + std::string(shaky && *shaky == json::value(true) ? " shaky" : "");
    }
    const std::string origin = name == "at" || name == "text" ? textOf(item, "origin") : std::string();
    if (name == "at" && !origin.empty()) // of another console: when it was imported is no matter
        return cell(value) + (textOf(item, "knownAt") == textOf(item, "at") ? std::string() : ", known " + textOf(item, "knownAt"));
    if (name == "text" && !origin.empty())
        return cell(value) + (textOf(item, "until").empty() ? std::string() : ", until " + textOf(item, "until")) + " (" + origin + ")";
    if (name == "at" && !textOf(item, "recordedAt").empty())
        return cell(value) + ", written " + textOf(item, "recordedAt");
    if (name == "text" && !textOf(item, "revisedAt").empty())
        return cell(value) + " (edited)";
    if (name == "matching" && value && *value == json::value(0))
        return "matches nothing";
    return cell(value);
}

/// What stands below a row, for people only: of an effect how long incidents took, which no verdict is made of; of a rebuilt incident what is not here yet.
std::string beneath(const std::string &what, const json::object &item)
{
    if (what == "incidents" || what == "reviews")
        return textOf(item, "factsMissing");
    const json::value *lengths = what == "effects" ? item.if_contains("lengths") : nullptr;
    return lengths ? textOf(*lengths, "sentence") : std::string();
}

/// Cut at a character's boundary.
std::string cut(std::string text)
{
    if (text.size() <= kWidest)
        return text;
    std::size_t n = kWidest - 3;
    while (n > 0 && (static_cast<unsigned char>(text[n]) & 0xc0) == 0x80)
        --n;
    return text.substr(0, n) + "...";
}

} // namespace

void printItems(const std::string &what, const std::string &text)
{
    const auto answer = json::parse(text);
    const auto &items = answer.at("items").get_array();
    const auto known = columns().find(what);
    if (items.empty()) {
        std::printf("no %s\n", what.c_str());
        return;
    }
    if (what == "trends") {
        std::printf("%s", trendsText(items).c_str());
        return;
    }
    if (known == columns().end()) { // a list without columns is not an empty one
        for (const auto &item : items)
            std::printf("%s\n", json::serialize(item).c_str());
        return;
    }
    std::vector<std::vector<std::string>> rows{known->second};
    std::vector<std::string> below{""};
    std::size_t ended = 0;
    for (const auto &item : items) {
        if (what == "overrides" && textOf(item.get_object(), "state") == "ended") { // in force is what people look for
            ++ended;
            continue;
        }
        std::vector<std::string> row;
        for (const auto &name : known->second)
            row.push_back(said(item.get_object(), name));
        for (std::size_t i = 0; i + 1 < row.size(); ++i)
            row[i] = cut(std::move(row[i]));
        rows.push_back(std::move(row));
        below.push_back(beneath(what, item.get_object()));
    }
    std::vector<std::size_t> widths(known->second.size());
    for (const auto &row : rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    for (std::size_t n = 0; n < rows.size(); ++n) {
        const std::vector<std::string> &row = rows[n];
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += i + 1 == row.size() ? row[i] : row[i] + std::string(widths[i] - row[i].size() + 2, ' ');
        std::printf("%s\n%s%s%s", line.c_str(), below[n].empty() ? "" : "  ", below[n].c_str(), below[n].empty() ? "" : "\n");
    }
    if (ended > 0)
        std::printf("and %zu that ended: --json\n", ended);
}

void printWhy(const std::string &text)
{
    const auto answer = json::parse(text);
    const auto &o = answer.get_object();
    std::printf("%s %s: %s\n", textOf(o, "kind").c_str(), textOf(o, "key").c_str(), textOf(o, "title").c_str());
    for (const auto &line : o.at("because").get_array()) {
        const auto &l = line.get_object();
        const std::string at = textOf(l, "at");
        std::printf("  %-20s  %s%s\n", at.substr(0, 19).c_str(), textOf(l, "text").c_str(),
                    textOf(l, "rule").empty() ? "" : ("  [" + textOf(l, "rule") + "]").c_str());
        for (const auto &m : l.at("matched").get_array())
            std::printf("  %-20s    because %s\n", "", m.get_string().c_str());
        for (const auto &m : l.at("ruledOut").get_array())
            std::printf("  %-20s    ruled out: %s\n", "", m.get_string().c_str());
    }
}

void printJson(const std::string &json)
{
    std::printf("%s\n", json.c_str());
}

} // namespace qd::app
