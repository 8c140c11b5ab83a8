// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/unlock.h"

#include <filesystem>
#include <string>

namespace qd::app {

/// What every verb is told by the options before it.
struct HomeOptions {
    std::filesystem::path home;
    std::string passphraseFile;
    int passphraseFd = -1;
    bool keychain = false;
    std::string recoveryFile;
    int recoveryFd = -1;
    std::string as; ///< the person to speak for
    std::string viewAs = {}; ///< whose eyes to read with

    [[nodiscard]] std::filesystem::path workspace() const { return home / "workspace"; }
    [[nodiscard]] std::filesystem::path secrets() const { return home / "secrets"; }
};

/// The way to the root key the options name: recovery key, passphrase, keychain, or the key file in the home. Reads the file or descriptor.
[[nodiscard]] Result<journal::Unlock> unlockOf(const HomeOptions &options);

/// Records and keys in SQLite files; with the desktop's keychain when `withKeychain`.
[[nodiscard]] journal::Ports portsOf(bool withKeychain);

/// Where a core mirrors what its disk does not take: $XDG_STATE_HOME/quarterdeck (else ~/.local/state/quarterdeck), unless
/// that lies on the home's own disk and $XDG_RUNTIME_DIR does not; then there, which outlives the core but not the machine.
[[nodiscard]] std::filesystem::path emergencyFolder(const std::filesystem::path &home);

/// The first line of a file that holds a secret, at most 4 KiB.
[[nodiscard]] Result<Secret> readSecret(const std::filesystem::path &file);
[[nodiscard]] Result<Secret> readSecret(int fd);
/// A private key's file as it is, at most 16 KiB. Errors: Io, Invalid (no private key without a passphrase is in it).
[[nodiscard]] Result<Secret> readPrivateKey(const std::filesystem::path &file);

/// Puts a secret in the home, mode 0600, as a whole or not at all; gives the name to store in a connection ("secrets/irc.token").
[[nodiscard]] Result<std::string> keepSecret(const HomeOptions &options, const std::string &name, const Secret &secret);

/// Makes a folder (and those above it) with mode 0700.
[[nodiscard]] Result<> makePrivate(const std::filesystem::path &folder);

} // namespace qd::app
