// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/net/limits.h"
#include "core/sources/intake.h"
#include "core/sources/keyring.h"
#include "core/sources/refusalcounter.h"

#include <memory>

namespace qd::net {
class Listener;
}

namespace qd::sources {

struct InboundOptions {
    std::size_t batchBodyLimit = net::kBatchBodyLimit;
    /// Requests a second for one key from other machines, twice that in a burst; beyond it 429. 0 = no limit.
    std::uint32_t requestsPerSecond = 500;
    std::uint32_t loopbackRequestsPerSecond = 0;
};

/// The door for everything that is sent to us (contract.md, "Inbound"): each path under /in/<key>/, and the same path with
/// `Authorization: Bearer <key>`:
///   POST api/v2/alerts · alertmanager · grafana · v2/enqueue · v2/change/enqueue · pagerduty/v3 · cloudevents, WS cloudevents,
///   GET|POST heartbeat/<name>, HEAD|GET|POST ping/<name> with /start, /fail, /log, /<exit status>.
/// Guarantees: a 2xx is sent only after the intake said committed; of a body that does not parse nothing is handed in; the
/// key is checked before the body is read; a revoked key also ends its open WebSockets at their next message. A key with a signing
/// secret opens to signed deliveries only (SignatureCheck).
/// Small bodies are parsed on the network thread, large ones on one thread of the edge's own, so that they delay nobody.
class InboundEdge final {
public:
    /// Registers the routes: make it before listener.start(). `keys`, `clock`, `random` and `refusals` must outlive the
    /// listener. Refusals the listener itself makes reach `refusals` by ListenOptions::onRefused, which app/ connects.
    InboundEdge(net::Listener &listener, Intake intake, const KeyRing &keys, const Clock &clock, Random &random,
                RefusalCounter &refusals, InboundOptions options = {});
    ~InboundEdge(); ///< what is still waiting is answered 503; waits for the parse under way
    InboundEdge(const InboundEdge &) = delete;
    InboundEdge &operator=(const InboundEdge &) = delete;

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace qd::sources
