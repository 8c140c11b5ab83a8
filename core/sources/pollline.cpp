// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/pollline.h"

#include "core/sources/alertmanager.h"
#include "core/sources/keyring.h"

namespace qd::sources {

PollLine::PollLine(net::HttpClient &http, Intake intake, const Clock &clock, PollOptions options)
    : m_http(http), m_intake(std::move(intake)), m_clock(clock), m_options(std::move(options))
{
    while (m_options.redirects == 0 && m_options.url.ends_with('/')) // of an API; another address is left as it is
        m_options.url.pop_back();
    m_worker = std::make_unique<EdgeWorker>([this] {
        if (m_poll)
            m_poll();
    }, m_options.interval);
}

void PollLine::start(std::function<void()> poll)
{
    post([this, poll = std::move(poll)] {
        m_poll = poll;
        m_poll();
    });
}

void PollLine::stop()
{
    m_worker->stop();
}

void PollLine::post(std::function<void()> job)
{
    m_worker->finish(std::move(job));
}

bool PollLine::offer(std::function<void()> job)
{
    return m_worker->run(std::move(job));
}

void PollLine::get(const std::string &path, Then then)
{
    send(net::Method::Get, path, {}, std::move(then));
}

void PollLine::send(net::Method method, const std::string &path, std::string body, Then then)
{
    net::HttpRequest request;
    request.method = method;
    request.url = m_options.url + path;
    request.headers = {{"accept", m_options.accept}};
    if (!m_options.token.isEmpty())
        request.headers.emplace_back("authorization", "Token token=" + std::string(m_options.token.revealText()));
    if (!m_options.from.empty() && method != net::Method::Get)
        request.headers.emplace_back("from", m_options.from);
    if (!body.empty())
        request.headers.emplace_back("content-type", "application/json");
    request.body = std::move(body);
    request.maxBytes = m_options.maxBytes;
    request.redirects = m_options.redirects;
    request.user = m_options.user;
    request.password = m_options.password.duplicate();
    request.bearer = m_options.bearer.duplicate();
    request.caFile = m_options.caFile;
    m_http.send(std::move(request), [line = weak_from_this(), then = std::move(then)](Result<net::HttpResponse> answer) {
        if (const auto alive = line.lock()) {
            const auto kept = std::make_shared<Result<net::HttpResponse>>(std::move(answer));
            alive->post([then, kept] { then(std::move(*kept)); });
        }
    });
}

Result<std::string> PollLine::bodyOf(Result<net::HttpResponse> answer)
{
    if (!answer)
        return tl::unexpected(answer.error());
    if (answer->status != 200) {
        const std::string sentence = errorSentence(answer->body);
        const bool isRefused = answer->status == 401 || answer->status == 403;
        return fail(Code::Unavailable, "it answered " + std::to_string(answer->status) + (sentence.empty() ? "" : ": " + sentence)
                                           + (isRefused ? " (what it was given is not taken: have another token or password made there, in PagerDuty under Integrations, API Access Keys, and connect again)" : ""));
    }
    return std::move(answer->body);
}

void PollLine::failed(const std::string &reason)
{
    constexpr Span kAgain = seconds(30);
    const Instant now = m_clock.now();
    if (reason == m_reason && now - m_toldAt < kAgain && now >= m_toldAt)
        return;
    m_reason = reason;
    m_toldAt = now;
    m_intake.sourceFailed(m_options.connection, reason, now);
}

std::string digestOf(std::string_view body)
{
    const KeyHash hash = hashOf(body);
    return {hash.begin(), hash.end()};
}

} // namespace qd::sources
