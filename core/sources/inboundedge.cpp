// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/inboundedge.h"

#include "core/base/encoding.h"
#include "core/base/safetext.h"
#include "core/net/listener.h"
#include "core/sources/alertmanager.h"
#include "core/sources/clouddelivery.h"
#include "core/sources/inboundreply.h"
#include "core/sources/edgeworker.h"
#include "core/sources/pagerduty.h"
#include "core/sources/pagerdutyrest.h"
#include "core/sources/ping.h"
#include "core/sources/signature.h"

#include <algorithm>
#include <map>

namespace qd::sources {

using net::Request;
using net::Responder;
using net::Response;

namespace {

constexpr std::size_t kParsedAtOnce = 64 * 1024; ///< bodies up to this are parsed on the network thread

constexpr Span kOldestWebhook = hours(24);
constexpr const char *kTooOld = "the event is more than a day old";

/// Without the name: what is refused is counted by its reason, and anybody with a key may make up names.
constexpr const char *kNoHeartbeat = "the workspace has no heartbeat of that name that is pinged by this key";

std::string_view bearerOf(const Request &request)
{
    constexpr std::string_view kScheme = "bearer ";
    const std::string_view value = request.header("authorization");
    if (value.size() <= kScheme.size())
        return {};
    for (std::size_t i = 0; i < kScheme.size(); ++i)
        if ((value[i] | 0x20) != kScheme[i])
            return {};
    return value.substr(value.find_first_not_of(' ', kScheme.size()) == std::string_view::npos ? value.size() : value.find_first_not_of(' ', kScheme.size()));
}

std::string_view keyOf(const Request &request)
{
    const std::string_view inPath = request.param("key");
    return inPath.empty() ? bearerOf(request) : inPath;
}

Response unauthorised()
{
    Response response = net::refusal(401, "unknown or revoked integration key");
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

bool isJson(const std::string &type)
{
    return type.empty() || type == "application/json" || type == "text/json" || (type.starts_with("application/") && type.ends_with("+json"));
}

/// A JSON object with more members at its end.
std::string withMembers(std::string object, const std::string &members)
{
    object.resize(object.find_last_of('}'));
    return object + members + "}\n";
}

/// Tokens of one key: filled at `rate` a second up to twice that.
struct Bucket {
    double tokens = 0;
    Span at;
};

} // namespace

struct InboundEdge::Impl : std::enable_shared_from_this<InboundEdge::Impl> {
    Impl(Intake in, const KeyRing &k, const Clock &c, Random &r, RefusalCounter &rc, InboundOptions o)
        : intake(std::move(in)), keys(k), clock(c), random(r), refusals(rc), options(o), signatures(c), worker([&rc] { rc.flush(); })
    {
    }

    /// Before the body is read: the key, the rate, that there is a signature where one is asked for, the content type.
    [[nodiscard]] std::optional<Response> admit(const Request &request, bool anyType)
    {
        const auto key = keyFor(request);
        if (!key)
            return unauthorised();
        if (key->signing && !isSigned(request))
            return net::refusal(401, "this key takes signed requests only (webhook-signature, or X-Grafana-Alerting-Signature)");
        if (!allowed(key->connection, request.isLoopback)) {
            Response response = net::refusal(429, "this key sends more requests than its limit; send batches");
            response.headers.emplace_back("Retry-After", "1");
            return response;
        }
        if (!anyType && request.header("ce-specversion").empty() && !isJson(request.contentType()))
            return net::refusal(415, "the content type must be application/json");
        return std::nullopt;
    }

    /// A message of a WebSocket cannot be signed.
    [[nodiscard]] std::optional<Response> admitSocket(const Request &request)
    {
        if (const auto key = keyFor(request); key && key->signing)
            return net::refusal(401, "this key takes signed requests only, and a WebSocket's messages cannot be signed; post the events");
        return admit(request, true);
    }

    [[nodiscard]] std::optional<KeyRing::Key> keyFor(const Request &request) const
    {
        const std::string_view key = keyOf(request);
        return key.empty() ? std::nullopt : keys.find(hashOf(key));
    }

    [[nodiscard]] bool allowed(const std::string &connection, bool loopback)
    {
        const double rate = loopback ? options.loopbackRequestsPerSecond : options.requestsPerSecond;
        if (rate <= 0)
            return true;
        const std::lock_guard lock(rateMutex);
        const Span now = clock.boot();
        const auto [found, isNew] = buckets.try_emplace(connection, Bucket{rate * 2, now});
        Bucket &bucket = found->second;
        if (!isNew)
            bucket.tokens = std::min(rate * 2, bucket.tokens + rate * static_cast<double>((now - bucket.at).ns) / 1e9);
        bucket.at = now;
        if (bucket.tokens < 1)
            return false;
        bucket.tokens -= 1;
        return true;
    }

