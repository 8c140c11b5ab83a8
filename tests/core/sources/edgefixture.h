// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httpclient.h"
#include "core/net/iothread.h"
#include "core/net/listener.h"
#include "core/sources/intake.h"

#include <QtTest>
#include <future>
#include <mutex>

namespace qd::sources::test {

/// Stands for the desk: records what was handed in and answers as told. Thread-safe.
class Recorder {
public:
    struct Move {
        std::uint64_t number;
        Delivery delivery;
        std::string id, reason;
    };

    struct Held {
        ReportBatch batch;
        std::vector<PagerReport> reports;
    };

    [[nodiscard]] Intake intake()
    {
        Intake in;
        in.reports = [this](ReportBatch b, const Done &done) { take(m_batches, std::move(b), done); };
        in.change = [this](ChangeMarker c, const Done &done) { take(m_changes, std::move(c), done); };
        in.heartbeat = [this](Heartbeat h, const Done &done) { take(m_heartbeats, std::move(h), done); };
        in.ping = [this](Ping p, const Done &done) { take(m_pings, std::move(p), done); };
        in.calendar = [](const std::string &, const std::string &, const Done &done) { done({}); };
        in.acknowledge = [this](const std::string &, std::uint64_t f, Instant, const Done &done) { take(m_acknowledged, f, done); };
        in.pagerIncidents = [this](ReportBatch b, std::vector<PagerReport> r, const Done &done) { take(m_pagers, Held{std::move(b), std::move(r)}, done); };
        in.pagerKnown = [this](const std::string &, const std::function<void(std::vector<events::PagerIncident>, Instant)> &then) { then(copy(&Recorder::m_known), {}); };
        in.pagerOnCalls = [this](const std::string &, std::vector<PagerTurn> t) { add(m_onCalls, std::move(t)); };
        in.silences = [this](const std::string &, std::vector<Silence> s) { add(m_silences, std::move(s)); };
        in.sourceSeen = [this](const std::string &c, Path, Instant) { add(m_seen, c); };
        in.sourceFailed = [this](const std::string &, const std::string &r, Instant) { add(m_failed, r); };
        in.refused = [](int, const std::string &, std::uint64_t, Instant, Instant, const Done &) {};
        in.connectionState = [this](const std::string &, const std::string &s, const std::string &) { add(m_states, s); };
        in.moved = [this](std::uint64_t n, Delivery d, const std::string &id, const std::string &r) { add(m_moves, Move{n, d, id, r}); };
        return in;
    }

    /// From now on everything is answered with this.
    void answerWith(Result<> result)
    {
        const std::lock_guard lock(m_mutex);
        m_answer = std::move(result);
    }

    /// From now on nothing is answered until release().
    void hold()
    {
        const std::lock_guard lock(m_mutex);
        m_holding = true;
    }
    /// Answers what waits, and from now on everything at once again.
    void release(const Result<> &result = {})
    {
        std::vector<Done> held;
        {
            const std::lock_guard lock(m_mutex);
            m_holding = false;
            held.swap(m_held);
        }
        for (const Done &done : held)
            done(result);
    }

    /// What is known as open at a pager of record from now on.
    void know(std::vector<events::PagerIncident> open)
    {
        const std::lock_guard lock(m_mutex);
        m_known = std::move(open);
    }

    template <typename T>
    [[nodiscard]] T copy(T Recorder::*list) const
    {
        const std::lock_guard lock(m_mutex);
        return this->*list;
    }
    [[nodiscard]] auto batches() const { return copy(&Recorder::m_batches); }
    [[nodiscard]] auto changes() const { return copy(&Recorder::m_changes); }
    [[nodiscard]] auto heartbeats() const { return copy(&Recorder::m_heartbeats); }
    [[nodiscard]] auto pings() const { return copy(&Recorder::m_pings); }
    [[nodiscard]] auto acknowledged() const { return copy(&Recorder::m_acknowledged); }
    [[nodiscard]] auto pagers() const { return copy(&Recorder::m_pagers); }
    [[nodiscard]] auto onCalls() const { return copy(&Recorder::m_onCalls); }
    [[nodiscard]] auto silences() const { return copy(&Recorder::m_silences); }
    [[nodiscard]] auto seen() const { return copy(&Recorder::m_seen); }
    [[nodiscard]] auto failed() const { return copy(&Recorder::m_failed); }
    [[nodiscard]] auto states() const { return copy(&Recorder::m_states); }
    [[nodiscard]] auto moves() const { return copy(&Recorder::m_moves); }
    [[nodiscard]] std::size_t stored() const
    {
        const std::lock_guard lock(m_mutex);
        return m_batches.size() + m_changes.size() + m_heartbeats.size() + m_pings.size() + m_acknowledged.size() + m_pagers.size();
    }

private:
    template <typename T>
    void add(std::vector<T> &list, T value)
    {
        const std::lock_guard lock(m_mutex);
        list.push_back(std::move(value));
    }
    template <typename T>
    void take(std::vector<T> &list, T value, const Done &done)
    {
        Result<> answer;
        {
            const std::lock_guard lock(m_mutex);
            answer = m_answer;
            if (answer)
                list.push_back(std::move(value));
            if (m_holding) {
                m_held.push_back(done);
                return;
            }
        }
        done(answer);
    }

    mutable std::mutex m_mutex;
    Result<> m_answer;
    bool m_holding = false;
    std::vector<Done> m_held;
    std::vector<ReportBatch> m_batches;
    std::vector<ChangeMarker> m_changes;
    std::vector<Heartbeat> m_heartbeats;
    std::vector<Ping> m_pings;
    std::vector<std::uint64_t> m_acknowledged;
    std::vector<Held> m_pagers;
    std::vector<events::PagerIncident> m_known;
    std::vector<std::vector<PagerTurn>> m_onCalls;
    std::vector<std::vector<Silence>> m_silences;
    std::vector<std::string> m_seen, m_failed, m_states;
    std::vector<Move> m_moves;
};

/// One request, waited for.
inline net::HttpResponse ask(net::HttpClient &http, net::Method method, const std::string &url, std::string body = {}, net::Fields headers = {})
{
    net::HttpRequest request;
    request.method = method;
    request.url = url;
    request.body = std::move(body);
    request.headers = std::move(headers);
    std::promise<net::HttpResponse> promise;
    http.send(std::move(request), [&](Result<net::HttpResponse> answer) {
        promise.set_value(answer ? std::move(*answer) : net::HttpResponse{0, {}, answer.error().message, {}});
    });
    return promise.get_future().get();
}

inline net::HttpResponse post(net::HttpClient &http, const std::string &url, std::string body, net::Fields headers = {{"content-type", "application/json"}})
{
    return ask(http, net::Method::Post, url, std::move(body), std::move(headers));
}

} // namespace qd::sources::test
