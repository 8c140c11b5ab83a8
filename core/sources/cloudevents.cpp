// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/cloudevents.h"

#include "core/base/encoding.h"
#include "core/base/safetext.h"
#include "core/sources/json.h"

#include <algorithm>
#include <cctype>

namespace qd::sources {

namespace {

/// An event's context and where its data is; views into the document or the headers.
struct Event {
    std::string_view specversion, id, source, type, subject, time, contentType;
    std::optional<Element> data;
    std::string_view base64;
};

class EventReader {
public:
    EventReader(const Arrival &arrival, SeenIds *seen)
        : m_arrival(arrival), m_seen(seen), m_builder(arrival.connection, Path::CloudEvent, arrival.receivedAt, 1), m_quarantine(m_builder)
    {
    }

    void read(Element element)
    {
        m_scratch.clear();
        Object object;
        if (element.get_object().get(object)) {
            m_quarantine.add(m_index++, "a CloudEvent must be a JSON object", element);
            return;
        }
        Event event;
        for (const auto field : object) {
            const std::string_view key = field.key;
            std::string_view *const text = key == "specversion" ? &event.specversion
                : key == "id"                                   ? &event.id
                : key == "source"                               ? &event.source
                : key == "type"                                 ? &event.type
                : key == "subject"                              ? &event.subject
                : key == "time"                                 ? &event.time
                : key == "datacontenttype"                      ? &event.contentType
                : key == "data_base64"                          ? &event.base64
                                                                : nullptr;
            if (text != nullptr)
                *text = textOf(field.value, m_scratch).value_or(std::string_view());
            else if (key == "data")
                event.data = field.value;
        }
        read(event, element);
    }

    void read(const Event &event, Element raw)
    {
        if (auto problem = take(event))
            m_quarantine.add(m_index, std::move(*problem), raw);
        ++m_index;
    }

    [[nodiscard]] CloudEvents finish()
    {
        m_quarantine.close();
        m_out.reports = m_builder.take();
        return std::move(m_out);
    }

    [[nodiscard]] Scratch &scratch() { return m_scratch; }

private:
    [[nodiscard]] std::optional<std::string> take(const Event &event)
    {
        if (event.specversion != "1.0")
            return "specversion must be \"1.0\"";
        for (const auto &[name, value] : {std::pair("id", event.id), std::pair("source", event.source), std::pair("type", event.type)})
            if (value.empty())
                return std::string(name) + " is missing";
        Instant at;
        if (!event.time.empty()) {
            const auto time = parseInstant(event.time);
            if (!time)
                return "time is not an RFC 3339 time";
            at = *time;
        }
        switch (kindOf(event)) {
        case Kind::Firing: return takeAlert(event, at, false);
        case Kind::Resolved: return takeAlert(event, at, true);
        case Kind::Change: return takeChange(event, at);
        case Kind::Heartbeat: return takeHeartbeat(event);
        case Kind::Foreign: break;
        }
        return "its type " + jsonString(safeLine(event.type, 200)) + " is neither of this console's profile nor ends in what it says";
    }

    enum class Kind { Firing, Resolved, Change, Heartbeat, Foreign };
    /// Our own types and those of others that end alike ("com.example.alert.firing"); else what data.status says.
    [[nodiscard]] static Kind kindOf(const Event &event)
    {
        for (const auto &[suffix, kind] : {std::pair(".firing", Kind::Firing), std::pair(".resolved", Kind::Resolved),
                                           std::pair(".change", Kind::Change), std::pair(".heartbeat", Kind::Heartbeat)})
            if (event.type.ends_with(suffix))
                return kind;
        std::string_view status;
        Object data;
        if (!event.data || event.data->get_object().get(data) || data.at_key("status").get_string().get(status))
            return Kind::Foreign;
        return status == "firing" ? Kind::Firing : status == "resolved" ? Kind::Resolved : Kind::Foreign;
    }

    /// The data as an object; false with a problem when it is something else. No data is an empty object (has = false).
    [[nodiscard]] std::optional<std::string> dataOf(const Event &event, Object &out, bool &has)
    {
        has = false;
        if (!event.base64.empty())
            return "data_base64 is not read for this type; send its data as JSON";
        if (!event.data || event.data->is_null())
            return std::nullopt;
        if (event.data->get_object().get(out))
            return "data must be a JSON object";
        has = true;
        return std::nullopt;
    }

    [[nodiscard]] bool timeOf(const Object &data, bool has, std::string_view key, Instant &out)
    {
        Element element;
        out = {};
        return !has || data.at_key(key).get(element) || m_times.read(element, out);
    }

