// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/crypto.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <openssl/evp.h>

#include <sodium.h>

#include "core/base/log.h"

namespace qd::journal {

namespace {
/// OpenSSL fails here only when memory is gone or the library is broken: going on would mean unsealed records.
void must(bool ok, const char *what)
{
    if (ok)
        return;
    log(LogLevel::Error, "journal",
        std::string("OpenSSL failed in ") + what + "; stopping before anything is stored unsealed");
    std::abort();
}
} // namespace

void FreeOpenSsl::operator()(EVP_MD_CTX *p) const
{
    EVP_MD_CTX_free(p);
}
void FreeOpenSsl::operator()(EVP_MD *p) const
{
    EVP_MD_free(p);
}
void FreeOpenSsl::operator()(EVP_CIPHER_CTX *p) const
{
    EVP_CIPHER_CTX_free(p);
}
void FreeOpenSsl::operator()(EVP_CIPHER *p) const
{
    EVP_CIPHER_free(p);
}

Sha256::Sha256()
    : m_md(EVP_MD_fetch(nullptr, "SHA256", nullptr))
    , m_ctx(EVP_MD_CTX_new())
{
    must(m_md && m_ctx && EVP_DigestInit_ex2(m_ctx.get(), m_md.get(), nullptr) == 1, "SHA-256 set-up");
}

Hash Sha256::of(std::initializer_list<BytesView> pieces)
{
    Hash out;
    // A null digest begins again with the one already there.
    bool ok = EVP_DigestInit_ex2(m_ctx.get(), nullptr, nullptr) == 1;
    for (const BytesView piece : pieces)
        ok = ok && EVP_DigestUpdate(m_ctx.get(), piece.data(), piece.size()) == 1;
    must(ok && EVP_DigestFinal_ex(m_ctx.get(), out.data(), nullptr) == 1, "SHA-256");
    return out;
}

Gcm::Gcm()
    : m_cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr))
    , m_ctx(EVP_CIPHER_CTX_new())
{
    must(m_cipher && m_ctx, "AES-GCM set-up");
}

void Gcm::seal(BytesView key, BytesView nonce, BytesView associated, BytesView plain, std::span<std::uint8_t> out)
{
    must(key.size() == kKey && nonce.size() == kNonce && out.size() == plain.size() + kTag, "AES-GCM sizes");
    EVP_CIPHER_CTX *ctx = m_ctx.get();
    int n = 0;
    bool ok = EVP_EncryptInit_ex2(ctx, m_cipher.get(), key.data(), nonce.data(), nullptr) == 1 &&
              EVP_EncryptUpdate(ctx, nullptr, &n, associated.data(), static_cast<int>(associated.size())) == 1;
    if (!plain.empty())
        ok = ok && EVP_EncryptUpdate(ctx, out.data(), &n, plain.data(), static_cast<int>(plain.size())) == 1;
    ok = ok && EVP_EncryptFinal_ex(ctx, out.data() + plain.size(), &n) == 1 &&
         EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, kTag, out.data() + plain.size()) == 1;
    must(ok, "AES-GCM sealing");
}

bool Gcm::open(BytesView key, BytesView nonce, BytesView associated, BytesView sealed, std::span<std::uint8_t> out)
{
    if (sealed.size() < kTag || out.size() != sealed.size() - kTag || key.size() != kKey || nonce.size() != kNonce)
        return false;
    EVP_CIPHER_CTX *ctx = m_ctx.get();
    int n = 0;
    const BytesView text = sealed.first(out.size());
    std::uint8_t tag[kTag];
    std::copy(sealed.end() - kTag, sealed.end(), tag);
    must(EVP_DecryptInit_ex2(ctx, m_cipher.get(), key.data(), nonce.data(), nullptr) == 1 &&
             EVP_DecryptUpdate(ctx, nullptr, &n, associated.data(), static_cast<int>(associated.size())) == 1,
         "AES-GCM opening");
    bool ok = text.empty() || EVP_DecryptUpdate(ctx, out.data(), &n, text.data(), static_cast<int>(text.size())) == 1;
    std::uint8_t none[kTag];
    ok = ok && EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, kTag, tag) == 1 &&
         EVP_DecryptFinal_ex(ctx, none, &n) == 1;
    if (!ok)
        std::fill(out.begin(), out.end(), std::uint8_t(0));
    return ok;
}

