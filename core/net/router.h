// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/listener.h"

#include <memory>

namespace qd::net {

/// Which handler a path belongs to. Set up once, then only read. Paths are matched as sent, segment by segment, each
/// decoded on its own, so that an escaped slash or "..": never becomes structure.
class Router final {
public:
    struct Route {
        Method method = Method::Get;
        std::string pattern;
        Handler handler;
        RouteOptions options;
    };
    struct Match {
        const Route *route = nullptr;
        const WebSocketRoute *socket = nullptr; ///< of the same path; for upgrades
        Fields params;                          ///< of whichever is set, the route's first
        std::string allow;                      ///< when neither is set: the methods the path has, or "" for no such path
    };

    void add(Route route);
    void add(WebSocketRoute route);
    /// `upgrade`: only WebSocket routes are looked at; else WebSocket routes only set `socket`.
    [[nodiscard]] Match find(Method method, std::string_view path, bool upgrade) const;

private:
    // Routes are few (tens): a list, each addressed by pointer for as long as the router lives.
    std::vector<std::unique_ptr<Route>> m_routes;
    std::vector<std::unique_ptr<WebSocketRoute>> m_sockets;
};

} // namespace qd::net
