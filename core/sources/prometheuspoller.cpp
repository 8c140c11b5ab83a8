// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/prometheuspoller.h"

#include "core/sources/listing.h"
#include "core/sources/prometheus.h"

namespace qd::sources {

struct PrometheusPoller::Impl : std::enable_shared_from_this<PrometheusPoller::Impl> {
    Impl(net::HttpClient &http, Intake intake, const Clock &c, PollOptions options, Pending p)
        : line(std::make_shared<PollLine>(http, std::move(intake), c, std::move(options))), clock(c), pending(std::move(p))
    {
    }

    void poll()
    {
        if (busy)
            return;
        busy = true;
        line->get("/api/v1/rules?type=alert", [this](Result<net::HttpResponse> a) { onRules(PollLine::bodyOf(std::move(a))); });
    }

    void giveUp(const std::string &reason)
    {
        line->failed(reason);
        busy = false;
        if (pending && std::exchange(pendingTold, false))
            pending({});
    }
    void tellPending()
    {
        pendingTold = true;
        if (pending)
            pending(waiting);
    }

    void onRules(const Result<std::string> &body)
    {
        if (!body) {
            giveUp(body.error().message);
            return;
        }
        auto read = parsePrometheusRules(*body);
        if (!read) {
            giveUp("its list of rules cannot be read: " + read.error().message);
            return;
        }
        rules = std::move(*read);
        line->get("/api/v1/status/runtimeinfo", [this](Result<net::HttpResponse> a) { onRuntime(std::move(a)); });
    }

    /// Not every server with this interface tells when it began; then its rules alone say whether they were evaluated.
    void onRuntime(Result<net::HttpResponse> answer)
    {
        now = answer ? itsClock(*answer, clock.now()) : clock.now();
        const auto body = PollLine::bodyOf(std::move(answer));
        const Instant began = body ? parsePrometheusStart(*body) : Instant{};
        if (began != start)
            last = {};
        start = began;
        settled = rules.allEvaluated && (!start || now - start >= line->options().settle);
        line->get("/api/v1/alerts", [this](Result<net::HttpResponse> a) { onAlerts(PollLine::bodyOf(std::move(a))); });
    }

    void onAlerts(const Result<std::string> &body)
    {
        if (!body) {
            giveUp(body.error().message);
            return;
        }
        busy = false;
        std::string digest = digestOf(*body) + (settled ? "complete" : "so far");
        for (const auto &rule : rules.broken)
            digest += rule.group + "/" + rule.rule + "/" + rule.error + "\n";
        if (digest == committed) {
            line->worked();
            if (!pendingTold)
                tellPending();
            line->intake().sourceSeen(line->options().connection, Path::Poll, clock.now());
            return;
        }
        auto alerts = parsePrometheusAlerts(*body, line->arrival(), rules.broken);
        if (!alerts) {
            giveUp("its list of alerts cannot be read: " + alerts.error().message);
            return;
        }
        line->worked();
        ReportBatch &firing = alerts->firing;
        firing.snapshot = firing.snapshot && settled && !waitsAnew(alerts->pending, start, now);
        if (!firing.snapshot && firing.quarantined.empty() && start) {
            ReportBatch gone = goneSince(last, firing); // what this very process told of is over when it says so
            if (gone.size() > 0)
                line->intake().reports(std::move(gone), [](const Result<> &) {});
        }
        last = firing;
        waiting = std::move(alerts->pending);
        tellPending();
        line->intake().reports(std::move(firing), [weak = weak_from_this(), digest](const Result<> &result) {
            const auto self = weak.lock();
            if (self && result)
                self->line->post([self = self.get(), digest] { self->committed = digest; });
        });
    }

    std::shared_ptr<PollLine> line;
    const Clock &clock;
    Pending pending;
    // What follows is used on the line's thread only.
    bool busy = false;
    PrometheusRules rules;
    ReportBatch last; ///< of the same process
    ReportBatch waiting;
    bool pendingTold = false; ///< `waiting` is what was told last
    Instant start, now; ///< by its own clock
    bool settled = false;
    std::string committed;
};

PrometheusPoller::PrometheusPoller(net::HttpClient &http, Intake intake, const Clock &clock, PollOptions options, Pending pending)
    : m_impl(std::make_shared<Impl>(http, std::move(intake), clock, std::move(options), std::move(pending)))
{
}

PrometheusPoller::~PrometheusPoller()
{
    m_impl->line->stop();
}

void PrometheusPoller::start()
{
    m_impl->line->start([impl = m_impl.get()] { impl->poll(); });
}

void PrometheusPoller::poll()
{
    m_impl->line->post([impl = m_impl.get()] { impl->poll(); });
}

} // namespace qd::sources
