// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/ports.h"

namespace qd::journal {

/// How to reach a home's root key. Secret: the passphrase; the printed recovery key as text; for KeyFile empty (the
/// file in the home) or the 32 bytes themselves; for Keychain empty.
struct Unlock
{
    enum Kind { Passphrase, Recovery, KeyFile, Keychain };
    Kind kind = KeyFile;
    Secret secret = {};

    [[nodiscard]] Unlock duplicate() const { return {kind, secret.duplicate()}; }
};

/// How the detail of the error begins when a home was not opened by what was given: then come the kinds of its slots
/// ("passphrase", "keyfile", "keychain", "recovery"), separated by commas, or the one that did not fit.
inline constexpr const char *kOpensWith = "opens-with ";

/// Told once, when a home is made.
struct Created
{
    std::string recoveryKey;     ///< 11 groups of 5 characters; opens the home when all else is lost
    std::string origin;          ///< the log's name in every checkpoint
    std::string verificationKey; ///< base64 of the Ed25519 public key (32 bytes): `verify --origin-key`
};

/// Makes journal.db and keys.db in `home` (made 0700 when missing, files 0600), with a slot for `unlock` and a recovery
/// slot; `rest` makes what else belongs to a new home, when those stand, and leaves nothing of its own when it fails. Errors:
/// Conflict (a home is there already), Invalid (an empty passphrase), Io, Unavailable, and those of `rest`. After an error
/// everything is as it was: no file and no folder of ours stays. Slow with a passphrase, on purpose (Argon2id, 64 MiB).
[[nodiscard]] Result<Created> create(const std::filesystem::path &home, const Ports &ports, const Unlock &unlock,
                                     Clock &clock, Random &random, const std::function<Result<>()> &rest = {});

} // namespace qd::journal
