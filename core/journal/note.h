// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/journal/record.h"

#include <string>
#include <string_view>

namespace qd::journal {

/// A statement about the log, signed: "of this origin, so many records, this tree root". C2SP tlog-checkpoint inside a
/// C2SP signed-note with one Ed25519 signature; other signatures (witnesses) are kept and ignored.
struct Note
{
    std::string origin;
    std::uint64_t size = 0;
    Hash root{};
};

using PublicKey = std::array<std::uint8_t, 32>;

/// `seed` is the 32-byte Ed25519 seed.
[[nodiscard]] std::string signNote(const Note &note, const Secret &seed);
/// A C2SP signed note of any text that ends with a newline and holds no empty line.
[[nodiscard]] std::string signText(std::string_view text, std::string_view name, const Secret &seed);
[[nodiscard]] PublicKey publicKeyOf(const Secret &seed);

/// Reads the text without judging its signature. Corrupt when it is not a checkpoint.
[[nodiscard]] Result<Note> parseNote(std::string_view text);
/// As parseNote, and the origin's signature must be there and fit `key`; Forbidden when it does not.
[[nodiscard]] Result<Note> openNote(std::string_view text, const PublicKey &key);

/// True when the note carries a signature of `name` by `key`, whatever its text says.
[[nodiscard]] bool isSignedBy(std::string_view text, std::string_view name, const PublicKey &key);

/// Base64 of 32 bytes, or a C2SP verifier key "name+hash+base64". Invalid for anything else.
[[nodiscard]] Result<PublicKey> parsePublicKey(std::string_view text);

} // namespace qd::journal
