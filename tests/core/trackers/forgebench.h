// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/trackers/trackers.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <atomic>
#include <boost/json.hpp>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace qd::tests {

namespace json = boost::json;
using namespace qd::trackers;

/// A tracker of one project that speaks like GitHub, as far as this edge asks of it. Any thread.
class Forge {
public:
    void operator()(net::HttpRequest r, net::HttpClient::Callback done)
    {
        Result<net::HttpResponse> answer = fail(Code::Unavailable, "");
        {
            const std::lock_guard lock(mutex);
            asked.push_back(std::string(net::methodName(r.method)) + " " + r.url.substr(r.url.find("/issues")));
            answer = answerTo(r);
            if (holds == r.method) {
                held = [done = std::move(done), answer = std::move(answer)]() mutable { done(std::move(answer)); };
                return;
            }
        }
        done(std::move(answer));
    }
    /// What was held is answered, and nothing is held any more.
    void release()
    {
        std::function<void()> answer;
        {
            const std::lock_guard lock(mutex);
            holds.reset();
            answer = std::move(held);
        }
        if (answer)
            answer();
    }

    std::mutex mutex;
    std::vector<std::string> asked;
    std::vector<json::object> issues;
    int failAfterMaking = 0; ///< so many times an issue is made and the answer gets lost
    int status = 0;          ///< instead of every answer
    std::string error;       ///< instead of any answer
    net::Fields headers;
    bool forgets = false;    ///< … nor is it made then
    std::optional<net::Method> holds; ///< what is asked so is not answered before release()

private:
    std::function<void()> held;
    Result<net::HttpResponse> answerTo(const net::HttpRequest &r)
    {
        if (!error.empty())
            return fail(Code::Invalid, error);
        if (status != 0)
            return net::HttpResponse{status, headers, "{}", r.url};
        const std::string path = r.url.substr(r.url.find("/issues") + 7);
        if (r.method == net::Method::Post) {
            const json::value given = json::parse(r.body);
            json::object issue = given.as_object();
            issue["number"] = static_cast<std::int64_t>(issues.size() + 1);
            issue["html_url"] = "https://forge.example/" + std::to_string(issues.size() + 1);
            issue["state"] = "open";
            issue["updated_at"] = "2026-11-29T13:00:00Z";
            issues.push_back(issue);
            if (failAfterMaking > 0) {
                --failAfterMaking;
                if (forgets)
                    issues.pop_back();
                return fail(Code::Unavailable, "The connection broke.");
            }
            return net::HttpResponse{201, {}, json::serialize(issues.back()), r.url};
        }
        if (path.starts_with("?")) {
            json::array all(issues.rbegin(), issues.rend());
            return net::HttpResponse{200, {}, json::serialize(all), r.url};
        }
        const auto n = static_cast<std::size_t>(std::stoi(path.substr(1)));
        if (n < 1 || n > issues.size())
            return net::HttpResponse{404, {}, "{}", r.url};
        json::object &issue = issues[n - 1];
        const json::value given = r.method == net::Method::Patch ? json::parse(r.body) : json::value(json::object());
        for (const auto &each : given.as_object())
            issue[each.key()] = each.value();
        const std::string body = json::serialize(issue), tag = "\"" + std::to_string(std::hash<std::string>()(body)) + "\"";
        if (net::valueOf(r.headers, "if-none-match") == tag)
            return net::HttpResponse{304, {}, {}, r.url};
        return net::HttpResponse{200, {{"etag", tag}}, body, r.url};
    }
};

struct Moved {
    std::uint64_t number;
    Delivery delivery;
    std::string id, reason;
};

inline Connection forgeConnection()
{
    Connection c;
    c.name = "forge";
    c.kind = "github";
    c.url = "https://api.forge.example";
    c.path = "acme/shop";
    c.interval = seconds(1);
    return c;
}

inline Entry entryOf(std::uint64_t number, events::Effect effect = events::Effect::TrackIssue)
{
    events::OutboxQueued what;
    what.number = number;
    what.effect = effect;
    what.connection = "forge";
    what.incident = "INC-7";
    what.action = 3;
    what.title = "Roll out to one cell first";
    what.text = "Roll out to one cell first\n\nFollows from INC-7\n";
    return {std::move(what), "quarterdeck-" + std::to_string(number), false};
}

/// The edge with one connection to a Forge.
struct ForgeBench {
    FakeClock clock;
    Forge forge;
    std::mutex mutex;
    std::vector<Moved> moved;
    std::vector<events::ActionSeen> seen;
    std::vector<std::string> said;
    std::unique_ptr<Trackers> edge;

    ForgeBench()
    {
        edge = std::make_unique<Trackers>(Trackers::Way{[this](net::HttpRequest r, net::HttpClient::Callback done) { forge(std::move(r), std::move(done)); },
                                                        [this](std::uint64_t n, Delivery d, std::string id, std::string reason) {
                                                            const std::lock_guard lock(mutex);
                                                            moved.push_back({n, d, std::move(id), std::move(reason)});
                                                        },
                                                        [this](events::ActionSeen s) {
                                                            const std::lock_guard lock(mutex);
                                                            seen.push_back(std::move(s));
                                                        },
                                                        [this](std::string, std::string state, std::string problem) {
                                                            const std::lock_guard lock(mutex);
                                                            said.push_back(state + (problem.empty() ? "" : ": " + problem));
                                                        }},
                                          clock);
        restart();
    }
    void restart() { edge->start(forgeConnection(), Secret(std::string_view("token")), static_cast<Writes>(Write::Issues)); }
    [[nodiscard]] bool settled(std::uint64_t number, Delivery delivery)
    {
        const std::lock_guard lock(mutex);
        return std::any_of(moved.begin(), moved.end(), [&](const Moved &m) { return m.number == number && m.delivery == delivery; });
    }
    [[nodiscard]] std::size_t asked()
    {
        const std::lock_guard lock(forge.mutex);
        return forge.asked.size();
    }
    /// Time passes until the tracker was asked again.
    [[nodiscard]] bool askedAgain()
    {
        const std::size_t before = asked();
        clock.advance(seconds(2));
        return QTest::qWaitFor([&] { return asked() > before; }, kPatience);
    }
    /// What is done so comes to its end though the tracker does not answer.
    [[nodiscard]] bool endsUnanswered(const std::function<void()> &what)
    {
        std::atomic<bool> isOver = false;
        std::thread other([&] {
            what();
            isOver = true;
        });
        const bool ended = QTest::qWaitFor([&] { return isOver.load(); }, kPatience);
        if (!ended)
            forge.release();
        other.join();
        return ended;
    }
    void hold(net::Method method)
    {
        const std::lock_guard lock(forge.mutex);
        forge.holds = method;
    }
    [[nodiscard]] std::size_t issues()
    {
        const std::lock_guard lock(forge.mutex);
        return forge.issues.size();
    }
};

} // namespace qd::tests
