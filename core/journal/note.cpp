// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/note.h"

#include "core/journal/crypto.h"

#include <charconv>
#include <sodium.h>

namespace qd::journal {

namespace {

constexpr std::string_view kDash = "\xe2\x80\x94 "; // em dash and space, the note format's mark of a signature line
constexpr std::uint8_t kEd25519 = 1;

/// First four bytes of SHA-256(name ‖ "\n" ‖ 0x01 ‖ key), C2SP signed-note.
std::array<std::uint8_t, 4> keyHash(std::string_view name, const PublicKey &key)
{
    static constexpr std::uint8_t kMiddle[2] = {'\n', kEd25519};
    const Hash h = Sha256().of({asBytes(name), BytesView(kMiddle), BytesView(key)});
    return {h[0], h[1], h[2], h[3]};
}

std::string bodyOf(const Note &note)
{
    return note.origin + "\n" + std::to_string(note.size) + "\n" + toBase64(note.root) + "\n";
}

struct Split
{
    std::string_view text;       ///< what is signed, with its last newline
    std::string_view signatures; ///< the lines after the empty one
};

Result<Split> split(std::string_view note)
{
    const std::size_t at = note.rfind("\n\n");
    if (note.size() > 64 * 1024 || at == std::string_view::npos || !note.ends_with('\n'))
        return fail(Code::Corrupt, "this is not a signed checkpoint");
    return Split{note.substr(0, at + 1), note.substr(at + 2)};
}

std::string_view takeLine(std::string_view &rest)
{
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return line;
}

} // namespace

PublicKey publicKeyOf(const Secret &seed)
{
    PublicKey key{};
    std::uint8_t pair[crypto_sign_SECRETKEYBYTES];
    crypto_sign_seed_keypair(key.data(), pair, seed.reveal().data());
    sodium_memzero(pair, sizeof pair);
    return key;
}

std::string signNote(const Note &note, const Secret &seed)
{
    return signText(bodyOf(note), note.origin, seed);
}

std::string signText(std::string_view text, std::string_view name, const Secret &seed)
{
    PublicKey key{};
    std::uint8_t pair[crypto_sign_SECRETKEYBYTES];
    crypto_sign_seed_keypair(key.data(), pair, seed.reveal().data());
    const auto id = keyHash(name, key);
    Bytes signature(id.begin(), id.end());
    signature.resize(id.size() + crypto_sign_BYTES);
    crypto_sign_detached(signature.data() + id.size(), nullptr, asBytes(text).data(), text.size(), pair);
    sodium_memzero(pair, sizeof pair);
    return std::string(text) + "\n" + std::string(kDash) + std::string(name) + " " + toBase64(signature) + "\n";
}

Result<Note> parseNote(std::string_view text)
{
    const auto parts = split(text);
    if (!parts)
        return tl::unexpected(parts.error());
    std::string_view rest = parts->text;
    Note note;
    note.origin = takeLine(rest);
    const std::string_view size = takeLine(rest);
    const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), note.size);
    const auto root = fromBase64(takeLine(rest));
    const bool canonical =
        error == std::errc() && end == size.data() + size.size() && size == std::to_string(note.size);
    if (note.origin.empty() || !canonical || !root || root->size() != note.root.size())
        return fail(Code::Corrupt, "this is not a signed checkpoint");
    std::copy(root->begin(), root->end(), note.root.begin());
    return note;
}

bool isSignedBy(std::string_view text, std::string_view name, const PublicKey &key)
{
    const auto parts = split(text);
    if (!parts)
        return false;
    const auto wanted = keyHash(name, key);
    std::string_view rest = parts->signatures;
    while (!rest.empty()) {
        std::string_view line = takeLine(rest);
        if (!line.starts_with(kDash))
            return false;
        line.remove_prefix(kDash.size());
        const std::size_t space = line.find(' ');
        if (space == std::string_view::npos || line.substr(0, space) != name)
            continue;
        const auto blob = fromBase64(line.substr(space + 1));
        if (!blob || blob->size() != wanted.size() + crypto_sign_BYTES ||
            !std::equal(wanted.begin(), wanted.end(), blob->begin()))
            continue;
        if (crypto_sign_verify_detached(blob->data() + wanted.size(), asBytes(parts->text).data(), parts->text.size(),
                                        key.data()) == 0)
            return true;
    }
    return false;
}

Result<Note> openNote(std::string_view text, const PublicKey &key)
{
    auto note = parseNote(text);
    if (note && !isSignedBy(text, note->origin, key))
        return fail(Code::Forbidden, "the checkpoint is not signed by the log's key");
    return note;
}

Result<PublicKey> parsePublicKey(std::string_view text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ' || text.back() == '\r'))
        text.remove_suffix(1);
    PublicKey key{};
    if (const auto bytes = fromBase64(text); bytes && bytes->size() == key.size()) {
        std::copy(bytes->begin(), bytes->end(), key.begin());
        return key;
    }
    // Neither the name nor the hash before it holds a '+', so the second one begins the base64 text.
    const std::size_t first = text.find('+');
    const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
    const auto typed = second == std::string_view::npos ? Result<Bytes>(Bytes()) : fromBase64(text.substr(second + 1));
    if (typed && typed->size() == key.size() + 1 && typed->front() == kEd25519) {
        std::copy(typed->begin() + 1, typed->end(), key.begin());
        return key;
    }
    return fail(Code::Invalid, "the origin key is not an Ed25519 key in base64; give it as `init` printed it");
}

} // namespace qd::journal
