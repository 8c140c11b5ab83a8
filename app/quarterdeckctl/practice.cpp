// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/practice.h"

#include "core/base/ports.h"
#include "core/chat/practiceconnector.h"
#include "core/link/jsonrpc.h"
#include "core/link/protocol.h"
#include "core/net/httpclient.h"
#include "core/sources/keyring.h"

#include <boost/json.hpp>
#include <future>
#include <map>
#include <thread>

namespace qd::app {

namespace json = boost::json;

namespace {

constexpr Span kResend = seconds(20); ///< how often what fires is sent again, in real time
constexpr Span kRoomPatience = seconds(10); ///< a declared incident has its room well before
constexpr const char *kRooms = "war-room";
constexpr Span kLifetime = minutes(4); ///< endsAt of what fires, as a Prometheus at its defaults gives it

/// One practice run: the core it speaks to and what fires now.
class Player {
public:
    Player(link::Caller &core, std::string url) : m_core(core), m_url(std::move(url)) {}

    Result<> play(const std::vector<PracticeStep> &script, double speed)
    {
        const Span began = m_clock.boot();
        Span resent = began;
        std::size_t next = 0;
        while (next < script.size() || !m_firing.empty()) {
            const Span elapsed{static_cast<std::int64_t>(static_cast<double>((m_clock.boot() - began).ns) * speed)};
            while (next < script.size() && script[next].at <= elapsed) {
                if (const auto done = step(script[next]); !done)
                    return done;
                ++next;
            }
            if (next == script.size())
                return {};
            if (m_clock.boot() - resent >= kResend) {
                resent = m_clock.boot();
                if (const auto sent = post({}); !sent)
                    return sent;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return {};
    }

private:
    Result<> step(const PracticeStep &s)
    {
        const Instant now = m_clock.now();
        if (!s.fire.empty() || !s.resolve.empty()) {
            for (const auto &a : s.fire)
                m_firing[keyOf(a)] = {a, now - a.ago};
            std::vector<std::pair<PracticeAlert, Instant>> over;
            for (const auto &a : s.resolve)
                if (const auto it = m_firing.find(keyOf(a)); it != m_firing.end()) {
                    over.push_back(it->second);
                    m_firing.erase(it);
                }
            if (const auto sent = post(over); !sent)
                return sent;
        }
        if (s.change)
            if (const auto done = call("change.mark", {{"service", s.change->service}, {"title", s.change->title}, {"at", toRfc3339(now - s.change->ago)}}, {}); !done)
                return done;
        if (s.declare) {
            json::array alerts;
            const auto listed = m_core.call("get", R"({"what":"alerts"})");
            if (!listed)
                return tl::unexpected(listed.error());
            const json::value parsed = json::parse(*listed);
            for (const auto &item : parsed.at("items").as_array())
                if (item.at("status").as_string() == "firing" && item.at("severity").as_string() != "info")
                    alerts.push_back(item.at("key"));
            const auto declared = m_core.call("incident.declare",
                                              json::serialize(json::object{{"title", s.declare->title},
                                                                           {"severity", s.declare->severity},
                                                                           {"service", s.declare->service},
                                                                           {"alerts", alerts}}),
                                              s.declare->by);
            if (!declared)
                return tl::unexpected(declared.error());
            const json::value made = json::parse(*declared);
            if (const auto found = findRoom(std::string(made.at("id").as_string())); !found)
                return found;
        }
        if (s.speech)
            return speak(*s.speech);
        return {};
    }

    /// Waits until the incident's room is there; without one (the person at the console disarmed the rooms, say) nobody speaks.
    Result<> findRoom(const std::string &incident)
    {
        const Span began = m_clock.boot();
        while (m_clock.boot() - began < kRoomPatience) {
            const auto listed = m_core.call("get", R"({"what":"incidents"})");
            if (!listed)
                return tl::unexpected(listed.error());
            const json::value parsed = json::parse(*listed);
            for (const auto &item : parsed.at("items").as_array())
                if (item.at("id").as_string() == incident)
                    for (const auto &room : item.at("rooms").as_array())
                        if (room.at("connection").as_string() == kRooms) {
                            m_room = std::string(room.at("room").as_string());
                            return {};
                        }
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return {};
    }

    Result<> speak(const PracticeStep::Speech &s)
    {
        if (m_room.empty())
            return {};
        const bool isMessage = s.edits.empty() && s.reactsTo.empty();
        return call("practice.say",
                    {{"room", m_room},
                     {"sender", practiceAddress(s.by)},
                     {"name", s.by},
                     {"id", s.id},
                     {"kind", isMessage ? "message" : s.edits.empty() ? "reaction" : "edit"},
                     {"text", s.text},
                     {"target", s.edits.empty() ? s.reactsTo : s.edits}},
                    {});
    }

    static std::string keyOf(const PracticeAlert &a) { return a.name + '\n' + a.service + '\n' + a.instance; }

    Result<> call(std::string_view method, json::object arguments, const std::string &as)
    {
        const auto r = m_core.call(method, json::serialize(arguments), as);
        // What the person at the console did meanwhile (ended the incident, say) is no reason to stop.
        return r || r.error().code != Code::Unavailable ? Result<>() : tl::unexpected(r.error());
    }

    /// What fires, and what just ended, in one delivery.
    Result<> post(const std::vector<std::pair<PracticeAlert, Instant>> &over)
    {
        const Instant now = m_clock.now();
        json::array body;
        const auto add = [&](const PracticeAlert &a, Instant since, Instant until) {
            body.push_back(json::object{
                {"labels",
                 json::object{{"alertname", a.name}, {"service", a.service}, {"severity", a.severity}, {"instance", a.instance}, {"env", "practice"}}},
                {"annotations", json::object{{"summary", a.summary}}},
                {"startsAt", toRfc3339(since)},
                {"endsAt", toRfc3339(until)}});
        };
        for (const auto &[key, a] : m_firing)
            add(a.first, a.second, now + kLifetime);
        for (const auto &[a, since] : over)
            add(a, since, now);
        if (body.empty())
            return {};
        net::HttpRequest request;
        request.method = net::Method::Post;
        request.url = m_url;
        request.headers = {{"content-type", "application/json"}};
        request.body = json::serialize(body);
        std::promise<Result<net::HttpResponse>> answered;
        m_http.send(std::move(request), [&](Result<net::HttpResponse> r) { answered.set_value(std::move(r)); });
        const auto answer = answered.get_future().get();
        if (!answer)
            return tl::unexpected(answer.error());
        if (answer->status / 100 != 2)
            return fail(Code::Unavailable, "The practice alerts were answered with status " + std::to_string(answer->status) + ".");
        return {};
    }

    link::Caller &m_core;
    std::string m_url;
    net::HttpClient m_http;
    SystemClock m_clock;
    std::map<std::string, std::pair<PracticeAlert, Instant>> m_firing;
    std::string m_room; ///< of the script's incident
};

} // namespace

Result<> playPractice(const HomeOptions &home, double speed)
{
    const auto script = builtInScript();
    if (!script)
        return tl::unexpected(script.error());
    auto core = link::Caller::connect(link::controlSocket(home.home));
    if (!core)
        return tl::unexpected(core.error());
    const auto status = (*core)->call("status");
    if (!status)
        return tl::unexpected(status.error());
    const json::value known = json::parse(*status);
    const auto *practice = known.as_object().if_contains("practice");
    if (!practice || !practice->is_bool() || !practice->as_bool())
        return fail(Code::Forbidden, "This home is not a practice home; make one with: practice new");

    SystemRandom random;
    Bytes bytes(20);
    random.fill(bytes);
    const std::string key = "qd_" + toHex(bytes);
    const json::object connection{{"name", "prometheus-shop"}, {"kind", "inbound"}, {"interval", "20s"}, {"keyHash", toHex(sources::hashOf(key))}};
    if (const auto added = (*core)->call("connection.add", json::serialize(json::object{{"connection", connection}})); !added)
        return added.error().code == Code::Conflict
            ? fail(Code::Conflict, "The practice incident of this home has begun already; begin it anew with: practice new --replace, then: practice play")
            : tl::unexpected(added.error());
    const json::object rooms{{"name", kRooms}, {"kind", "practice"}, {"address", std::string(chat::PracticeConnector::kOurs)}};
    if (const auto added = (*core)->call("connection.add", json::serialize(json::object{{"connection", rooms}})); !added)
        return tl::unexpected(added.error());
    if (const auto armed = (*core)->call("connection.arm", json::serialize(json::object{{"name", kRooms}, {"allow", json::array{"rooms", "posts"}}})); !armed)
        return tl::unexpected(armed.error());
    const std::string url = std::string(known.at("listen").as_string()) + "/in/" + key + "/api/v2/alerts";
    return Player(**core, url).play(*script, speed);
}

} // namespace qd::app
