// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/ids.h"

namespace qd {

Uuid Uuid::make(const Clock &clock, Random &random)
{
    Uuid u;
    random.fill(u.bytes);
    const auto ms = static_cast<std::uint64_t>(clock.now().ns / 1'000'000);
    for (std::size_t i = 0; i < 6; ++i)
        u.bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    u.bytes[6] = static_cast<std::uint8_t>((u.bytes[6] & 0x0f) | 0x70);
    u.bytes[8] = static_cast<std::uint8_t>((u.bytes[8] & 0x3f) | 0x80);
    return u;
}

Result<Uuid> Uuid::parse(std::string_view text)
{
    const auto bad = [&] { return fail(Code::Invalid, "\"" + std::string(text.substr(0, 40)) + "\" is not a UUID"); };
    if (text.size() != 36)
        return bad();
    Uuid u;
    std::size_t nibble = 0;
    for (std::size_t i = 0; i < 36; ++i) {
        const char c = text[i];
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (c != '-')
                return bad();
            continue;
        }
        const int v = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        if (v < 0)
            return bad();
        u.bytes[nibble / 2] = static_cast<std::uint8_t>(u.bytes[nibble / 2] << 4 | v);
        ++nibble;
    }
    return u;
}

std::string Uuid::text() const
{
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out;
    out.reserve(36);
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out += '-';
        out += kHex[bytes[i] >> 4];
        out += kHex[bytes[i] & 15];
    }
    return out;
}

} // namespace qd
