// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/alertmanager.h"

#include "core/base/safetext.h"
#include "core/sources/json.h"

#include <algorithm>

namespace qd::sources {

namespace {

enum class Shape { Push, Webhook, Grafana, Listing };

/// What one item of any of the shapes says, before it is judged.
struct Item {
    Element raw;
    Element labels, annotations, status;
    bool hasLabels = false, hasAnnotations = false, hasStatus = false, badTime = false;
    Instant startsAt, endsAt, updatedAt;
    std::string_view link, fingerprint;
    Pairs extras; ///< Grafana's links and values, as annotations
};

class AlertReader {
public:
    AlertReader(Shape shape, const Arrival &arrival, Path path, std::size_t expected)
        : m_shape(shape), m_arrival(arrival), m_builder(arrival.connection, path, arrival.receivedAt, expected), m_quarantine(m_builder)
    {
    }

    /// `groupStatus` is what holds for an alert of a webhook that says nothing itself.
    void readAll(const Array &alerts, std::string_view groupStatus = {})
    {
        m_groupStatus = groupStatus;
        for (const Element element : alerts) {
            const auto problem = readOne(element);
            if (problem)
                m_quarantine.add(m_index, *problem, element);
            ++m_index;
        }
    }

    void leaveOut(std::int64_t count, Element raw)
    {
        m_quarantine.add(m_index, "the sender left out " + std::to_string(count) + " alerts of this group (truncatedAlerts)", raw);
    }

    [[nodiscard]] ReportBatch take()
    {
        m_quarantine.close();
        ReportBatch batch = m_builder.take();
        batch.snapshot = m_shape == Shape::Listing && batch.quarantined.empty();
        return batch;
    }

private:
    [[nodiscard]] std::optional<std::string> readOne(Element element)
    {
        Object object;
        if (element.get_object().get(object))
            return "an alert must be a JSON object";
        m_scratch.clear();
        Item item;
        item.raw = element;
        for (const auto field : object)
            note(item, field.key, field.value);
        if (item.badTime)
            return m_badTime + " is not an RFC 3339 time";
        m_builder.begin();
        if (auto problem = addTimes(item))
            return problem;
        if (auto problem = addPairs(item))
            return problem;
        addIdentity(item);
        m_builder.end();
        return std::nullopt;
    }

    void time(Item &item, std::string_view key, Element value, TimeReader &reader, Instant &out)
    {
        if (!reader.read(value, out)) {
            item.badTime = true;
            m_badTime = key;
        }
    }

    void note(Item &item, std::string_view key, Element value)
    {
        if (key == "labels") {
            item.labels = value;
            item.hasLabels = true;
        } else if (key == "annotations") {
            item.annotations = value;
            item.hasAnnotations = true;
        } else if (key == "startsAt") {
            time(item, key, value, m_starts, item.startsAt);
        } else if (key == "endsAt") {
            time(item, key, value, m_ends, item.endsAt);
        } else if (key == "generatorURL") {
            item.link = textOf(value, m_scratch).value_or(std::string_view());
        } else if (m_shape == Shape::Push) {
            return; // what follows is not a sender's to say
        } else if (key == "status") {
            item.status = value;
            item.hasStatus = !value.is_null();
        } else if (key == "updatedAt") {
            time(item, key, value, m_updates, item.updatedAt);
        } else if (key == "fingerprint") {
            item.fingerprint = textOf(value, m_scratch).value_or(std::string_view());
        } else if (m_shape == Shape::Grafana) {
            for (const std::string_view extra : {"dashboardURL", "panelURL", "silenceURL", "imageURL", "valueString", "values"})
                if (key == extra)
                    noteExtra(item, extra, value);
        }
    }

    void noteExtra(Item &item, std::string_view name, Element value)
    {
        const auto plain = textOf(value, m_scratch);
        const std::string_view text = plain ? *plain : m_scratch.keep(jsonText(value));
        if (!text.empty())
            item.extras.emplace_back(name, text);
    }

    [[nodiscard]] std::optional<std::string> addTimes(Item &item)
    {
        const Instant received = m_arrival.receivedAt;
        AlertStatus status = AlertStatus::Firing;
        if (m_shape == Shape::Push) {
            if (!item.startsAt)
                item.startsAt = item.endsAt && item.endsAt < received ? item.endsAt : received;
            if (item.endsAt && item.endsAt < item.startsAt)
                return "start time must be before end time";
            if (!item.endsAt)
                item.endsAt = (item.startsAt > received + kClockAhead ? received : std::max(received, item.startsAt)) + m_arrival.resolveTimeout;
            if (item.endsAt <= received)
                status = AlertStatus::Resolved;
        } else if (m_shape == Shape::Listing) {
            if (item.endsAt <= received)
                item.endsAt = {};
        } else {
            const auto word = hookStatus(item);
            if (!word)
                return "its status is neither \"firing\" nor \"resolved\"";
            status = *word;
            if (!item.startsAt)
                item.startsAt = item.endsAt && item.endsAt < received ? item.endsAt : received;
            if (status == AlertStatus::Resolved && !item.endsAt)
                item.endsAt = received;
        }
        m_builder.startsAt(item.startsAt);
        m_builder.endsAt(item.endsAt);
        m_builder.updatedAt(item.updatedAt);
        m_builder.status(status);
        return std::nullopt;
    }

