// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchjournal.h"

#include <algorithm>

namespace qd::app {

namespace {

constexpr Instant kBegin{1'767'225'600'000'000'000}; // 2026-01-01
constexpr std::size_t kServices = 40, kNames = 120, kHosts = 400, kVocabulary = 4000;
const char *const kPeople[] = {"ana", "ben", "cem", "dia", "eve", "fay"};

} // namespace

JournalMaker::JournalMaker(const JournalSpec &spec) : m_spec(spec), m_now(kBegin)
{
    // About 0.63 records an event, as they come out.
    m_step = nanos(m_spec.length.ns / static_cast<std::int64_t>(std::max<std::uint64_t>(1, m_spec.events * 63 / 100)));
    for (std::size_t i = 0; i < kVocabulary; ++i) {
        std::string word;
        for (std::uint64_t n = 2 + below(8); n > 0; --n)
            word += static_cast<char>('a' + below(26));
        m_vocabulary.push_back(std::move(word));
    }
}

/// SplitMix64.
std::uint64_t JournalMaker::random()
{
    std::uint64_t z = m_seed += 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

std::string JournalMaker::words(std::size_t bytes)
{
    std::string out;
    while (out.size() < bytes) {
        if (!out.empty())
            out += ' ';
        out += m_vocabulary[below(below(3) == 0 ? kVocabulary : kVocabulary / 20)];
    }
    return out;
}

void JournalMaker::apply(events::Events &out, events::Events events)
{
    for (auto &e : events) {
        state::apply(m_state, e, out.empty() ? nullptr : &out.back());
        out.push_back(std::move(e));
    }
}

void JournalMaker::begin(events::Events &out)
{
    Workspace w;
    w.name = "Reference";
    for (const char *person : kPeople)
        w.people.push_back({person, person, "UTC", {std::string(person) + "@chat.example"}});
    w.teams = {{"ops", "Operations", "ops", {"ana", "ben", "cem", "dia"}}};
    w.policies = {{"ops", "Operations on call", {{{"ops"}, minutes(5)}, {{"ben"}, minutes(10)}}, 0}};
    for (std::size_t i = 0; i < kServices; ++i)
        w.services.push_back({"service-" + std::to_string(i), "Service " + std::to_string(i), "ops", Paging::Observe, {}, {}});
    w.serviceLabels = {"service"};
    events::WorkspaceChanged changed;
    changed.workspace = std::move(w);
    changed.digest = "reference";
    apply(out, {events::CoreStarted{"bench"}, changed});
    for (const char *name : {"am", "push", "edge"}) {
        events::ConnectionAdded added;
        added.connection->name = added.connection->set = name;
        added.connection->kind = "inbound";
        apply(out, {added});
    }
    m_rules.emplace(m_state.workspace);
}

void JournalMaker::addReport(BatchBuilder &batch, const Firing &alert, bool resolved)
{
    // The texts of an alert follow from its number, so that its end says the same as its beginning.
    std::uint64_t seed = alert.number;
    std::swap(seed, m_seed);
    const std::string service = "service-" + std::to_string(below(kServices)), host = "host-" + std::to_string(below(kHosts));
    const std::string name = "Alert" + std::to_string(below(kNames)), instance = "pod-" + std::to_string(alert.number);
    const std::string severity = below(10) == 0 ? "critical" : "warning";
    const std::string summary = name + " on " + host + ": " + words(60), description = words(50);
    std::swap(seed, m_seed);
    batch.begin();
    batch.label("alertname", name);
    batch.label("cluster", "eu-1");
    batch.label("host", host);
    batch.label("instance", instance);
    batch.label("service", service);
    batch.label("severity", severity);
    if (!resolved) {
        batch.annotation("description", description);
        batch.annotation("runbook_url", "https://runbooks.example/" + name);
        batch.annotation("summary", summary);
    }
    batch.status(resolved ? AlertStatus::Resolved : AlertStatus::Firing);
    batch.startsAt(alert.since);
    if (resolved)
        batch.endsAt(m_now);
    batch.updatedAt(m_now);
    batch.end();
}

void JournalMaker::alerts(events::Events &out)
{
    BatchBuilder batch("push", Path::Push, m_now, 1);
    // To begin with as many as fire at a time, by listings; then one comes for one that goes.
    const bool filling = m_firing.size() < m_spec.active;
    std::size_t rows = filling ? std::clamp<std::size_t>(m_spec.active / 100, 1, 500) : below(20) == 0 ? 2 + below(6) : 1;
    const bool resolve = !filling && (m_firing.size() > m_spec.active + m_spec.active / 20 || below(2) == 0);
    for (; rows > 0 && !(resolve && m_firing.empty()); --rows) {
        if (resolve) {
            const std::size_t at = below(m_firing.size());
            addReport(batch, m_firing[at], true);
            m_firing[at] = m_firing.back();
            m_firing.pop_back();
        } else {
            m_firing.push_back({++m_lastAlert, m_now});
            addReport(batch, m_firing.back(), false);
        }
    }
    apply(out, m_rules->decide(m_state, batch.take(), 0).events);
}

void JournalMaker::incident(events::Events &out)
{
    const events::Actor by{kPeople[below(std::size(kPeople))], Path::Person};
    // Incidents are spread over the journal; two or three are open at a time.
    const bool due = m_lastIncident < m_spec.incidents && m_events * m_spec.incidents >= std::uint64_t{m_lastIncident} * m_spec.events;
    if (due) {
        events::IncidentDeclared e;
        e.incident = "INC-" + std::to_string(++m_lastIncident);
        e.title = words(40);
        e.service = "service-" + std::to_string(below(kServices));
        e.by = by;
        for (std::size_t i = 0; i < 3 && i < m_firing.size(); ++i)
            e.alerts.push_back(m_state.key(m_state.alerts.all[below(m_state.alerts.all.size())]));
        m_open.push_back(m_lastIncident);
        const std::string id = e.incident;
        apply(out, {e, events::RoleAssumed{id, Role::Commander, by.person, by}, events::RoomLinked{id, "chat", id + "@rooms.example", true}});
        if (m_open.size() > 3) {
            events::StatusChanged over;
            over.incident = "INC-" + std::to_string(m_open.front());
            over.status = IncidentStatus::Resolved;
            over.by = by;
            m_open.erase(m_open.begin());
            apply(out, {over});
        }
        return;
    }
    if (m_open.empty())
        return;
    const std::string id = "INC-" + std::to_string(m_open[below(m_open.size())]);
    switch (below(12)) {
    case 0: return apply(out, {events::LogWritten{id, words(90), by}});
    case 1: {
        events::TaskAssigned e;
        e.incident = id;
        e.person = by.person;
        e.text = words(50);
        e.task = static_cast<std::uint32_t>(m_state.incident(id)->tasks.size() + 1);
        e.by = by;
        return apply(out, {e});
    }
    default: break;
    }
    events::MessageSeen m;
    m.connection = "chat";
    m.room = id + "@rooms.example";
    m.incident = id;
    m.messageId = "m" + std::to_string(++m_lines);
    m.sender = m.room + "/" + by.person;
    m.person = by.person;
    m.verified = true;
    m.text = words(60 + below(80));
    m.serverTime = m_now;
    apply(out, {m});
}

void JournalMaker::repeats(events::Events &out)
{
    switch (below(4)) {
    case 0: {
        events::AlertsRepeated e;
        e.connection = "push";
        e.first = m_now - seconds(30);
        e.last = m_now;
        e.count = 3;
        for (std::size_t n = std::min<std::size_t>(20, m_state.alerts.all.size()); n > 0; --n) {
            const state::Alert &a = m_state.alerts.all[below(m_state.alerts.all.size())];
            if (a.status != AlertStatus::Firing)
                continue;
            e.fingerprint.push_back(a.fingerprint);
            e.endsAt.push_back(0);
            e.times.push_back(3);
        }
        return apply(out, {e});
    }
    case 1: return apply(out, {events::SourceSeen{"am", Path::Poll, m_now - seconds(30), m_now, 6}});
    case 2: return apply(out, {events::HeartbeatSeen{"edge", "backup-" + std::to_string(below(20)), m_now - seconds(30), m_now, 2}});
    default: {
        events::ChangeSeen e;
        e.service = "service-" + std::to_string(below(kServices));
        e.title = "deploy " + words(60);
        e.link = "https://ci.example/run/" + std::to_string(m_events);
        e.source = "ci";
        e.at = m_now;
        return apply(out, {e});
    }
    }
}

std::optional<JournalMaker::Made> JournalMaker::next()
{
    if (m_events >= m_spec.events)
        return std::nullopt;
    Made made;
    m_now = m_now + m_step;
    m_state.seq += 1;
    m_state.time = m_now;
    made.seq = m_state.seq;
    made.time = m_now;
    while (made.events.empty()) {
        const std::uint64_t what = below(100);
        if (made.seq == 1)
            begin(made.events);
        else if (m_firing.size() < m_spec.active || what < 66)
            alerts(made.events);
        else if (what < 90)
            incident(made.events);
        else
            repeats(made.events);
    }
    m_events += made.events.size();
    return made;
}

} // namespace qd::app
