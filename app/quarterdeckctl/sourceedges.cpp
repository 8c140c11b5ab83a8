// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/sourceedges.h"

#include "core/sources/alertmanagerpoller.h"
#include "core/sources/calendarpoller.h"
#include "core/sources/pagerdutypoller.h"
#include "core/sources/prometheuspoller.h"

#include <algorithm>
#include <boost/json.hpp>

namespace qd::app {

namespace {

/// The id of a silence like this one that the source has already, or "".
std::string foundAmong(const std::vector<events::Silence> &silences, const std::string &body)
{
    boost::system::error_code wrong;
    const auto wanted = boost::json::parse(body, wrong);
    const auto *o = wrong ? nullptr : wanted.if_object();
    const auto text = [o](const char *name) {
        const auto *v = o ? o->if_contains(name) : nullptr;
        return v && v->is_string() ? std::string(v->get_string()) : std::string();
    };
    const auto endsAt = parseInstant(text("endsAt"));
    const bool isSealed = text("comment").find("[sealed: ") != std::string::npos; // classed since: it may have been sent in its own words
    for (const auto &s : silences)
        // An Alertmanager keeps milliseconds.
        if (endsAt && Span{s.endsAt.ns}.millis() == Span{endsAt->ns}.millis() && s.createdBy == text("createdBy") && (isSealed || s.comment == text("comment")))
            return s.id;
    return {};
}

} // namespace

SourceEdges::SourceEdges(sources::Intake intake, const Clock &clock) : m_intake(std::move(intake)), m_clock(clock) {}

SourceEdges::~SourceEdges() = default;

void SourceEdges::start(const Connection &c, Secret secret)
{
    sources::PollOptions options;
    options.connection = c.name;
    options.url = c.url;
    options.caFile = c.caFile;
    if (c.kind == "pagerduty-rest") {
        options.token = std::move(secret);
        options.from = c.from;
        options.accept = "application/vnd.pagerduty+json;version=2";
    } else {
        options.bearer = std::move(secret);
    }
    if (c.interval.ns > 0)
        options.interval = c.interval;
    const std::lock_guard lock(m_mutex);
    if (c.kind == "alertmanager") {
        auto &poller = m_alertmanagers[c.name];
        poller.reset();
        poller = std::make_unique<sources::AlertmanagerPoller>(m_http, m_intake, m_clock, std::move(options));
        poller->start();
    } else if (c.kind == "prometheus") {
        auto &poller = m_prometheuses[c.name];
        poller.reset();
        const auto tell = [board = m_pending, name = c.name](std::optional<ReportBatch> waiting) {
            const std::lock_guard read(board->mutex);
            board->readings[name] = std::move(waiting);
        };
        tell({}); // it was not read yet
        poller = std::make_unique<sources::PrometheusPoller>(m_http, m_intake, m_clock, std::move(options), tell);
        poller->start();
    } else if (c.kind == "pagerduty-rest") {
        auto &poller = m_pagerDuties[c.name];
        poller.reset();
        poller = std::make_unique<sources::PagerDutyPoller>(m_http, m_intake, m_clock, std::move(options));
        poller->start();
    } else if (isCalendar(c.kind)) {
        if (isSecretAddress(c)) { // its address opens it: it is no more known than a key
            options.url = std::string(options.bearer.revealText());
            options.bearer = {};
        }
        auto &poller = m_calendars[c.name];
        poller.reset();
        poller = std::make_unique<sources::CalendarPoller>(m_http, m_intake, m_clock, std::move(options));
        poller->start();
    }
}

void SourceEdges::arm(const std::string &name, Writes writes)
{
    const std::lock_guard lock(m_mutex);
    if (const auto it = m_alertmanagers.find(name); it != m_alertmanagers.end())
        it->second->arm(allows(writes, Write::Silences));
    if (const auto it = m_pagerDuties.find(name); it != m_pagerDuties.end())
        it->second->arm(writes);
}

void SourceEdges::pollSoon(const std::string &name)
{
    const std::lock_guard lock(m_mutex);
    if (const auto it = m_pagerDuties.find(name); it != m_pagerDuties.end())
        it->second->poll();
}

void SourceEdges::stop(const std::string &name)
{
    const std::lock_guard lock(m_mutex);
    m_alertmanagers.erase(name);
    m_prometheuses.erase(name);
    m_pagerDuties.erase(name);
    m_calendars.erase(name);
    const std::lock_guard read(m_pending->mutex); // its poller tells nothing any more
    m_pending->readings.erase(name);
}

std::map<std::string, std::optional<ReportBatch>> SourceEdges::pending() const
{
    const std::lock_guard lock(m_pending->mutex);
    return m_pending->readings;
}

Result<> SourceEdges::write(const notify::Item &item, const std::vector<events::Silence> &silences)
{
    const std::lock_guard lock(m_mutex);
    if (events::isForPager(item.what.effect)) {
        const auto duty = m_pagerDuties.find(item.what.connection);
        if (duty == m_pagerDuties.end())
            return item.isAnew ? Result<>() : fail(Code::Unavailable, "The connection is not there yet.");
        if (item.isAnew) {
            duty->second->anew(item.what.number, item.what.text);
            return {};
        }
        if (!duty->second->write({item.what.number, item.what.effect, item.what.room, item.what.text, item.queuedAt, item.maybeSent}))
            return fail(Code::Unavailable, "Too much waits for PagerDuty already.");
        return {};
    }
    const auto it = m_alertmanagers.find(item.what.connection);
    if (it == m_alertmanagers.end())
        return item.isAnew ? Result<>() : fail(Code::Unavailable, "The connection is not there yet.");
    if (item.isAnew) {
        it->second->silenceAnew(item.what.number, item.what.text);
        return {};
    }
    if (item.what.effect == events::Effect::ExpireSilence) {
        it->second->expireSilence(item.what.number, item.what.text);
        return {};
    }
    if (item.maybeSent)
        if (const std::string id = foundAmong(silences, item.what.text); !id.empty()) {
            m_intake.moved(item.what.number, Delivery::Confirmed, id, "found at the source");
            return {};
        }
    it->second->createSilence(item.what.number, item.what.text);
    return {};
}

void SourceEdges::recall(const events::OutboxQueued &what, const std::string &why)
{
    const std::lock_guard lock(m_mutex);
    if (events::isForPager(what.effect)) {
        if (const auto duty = m_pagerDuties.find(what.connection); duty != m_pagerDuties.end())
            duty->second->recall(what.number, why);
    } else if (const auto it = m_alertmanagers.find(what.connection); it != m_alertmanagers.end()) {
        it->second->recallSilence(what.number, why);
    }
}

} // namespace qd::app
