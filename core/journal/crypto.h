// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/journal/record.h"

#include <initializer_list>
#include <memory>
#include <openssl/types.h>
#include <span>

namespace qd::journal {

/// The primitives of suite 1, each over one OpenSSL context that is set up once and used again: setting up costs more
/// than a small record. Not thread-safe; every thread has its own. Out of memory inside OpenSSL ends the program.

inline constexpr std::uint16_t kSuite = 1; ///< AES-256-GCM, HKDF-SHA-256, SHA-256, Ed25519
inline constexpr std::size_t kTag = 16;
inline constexpr std::size_t kNonce = 12;
inline constexpr std::size_t kKey = 32;

struct FreeOpenSsl
{
    void operator()(EVP_MD_CTX *p) const;
    void operator()(EVP_MD *p) const;
    void operator()(EVP_CIPHER_CTX *p) const;
    void operator()(EVP_CIPHER *p) const;
};
template <typename T>
using OpenSsl = std::unique_ptr<T, FreeOpenSsl>;

class Sha256 final
{
public:
    Sha256();
    /// Of the pieces one after the other.
    [[nodiscard]] Hash of(std::initializer_list<BytesView> pieces);
    [[nodiscard]] Hash of(BytesView bytes) { return of({bytes}); }

private:
    OpenSsl<EVP_MD> m_md;
    OpenSsl<EVP_MD_CTX> m_ctx;
};

/// AES-256-GCM with a 12-byte nonce and a 16-byte tag after the ciphertext.
class Gcm final
{
public:
    Gcm();
    /// `out` holds plain.size() + kTag bytes and may not overlap `plain`.
    void seal(BytesView key, BytesView nonce, BytesView associated, BytesView plain, std::span<std::uint8_t> out);
    /// `out` holds sealed.size() - kTag bytes; false when the tag does not fit, `out` is then zero.
    [[nodiscard]] bool open(BytesView key, BytesView nonce, BytesView associated, BytesView sealed,
                            std::span<std::uint8_t> out);

private:
    OpenSsl<EVP_CIPHER> m_cipher;
    OpenSsl<EVP_CIPHER_CTX> m_ctx;
};

/// A key of HMAC-SHA-256 (RFC 2104), kept as what its two paddings leave of the hash: that is half of the work on a short message, done once.
/// Immutable, shared between threads; OpenSSL wipes it when it dies.
class HmacKey final
{
public:
    HmacKey() = default; ///< none: what is keyed with it ends the program

private:
    friend class Hkdf;
    OpenSsl<EVP_MD_CTX> m_inner, m_outer;
};

/// HKDF-SHA-256, RFC 5869, over OpenSSL's SHA-256: its own HKDF begins with the key again for every message, which took 1.4 µs of opening a part.
class Hkdf final
{
public:
    Hkdf();
    [[nodiscard]] HmacKey keyed(BytesView key) const;
    /// Section 2.2. A salt is mostly said again, so the last one is kept.
    [[nodiscard]] Secret extract(BytesView salt, BytesView key);
    /// Section 2.3; at most 255 * 32 bytes.
    void expand(const HmacKey &pseudoRandomKey, BytesView info, std::span<std::uint8_t> out);

private:
    void mac(const HmacKey &key, std::initializer_list<BytesView> pieces, std::span<std::uint8_t, 32> out);

    OpenSsl<EVP_MD> m_md;
    OpenSsl<EVP_MD_CTX> m_ctx;
    Bytes m_salt;
    HmacKey m_saltKey;
};

/// Numbers in the formats are little-endian.
template <typename T>
void putNumber(Bytes &out, T value)
{
    for (std::size_t i = 0; i < sizeof(T); ++i)
        out.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i)));
}
template <typename T>
[[nodiscard]] T getNumber(const std::uint8_t *p)
{
    std::uint64_t v = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        v |= static_cast<std::uint64_t>(p[i]) << (8 * i);
    return static_cast<T>(v);
}
inline void putBytes(Bytes &out, BytesView bytes)
{
    out.insert(out.end(), bytes.begin(), bytes.end());
}

} // namespace qd::journal
