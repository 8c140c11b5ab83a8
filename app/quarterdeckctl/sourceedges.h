// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/base/secret.h"
#include "core/net/httpclient.h"
#include "core/notify/outboxdriver.h"
#include "core/sources/intake.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace qd::sources {
class AlertmanagerPoller;
class CalendarPoller;
class PagerDutyPoller;
class PrometheusPoller;
} // namespace qd::sources

namespace qd::app {

/// The pollers of the core: one a connection of kind alertmanager, prometheus, pagerduty-rest or ical. Any thread; never blocks but when a connection
/// is given new settings.
class SourceEdges final {
public:
    SourceEdges(sources::Intake intake, const Clock &clock);
    ~SourceEdges(); ///< stops them
    SourceEdges(const SourceEdges &) = delete;
    SourceEdges &operator=(const SourceEdges &) = delete;

    /// Starts a connection, or starts it anew with other settings. Other kinds are ignored.
    void start(const Connection &connection, Secret secret);
    void arm(const std::string &name, Writes writes);
    void stop(const std::string &name);
    /// A PagerDuty is read now, not only at its next interval.
    void pollSoon(const std::string &name);
    /// A silence for an Alertmanager, or what is done to an incident at PagerDuty. `silences`: what the source is known to have, for entries that may have been sent.
    [[nodiscard]] Result<> write(const notify::Item &item, const std::vector<events::Silence> &silences);
    /// It may not be sent any more; `why`. What is on the wire is left to its answer.
    void recall(const events::OutboxQueued &what, const std::string &why);
    /// What waits for its `for` at each Prometheus, as last read; nothing where the last reading failed.
    [[nodiscard]] std::map<std::string, std::optional<ReportBatch>> pending() const;

private:
    struct Board {
        std::mutex mutex;
        std::map<std::string, std::optional<ReportBatch>> readings; ///< guarded by mutex
    };
    sources::Intake m_intake;
    const Clock &m_clock;
    net::HttpClient m_http;
    std::shared_ptr<Board> m_pending = std::make_shared<Board>(); ///< the pollers hold it too
    std::mutex m_mutex;
    std::map<std::string, std::unique_ptr<sources::AlertmanagerPoller>> m_alertmanagers;
    std::map<std::string, std::unique_ptr<sources::PrometheusPoller>> m_prometheuses;
    std::map<std::string, std::unique_ptr<sources::PagerDutyPoller>> m_pagerDuties;
    std::map<std::string, std::unique_ptr<sources::CalendarPoller>> m_calendars;
};

} // namespace qd::app