    /// Runs `work` with the connection the key belongs to, here or on the worker.
    using Work = std::function<void(Impl &, const Request &, const Arrival &, const Responder &)>;
    void take(Request request, Responder responder, const Work &work)
    {
        auto key = keyFor(request);
        if (!key) { // revoked while the body was read
            refuse(responder, unauthorised(), "unknown or revoked integration key");
            return;
        }
        const Arrival arrival{std::move(key->connection), clock.now()};
        if (request.body.size() <= kParsedAtOnce) {
            if (isGenuine(request, key->signing, responder))
                work(*this, request, arrival, responder);
            return;
        }
        const auto job = std::make_shared<Request>(std::move(request));
        if (!worker.run([self = shared_from_this(), job, arrival, responder, work, signing = std::move(key->signing)] {
                if (self->isGenuine(*job, signing, responder))
                    work(*self, *job, arrival, responder);
            }))
            refuse(responder, refusalFor({Code::Unavailable, "too many large deliveries are waiting; send it again"}), "the parse queue is full");
    }

    /// False: it is not, and its sender has its answer.
    [[nodiscard]] bool isGenuine(const Request &request, const std::shared_ptr<const Secret> &signing, const Responder &responder)
    {
        if (!signing)
            return true;
        const auto checked = signatures.check(request, *signing);
        if (!checked && checked.error().code == Code::Forbidden)
            refuse(responder, net::refusal(401, checked.error().message), checked.error().message);
        else if (!checked)
            refuse(responder, checked.error());
        return checked.has_value();
    }

    void refuse(const Responder &responder, Response response, const std::string &reason)
    {
        refusals.count(response.status, reason);
        responder.respond(std::move(response));
    }

    void refuse(const Responder &responder, const Error &error)
    {
        Response response = refusalFor(error);
        refuse(responder, std::move(response), error.message);
    }

    /// The Done that answers `taken` after the commit, or the refusal.
    [[nodiscard]] Done answer(const Responder &responder, Response taken)
    {
        return [self = shared_from_this(), responder, taken = std::move(taken)](Result<> result) {
            if (result)
                responder.respond(taken);
            else
                self->refuse(responder, result.error());
        };
    }

    void hand(Result<ReportBatch> batch, const Responder &responder)
    {
        if (!batch) {
            refuse(responder, batch.error());
            return;
        }
        Response taken;
        taken.body = "{" + takenMembers(batch->size(), batch->quarantined) + "}\n";
        if (batch->size() == 0 && batch->quarantined.empty()) {
            intake.sourceSeen(batch->connection, batch->path, batch->receivedAt);
            responder.respond(std::move(taken));
            return;
        }
        intake.reports(std::move(*batch), answer(responder, std::move(taken)));
    }

    void enqueue(const Request &request, const Arrival &arrival, const Responder &responder)
    {
        constexpr std::size_t kKeyBytes = 16;
        std::array<std::uint8_t, kKeyBytes> bytes{};
        random.fill(bytes);
        auto event = parsePagerDutyEvent(request.body, arrival, toHex(bytes));
        if (!event) {
            refuse(responder, invalidEvent(event.error()), event.error().message);
            return;
        }
        const auto &quarantined = event->reports.quarantined;
        const bool isAck = event->action == PagerDutyAction::Acknowledge && quarantined.empty();
        Done done = answer(responder, enqueued(event->dedupKey, isAck ? 1 : event->reports.size(), quarantined));
        if (isAck)
            intake.acknowledge(arrival.connection, event->fingerprint, arrival.receivedAt, std::move(done));
        else
            intake.reports(std::move(event->reports), std::move(done));
    }

    void pagerDutyWebhook(const Request &request, const Arrival &arrival, const Responder &responder)
    {
        auto delivery = parsePagerDutyWebhook(request.body);
        if (!delivery)
            return refuse(responder, delivery.error());
        // Its signature has no time. PagerDuty tries for some 20 minutes; what is older than a day is a recording.
        if (delivery->at + kOldestWebhook < arrival.receivedAt)
            return refuse(responder, net::refusal(400, kTooOld), kTooOld);
        Response taken;
        taken.status = 202;
        taken.body = "{" + takenMembers(delivery->incident ? 1 : 0, {}) + "}\n";
        if (!delivery->incident) { // of services, of notes, a ping: the poll reads what there is to it
            intake.sourceSeen(arrival.connection, Path::PagerDuty, arrival.receivedAt);
            return responder.respond(std::move(taken));
        }
        std::vector<PagerReport> one{std::move(*delivery->incident)};
        ReportBatch batch = reportsOf(one, arrival);
        intake.pagerIncidents(std::move(batch), std::move(one), answer(responder, std::move(taken)));
    }

