// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/readheartbeat.h"

namespace qd::workspace {

namespace {
constexpr std::size_t kBeatMatchersLimit = 20;
} // namespace

void readHeartbeat(Fields in, Draft &draft)
{
    HeartbeatRule h;
    h.id = in.id();
    h.name = in.text("name");
    h.service = in.text("service");
    if (!h.service.empty())
        draft.references.push_back({Kind::Service, h.service, "heartbeat " + h.id, in.placeOf("service")});
    h.severity = in.word("severity", h.severity, "critical, error, warning, info or none");
    if (!in.has("interval"))
        in.problemAt(in.place(), "heartbeat " + h.id + " does not say how often it comes; write interval = \"5m\"");
    h.interval = in.span("interval", minutes(5), kShortestInterval, kLongestInterval);
    h.grace = in.span("grace", Span{h.interval.ns / 2}, Span{}, kLongestGrace);
    h.misses = static_cast<std::uint32_t>(in.number("misses", 1, 1, kHeartbeatWindows));
    h.of = static_cast<std::uint32_t>(in.number("of", h.misses, 1, kHeartbeatWindows));
    if (h.of < h.misses)
        in.problem("of", "heartbeat " + h.id + " cannot miss " + std::to_string(h.misses) + " of " + std::to_string(h.of) + " windows; write an of that is not smaller than misses");
    h.slowAfter = in.span("slow_after", Span{}, seconds(1), kLongestRun);
    for (const Given &match : in.texts("match", kBeatMatchersLimit)) {
        auto matcher = parseMatcher(match.id);
        if (!matcher)
            in.problemAt(match.place, matcher.error().message);
        else
            h.match.push_back(std::move(*matcher));
    }
    if (!h.match.empty() && h.slowAfter.ns > 0)
        in.problem("slow_after", "heartbeat " + h.id + " is fed by alerts, which have no length; take slow_after or match out");
    h.connection = in.text("connection");
    draft.heartbeats.push_back({h.id, in.place()});
    draft.workspace.heartbeats.push_back(std::move(h));
}

} // namespace qd::workspace
