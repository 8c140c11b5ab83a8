// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/pagerduty.h"

#include "core/base/safetext.h"
#include "core/sources/json.h"

#include <algorithm>

namespace qd::sources {

namespace {

constexpr std::size_t kDedupLimit = 255;

Result<Element> bodyObject(std::string_view body)
{
    auto root = parseJson(body);
    if (root && !root->is_object())
        return fail(Code::Invalid, "the body must be a JSON object (an event of PagerDuty's Events API v2)");
    return root;
}

Object objectAt(const Object &object, std::string_view key, bool &found)
{
    Object out;
    found = !object.at_key(key).get_object().get(out);
    return out;
}

/// Name and value of everything in custom_details; nested values as JSON.
std::vector<std::pair<std::string_view, std::string_view>> detailsOf(const Object &payload, Scratch &scratch)
{
    std::vector<std::pair<std::string_view, std::string_view>> out;
    Element details;
    if (payload.at_key("custom_details").get(details) || details.is_null())
        return out;
    Object object;
    if (details.get_object().get(object)) {
        const auto plain = textOf(details, scratch);
        out.emplace_back("details", plain ? *plain : scratch.keep(jsonText(details)));
        return out;
    }
    for (const auto field : object) {
        if (out.size() >= kLabelLimit)
            break;
        const auto plain = textOf(field.value, scratch);
        out.emplace_back(field.key, plain ? *plain : scratch.keep(jsonText(field.value)));
    }
    return out;
}

std::string_view firstLink(const Object &event, Scratch &scratch)
{
    Array links;
    if (!event.at_key("links").get_array().get(links))
        for (const Element element : links)
            if (Object link; !element.get_object().get(link))
                if (const auto href = textAt(link, "href", scratch); !href.empty())
                    return href;
    return textAt(event, "client_url", scratch);
}

std::optional<PagerDutyAction> actionOf(std::string_view word)
{
    if (word == "trigger")
        return PagerDutyAction::Trigger;
    if (word == "acknowledge")
        return PagerDutyAction::Acknowledge;
    if (word == "resolve")
        return PagerDutyAction::Resolve;
    return std::nullopt;
}

std::optional<std::string> problemOf(const Object &payload, bool hasPayload, Scratch &scratch)
{
    if (!hasPayload)
        return "a trigger needs a payload with summary, source and severity";
    for (const std::string_view key : {"summary", "source", "severity"})
        if (textAt(payload, key, scratch).empty())
            return "payload." + std::string(key) + " is missing";
    const std::string_view severity = textAt(payload, "severity", scratch);
    constexpr std::string_view kSeverities[] = {"critical", "error", "warning", "info"};
    if (std::find(std::begin(kSeverities), std::end(kSeverities), severity) == std::end(kSeverities))
        return "payload.severity must be critical, error, warning or info";
    return std::nullopt;
}

/// PagerDuty's own examples write offsets as "+0000"; RFC 3339 wants "+00:00".
Instant timeOf(std::string_view text)
{
    constexpr std::size_t kOffset = 5;
    std::string fixed(text);
    if (text.size() >= 19 + kOffset && (text[text.size() - kOffset] == '+' || text[text.size() - kOffset] == '-') && text.find(':', text.size() - kOffset) == std::string_view::npos)
        fixed.insert(fixed.size() - 2, ":");
    return parseInstant(fixed).value_or(Instant{});
}

std::uint64_t identityOf(std::string_view routingKey, std::string_view dedupKey)
{
    Fingerprint identity;
    identity.add(routingKey, dedupKey);
    return identity.value();
}

void addPayload(BatchBuilder &builder, const Object &event, const Object &payload, const PagerDutyEvent &out, Scratch &scratch)
{
    const auto label = [&](std::string_view name, std::string_view value) {
        if (!value.empty())
            builder.label(name, value);
    };
    const std::string_view kind = textAt(payload, "class", scratch);
    const std::string_view component = textAt(payload, "component", scratch);
    const std::string_view group = textAt(payload, "group", scratch);
    label("alertname", kind.empty() ? textAt(payload, "summary", scratch) : kind);
    label("class", kind);
    label("component", component);
    label("dedup_key", out.dedupKey);
    label("group", group);
    label("instance", textAt(payload, "source", scratch));
    label("service", component.empty() ? group : component);
    label("severity", textAt(payload, "severity", scratch));
    builder.annotation("summary", textAt(payload, "summary", scratch));
    if (const auto client = textAt(event, "client", scratch); !client.empty())
        builder.annotation("client", client);
    for (const auto &[name, value] : detailsOf(payload, scratch))
        if (name != "summary")
            builder.annotation(name, value);
}

} // namespace

Result<PagerDutyEvent> parsePagerDutyEvent(std::string_view body, const Arrival &arrival, std::string_view freshKey)
{
    const auto root = bodyObject(body);
    if (!root)
        return tl::unexpected(root.error());
    const Object event = root->get_object().value_unsafe();
    Scratch scratch;
    BatchBuilder builder(arrival.connection, Path::PagerDuty, arrival.receivedAt, 1);
    PagerDutyEvent out;
    const auto quarantine = [&](std::string reason) {
        builder.quarantine(0, std::move(reason), jsonText(*root));
        out.reports = builder.take();
        return out;
    };
    const auto action = actionOf(textAt(event, "event_action", scratch));
    if (!action)
        return quarantine("event_action must be trigger, acknowledge or resolve");
    out.action = *action;
    std::string_view dedup = textAt(event, "dedup_key", scratch);
    if (dedup.empty() && out.action != PagerDutyAction::Trigger)
        return quarantine("dedup_key is missing; acknowledge and resolve need the key of the trigger");
    if (dedup.size() > kDedupLimit)
        return quarantine("dedup_key is longer than 255 bytes");
    out.dedupKey = dedup.empty() ? std::string(freshKey) : std::string(dedup);
    out.fingerprint = identityOf(textAt(event, "routing_key", scratch), out.dedupKey);
    bool hasPayload = false;
    const Object payload = objectAt(event, "payload", hasPayload);
    if (out.action == PagerDutyAction::Trigger)
        if (auto problem = problemOf(payload, hasPayload, scratch))
            return quarantine(std::move(*problem));
    if (out.action == PagerDutyAction::Acknowledge) {
        out.reports = builder.take();
        return out;
    }
    Instant at;
    if (hasPayload)
        at = timeOf(textAt(payload, "timestamp", scratch));
    builder.begin();
    builder.fingerprint(out.fingerprint);
    if (hasPayload)
        addPayload(builder, event, payload, out, scratch);
    if (const auto link = firstLink(event, scratch); !link.empty())
        builder.link(link);
    if (out.action == PagerDutyAction::Trigger) {
        builder.startsAt(at ? at : arrival.receivedAt);
    } else {
        builder.status(AlertStatus::Resolved);
        builder.endsAt(at ? at : arrival.receivedAt);
    }
    builder.end();
    out.reports = builder.take();
    return out;
}

Result<ChangeEvent> parseChangeEvent(std::string_view body, const Arrival &arrival)
{
    const auto root = bodyObject(body);
    if (!root)
        return tl::unexpected(root.error());
    const Object event = root->get_object().value_unsafe();
    Scratch scratch;
    ChangeEvent out;
    bool hasPayload = false;
    const Object payload = objectAt(event, "payload", hasPayload);
    const std::string_view summary = hasPayload ? textAt(payload, "summary", scratch) : std::string_view();
    if (summary.empty()) {
        constexpr std::size_t kExcerpt = 512;
        out.quarantined = QuarantinedReport{0, "payload.summary is missing", safeLine(jsonText(*root), kExcerpt)};
        return out;
    }
    ChangeMarker &marker = out.marker;
    marker.connection = arrival.connection;
    marker.title = safeLine(summary);
    marker.link = safeLine(firstLink(event, scratch));
    marker.at = timeOf(textAt(payload, "timestamp", scratch));
    if (!marker.at)
        marker.at = arrival.receivedAt;
    for (const auto &[name, value] : detailsOf(payload, scratch)) {
        if (name == "service")
            marker.service = safeLine(value);
        marker.facts.emplace_back(safeLine(name), safeText(value));
    }
    const std::string_view source = textAt(payload, "source", scratch);
    if (!source.empty())
        marker.facts.emplace_back("source", safeLine(source));
    if (marker.service.empty())
        marker.service = safeLine(source);
    std::sort(marker.facts.begin(), marker.facts.end());
    return out;
}

} // namespace qd::sources
