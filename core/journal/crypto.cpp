// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/crypto.h"

#include <cstdlib>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

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
void FreeOpenSsl::operator()(EVP_KDF_CTX *p) const
{
    EVP_KDF_CTX_free(p);
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
{
    EVP_KDF *kdf = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
    m_ctx.reset(kdf ? EVP_KDF_CTX_new(kdf) : nullptr);
    EVP_KDF_free(kdf);
    char digest[] = "SHA256";
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
                                 OSSL_PARAM_construct_end()};
    must(m_ctx && EVP_KDF_CTX_set_params(m_ctx.get(), params) == 1, "HKDF set-up");
}

Secret Hkdf::extract(BytesView salt, BytesView key)
{
    Bytes out(32);
    int mode = EVP_KDF_HKDF_MODE_EXTRACT_ONLY;
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, const_cast<std::uint8_t *>(key.data()), key.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, const_cast<std::uint8_t *>(salt.data()), salt.size()),
        OSSL_PARAM_construct_end()};
    must(EVP_KDF_derive(m_ctx.get(), out.data(), out.size(), params) == 1, "HKDF extract");
    return Secret(std::move(out));
}

void Hkdf::expand(BytesView pseudoRandomKey, BytesView info, std::span<std::uint8_t> out)
{
    int mode = EVP_KDF_HKDF_MODE_EXPAND_ONLY;
    // Setting "info" appends in OpenSSL 3.0 within one call only; a fresh set of parameters replaces what was there.
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, const_cast<std::uint8_t *>(pseudoRandomKey.data()),
                                          pseudoRandomKey.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, const_cast<std::uint8_t *>(info.data()), info.size()),
        OSSL_PARAM_construct_end()};
    must(EVP_KDF_derive(m_ctx.get(), out.data(), out.size(), params) == 1, "HKDF expand");
}

} // namespace qd::journal