    [[nodiscard]] std::optional<std::string> takeAlert(const Event &event, Instant at, bool resolved)
    {
        Object data;
        bool has = false;
        if (auto problem = dataOf(event, data, has))
            return problem;
        Instant starts, ends;
        if (!timeOf(data, has, "startsAt", starts))
            return "data.startsAt is not an RFC 3339 time";
        if (!timeOf(data, has, "endsAt", ends))
            return "data.endsAt is not an RFC 3339 time";
        const Instant said = at ? at : m_arrival.receivedAt;
        if (resolved && !ends)
            ends = std::max(said, starts);
        if (!starts && !resolved)
            starts = said;
        if (starts && ends && ends < starts)
            return "start time must be before end time";
        m_builder.begin();
        if (auto problem = addLabels(event, data, has))
            return problem;
        m_builder.status(resolved ? AlertStatus::Resolved : AlertStatus::Firing);
        m_builder.startsAt(starts);
        m_builder.endsAt(ends);
        m_builder.updatedAt(at);
        if (has)
            if (const auto link = textAt(data, "generatorURL", m_scratch); !link.empty())
                m_builder.link(link);
        if (const auto id = claim(event)) {
            m_builder.end();
            m_out.alerts.push_back(*id);
        }
        return std::nullopt;
    }

    /// With labels the identity is theirs, as Alertmanager computes it; without, it is (source, subject).
    [[nodiscard]] std::optional<std::string> addLabels(const Event &event, const Object &data, bool has)
    {
        Element element;
        m_pairs.clear();
        if (has && !data.at_key("labels").get(element))
            if (auto problem = readPairs(element, "label", true, m_pairs, m_scratch))
                return problem;
        Fingerprint identity;
        const bool labelled = !m_pairs.empty();
        const std::string_view title = firstText(data, has, {"summary", "title", "message"});
        if (!labelled) {
            const std::string_view name = event.subject.empty() ? firstText(data, has, {"alertname", "name", "title"}) : event.subject;
            if (name.empty())
                return "at least one label pair required";
            identity.add(event.source, name);
            m_pairs = {{"alertname", name}, {"source", event.source}};
        }
        for (const auto &[name, value] : m_pairs) {
            if (!isClassicName(name))
                return "invalid label set: invalid name " + jsonString(safeLine(name, 100));
            if (labelled)
                identity.add(name, value);
            m_builder.label(name, value);
        }
        m_builder.fingerprint(identity.value());
        // What is said beside the labels is shown with them, but is no part of the identity.
        for (const std::string_view extra : {"severity", "service", "instance"})
            if (std::none_of(m_pairs.begin(), m_pairs.end(), [&](const auto &p) { return p.first == extra; }))
                if (const auto value = firstText(data, has, {extra}); !value.empty())
                    m_builder.label(extra, value);
        m_pairs.clear();
        if (has && !data.at_key("annotations").get(element))
            if (auto problem = readPairs(element, "annotation", false, m_pairs, m_scratch))
                return problem;
        if (!title.empty() && std::none_of(m_pairs.begin(), m_pairs.end(), [](const auto &p) { return p.first == "summary"; }))
            m_builder.annotation("summary", title);
        for (const auto &[name, value] : m_pairs)
            m_builder.annotation(name, value);
        return std::nullopt;
    }

    [[nodiscard]] std::string_view firstText(const Object &data, bool has, std::initializer_list<std::string_view> keys)
    {
        if (has)
            for (const std::string_view key : keys)
                if (const auto text = textAt(data, key, m_scratch); !text.empty())
                    return text;
        return {};
    }

    [[nodiscard]] std::optional<std::string> takeChange(const Event &event, Instant at)
    {
        Object data;
        bool has = false;
        if (auto problem = dataOf(event, data, has))
            return problem;
        const std::string_view title = firstText(data, has, {"title", "summary", "message"});
        if (title.empty())
            return "data.title is missing; a change needs one";
        ChangeMarker marker;
        marker.connection = m_arrival.connection;
        marker.id = safeLine(std::string(event.source) + " " + std::string(event.id));
        const std::string_view service = textAt(data, "service", m_scratch);
        marker.service = safeLine(service.empty() ? event.subject : service);
        marker.title = safeLine(title);
        marker.detail = safeText(textAt(data, "detail", m_scratch));
        marker.link = safeLine(textAt(data, "link", m_scratch));
        if (!timeOf(data, true, "at", marker.at))
            return "data.at is not an RFC 3339 time";
        if (!marker.at)
            marker.at = at ? at : m_arrival.receivedAt;
        Element facts;
        if (!data.at_key("facts").get(facts)) {
            if (auto problem = readPairs(facts, "fact", false, m_pairs, m_scratch))
                return problem;
            for (const auto &[name, value] : m_pairs)
                marker.facts.emplace_back(safeLine(name), safeText(value));
        }
        if (const auto id = claim(event))
            m_out.changes.emplace_back(*id, std::move(marker));
        return std::nullopt;
    }