    void change(const Request &request, const Arrival &arrival, const Responder &responder)
    {
        auto event = parseChangeEvent(request.body, arrival);
        if (!event) {
            refuse(responder, invalidEvent(event.error()), event.error().message);
            return;
        }
        if (!event->quarantined) {
            intake.change(std::move(event->marker), answer(responder, enqueued({}, 1, {})));
            return;
        }
        ReportBatch batch = BatchBuilder(arrival.connection, Path::PagerDuty, arrival.receivedAt).take();
        batch.quarantined.push_back(std::move(*event->quarantined));
        Response taken = enqueued({}, 0, batch.quarantined);
        intake.reports(std::move(batch), answer(responder, std::move(taken)));
    }

    void cloudEvents(const Request &request, const Arrival &arrival, const Responder &responder)
    {
        const std::string type = request.contentType();
        const bool binary = !request.header("ce-specversion").empty();
        const bool batch = type == "application/cloudevents-batch+json"
            || (!type.starts_with("application/cloudevents") && request.body.find_first_not_of(" \t\r\n") == request.body.find('['));
        auto events = binary ? parseCloudEventBinary(request.headers, request.body, arrival, seen.get())
            : batch          ? parseCloudEventBatch(request.body, arrival, seen.get())
                             : parseCloudEvent(request.body, arrival, seen.get());
        if (!events) {
            refuse(responder, events.error());
            return;
        }
        Response taken;
        taken.body = "{" + takenMembers(events->accepted(), events->reports.quarantined) + "}\n";
        deliver(std::move(*events), intake, seen, answer(responder, std::move(taken)));
    }

    void heartbeat(const Request &request, const Arrival &arrival, const Responder &responder)
    {
        Response taken;
        taken.body = "{" + takenMembers(1, {}) + "}\n";
        intake.heartbeat({arrival.connection, safeLine(request.param("name")), arrival.receivedAt}, answer(responder, std::move(taken)));
    }

    void ping(const Request &request, const Arrival &arrival, const Responder &responder)
    {
        const net::Fields query = request.queryFields();
        auto ping = parsePing(request.param("name"), request.param("what"), net::valueOf(query, "rid"), request.body, arrival);
        if (!ping)
            return refuse(responder, ping.error());
        Response taken;
        taken.contentType = "text/plain; charset=utf-8";
        taken.body = "OK";
        taken.headers.emplace_back("Ping-Body-Limit", std::to_string(kPingTextLimit));
        intake.ping(std::move(*ping), [self = shared_from_this(), responder, done = answer(responder, std::move(taken))](Result<> result) {
            if (!result && result.error().code == Code::NotFound)
                self->refuse(responder, net::refusal(404, kNoHeartbeat), kNoHeartbeat);
            else
                done(std::move(result));
        });
    }

    [[nodiscard]] net::WebSocketHandlers socket(const Request &request, std::shared_ptr<net::WebSocketPeer> peer)
    {
        net::WebSocketHandlers handlers;
        handlers.onMessage = [self = shared_from_this(), peer = std::move(peer), hash = hashOf(keyOf(request)),
                              loopback = request.isLoopback](const std::string &payload, bool binary) {
            self->message(payload, binary, hash, loopback, peer);
        };
        handlers.onClosed = [](std::uint16_t, const std::string &) {};
        return handlers;
    }

    void message(const std::string &payload, bool binary, const KeyHash &hash, bool loopback, const std::shared_ptr<net::WebSocketPeer> &peer)
    {
        constexpr std::uint16_t kPolicy = 1008;
        auto key = keys.find(hash);
        if (!key || key->signing) {
            refusals.count(401, "a WebSocket with a revoked integration key");
            peer->close(kPolicy, "unknown or revoked integration key");
            return;
        }
        // Every refusal names the event it is about: over a WebSocket nothing else tells the sender which one it was.
        const auto problem = [&](int status, const std::string &reason) {
            refusals.count(status, reason);
            peer->sendText(withMembers(net::refusal(status, reason).body, binary ? std::string() : identityMembers(payload)));
        };
        if (!allowed(key->connection, loopback))
            return problem(429, "this key sends more messages than its limit");
        if (binary)
            return problem(415, "events are sent as text messages (subprotocol cloudevents.json)");
        auto events = parseCloudEvent(payload, {std::move(key->connection), clock.now()}, seen.get());
        if (!events)
            return problem(400, events.error().message);
        if (!events->reports.quarantined.empty()) {
            const auto &q = events->reports.quarantined;
            peer->sendText(withMembers(net::refusal(400, q.front().reason).body, identityMembers(payload) + "," + takenMembers(events->accepted(), q)));
        }
        deliver(std::move(*events), intake, seen, [self = shared_from_this(), peer, payload](const Result<> &result) {
            if (result)
                return;
            const Response response = refusalFor(result.error());
            self->refusals.count(response.status, result.error().message);
            peer->sendText(withMembers(response.body, identityMembers(payload)));
        });
    }

