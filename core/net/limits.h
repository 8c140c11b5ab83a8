// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <cstddef>

namespace qd::net {

inline constexpr std::size_t kKibi = 1024;
inline constexpr std::size_t kMebi = 1024 * kKibi;

// HTTP, inbound (contract.md, "Inbound").
inline constexpr std::size_t kBodyLimit = 1 * kMebi;       ///< default for a route; above it 413
inline constexpr std::size_t kBatchBodyLimit = 16 * kMebi; ///< for routes that take batches of alerts
inline constexpr std::size_t kHeaderLimit = 16 * kKibi;    ///< request line and header fields together; above it 431
inline constexpr Span kHeaderTime = seconds(10);           ///< from a request's first byte to the end of its header
inline constexpr Span kTotalTime = seconds(30);            ///< from a request's first byte to its answer
inline constexpr Span kIdleTime = seconds(75);             ///< a kept-alive connection without a request
inline constexpr Span kLingerTime = seconds(2);            ///< how long a refused sender may go on before it is cut off
inline constexpr std::size_t kBodiesInFlight = 256 * kMebi; ///< bytes of unfinished bodies, all together; above it 503
inline constexpr std::size_t kConnections = 1024;
inline constexpr std::size_t kReaders = kConnections / 2; ///< of these, connections that read status pages; never more than half, so that alerts come in however many read
inline constexpr Span kReadersWait = seconds(5);          ///< a reader who finds no place is asked to try again after that
inline constexpr std::size_t kConnectionsPerAddress = 16; ///< loopback is exempt

// WebSocket, both directions.
inline constexpr std::size_t kWebSocketMessage = 1 * kMebi;
inline constexpr std::size_t kWebSocketFrame = 256 * kKibi; ///< of the outward side; the listener limits messages
inline constexpr std::size_t kWebSocketOutgoing = 8 * kMebi; ///< unsent bytes of one peer; above it the peer is dropped
inline constexpr Span kPingInterval = seconds(15);
inline constexpr int kPingMisses = 2; ///< silent intervals until the peer counts as gone

// Frames on the control socket.
inline constexpr std::size_t kFrameHead = 5;               ///< payload length (u32, big-endian), type (u8)
inline constexpr std::size_t kFramePayload = 64 * kMebi;
inline constexpr std::size_t kFrameIncoming = 8 * kMebi;   ///< payload of a frame a peer sends us; above it the peer is dropped
inline constexpr std::size_t kFrameUnread = 16 * kMebi;    ///< unsent bytes of one peer; above it no further frame of its is read
inline constexpr std::size_t kFrameOutgoing = 256 * kMebi; ///< unsent bytes of one peer; above it the peer is dropped
inline constexpr std::size_t kFrameAllOutgoing = 512 * kMebi; ///< unsent bytes of all peers; above it the one with most is dropped

// HTTP, outbound.
inline constexpr Span kConnectTime = seconds(5);
inline constexpr Span kRequestTime = seconds(10);
inline constexpr std::size_t kResponseBody = 16 * kMebi;
inline constexpr Span kMailTime = seconds(30);             ///< one mail, from connecting to the server's word that it has it
inline constexpr std::size_t kMailBytes = 256 * kKibi;
inline constexpr int kRedirects = 3; ///< when a request allows redirects at all

/// What one listener holds its peers to. The defaults are the product's; tests and configuration change them.
struct Limits {
    std::size_t header = kHeaderLimit;
    Span headerTime = kHeaderTime;
    Span totalTime = kTotalTime;
    Span idleTime = kIdleTime;
    std::size_t bodiesInFlight = kBodiesInFlight;
    std::size_t connections = kConnections;
    std::size_t connectionsPerAddress = kConnectionsPerAddress;
    std::size_t readers = kReaders;
    /// The share of all connections that is the readers' (RouteOptions::isForReaders).
    [[nodiscard]] std::size_t readersShare() const { return readers < connections / 2 ? readers : connections / 2; }
    bool loopbackExempt = true; ///< whether loopback is free of connectionsPerAddress
    std::size_t webSocketMessage = kWebSocketMessage;
    std::size_t webSocketOutgoing = kWebSocketOutgoing;
    Span pingInterval = kPingInterval;
};

/// What one frame server holds its peers to.
struct FrameLimits {
    std::size_t payload = kFramePayload;
    std::size_t incoming = kFrameIncoming; ///< never above payload
    std::size_t unread = kFrameUnread;
    std::size_t outgoing = kFrameOutgoing;
    std::size_t allOutgoing = kFrameAllOutgoing;
    std::size_t connections = 256;
};

} // namespace qd::net
