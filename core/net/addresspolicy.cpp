// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/addresspolicy.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace qd::net {

namespace {
enum class Kind { Public, Loopback, Private, LinkLocal, Metadata, Reserved };

struct Block4 {
    std::uint32_t net;
    int bits;
    Kind kind;
};

constexpr std::uint32_t ip(unsigned a, unsigned b, unsigned c, unsigned d)
{
    return a << 24 | b << 16 | c << 8 | d;
}

// The first that matches counts.
constexpr Block4 kBlocks4[] = {
    {ip(169, 254, 0, 0), 16, Kind::LinkLocal},      {ip(100, 100, 100, 200), 32, Kind::Metadata},
    {ip(168, 63, 129, 16), 32, Kind::Metadata},     {ip(0, 0, 0, 0), 8, Kind::Loopback}, // connects to this host
    {ip(127, 0, 0, 0), 8, Kind::Loopback},          {ip(10, 0, 0, 0), 8, Kind::Private},
    {ip(172, 16, 0, 0), 12, Kind::Private},         {ip(192, 168, 0, 0), 16, Kind::Private},
    {ip(100, 64, 0, 0), 10, Kind::Private},         {ip(198, 18, 0, 0), 15, Kind::Private},
    {ip(192, 0, 0, 0), 24, Kind::Reserved},         {ip(192, 0, 2, 0), 24, Kind::Reserved},
    {ip(198, 51, 100, 0), 24, Kind::Reserved},      {ip(203, 0, 113, 0), 24, Kind::Reserved},
    {ip(224, 0, 0, 0), 3, Kind::Reserved}, // multicast, reserved, broadcast
};

Kind kindOf(std::uint32_t address)
{
    for (const Block4 &block : kBlocks4) {
        if ((address ^ block.net) >> (32 - block.bits) == 0)
            return block.kind;
    }
    return Kind::Public;
}

using Bytes16 = std::array<std::uint8_t, 16>;

bool startsWith(const Bytes16 &b, std::initializer_list<std::uint8_t> prefix)
{
    return std::equal(prefix.begin(), prefix.end(), b.begin());
}

Kind kindOf(const Bytes16 &b)
{
    const auto inner = [&b](std::size_t at) { return kindOf(ip(b[at], b[at + 1], b[at + 2], b[at + 3])); };
    if (startsWith(b, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff})) // mapped
        return inner(12);
    if (startsWith(b, {0x00, 0x64, 0xff, 0x9b})) // NAT64, the well-known and the local prefix
        return inner(12);
    if (startsWith(b, {0x20, 0x02})) // 6to4
        return inner(2);
    if (startsWith(b, {0x20, 0x01, 0, 0})) // Teredo hides its address
        return Kind::Reserved;
    if (startsWith(b, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})) // unspecified, loopback, "compatible"
        return (b[12] | b[13] | b[14]) == 0 && b[15] <= 1 ? Kind::Loopback : inner(12);
    if (startsWith(b, {0xfd, 0x00, 0x0e, 0xc2})) // Amazon's metadata and time services
        return Kind::Metadata;
    if ((b[0] & 0xfe) == 0xfc)
        return Kind::Private;
    if (b[0] == 0xfe)
        return (b[1] & 0xc0) == 0x80 ? Kind::LinkLocal : Kind::Private; // fec0::/10: site-local, of old
    if (b[0] == 0xff || startsWith(b, {0x20, 0x01, 0x0d, 0xb8}))
        return Kind::Reserved;
    return Kind::Public;
}

Result<> judge(Kind kind, const AddressPolicy &policy)
{
    switch (kind) {
    case Kind::Public: return {};
    case Kind::Loopback:
        if (policy.allowLoopback)
            return {};
        return fail(Code::Forbidden, "this link leads to this machine itself, which is not allowed");
    case Kind::Private:
        if (policy.allowPrivate)
            return {};
        return fail(Code::Forbidden, "this link leads into a private network, which is not allowed");
    case Kind::LinkLocal:
    case Kind::Metadata:
        if (policy.allowLinkLocal)
            return {};
        return fail(Code::Forbidden, kind == Kind::Metadata
                        ? "the address is a cloud's metadata service, which is not allowed"
                        : "the address is link-local, which is not allowed");
    case Kind::Reserved: break;
    }
    return fail(Code::Forbidden, "the address is reserved and cannot be connected to");
}
} // namespace

Result<> AddressPolicy::check(const sockaddr *address) const
{
    if (address->sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, address, sizeof v4);
        return judge(kindOf(ntohl(v4.sin_addr.s_addr)), *this);
    }
    if (address->sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, address, sizeof v6);
        Bytes16 bytes{};
        std::memcpy(bytes.data(), v6.sin6_addr.s6_addr, bytes.size());
        return judge(kindOf(bytes), *this);
    }
    return fail(Code::Forbidden, "neither an IPv4 nor an IPv6 address");
}

Result<> AddressPolicy::check(std::string_view numericAddress) const
{
    const std::string text(numericAddress.substr(0, numericAddress.find('%')));
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1)
        return check(reinterpret_cast<const sockaddr *>(&v4));
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    if (inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1)
        return check(reinterpret_cast<const sockaddr *>(&v6));
    return fail(Code::Invalid, "not a numeric address: " + text);
}

} // namespace qd::net
