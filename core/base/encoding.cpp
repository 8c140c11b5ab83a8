// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/encoding.h"

#include <algorithm>
#include <array>
#include <sodium.h>

namespace qd {

std::string toHex(BytesView bytes)
{
    std::string out(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
    out.pop_back();
    return out;
}

std::string sha256Hex(std::string_view bytes)
{
    std::array<std::uint8_t, crypto_hash_sha256_BYTES> hash{};
    const BytesView view = asBytes(bytes);
    crypto_hash_sha256(hash.data(), view.data(), view.size());
    return toHex(hash);
}

Result<Bytes> fromHex(std::string_view text)
{
    Bytes out(text.size() / 2);
    if (text.empty())
        return out; // libsodium wants a place to write to
    std::size_t length = 0;
    if (text.size() % 2 != 0 ||
        sodium_hex2bin(out.data(), out.size(), text.data(), text.size(), nullptr, &length, nullptr) != 0 ||
        length != out.size())
        return fail(Code::Invalid, "not hexadecimal text");
    return out;
}

std::string toBase64(BytesView bytes)
{
    std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    out.pop_back();
    return out;
}

namespace {

int hexValue(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

} // namespace

std::string percentDecoded(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool isEscape = text[at] == '%' && at + 2 < text.size() && hexValue(text[at + 1]) >= 0 && hexValue(text[at + 2]) >= 0;
        out += isEscape ? static_cast<char>(hexValue(text[at + 1]) * 16 + hexValue(text[at + 2])) : text[at];
        at += isEscape ? 2 : 0;
    }
    return out;
}

Result<Bytes> fromBase64(std::string_view text)
{
    // libsodium reads some bytes above 0x7f as the letter they are without that bit.
    if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 0x7f; }))
        return fail(Code::Invalid, "not base64 text");
    Bytes out(text.size() / 4 * 3 + 3);
    std::size_t length = 0;
    const char *end = nullptr;
    if (sodium_base642bin(out.data(), out.size(), text.data(), text.size(), nullptr, &length, &end,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        end != text.data() + text.size())
        return fail(Code::Invalid, "not base64 text");
    out.resize(length);
    return out;
}

} // namespace qd
