// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/desk/deskbench.h"
#include "tests/support/heartbeats.h"

namespace qd::tests {

inline Workspace withHeartbeats(std::vector<HeartbeatRule> rules)
{
    Workspace w = aWorkspace();
    w.heartbeats = std::move(rules);
    return w;
}

/// A desk that watches heartbeats, pinged by the connection "am".
struct BeatBench : Bench {
    explicit BeatBench(HeartbeatRule rule = aRule()) { settle(withHeartbeats({std::move(rule)})); }

    Result<Outcome> ping(events::PingKind kind = events::PingKind::Beat, std::uint32_t run = 0, const std::string &name = "job")
    {
        return report(events::Event(events::PingsSeen{name, "am", {clock.now().ns}, {static_cast<std::uint8_t>(kind)}, {run}, 1, false}));
    }
    Result<Outcome> says(events::PingKind kind, std::uint32_t status = 0, const std::string &text = {})
    {
        return report(events::Event(events::PingSaid{"job", "am", kind, clock.now(), 0, status, text}));
    }
    void pass(Span span)
    {
        clock.advance(span);
        const auto done = wake();
        Q_ASSERT(done);
    }
    state::Monitor job()
    {
        return ask([](const state::State &s) { return s.monitors.contains("job") ? s.monitors.at("job") : state::Monitor{}; });
    }
    std::string phase() { return std::string(word(job().phase)); }
    /// Alerts of this name as "status severity service suppression", oldest first.
    std::vector<std::string> alerts(const std::string &name = "HeartbeatMissed")
    {
        return ask([&](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &a : s.alerts.all)
                if (s.label(a, "alertname") == name)
                    out.push_back(std::string(word(a.status)) + " " + std::string(word(a.severity)) + " " + std::string(s.text(a.service)) + " " + std::string(word(a.suppression)));
            return out;
        });
    }
    std::vector<std::string> recorded(const std::string &type)
    {
        std::vector<std::string> out;
        (void)desk::replay(*journal, 1, journal->head(), [&](const desk::Record &r) {
            for (const auto &e : r.events)
                if (events::typeName(e) == type)
                    out.push_back(toRfc3339(r.time));
            return true;
        });
        return out;
    }
    void change(Workspace w)
    {
        events::WorkspaceChanged e;
        e.workspace = std::move(w);
        e.digest = "other " + std::to_string(++m_changes);
        const auto done = report(events::Event(e));
        Q_ASSERT(done);
    }
    int m_changes = 0;
};

} // namespace qd::tests
