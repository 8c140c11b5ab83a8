// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"
#include "core/notify/outboxdriver.h"
#include "core/review/tracked.h"
#include "core/state/state.h"
#include "core/trackers/trackers.h"

namespace qd::app {

/// The edge for trackers and libraries with its way out.
struct TrackerEdge {
    /// `desk` and `clock` must outlive it.
    TrackerEdge(desk::Desk &desk, const Clock &clock, std::string logOrigin, std::function<void(std::uint64_t, Delivery, std::string, std::string)> moved)
        : origin(std::move(logOrigin)),
          trackers({[this](net::HttpRequest r, net::HttpClient::Callback done) { http.send(std::move(r), std::move(done)); }, std::move(moved),
                    [&desk](events::ActionSeen seen) { desk.report(std::move(seen)); },
                    [&desk](std::string connection, std::string state, std::string problem) {
                        desk.report(events::ConnectionReported{std::move(connection), std::move(state), std::move(problem)});
                    }},
                   clock)
    {}

    /// What is tracked in this State. What is verified or dropped is read no more, nor what is not where its connection is set to.
    void learn(const state::State &s)
    {
        std::vector<trackers::TrackedAction> all;
        for (const auto &[number, i] : s.incidents)
            for (const state::Action &a : i.review.actions)
                if (!a.tracked.connection.empty() && !review::isElsewhere(s, a.tracked) && (a.state == ActionState::Open || a.state == ActionState::Done))
                    all.push_back({i.id, a.tracked.connection, a.tracked.key, a.number, a.tracked.title, a.tracked.status, a.tracked.assignee, a.tracked.closed, a.tracked.due, a.tracked.changedAt});
        trackers.setTracked(std::move(all));
    }

    [[nodiscard]] Result<> write(const notify::Item &item)
    {
        return trackers.write({item.what, std::string(trackers::kMarkerBegin) + notify::idempotencyKey(origin, item.what.number).text(), item.maybeSent, {}, item.isAnew});
    }

    std::string origin;
    net::HttpClient http;
    trackers::Trackers trackers; ///< goes first: what the client still says is of nobody
};

/// True for what changes what is tracked.
[[nodiscard]] inline bool isOfTracking(const events::Event &event)
{
    return holds<events::ActionTracked>(event) || holds<events::ActionKept>(event) || holds<events::ActionTurned>(event) || holds<events::ActionSeen>(event) || holds<events::ConnectionAdded>(event);
}

} // namespace qd::app
