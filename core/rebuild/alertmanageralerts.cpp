// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/collector.h"
#include "core/rebuild/json.h"

#include "core/base/encoding.h"
#include "core/base/safetext.h"

#include <algorithm>
#include <map>

/// Alertmanager's webhooks as they were kept, one or many, or the answer of its API v2 (/api/v2/alerts).
/// Source: https://prometheus.io/docs/alerting/latest/configuration/ (webhook_config) and Alertmanager's openapi.yaml.
namespace qd::rebuild {

namespace {

std::string firstOf(const json::Object *from, std::initializer_list<const char *> names)
{
    for (const char *name : names)
        if (const std::string t = from ? json::text(*from, name) : std::string(); !t.empty())
            return t;
    return {};
}

std::string otherLabels(const json::Object &labels)
{
    std::map<std::string, std::string> sorted;
    for (const auto &member : labels)
        if (member.key() != "alertname")
            sorted.emplace(std::string(member.key()), json::textOf(member.value()));
    std::string out;
    for (const auto &one : sorted)
        out += (out.empty() ? "" : ", ") + one.first + "=\"" + one.second + "\"";
    return out;
}

/// The end, where the alert is over. Of one that fires the API writes when it would be taken for over.
Instant endOf(const json::Object &alert, const Zone &zone)
{
    const auto ends = momentOf(json::text(alert, "endsAt"), zone);
    const json::Object *status = json::object(alert, "status");
    const std::string state = status ? json::text(*status, "state") : json::text(alert, "status");
    return ends && state == "resolved" ? *ends : Instant{};
}

class Alerts {
public:
    explicit Alerts(Collector &out) : m_out(out) {}

    void add(const json::Object &alert, const std::string &receiver)
    {
        const json::Object *labels = json::object(alert, "labels");
        if (!labels)
            return m_out.count("1 entry that is no alert is left out.", "%1 entries that are no alerts are left out.");
        const std::string name = json::text(*labels, "alertname");
        const std::string about = firstOf(json::object(alert, "annotations"), {"summary", "description", "message"});
        const std::string rest = otherLabels(*labels);
        Fact f;
        f.at = m_out.moment(json::text(alert, "startsAt")).value_or(Instant{});
        f.until = endOf(alert, m_out.options().zone);
        f.kind = "alert";
        f.actor = receiver.empty() ? "Alertmanager" : "Alertmanager, " + receiver;
        f.text = (name.empty() ? "an alert" : name) + " fires" + (about.empty() ? "" : ": " + about) + (rest.empty() ? "" : " (" + safeLine(rest, kLabelsBytes) + ")");
        if (rest.size() > kLabelsBytes)
            m_out.count("1 alert has more labels than are shown.", "%1 alerts have more labels than are shown.");
        const std::string fingerprint = json::text(alert, "fingerprint");
        f.reference = (fingerprint.empty() ? name + "{" + safeLine(rest, 200) + (rest.size() > 200 ? "…" + sha256Hex(rest).substr(0, 12) : std::string()) + "}" : fingerprint) + "/" + std::to_string(f.at.ns / 1'000'000'000);
        const auto [it, isNew] = m_byReference.try_emplace(f.reference, m_all.size());
        if (isNew) {
            m_all.push_back(std::move(f));
            return;
        }
        ++m_again;
        Fact &before = m_all[it->second]; // told again: whether it is over by now is what is new
        if (f.until)
            before.until = f.until;
    }

    void finish()
    {
        const auto open = std::count_if(m_all.begin(), m_all.end(), [](const Fact &f) { return !f.until; });
        m_out.count("1 alert has no end in this file.", "%1 alerts have no end in this file.", static_cast<std::uint64_t>(open));
        m_out.count("1 alert was told again.", "%1 times an alert was told again.", m_again);
        for (Fact &f : m_all) {
            f.isAlways = !f.until && isCalledAlways(std::string_view(f.text).substr(0, f.text.find(" fires")));
            m_out.add(std::move(f));
        }
    }

private:
    Collector &m_out;
    std::vector<Fact> m_all;
    std::map<std::string, std::size_t> m_byReference;
    std::uint64_t m_again = 0;
};

} // namespace

Result<Facts> readAlertmanager(std::string_view bytes, const Options &options)
{
    auto all = json::parseAll(bytes); // alerts of the API, or webhooks, as a list or one a line
    if (!all)
        return tl::unexpected(all.error());
    Collector out(Format::Alertmanager, "Alertmanager", options);
    Alerts alerts(out);
    for (const json::Value &v : *all) {
        const json::Object *o = v.if_object();
        if (o && json::object(*o, "body")) // a webhook with what was kept beside it
            o = json::object(*o, "body");
        const json::Array *inside = o ? json::array(*o, "alerts") : nullptr;
        if (inside) {
            for (const json::Value &a : *inside)
                if (const json::Object *alert = a.if_object())
                    alerts.add(*alert, json::text(*o, "receiver"));
                else
                    out.count("1 entry that is no alert is left out.", "%1 entries that are no alerts are left out.");
            if (const std::string cut = json::text(*o, "truncatedAlerts"); !cut.empty() && cut != "0")
                out.note("Alertmanager left out " + cut + " alerts of a webhook (truncatedAlerts).");
        } else if (o) {
            alerts.add(*o, {});
        } else {
            out.count("1 entry that is no alert is left out.", "%1 entries that are no alerts are left out.");
        }
    }
    alerts.finish();
    return out.take("The file has no alert of Alertmanager's.");
}

} // namespace qd::rebuild
