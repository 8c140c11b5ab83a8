// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qd::chat {

/// The namespaces spoken here, by the specification that defines them.
namespace xmlns {
inline constexpr std::string_view kFraming = "urn:ietf:params:xml:ns:xmpp-framing"; // RFC 7395
inline constexpr std::string_view kStream = "http://etherx.jabber.org/streams";     // RFC 6120
inline constexpr std::string_view kStreamErrors = "urn:ietf:params:xml:ns:xmpp-streams";
inline constexpr std::string_view kStanzaErrors = "urn:ietf:params:xml:ns:xmpp-stanzas";
inline constexpr std::string_view kSasl = "urn:ietf:params:xml:ns:xmpp-sasl";
inline constexpr std::string_view kBind = "urn:ietf:params:xml:ns:xmpp-bind";
inline constexpr std::string_view kClient = "jabber:client";
inline constexpr std::string_view kSm = "urn:xmpp:sm:3";                            // XEP-0198
inline constexpr std::string_view kPing = "urn:xmpp:ping";                          // XEP-0199
inline constexpr std::string_view kMuc = "http://jabber.org/protocol/muc";          // XEP-0045
inline constexpr std::string_view kMucUser = "http://jabber.org/protocol/muc#user";
inline constexpr std::string_view kMucOwner = "http://jabber.org/protocol/muc#owner";
inline constexpr std::string_view kMucAdmin = "http://jabber.org/protocol/muc#admin";
inline constexpr std::string_view kMucConfig = "http://jabber.org/protocol/muc#roomconfig";
inline constexpr std::string_view kDataForms = "jabber:x:data";                     // XEP-0004
inline constexpr std::string_view kDelay = "urn:xmpp:delay";                        // XEP-0203
inline constexpr std::string_view kMam = "urn:xmpp:mam:2";                          // XEP-0313
inline constexpr std::string_view kRsm = "http://jabber.org/protocol/rsm";          // XEP-0059
inline constexpr std::string_view kForward = "urn:xmpp:forward:0";                  // XEP-0297
inline constexpr std::string_view kStanzaId = "urn:xmpp:sid:0";                     // XEP-0359
inline constexpr std::string_view kOccupantId = "urn:xmpp:occupant-id:0";           // XEP-0421
inline constexpr std::string_view kCorrect = "urn:xmpp:message-correct:0";          // XEP-0308
inline constexpr std::string_view kReactions = "urn:xmpp:reactions:0";              // XEP-0444
inline constexpr std::string_view kRetract0 = "urn:xmpp:message-retract:0";         // XEP-0424 before 0.4
inline constexpr std::string_view kRetract1 = "urn:xmpp:message-retract:1";         // XEP-0424
inline constexpr std::string_view kFasten = "urn:xmpp:fasten:0";                    // XEP-0422
inline constexpr std::string_view kFallback = "urn:xmpp:fallback:0";                // XEP-0428
inline constexpr std::string_view kHints = "urn:xmpp:hints";                        // XEP-0334
inline constexpr std::string_view kReceipts = "urn:xmpp:receipts";                  // XEP-0184
inline constexpr std::string_view kOob = "jabber:x:oob";                              // XEP-0066, as XEP-0363 has it sent
inline constexpr std::string_view kDiscoInfo = "http://jabber.org/protocol/disco#info"; // XEP-0030
} // namespace xmlns

/// One XML element, namespaces resolved: what a frame of RFC 7395 is. Text is UTF-8.
struct Element {
    std::string name;
    std::string ns;
    std::vector<std::pair<std::string, std::string>> attributes; ///< those without a prefix
    std::vector<Element> children;
    std::string text; ///< its own character data, pieces joined

    Element() = default;
    Element(std::string_view elementName, std::string_view elementNs) : name(elementName), ns(elementNs) {}

    [[nodiscard]] bool is(std::string_view n, std::string_view space) const { return name == n && ns == space; }
    /// The attribute's value, "" when absent.
    [[nodiscard]] std::string_view attribute(std::string_view key) const;
    [[nodiscard]] const Element *child(std::string_view n, std::string_view space) const;
    /// The first child in a namespace, whatever its name.
    [[nodiscard]] const Element *childIn(std::string_view space) const;

    Element &set(std::string_view key, std::string_view value);
    /// Appends and returns the new child (valid until the next one is added).
    Element &add(std::string_view n, std::string_view space);
    Element &add(std::string_view n, std::string_view space, std::string_view content);
};

inline constexpr std::size_t kFrameLimitBeforeAuth = 64 * 1024;
inline constexpr std::size_t kFrameLimit = 256 * 1024;
inline constexpr int kMaxDepth = 64;
inline constexpr std::size_t kMaxElements = 8192;
inline constexpr std::size_t kMaxNamespaces = 1024 * 1024; ///< bytes of all elements' namespaces together: written once, they stand in each

/// Reads one frame: one complete element and nothing else. Refused with a sentence: more than `limit` bytes, deeper than
/// kMaxDepth, more than kMaxElements or kMaxNamespaces, not well-formed, and everything RFC 6120 section 11.1 forbids (a document type, entity
/// declarations, processing instructions, comments). Pure; memory is bounded by the limits.
[[nodiscard]] Result<Element> parseFrame(std::string_view frame, std::size_t limit = kFrameLimit);

/// The element as a frame. Characters XML cannot carry are dropped and line ends become LF, so that no text of ours can
/// break the stream (RFC 6120 section 11.1, XML 1.0 section 2.2).
[[nodiscard]] std::string writeFrame(const Element &element);

} // namespace qd::chat
