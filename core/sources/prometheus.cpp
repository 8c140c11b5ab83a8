// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/prometheus.h"

#include "core/base/safetext.h"
#include "core/sources/json.h"

#include <algorithm>

namespace qd::sources {

namespace {

Result<Array> listOf(std::string_view body, std::string_view key)
{
    const auto root = parseJson(body);
    if (!root)
        return tl::unexpected(root.error());
    Object object, data;
    Array list;
    std::string_view status;
    if (root->get_object().get(object) || object.at_key("status").get_string().get(status) || status != "success"
        || object.at_key("data").get_object().get(data) || data.at_key(key).get_array().get(list))
        return fail(Code::Invalid, "the answer is not Prometheus' list of " + std::string(key));
    return list;
}

/// Reads the alerts of one state; what is wrong in shape is quarantined by the reader of firing ones only.
class StateReader {
public:
    StateReader(const Arrival &arrival, std::string_view state, bool others)
        : m_state(state), m_others(others), m_builder(arrival.connection, Path::Poll, arrival.receivedAt), m_quarantine(m_builder)
    {
    }

    void read(Element element)
    {
        Object object;
        m_scratch.clear();
        const bool isObject = !element.get_object().get(object);
        const std::string_view state = isObject ? textAt(object, "state", m_scratch) : std::string_view();
        if (state == m_state || (m_others && state != "pending"))
            if (const auto problem = isObject ? readObject(object) : std::optional<std::string>("an alert must be a JSON object"))
                m_quarantine.add(m_index, *problem, element);
        ++m_index;
    }

    [[nodiscard]] BatchBuilder &builder() { return m_builder; }
    [[nodiscard]] ReportBatch take()
    {
        m_quarantine.close();
        return m_builder.take();
    }

private:
    [[nodiscard]] std::optional<std::string> readObject(const Object &object)
    {
        m_builder.begin();
        Element element;
        if (object.at_key("labels").get(element))
            return "at least one label pair required";
        if (auto problem = readPairs(element, "label", true, m_pairs, m_scratch))
            return problem;
        if (m_pairs.empty())
            return "at least one label pair required";
        for (const auto &[name, value] : m_pairs)
            m_builder.label(name, value);
        if (!object.at_key("annotations").get(element)) {
            if (auto problem = readPairs(element, "annotation", false, m_pairs, m_scratch))
                return problem;
            for (const auto &[name, value] : m_pairs)
                m_builder.annotation(name, value);
        }
        if (const auto value = textAt(object, "value", m_scratch); !value.empty())
            m_builder.annotation("value", value);
        Instant at;
        if (!object.at_key("activeAt").get(element) && !m_times.read(element, at))
            return "activeAt is not an RFC 3339 time";
        m_builder.startsAt(at);
        m_builder.end();
        return std::nullopt;
    }

    std::string_view m_state;
    bool m_others;
    BatchBuilder m_builder;
    Quarantine m_quarantine;
    Scratch m_scratch;
    Pairs m_pairs;
    TimeReader m_times;
    std::uint32_t m_index = 0;
};

void addBroken(BatchBuilder &builder, const BrokenRule &rule)
{
    builder.begin();
    builder.label("alertname", "RuleBroken");
    builder.label("group", rule.group);
    builder.label("rule", rule.rule);
    builder.label("severity", "warning");
    const std::string summary = "Rule " + rule.rule + " cannot be evaluated; what it watches is unwatched";
    builder.annotation("summary", summary);
    builder.annotation("error", rule.error);
    builder.end();
}

} // namespace

Result<PrometheusAlerts> parsePrometheusAlerts(std::string_view body, const Arrival &arrival, const std::vector<BrokenRule> &broken)
{
    const auto list = listOf(body, "alerts");
    if (!list)
        return tl::unexpected(list.error());
    StateReader firing(arrival, "firing", true), pending(arrival, "pending", false);
    for (const Element element : *list) {
        firing.read(element);
        pending.read(element);
    }
    for (const auto &rule : broken)
        addBroken(firing.builder(), rule);
    PrometheusAlerts out{firing.take(), pending.take()};
    out.firing.snapshot = out.firing.quarantined.empty();
    return out;
}

Result<PrometheusRules> parsePrometheusRules(std::string_view body)
{
    const auto groups = listOf(body, "groups");
    if (!groups)
        return tl::unexpected(groups.error());
    PrometheusRules out;
    for (const Element element : *groups) {
        Object group;
        Array rules;
        if (element.get_object().get(group) || group.at_key("rules").get_array().get(rules))
            continue;
        for (const Element each : rules) {
            Scratch scratch;
            Object rule;
            if (each.get_object().get(rule))
                continue;
            const std::string_view health = textAt(rule, "health", scratch);
            if (health == "unknown")
                out.allEvaluated = false;
            if (health == "ok" || health == "unknown" || health.empty())
                continue;
            out.broken.push_back({safeLine(textAt(group, "name", scratch)), safeLine(textAt(rule, "name", scratch)), safeLine(health),
                                  safeText(textAt(rule, "lastError", scratch))});
        }
    }
    return out;
}

Instant parsePrometheusStart(std::string_view body)
{
    const auto root = parseJson(body);
    Object object, data;
    Element element;
    Instant at;
    TimeReader times;
    if (!root || root->get_object().get(object) || object.at_key("data").get_object().get(data) || data.at_key("startTime").get(element)
        || !times.read(element, at))
        return {};
    return at;
}

bool waitsAnew(const ReportBatch &pending, Instant start, Instant now)
{
    constexpr Span kFirstLooks = minutes(5); // until the slowest usual group was evaluated once
    return start && now - start < minutes(15) && std::any_of(pending.startsAt.begin(), pending.startsAt.end(), [&](std::int64_t at) { return Instant{at} <= start + kFirstLooks; });
}

} // namespace qd::sources