Hkdf::Hkdf()
    : m_md(EVP_MD_fetch(nullptr, "SHA256", nullptr))
    , m_ctx(EVP_MD_CTX_new())
{
    must(m_md && m_ctx, "HMAC set-up");
}

HmacKey Hkdf::keyed(BytesView key) const
{
    constexpr std::size_t kBlock = 64;
    std::array<std::uint8_t, kBlock> block{};
    unsigned n = 0;
    bool ok = true;
    if (key.size() > kBlock)
        ok = EVP_Digest(key.data(), key.size(), block.data(), &n, m_md.get(), nullptr) == 1;
    else
        std::copy(key.begin(), key.end(), block.begin());
    HmacKey out;
    const auto padded = [&](OpenSsl<EVP_MD_CTX> &ctx, std::uint8_t pad) {
        std::array<std::uint8_t, kBlock> bytes = block;
        for (std::uint8_t &byte : bytes)
            byte ^= pad;
        ctx.reset(EVP_MD_CTX_new());
        ok = ok && ctx && EVP_DigestInit_ex2(ctx.get(), m_md.get(), nullptr) == 1 &&
             EVP_DigestUpdate(ctx.get(), bytes.data(), bytes.size()) == 1;
        sodium_memzero(bytes.data(), bytes.size());
    };
    padded(out.m_inner, 0x36);
    padded(out.m_outer, 0x5c);
    sodium_memzero(block.data(), block.size());
    must(ok, "HMAC key");
    return out;
}

void Hkdf::mac(const HmacKey &key, std::initializer_list<BytesView> pieces, std::span<std::uint8_t, 32> out)
{
    bool ok = key.m_inner && EVP_MD_CTX_copy_ex(m_ctx.get(), key.m_inner.get()) == 1;
    for (const BytesView piece : pieces)
        ok = ok && EVP_DigestUpdate(m_ctx.get(), piece.data(), piece.size()) == 1;
    ok = ok && EVP_DigestFinal_ex(m_ctx.get(), out.data(), nullptr) == 1 &&
         EVP_MD_CTX_copy_ex(m_ctx.get(), key.m_outer.get()) == 1 &&
         EVP_DigestUpdate(m_ctx.get(), out.data(), out.size()) == 1 &&
         EVP_DigestFinal_ex(m_ctx.get(), out.data(), nullptr) == 1;
    must(ok, "HMAC");
}

Secret Hkdf::extract(BytesView salt, BytesView key)
{
    if (!m_saltKey.m_inner || !std::ranges::equal(m_salt, salt)) {
        m_salt.assign(salt.begin(), salt.end());
        m_saltKey = keyed(salt);
    }
    Bytes out(32);
    mac(m_saltKey, {key}, std::span<std::uint8_t, 32>(out));
    return Secret(std::move(out));
}

void Hkdf::expand(const HmacKey &pseudoRandomKey, BytesView info, std::span<std::uint8_t> out)
{
    must(out.size() <= 255 * 32, "HKDF sizes");
    std::array<std::uint8_t, 32> block;
    BytesView before;
    std::uint8_t counter = 0;
    for (std::size_t at = 0; at < out.size(); at += block.size()) {
        ++counter;
        mac(pseudoRandomKey, {before, info, BytesView(&counter, 1)}, block);
        std::copy_n(block.begin(), std::min(block.size(), out.size() - at), out.begin() + static_cast<std::ptrdiff_t>(at));
        before = block;
    }
    sodium_memzero(block.data(), block.size());
}

} // namespace qd::journal
