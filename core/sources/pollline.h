// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/net/httpclient.h"
#include "core/sources/edgeworker.h"
#include "core/sources/intake.h"

#include <memory>

namespace qd::sources {

struct PollOptions {
    std::string connection;
    std::string url; ///< of the server, with its path prefix if it has one, without /api
    std::string caFile;
    std::string user; ///< with password: Basic authentication
    Secret password;
    Secret bearer;
    Secret token;                           ///< PagerDuty's form: "Authorization: Token token=…"
    std::string from;                       ///< PagerDuty: as whom it writes, a mail address
    std::string accept = "application/json";
    Span interval = seconds(5);
    /// A source that began less than this ago may not have been told everything again: what it lacks is unknown, not over.
    Span settle = seconds(90);
    std::size_t maxBytes = 128 * net::kMebi; ///< 100,000 alerts are some 62 MB
    int redirects = 0; ///< how many to follow; each is checked as the first
};

/// What pollers share: one thread, requests whose answers come back to that thread, and failures told once, again when the
/// reason changes, and every 30 s while they last. Used from its own thread only, but for the constructor, post, offer and stop.
class PollLine final : public std::enable_shared_from_this<PollLine> {
public:
    using Then = std::function<void(Result<net::HttpResponse>)>;

    PollLine(net::HttpClient &http, Intake intake, const Clock &clock, PollOptions options);
    /// `poll` runs on the line's thread, at once and then every interval.
    void start(std::function<void()> poll);
    /// After it returned nothing of the line runs any more. Not from its own thread.
    void stop();
    /// Runs on the line's thread, however much waits: answers, settings. Any thread.
    void post(std::function<void()> job);
    /// The same, unless too much waits already: false, and it does not run. Any thread.
    [[nodiscard]] bool offer(std::function<void()> job);

    /// `path` begins with "/", or is empty: the address itself. The answer comes back on the line's thread.
    void get(const std::string &path, Then then);
    void send(net::Method method, const std::string &path, std::string body, Then then);
    /// The body of a 200, or the sentence of what came instead.
    [[nodiscard]] static Result<std::string> bodyOf(Result<net::HttpResponse> answer);

    void failed(const std::string &reason);
    void worked() { m_reason.clear(); }

    [[nodiscard]] const Intake &intake() const { return m_intake; }
    [[nodiscard]] const PollOptions &options() const { return m_options; }
    [[nodiscard]] Arrival arrival() const { return {m_options.connection, m_clock.now(), minutes(5)}; }

private:
    net::HttpClient &m_http;
    Intake m_intake;
    const Clock &m_clock;
    PollOptions m_options;
    std::string m_reason;
    Instant m_toldAt;
    std::function<void()> m_poll;
    std::unique_ptr<EdgeWorker> m_worker; ///< last: its thread uses the others
};

/// SHA-256 of a body: unchanged answers are not parsed again.
[[nodiscard]] std::string digestOf(std::string_view body);

} // namespace qd::sources
