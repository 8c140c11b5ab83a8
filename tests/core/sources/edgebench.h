// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/inboundedge.h"
#include "core/sources/seenids.h"
#include "edgefixture.h"
#include "fixture.h"

#include <QtTest>

namespace qd::sources::test {

inline const std::string kKey = "open-sesame";
inline const std::string kOne = json("[{'labels':{'alertname':'A'}}]");

inline std::string firing(const std::string &id)
{
    return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"s\",\"type\":\"io.quarterdeck.alert.firing\",\"subject\":\"x" + id + "\"}";
}
inline const net::Fields kStructured{{"content-type", "application/cloudevents+json"}};
inline const net::Fields kBatched{{"content-type", "application/cloudevents-batch+json"}};
inline net::Fields binary(const std::string &id, const std::string &type = "io.quarterdeck.alert.firing")
{
    return {{"content-type", "application/json"}, {"ce-specversion", "1.0"}, {"ce-id", id}, {"ce-source", "s"}, {"ce-type", type}};
}

/// An edge with one key, before a desk that takes down what comes. A test class is made of it.
class EdgeBench : public QObject {
protected:
    SystemClock clock;
    SystemRandom random;
    net::HttpClient http;
    std::unique_ptr<Recorder> desk;
    std::unique_ptr<KeyRing> keys;
    std::unique_ptr<RefusalCounter> refusals;
    std::unique_ptr<net::IoThread> io;
    std::unique_ptr<net::Listener> listener;
    std::unique_ptr<InboundEdge> edge;
    std::mutex mutex;
    std::map<int, std::uint64_t> refused;

    void open(InboundOptions options = {})
    {
        desk = std::make_unique<Recorder>();
        keys = std::make_unique<KeyRing>();
        keys->replace({{"other", hashOf("another")}, {"lab", hashOf(kKey)}});
        refused.clear();
        refusals = std::make_unique<RefusalCounter>(clock, [this](int status, const std::string &, std::uint64_t count, Instant, Instant, const Done &) {
            const std::lock_guard lock(mutex);
            refused[status] += count;
        }, millis(1));
        io = std::make_unique<net::IoThread>();
        net::ListenOptions listen;
        listen.onRefused = [this](const net::Refusal &r) { refusals->count(r.status, r.reason); };
        listener = std::make_unique<net::Listener>(*io, clock, listen);
        edge = std::make_unique<InboundEdge>(*listener, desk->intake(), *keys, clock, random, *refusals, options);
        QVERIFY(listener->start());
    }
    void close()
    {
        if (listener)
            listener->stop();
        edge.reset();
        listener.reset();
        io.reset();
    }
    std::string url(const std::string &path) const { return listener->url() + "/in/" + kKey + path; }
    std::uint64_t refusedWith(int status)
    {
        refusals->flush(true);
        const std::lock_guard lock(mutex);
        return refused[status];
    }
};

} // namespace qd::sources::test
