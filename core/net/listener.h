// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/base/result.h"
#include "core/net/http.h"
#include "core/net/limits.h"
#include "core/net/websocket.h"

#include <cstdint>

namespace qd::net {

class IoThread;

/// A request or connection turned away by the listener itself, before any handler saw it.
struct Refusal {
    int status = 0; ///< the HTTP status sent, or meant when there was no way to send one
    std::string reason;
    std::string remote;
};

struct RouteOptions {
    std::size_t bodyLimit = kBodyLimit;
    /// Asked when the header is complete, before any of the body is read: a Response refuses (an unknown key: 401), so
    /// that strangers cannot make us read. Network thread; must be quick.
    std::function<std::optional<Response>(const Request &)> admit = {};
    /// Whoever only reads: its connections have a share of their own (Limits::readersShare()), and beyond it are refused with 503 and Retry-After, so that they take no
    /// place of those who report. While more than half of the share is taken, each ends with its answer.
    bool isForReaders = false;
};

struct ListenOptions {
    std::string address = "127.0.0.1"; ///< a numeric address, IPv4 or IPv6
    std::uint16_t port = 0;            ///< 0 = any free one
    std::string certificateFile = {};  ///< PEM chain; with keyFile: TLS 1.2 (ECDHE with AEAD) and 1.3 only
    std::string keyFile = {};
    Limits limits = {};
    /// Called on the network thread for every refusal, so that the core can count them visibly.
    std::function<void(const Refusal &)> onRefused = {};
};

/// The one HTTP/1.1 and WebSocket listener. It guarantees, whatever bytes come: memory per connection is bounded by the
/// limits, every request ends within the total time, ambiguous framing (both lengths, two lengths, unknown transfer
/// coding) is refused and the connection closed, and a slow or hostile peer never delays another one.
///
/// Set routes, then start(). Handlers run on the network thread. Source: RFC 9110, 9112, 6455.
class Listener final {
public:
    Listener(IoThread &thread, const Clock &clock, ListenOptions options = {});
    ~Listener(); ///< stops
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

    /// Patterns are "/a/{name}/b": a named segment matches any one non-empty segment; a literal one wins over a named
    /// one. A GET route answers HEAD as well. Call before start(). A second handler for the same method and pattern
    /// replaces the first.
    void route(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});
    void webSocket(WebSocketRoute route);

    /// Binds and accepts. Io when the address is taken or not ours; Invalid for a bad address, certificate or key.
    [[nodiscard]] Result<> start();
    /// Closes every connection and waits until no handler runs any more. Safe to call twice.
    void stop();

    /// The bound port, after start().
    [[nodiscard]] std::uint16_t port() const;
    /// "http://127.0.0.1:4711", after start().
    [[nodiscard]] std::string url() const;
    [[nodiscard]] std::size_t connectionCount() const;
    /// Of them those of the readers' share.
    [[nodiscard]] std::size_t readerCount() const;

private:
    std::shared_ptr<class ListenerCore> m_core;
};

} // namespace qd::net
