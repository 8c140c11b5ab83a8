// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/builders.h"

#include <algorithm>
#include <map>

namespace qd::tests {

bool says(const std::vector<std::string> &lines, std::string_view text)
{
    return std::any_of(lines.begin(), lines.end(), [&](const std::string &l) { return l.find(text) != std::string::npos; });
}

ABatch::ABatch(std::string connection, Instant receivedAt, Path path) : m_connection(std::move(connection)), m_receivedAt(receivedAt), m_path(path) {}

ABatch &ABatch::alert(Labels labels)
{
    m_reports.emplace_back().labels = std::move(labels);
    m_reports.back().startsAt = m_receivedAt;
    return *this;
}

ABatch &ABatch::annotation(std::string name, std::string value)
{
    m_reports.back().annotations.emplace_back(std::move(name), std::move(value));
    return *this;
}

ABatch &ABatch::severity(std::string value)
{
    m_reports.back().labels.emplace_back("severity", std::move(value));
    return *this;
}

ABatch &ABatch::resolved(Instant endsAt)
{
    m_reports.back().status = AlertStatus::Resolved;
    m_reports.back().endsAt = endsAt ? endsAt : m_receivedAt;
    return *this;
}

ABatch &ABatch::startsAt(Instant t)
{
    m_reports.back().startsAt = t;
    return *this;
}

ABatch &ABatch::endsAt(Instant t)
{
    m_reports.back().endsAt = t;
    return *this;
}

ABatch &ABatch::updatedAt(Instant t)
{
    m_reports.back().updatedAt = t;
    return *this;
}

ABatch &ABatch::suppressed(Suppression s, std::string by)
{
    m_reports.back().suppression = s;
    m_reports.back().by = std::move(by);
    return *this;
}

ABatch &ABatch::snapshot()
{
    m_snapshot = true;
    return *this;
}

ReportBatch ABatch::build() const
{
    BatchBuilder builder(m_connection, m_path, m_receivedAt, m_reports.size());
    for (const Report &r : m_reports) {
        builder.begin();
        for (const auto &[name, value] : r.labels)
            builder.label(name, value);
        for (const auto &[name, value] : r.annotations)
            builder.annotation(name, value);
        builder.status(r.status);
        builder.startsAt(r.startsAt);
        builder.endsAt(r.endsAt);
        builder.updatedAt(r.updatedAt);
        if (r.suppression != Suppression::None)
            builder.suppressed(r.suppression, r.by);
        builder.end();
    }
    ReportBatch batch = builder.take();
    batch.snapshot = m_snapshot;
    return batch;
}

events::Events decided(const ReportBatch &batch, std::vector<events::Verdict> verdicts)
{
    events::AlertsDecided d;
    d.names = {""};
    d.because = {{"test.verdict", {"the test says so"}, {}}};
    std::map<std::string, std::uint32_t> names{{"", 0}};
    const auto number = [&](std::string_view text) {
        const auto [it, isNew] = names.emplace(text, static_cast<std::uint32_t>(d.names.size()));
        if (isNew)
            d.names.emplace_back(text);
        return it->second;
    };
    for (std::size_t row = 0; row < batch.size(); ++row) {
        d.verdict.push_back(static_cast<std::uint8_t>(verdicts[std::min(row, verdicts.size() - 1)]));
        d.severity.push_back(static_cast<std::uint8_t>(severityFromText(batch.label(row, "severity"))));
        d.service.push_back(number(batch.label(row, "service")));
        d.group.push_back(d.service.back());
        d.reason.push_back(0);
    }
    return {events::AlertsReported{batch}, std::move(d)};
}

std::string keyOf(const ReportBatch &batch, std::size_t row)
{
    return batch.connection + "/" + fingerprintText(batch.fingerprint[row]);
}

AnIncident::AnIncident(std::string id)
{
    m_event.incident = std::move(id);
    m_event.title = "Checkout fails";
    m_event.kind = "real";
    m_event.by = {"ana", Path::Person};
}

AnIncident &AnIncident::titled(std::string title)
{
    m_event.title = std::move(title);
    return *this;
}

AnIncident &AnIncident::severity(IncidentSeverity severity)
{
    m_event.severity = severity;
    return *this;
}

AnIncident &AnIncident::service(std::string id)
{
    m_event.service = std::move(id);
    return *this;
}

AnIncident &AnIncident::alert(std::string key)
{
    m_event.alerts.push_back(std::move(key));
    return *this;
}

AnIncident &AnIncident::by(std::string person)
{
    m_event.by.person = std::move(person);
    return *this;
}

Workspace aWorkspace()
{
    Workspace w;
    w.name = "Shop";
    w.people = {{"ana", "Ana", "UTC", {"ana@chat.example"}}, {"ben", "Ben", "UTC", {"ben@chat.example"}}};
    w.teams = {{"shop", "Shop", "shop", {"ana", "ben"}}};
    w.policies = {{"shop", "Shop on call", {{{"shop"}, minutes(5)}, {{"ben"}, minutes(10)}}, 0}};
    w.services = {{"web", "Web", "shop", Paging::Observe, {{"cart", DependencyKind::Hard}, {"mail", DependencyKind::Async}}, {"frontend"}},
                  {"cart", "Cart", "shop", Paging::Observe, {{"db", DependencyKind::Hard}}, {}},
                  {"db", "Database", "shop", Paging::Observe, {}, {}},
                  {"mail", "Mail", "shop", Paging::Observe, {}, {}}};
    return w;
}

events::Events withWorkspace(Workspace workspace)
{
    return {events::WorkspaceChanged{std::move(workspace), "00", {}}};
}

events::Events withConnection(const std::string &name, const std::string &kind, Writes armed, const std::string &set)
{
    Connection c;
    c.name = name;
    c.kind = kind;
    c.set = set;
    if (kind == "xmpp")
        c.muc = "muc.example";
    events::Events out{events::ConnectionAdded{std::move(c), {"ana", Path::Person}}};
    if (armed != 0)
        out.push_back(events::ConnectionArmed{name, armed, {"ana", Path::Person}});
    return out;
}

Log &Log::record(events::Events events, Span later)
{
    m_now = m_now + later;
    state::applyRecord(state, ++m_seq, m_now, events);
    return *this;
}

} // namespace qd::tests
