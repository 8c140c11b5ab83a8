// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/recoverycode.h"

#include "core/journal/crypto.h"

namespace qd::journal {

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kLetters = 55; // 34 bytes are 272 bits are 54.4 letters
constexpr std::size_t kBytes = 34;   // 32 of key, 2 of check

std::array<std::uint8_t, 2> checkOf(BytesView key)
{
    const Hash h = Sha256().of({asBytes("quarterdeck/1 recovery check"), key});
    return {h[0], h[1]};
}

int valueOf(char c)
{
    if (c >= 'a' && c <= 'z')
        c = static_cast<char>(c - 'a' + 'A');
    if (c == 'I' || c == 'L')
        c = '1';
    if (c == 'O')
        c = '0';
    const std::size_t at = kAlphabet.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

} // namespace

std::string recoveryCode(const Secret &secret)
{
    Bytes bytes(secret.reveal().begin(), secret.reveal().end());
    const auto check = checkOf(bytes);
    bytes.insert(bytes.end(), check.begin(), check.end());
    std::string out;
    for (std::size_t i = 0; i < kLetters; ++i) {
        unsigned value = 0;
        for (std::size_t bit = i * 5; bit < i * 5 + 5; ++bit)
            value = value << 1 | (bit / 8 < bytes.size() ? bytes[bit / 8] >> (7 - bit % 8) & 1u : 0u);
        if (i > 0 && i % 5 == 0)
            out += '-';
        out += kAlphabet[value];
    }
    sodium_memzero(bytes.data(), bytes.size());
    return out;
}

Result<Secret> parseRecoveryCode(std::string_view text)
{
    Bytes bytes(kBytes + 1, 0);
    std::size_t letters = 0;
    for (const char c : text) {
        if (c == '-' || c == ' ' || c == '\n' || c == '\r' || c == '\t')
            continue;
        const int value = valueOf(c);
        if (value < 0 || letters == kLetters)
            return fail(Code::Invalid, "this is not a recovery key; it has 11 groups of 5 letters and digits");
        for (std::size_t k = 0; k < 5; ++k) {
            const std::size_t bit = letters * 5 + k;
            bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] | (value >> (4 - k) & 1) << (7 - bit % 8));
        }
        ++letters;
    }
    if (letters != kLetters)
        return fail(Code::Invalid, "this is not a recovery key; it has 11 groups of 5 letters and digits");
    const auto check = checkOf(BytesView(bytes).first(32));
    const bool fits = bytes[32] == check[0] && bytes[33] == check[1] && bytes[34] == 0;
    sodium_memzero(bytes.data() + 32, bytes.size() - 32);
    bytes.resize(32);
    Secret key(std::move(bytes));
    if (!fits)
        return fail(Code::Invalid, "the recovery key is mistyped; compare it with the printed one, group by group");
    return key;
}

} // namespace qd::journal
