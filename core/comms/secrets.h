// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Whether a text holds what nobody should have written down: a password, a token, a key.
namespace qd::comms {

enum class SecretKind : std::uint8_t { AwsKey, GitHubToken, SlackToken, PrivateKey, WebToken, VendorToken, Password, UrlPassword };
/// "an AWS access key": as it stands in a sentence. It never holds a word of the text.
[[nodiscard]] std::string_view word(SecretKind kind);
/// Whether these are the words of a kind, letters big or small.
[[nodiscard]] bool isSecretKind(std::string_view words);

inline constexpr std::size_t kSecretScan = 64 * 1024; ///< bytes of a text that are looked at

/// What the text seems to hold, each kind once, in the order of the enumeration. Well-known shapes of tokens by their letters; a password where
/// one is named and given ("password: …", "Passwort=…", an address with user:password@). Placeholders ("<password>", "$DB_PASSWORD", "****")
/// and plain words about passwords ("password: please reset it") are none. Pure; linear in the text, whatever it holds.
[[nodiscard]] std::vector<SecretKind> secretsIn(std::string_view text);

/// "an AWS access key", "a password and a private key".
[[nodiscard]] std::string secretsNamed(const std::vector<std::string> &kinds);

} // namespace qd::comms