    [[nodiscard]] std::optional<std::string> takeHeartbeat(const Event &event)
    {
        Object data;
        bool has = false;
        if (auto problem = dataOf(event, data, has))
            return problem;
        std::string_view name = has ? textAt(data, "name", m_scratch) : std::string_view();
        if (name.empty())
            name = event.subject;
        if (name.empty())
            return "a heartbeat needs a name: data.name or subject";
        // A heartbeat counts when it arrives: a sender's clock must not keep it alive.
        if (const auto id = claim(event))
            m_out.heartbeats.emplace_back(*id, Heartbeat{m_arrival.connection, safeLine(name), m_arrival.receivedAt});
        return std::nullopt;
    }

    /// The identity of a valid event that nobody else has recorded or is about to.
    [[nodiscard]] std::optional<std::uint64_t> claim(const Event &event)
    {
        const std::uint64_t id = SeenIds::identity(m_arrival.connection, event.source, event.id);
        if (m_seen == nullptr || m_seen->claim(id))
            return id;
        m_out.repeated.push_back(id);
        return std::nullopt;
    }

    const Arrival &m_arrival;
    SeenIds *const m_seen;
    BatchBuilder m_builder;
    Quarantine m_quarantine;
    Scratch m_scratch;
    Pairs m_pairs;
    TimeReader m_times;
    CloudEvents m_out;
    std::uint32_t m_index = 0;
};

std::string percentDecoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size())
            if (const auto byte = fromHex(text.substr(i + 1, 2))) {
                out += static_cast<char>((*byte)[0]);
                i += 2;
                continue;
            }
        out += text[i];
    }
    return out;
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

} // namespace

std::string identityMembers(std::string_view body)
{
    const auto root = parseJson(body);
    Object event;
    if (!root || root->get_object().get(event))
        return {};
    Scratch scratch;
    std::string out;
    for (const std::string_view name : {"source", "id"})
        if (const std::string_view text = textAt(event, name, scratch); !text.empty())
            out += ",\"" + std::string(name) + "\":" + jsonString(safeLine(text, 1000));
    return out;
}

Result<CloudEvents> parseCloudEvent(std::string_view body, const Arrival &arrival, SeenIds *seen)
{
    const auto root = parseJson(body);
    if (!root)
        return tl::unexpected(root.error());
    if (!root->is_object())
        return fail(Code::Invalid, "the message must be one CloudEvent, a JSON object");
    EventReader reader(arrival, seen);
    reader.read(*root);
    return reader.finish();
}

Result<CloudEvents> parseCloudEventBatch(std::string_view body, const Arrival &arrival, SeenIds *seen)
{
    const auto root = parseJson(body);
    if (!root)
        return tl::unexpected(root.error());
    Array events;
    if (root->get_array().get(events))
        return fail(Code::Invalid, "the body must be a JSON array of CloudEvents");
    EventReader reader(arrival, seen);
    for (const Element element : events)
        reader.read(element);
    return reader.finish();
}

Result<CloudEvents> parseCloudEventBinary(const Headers &headers, std::string_view body, const Arrival &arrival, SeenIds *seen)
{
    Scratch texts;
    Event event;
    for (const auto &[name, value] : headers) {
        const std::string key = lower(name);
        if (key == "content-type") {
            event.contentType = texts.keep(lower(value));
            continue;
        }
        if (!key.starts_with("ce-"))
            continue;
        const std::string_view text = texts.keep(percentDecoded(value));
        if (key == "ce-specversion")
            event.specversion = text;
        else if (key == "ce-id")
            event.id = text;
        else if (key == "ce-source")
            event.source = text;
        else if (key == "ce-type")
            event.type = text;
        else if (key == "ce-subject")
            event.subject = text;
        else if (key == "ce-time")
            event.time = text;
    }
    if (event.specversion.empty() || event.id.empty() || event.source.empty() || event.type.empty())
        return fail(Code::Invalid, "ce-specversion, ce-id, ce-source and ce-type are all needed");
    // Data that is not JSON cannot be of our profile; the event is still seen, with the data as text for the excerpt.
    const bool json = event.contentType.empty() || event.contentType.starts_with("application/json")
        || event.contentType.find("+json") != std::string_view::npos;
    const std::string wrapped = body.empty() ? std::string("null") : json ? std::string(body) : jsonString(safeText(body));
    const auto data = parseJson(wrapped);
    if (!data)
        return tl::unexpected(data.error());
    event.data = *data;
    EventReader reader(arrival, seen);
    reader.read(event, *data);
    return reader.finish();
}

} // namespace qd::sources
