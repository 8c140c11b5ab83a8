// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/pagerdutyfetch.h"

#include "core/base/ports.h"
#include "core/net/httpclient.h"
#include "core/sources/pagerdutywriter.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <cstdio>
#include <future>
#include <thread>

namespace qd::app {

namespace json = boost::json;

namespace {

constexpr std::size_t kPage = 100, kMost = 10'000; ///< PagerDuty's own limits of a list
constexpr int kWaits = 5;
constexpr Span kOverridesAhead = hours(24 * 90);

class Account {
public:
    explicit Account(const PagerDutyAccount &of) : m_of(of) {}

    Result<json::object> get(const std::string &path)
    {
        for (int waits = 0;; ++waits) {
            auto answer = once(path);
            if (!answer)
                return fail(answer.error().code, "PagerDuty: " + answer.error().message);
            if (answer->status == 429 && waits < kWaits) {
                const int wait = secondsOf(net::valueOf(answer->headers, "ratelimit-reset"));
                std::fprintf(stderr, "quarterdeckctl: PagerDuty asks to wait %d s.\n", wait);
                std::this_thread::sleep_for(std::chrono::seconds(wait));
                continue;
            }
            if (answer->status != 200)
                return fail(Code::Unavailable, "PagerDuty: " + path.substr(0, path.find('?')) + ": " + sources::pagerDutySentence(*answer));
            boost::system::error_code wrong;
            json::value body = json::parse(answer->body, wrong);
            if (wrong || !body.is_object())
                return fail(Code::Invalid, "PagerDuty: " + path.substr(0, path.find('?')) + " answers with no JSON object.");
            return std::move(body.get_object());
        }
    }

    Result<json::array> list(const std::string &name, const std::string &path)
    {
        json::array all;
        for (std::size_t offset = 0; offset + kPage <= kMost; offset += kPage) {
            auto page = get(path + "?limit=" + std::to_string(kPage) + "&offset=" + std::to_string(offset));
            if (!page)
                return tl::unexpected(page.error());
            json::value *items = page->if_contains(name);
            if (!items || !items->is_array())
                return fail(Code::Invalid, "PagerDuty: " + path + " answers without a list \"" + name + "\".");
            for (json::value &item : items->get_array())
                all.push_back(std::move(item));
            const json::value *more = page->if_contains("more");
            if (!more || !more->is_bool() || !more->get_bool())
                break;
        }
        return all;
    }

private:
    Result<net::HttpResponse> once(const std::string &path)
    {
        net::HttpRequest request;
        request.url = m_of.url + path;
        request.caFile = m_of.caFile;
        request.headers = {{"accept", "application/vnd.pagerduty+json;version=2"}, {"authorization", "Token token=" + std::string(m_of.token.revealText())}};
        std::promise<Result<net::HttpResponse>> promise;
        auto answered = promise.get_future();
        m_http.send(std::move(request), [&](Result<net::HttpResponse> answer) { promise.set_value(std::move(answer)); });
        return answered.get();
    }

    static int secondsOf(std::string_view text)
    {
        int wait = 30;
        const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), wait);
        return wrong == std::errc{} ? std::clamp(wait, 1, 60) : 30;
    }

    const PagerDutyAccount &m_of;
    net::HttpClient m_http;
};

std::string idOf(const json::value &thing)
{
    const json::object *o = thing.if_object();
    const json::value *id = o ? o->if_contains("id") : nullptr;
    const std::string text = id && id->is_string() ? std::string(id->get_string()) : std::string();
    const bool isPlain = std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    return isPlain ? text : std::string();
}

std::string dateText(Instant at)
{
    return toRfc3339(at).substr(0, 19) + "Z";
}

} // namespace

Result<std::string> fetchPagerDuty(const PagerDutyAccount &of)
{
    Account account(of);
    json::object all;
    for (const char *name : {"users", "teams", "schedules", "escalation_policies", "services"}) {
        auto list = account.list(name, std::string("/") + name);
        if (!list)
            return tl::unexpected(list.error());
        all[name] = std::move(*list);
    }
    for (json::value &team : all["teams"].get_array()) {
        const std::string id = idOf(team);
        auto members = id.empty() ? Result<json::array>() : account.list("members", "/teams/" + id + "/members");
        if (members && team.is_object()) // without the right to see them its users may still name it
            team.get_object()["members"] = std::move(*members);
    }
    const Instant now = SystemClock().now();
    for (json::value &schedule : all["schedules"].get_array()) {
        const std::string id = idOf(schedule);
        if (id.empty())
            continue;
        auto whole = account.get("/schedules/" + id);
        if (!whole)
            return tl::unexpected(whole.error());
        if (json::value *found = whole->if_contains("schedule"); found && found->is_object())
            schedule = std::move(*found);
        auto overrides = account.get("/schedules/" + id + "/overrides?since=" + dateText(now) + "&until=" + dateText(now + kOverridesAhead));
        if (!overrides)
            return tl::unexpected(overrides.error());
        if (json::value *list = overrides->if_contains("overrides"); list && list->is_array() && schedule.is_object())
            schedule.get_object()["overrides"] = std::move(*list);
    }
    return json::serialize(all);
}

} // namespace qd::app
