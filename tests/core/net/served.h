// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/iothread.h"
#include "core/net/listener.h"

#include <map>
#include <mutex>

/// A listener on a free loopback port, with the refusals it reported counted by status.
struct Served {
    qd::net::IoThread thread;
    qd::SystemClock clock;
    std::mutex mutex;
    std::map<int, int> refusals; ///< guarded by mutex
    std::unique_ptr<qd::net::Listener> listener;

    explicit Served(qd::net::ListenOptions options = {})
    {
        options.onRefused = [this](const qd::net::Refusal &r) {
            const std::lock_guard lock(mutex);
            ++refusals[r.status];
        };
        listener = std::make_unique<qd::net::Listener>(thread, clock, std::move(options));
    }
    ~Served() { listener->stop(); }

    /// POST /echo answers with the body, GET /hello with "hello"; more is up to the test, before start().
    void addUsual(std::size_t bodyLimit = qd::net::kBodyLimit)
    {
        using namespace qd::net;
        listener->route(Method::Post, "/echo", [](Request request, Responder responder) {
            responder.respond({200, "text/plain", std::move(request.body)});
        }, {bodyLimit});
        listener->route(Method::Get, "/hello", [](const Request &, const Responder &responder) {
            responder.respond({200, "text/plain", "hello"});
        });
    }

    int refused(int status)
    {
        const std::lock_guard lock(mutex);
        return refusals[status];
    }
};

/// Short times, so that what waits for them is quick; and long enough for a request that is whole to be in time on a machine with much to do.
inline qd::net::Limits quickLimits()
{
    qd::net::Limits limits;
    limits.headerTime = qd::seconds(2);
    limits.totalTime = qd::seconds(3);
    limits.idleTime = qd::seconds(2);
    return limits;
}
