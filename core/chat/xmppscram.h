// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qd::chat {

inline constexpr int kMinIterations = 4096;      ///< RFC 5802 section 5.1 and RFC 7677: fewer is a weak server or an attack
inline constexpr int kMaxIterations = 1'000'000; ///< more is a server that burns our time

/// One SCRAM exchange as the client (RFC 5802, RFC 7677), without channel binding. The password is never sent; the server
/// must prove that it knows it too: an exchange counts only after verify() returned success.
/// clientFinal() runs PBKDF2 and may take up to about a second at the ceiling: never call it on a thread that draws.
class Scram final {
public:
    enum class Hash { Sha1, Sha256, Sha512 };

    /// The strongest of the offered mechanisms we speak; nothing when there is none (PLAIN is never used).
    [[nodiscard]] static std::optional<Hash> choose(const std::vector<std::string> &offered);
    [[nodiscard]] static std::string_view mechanism(Hash hash);

    /// `nonce`: at least 18 unpredictable bytes in printable ASCII without commas. `password` must outlive the object.
    /// Names and passwords are prepared by Unicode NFKC, non-ASCII spaces becoming spaces (the mapping part of RFC 4013).
    Scram(Hash hash, std::string_view user, const Secret &password, std::string nonce);

    [[nodiscard]] std::string clientFirst() const;
    [[nodiscard]] Result<std::string> clientFinal(std::string_view serverFirst);
    /// Constant-time comparison of the server's signature.
    [[nodiscard]] Result<> verify(std::string_view serverFinal);
    [[nodiscard]] bool isVerified() const { return m_verified; }

private:
    Hash m_hash;
    std::string m_user;
    const Secret &m_password;
    std::string m_nonce;
    std::string m_clientFirstBare;
    Secret m_serverSignature;
    bool m_verified = false;
};

} // namespace qd::chat
