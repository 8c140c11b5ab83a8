// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/pollline.h"

#include <optional>

namespace qd::sources {

/// Reads a Prometheus by its API v1: its firing alerts and the health of its rules, as one snapshot; its pending alerts by
/// `pending`, which nothing else shows. A failed answer resolves nothing, nor does a restart: until PollOptions::settle after
/// it, until every rule was evaluated again, and while alerts that fired before may wait for their `for` anew, what the list
/// lacks is unknown, not over. Never writes. Owns one thread.
class PrometheusPoller final {
public:
    /// The alerts that wait for their `for` just now, or nothing when the last answer failed: then nobody knows. Whenever that became another; may
    /// be left empty.
    using Pending = std::function<void(std::optional<ReportBatch>)>;

    PrometheusPoller(net::HttpClient &http, Intake intake, const Clock &clock, PollOptions options, Pending pending = {});
    ~PrometheusPoller(); ///< after it nothing of the poller runs any more
    PrometheusPoller(const PrometheusPoller &) = delete;
    PrometheusPoller &operator=(const PrometheusPoller &) = delete;

    void start();
    void poll();

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace qd::sources
