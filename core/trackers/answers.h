// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For this folder's .cpp files only: it brings Boost.JSON with it.

#include "core/base/safetext.h"
#include "core/trackers/dialect.h"

#include <boost/json.hpp>

namespace qd::trackers {

namespace json = boost::json;

inline constexpr std::size_t kTrackerText = 2000, kTrackerBody = 1 << 20; ///< bytes of a title, of a text
inline constexpr std::size_t kListedAtMost = 100;

[[nodiscard]] inline const json::value *memberOf(const json::value *of, std::string_view name)
{
    return of && of->is_object() ? of->get_object().if_contains(name) : nullptr;
}

[[nodiscard]] inline std::string textIn(const json::value *v, std::size_t limit = kTrackerText)
{
    return v && v->is_string() ? safeText(std::string_view(v->get_string()), limit) : std::string();
}

/// An issue's text as it stands there, to be written back; it is shown to nobody. Empty: it has none, or more than kTrackerBody, and is left alone.
[[nodiscard]] inline std::string bodyIn(const json::value *v)
{
    return v && v->is_string() && v->get_string().size() <= kTrackerBody ? std::string(v->get_string()) : std::string();
}

inline constexpr std::size_t kIdBytes = 200;

/// A number or a text, as text. Empty where it is no id: it holds a blank (which stands between an id and an address here), a control or hidden character, or more than kIdBytes.
[[nodiscard]] inline std::string idIn(const json::value *v)
{
    if (v && v->is_int64())
        return std::to_string(v->get_int64());
    if (v && v->is_uint64())
        return std::to_string(v->get_uint64());
    const std::string_view raw = v && v->is_string() ? std::string_view(v->get_string()) : std::string_view();
    return raw.find(' ') == raw.npos && safeLine(raw, kIdBytes) == raw ? std::string(raw) : std::string();
}

[[nodiscard]] inline Instant instantIn(const json::value *v)
{
    const std::string text = textIn(v);
    if (const auto at = parseInstant(text))
        return *at;
    // A day; or Jira's "+0000", which RFC 3339 writes with a colon.
    if (text.size() == 10)
        return parseInstant(text + "T00:00:00Z").value_or(Instant{});
    if (text.size() > 5 && (text[text.size() - 5] == '+' || text[text.size() - 5] == '-'))
        return parseInstant(text.substr(0, text.size() - 2) + ":" + text.substr(text.size() - 2)).value_or(Instant{});
    return {};
}

[[nodiscard]] inline Result<json::value> jsonIn(const std::string &body, std::string_view who)
{
    boost::system::error_code wrong;
    json::value out = json::parse(body, wrong);
    if (wrong)
        return fail(Code::Corrupt, "What " + std::string(who) + " answered is not JSON.");
    return out;
}

/// An address people may click: http or https, one line.
[[nodiscard]] inline std::string addressIn(const json::value *v)
{
    const std::string text = safeLine(textIn(v), 1000);
    return text.starts_with("https://") || text.starts_with("http://") ? text : std::string();
}

[[nodiscard]] inline net::HttpRequest jsonRequest(net::Method method, std::string url, const json::value &body, const std::string &caFile)
{
    net::HttpRequest r;
    r.method = method;
    r.url = std::move(url);
    r.caFile = caFile;
    r.maxBytes = 8u << 20;
    r.timeout = seconds(20);
    r.headers = {{"accept", "application/json"}, {"user-agent", "quarterdeck"}};
    if (!body.is_null()) {
        r.headers.emplace_back("content-type", "application/json");
        r.body = json::serialize(body);
    }
    return r;
}

[[nodiscard]] inline std::string dayOf(Instant at)
{
    return at ? toRfc3339(at).substr(0, 10) : std::string();
}

[[nodiscard]] inline std::string withoutSlash(std::string url)
{
    while (url.ends_with('/'))
        url.pop_back();
    return url;
}

} // namespace qd::trackers
