// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string_view>

struct sockaddr;

namespace qd::net {

/// Which addresses an outward connection may go to, asked about the address that is really connected to, after the name
/// has been resolved: a name, a redirect or odd spellings ("127.1", "::ffff:10.0.0.1") cannot get round it.
/// Addresses inside IPv6 (mapped, NAT64, 6to4) are judged by the IPv4 address they carry. Multicast, broadcast and
/// reserved addresses are always refused. Source: IANA special-purpose address registries, RFC 6890.
struct AddressPolicy {
    bool allowLoopback = true;
    bool allowPrivate = true;    ///< RFC 1918, unique-local, shared (100.64/10), benchmarking
    bool allowLinkLocal = false; ///< link-local, and the clouds' metadata services wherever they sit

    /// For sources and chat platforms a person has configured: private networks are usual.
    [[nodiscard]] static AddressPolicy configured() { return {}; }
    /// For links from runbooks, users and alerts: public addresses only.
    [[nodiscard]] static AddressPolicy strict() { return {false, false, false}; }

    /// Forbidden, with the kind of address in the message.
    [[nodiscard]] Result<> check(const sockaddr *address) const;
    /// The same for a numeric address in text; Invalid when it is none.
    [[nodiscard]] Result<> check(std::string_view numericAddress) const;

    bool operator==(const AddressPolicy &) const = default;
};

} // namespace qd::net