    [[nodiscard]] std::optional<AlertStatus> hookStatus(const Item &item) const
    {
        std::string_view text = m_groupStatus;
        if (item.hasStatus) {
            if (item.status.get_string().get(text))
                return std::nullopt;
        } else if (item.endsAt) {
            return item.endsAt <= m_arrival.receivedAt ? AlertStatus::Resolved : AlertStatus::Firing;
        }
        if (text == "resolved" || text == "ok")
            return AlertStatus::Resolved;
        return text.empty() || text == "firing" || text == "alerting" ? std::optional(AlertStatus::Firing) : std::nullopt;
    }

    [[nodiscard]] std::optional<std::string> addPairs(const Item &item)
    {
        if (item.hasLabels) {
            if (auto problem = readPairs(item.labels, "label", true, m_pairs, m_scratch))
                return problem;
        } else {
            m_pairs.clear();
        }
        if (auto problem = badName("invalid label set"))
            return problem;
        if (m_pairs.empty())
            return "at least one label pair required";
        for (const auto &[name, value] : m_pairs)
            m_builder.label(name, value);
        if (item.hasAnnotations)
            if (auto problem = readPairs(item.annotations, "annotation", false, m_pairs, m_scratch))
                return problem;
        if (!item.hasAnnotations)
            m_pairs.clear();
        if (auto problem = badName("invalid annotations"))
            return problem;
        for (const auto &[name, value] : m_pairs)
            m_builder.annotation(name, value);
        for (const auto &[name, value] : item.extras)
            m_builder.annotation(name, value);
        return std::nullopt;
    }

    /// A pushed alert must name its labels as Alertmanager demands. What comes out of a monitoring system was accepted by
    /// it, and newer ones allow any UTF-8 there.
    [[nodiscard]] std::optional<std::string> badName(std::string_view what) const
    {
        for (const auto &pair : m_pairs)
            if (m_shape == Shape::Push ? !isClassicName(pair.first) : pair.first.empty())
                return std::string(what) + ": invalid name " + jsonString(safeLine(pair.first, 100));
        return std::nullopt;
    }

    void addIdentity(const Item &item)
    {
        if (!item.link.empty())
            m_builder.link(item.link);
        if (item.fingerprint.size() == 16)
            if (const auto given = parseFingerprint(item.fingerprint))
                m_builder.fingerprint(*given);
        if (m_shape == Shape::Listing)
            addSuppression(item);
    }

    void addSuppression(const Item &item)
    {
        Object status;
        if (!item.hasStatus || item.status.get_object().get(status))
            return;
        for (const auto &[key, kind] : {std::pair("silencedBy", Suppression::Silenced), std::pair("inhibitedBy", Suppression::Inhibited),
                                        std::pair("mutedBy", Suppression::Maintenance)}) {
            Array ids;
            if (status.at_key(key).get_array().get(ids) || ids.size() == 0)
                continue;
            std::string by;
            for (const Element id : ids)
                if (std::string_view text; !id.get_string().get(text)) {
                    by += by.empty() ? "" : ",";
                    by += text;
                }
            m_builder.suppressed(kind, m_scratch.keep(std::move(by)));
            return;
        }
    }

    Shape m_shape;
    const Arrival &m_arrival;
    BatchBuilder m_builder;
    Quarantine m_quarantine;
    Scratch m_scratch;
    Pairs m_pairs;
    TimeReader m_starts, m_ends, m_updates;
    std::string m_badTime;
    std::string_view m_groupStatus;
    std::uint32_t m_index = 0;
};

/// How many reports to make room for: an array of tiny nonsense must not reserve as if it were alerts.
std::size_t expected(const Array &alerts, std::string_view body)
{
    constexpr std::size_t kSmallestAlert = 64;
    return std::min(alerts.size(), body.size() / kSmallestAlert);
}

Result<ReportBatch> readList(std::string_view body, const Arrival &arrival, Shape shape, Path path)
{
    const auto root = parseJson(body);
    if (!root)
        return tl::unexpected(root.error());
    Array alerts;
    if (root->get_array().get(alerts))
        return fail(Code::Invalid, "the body must be a JSON array of alerts");
    AlertReader reader(shape, arrival, path, expected(alerts, body));
    reader.readAll(alerts);
    return reader.take();
}

} // namespace

Result<ReportBatch> parseAlertmanagerPush(std::string_view body, const Arrival &arrival)
{
    return readList(body, arrival, Shape::Push, Path::Push);
}

Result<ReportBatch> parseAlertmanagerAlerts(std::string_view body, const Arrival &arrival)
{
    return readList(body, arrival, Shape::Listing, Path::Poll);
}

Result<ReportBatch> parseAlertmanagerWebhook(std::string_view body, const Arrival &arrival)
{
    const auto root = parseJson(body);
    if (!root)
        return tl::unexpected(root.error());
    Object object;
    Array alerts;
    if (root->get_object().get(object) || object.at_key("alerts").get_array().get(alerts))
        return fail(Code::Invalid, "the body must be a JSON object with an array \"alerts\" (webhook version 4)");
    Element orgId;
    const bool grafana = !object.at_key("orgId").get(orgId);
    std::string_view groupStatus;
    if (object.at_key("status").get_string().get(groupStatus))
        groupStatus = {};
    AlertReader reader(grafana ? Shape::Grafana : Shape::Webhook, arrival, Path::Webhook, expected(alerts, body));
    reader.readAll(alerts, groupStatus);
    Element truncated;
    if (!object.at_key("truncatedAlerts").get(truncated))
        if (const auto count = numberOf(truncated); count && *count > 0)
            reader.leaveOut(*count, truncated);
    return reader.take();
}

} // namespace qd::sources
