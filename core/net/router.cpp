// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/router.h"

#include <algorithm>

namespace qd::net {

namespace {
/// How well a pattern fits: one bit a segment, literal 1, named 0, the first segment highest; -1 for not at all.
/// Fills `params` only when asked to.
std::int64_t fit(std::string_view pattern, std::string_view path, Fields *params)
{
    std::int64_t score = 1;
    std::string decoded;
    while (true) {
        if (pattern.empty() || path.empty())
            return pattern.empty() && path.empty() ? score : -1;
        if (pattern.front() != '/' || path.front() != '/')
            return -1;
        pattern.remove_prefix(1);
        path.remove_prefix(1);
        const std::string_view want = pattern.substr(0, pattern.find('/'));
        const std::string_view have = path.substr(0, path.find('/'));
        pattern.remove_prefix(want.size());
        path.remove_prefix(have.size());
        const bool named = want.size() > 2 && want.front() == '{' && want.back() == '}';
        score = score << 1 | (named ? 0 : 1);
        if (!named) {
            if (want != have && (have.find('%') == have.npos || !percentDecode(have, decoded) || decoded != want))
                return -1;
            continue;
        }
        if (have.empty())
            return -1;
        const bool isPlain = have.find('%') == have.npos && have.find('\0') == have.npos;
        if (!isPlain && !percentDecode(have, decoded))
            return -1;
        if (params)
            params->emplace_back(want.substr(1, want.size() - 2), isPlain ? have : std::string_view(decoded));
    }
}
} // namespace

void Router::add(Route route)
{
    std::erase_if(m_routes, [&](const auto &r) { return r->method == route.method && r->pattern == route.pattern; });
    m_routes.push_back(std::make_unique<Route>(std::move(route)));
}

void Router::add(WebSocketRoute route)
{
    std::erase_if(m_sockets, [&](const auto &r) { return r->pattern == route.pattern; });
    m_sockets.push_back(std::make_unique<WebSocketRoute>(std::move(route)));
}

Router::Match Router::find(Method method, std::string_view path, bool upgrade) const
{
    Match match;
    std::int64_t best = -1;
    for (const auto &route : m_sockets) {
        const std::int64_t score = fit(route->pattern, path, nullptr);
        if (score > best) {
            best = score;
            match.socket = route.get();
        }
    }
    if (upgrade) {
        if (match.socket)
            fit(match.socket->pattern, path, &match.params);
        return match;
    }
    best = -1;
    for (const auto &route : m_routes) {
        const std::int64_t score = fit(route->pattern, path, nullptr);
        if (score < 0)
            continue;
        const bool serves = route->method == method || (route->method == Method::Get && method == Method::Head);
        if (serves && score > best) {
            best = score;
            match.route = route.get();
        }
        const std::string_view name = methodName(route->method);
        if (match.allow.find(name) == std::string::npos)
            (match.allow += match.allow.empty() ? "" : ", ") += name;
    }
    if (match.route) {
        match.allow.clear();
        fit(match.route->pattern, path, &match.params);
    }
    return match;
}

} // namespace qd::net
