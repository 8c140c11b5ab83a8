// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http.h"

#include <cstdint>
#include <optional>

namespace qd::net {

/// The sending side of one accepted WebSocket. All functions may be called from any thread, also after the peer has
/// gone (then they do nothing). When more than Limits::webSocketOutgoing bytes wait unsent, the peer is dropped.
class WebSocketPeer {
public:
    virtual ~WebSocketPeer() = default;
    virtual void sendText(std::string text) = 0;
    virtual void sendBinary(std::string bytes) = 0;
    /// The same bytes for many peers, without a copy each.
    virtual void send(std::shared_ptr<const std::string> bytes, bool binary) = 0;
    /// Says goodbye after what is already queued. `reason` is cut at 123 bytes.
    virtual void close(std::uint16_t code, std::string reason) = 0;
    [[nodiscard]] virtual const std::string &subprotocol() const = 0; ///< "" when none was agreed
    [[nodiscard]] virtual const std::string &remote() const = 0;
};

/// What the application does with one accepted WebSocket. Called on the network thread, never at the same time.
struct WebSocketHandlers {
    std::function<void(std::string payload, bool binary)> onMessage;
    /// Once, at the end. 1006 when the peer vanished without a close.
    std::function<void(std::uint16_t code, std::string reason)> onClosed;
};

using WebSocketFactory = std::function<WebSocketHandlers(const Request &, std::shared_ptr<WebSocketPeer>)>;

struct WebSocketRoute {
    std::string pattern;
    /// In order of preference; the first of ours that the client offers is agreed. None in common: none is agreed.
    std::vector<std::string> subprotocols;
    WebSocketFactory factory;
    /// Before the handshake is answered: a Response refuses it (an unknown key: 401), nullopt admits it.
    std::function<std::optional<Response>(const Request &)> admit = {};
    /// Whether a browser page of that origin may connect. Default: no Origin header, or the same host as Host.
    std::function<bool(std::string_view origin, const Request &)> originAllowed = {};
};

} // namespace qd::net