    Intake intake;
    const KeyRing &keys;
    const Clock &clock;
    Random &random;
    RefusalCounter &refusals;
    InboundOptions options;
    SignatureCheck signatures;
    std::shared_ptr<SeenIds> seen = std::make_shared<SeenIds>();
    std::mutex rateMutex;
    std::map<std::string, Bucket> buckets;
    EdgeWorker worker; ///< last: its thread uses the others
};

InboundEdge::InboundEdge(net::Listener &listener, Intake intake, const KeyRing &keys, const Clock &clock, Random &random,
                         RefusalCounter &refusals, InboundOptions options)
    : m_impl(std::make_shared<Impl>(std::move(intake), keys, clock, random, refusals, options))
{
    const auto add = [&](net::Method method, const std::string &path, std::size_t limit, bool anyType, const Impl::Work &work) {
        for (const char *prefix : {"/in/{key}", ""}) {
            net::RouteOptions route;
            route.bodyLimit = limit;
            route.admit = [impl = m_impl, anyType](const Request &request) { return impl->admit(request, anyType); };
            listener.route(method, prefix + path, [impl = m_impl, work](Request request, Responder responder) {
                impl->take(std::move(request), std::move(responder), work);
            }, route);
        }
    };
    const Impl::Work hook = [](Impl &i, const Request &q, const Arrival &a, const Responder &r) { i.hand(parseAlertmanagerWebhook(q.body, a), r); };
    const std::size_t batches = options.batchBodyLimit;
    add(net::Method::Post, "/api/v2/alerts", batches, false,
        [](Impl &i, const Request &q, const Arrival &a, const Responder &r) { i.hand(parseAlertmanagerPush(q.body, a), r); });
    add(net::Method::Post, "/alertmanager", batches, false, hook);
    add(net::Method::Post, "/grafana", batches, false, hook);
    add(net::Method::Put, "/grafana", batches, false, hook);
    add(net::Method::Post, "/v2/enqueue", net::kBodyLimit, false,
        [](Impl &i, const Request &q, const Arrival &a, const Responder &r) { i.enqueue(q, a, r); });
    add(net::Method::Post, "/v2/change/enqueue", net::kBodyLimit, false,
        [](Impl &i, const Request &q, const Arrival &a, const Responder &r) { i.change(q, a, r); });
    add(net::Method::Post, std::string(kPagerDutyPath), net::kBodyLimit, false,
        [](Impl &i, const Request &q, const Arrival &a, const Responder &r) { i.pagerDutyWebhook(q, a, r); });
    add(net::Method::Post, "/cloudevents", batches, false,
        [](Impl &i, const Request &q, const Arrival &a, const Responder &r) { i.cloudEvents(q, a, r); });
    for (const auto method : {net::Method::Get, net::Method::Post})
        add(method, "/heartbeat/{name}", net::kBodyLimit, true,
            [](Impl &i, const Request &q, const Arrival &a, const Responder &r) { i.heartbeat(q, a, r); });
    for (const auto method : {net::Method::Get, net::Method::Post})
        for (const char *path : {"/ping/{name}", "/ping/{name}/{what}"})
            add(method, path, net::kBodyLimit, true, [](Impl &i, const Request &q, const Arrival &a, const Responder &r) { i.ping(q, a, r); });
    for (const char *prefix : {"/in/{key}", ""})
        listener.webSocket({prefix + std::string("/cloudevents"), {std::string(kSubprotocol)},
                            [impl = m_impl](const Request &q, std::shared_ptr<net::WebSocketPeer> peer) { return impl->socket(q, std::move(peer)); },
                            [impl = m_impl](const Request &q) { return impl->admitSocket(q); }});
}

InboundEdge::~InboundEdge()
{
    m_impl->worker.stop();
    m_impl->refusals.flush(true);
}

} // namespace qd::sources
