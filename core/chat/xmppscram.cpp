// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/xmppscram.h"

#include <QString>
#include <algorithm>
#include <charconv>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace qd::chat {

namespace {

const EVP_MD *digestOf(Scram::Hash hash)
{
    switch (hash) {
    case Scram::Hash::Sha1: return EVP_sha1();
    case Scram::Hash::Sha256: return EVP_sha256();
    case Scram::Hash::Sha512: return EVP_sha512();
    }
    return EVP_sha256();
}

Secret hmac(const EVP_MD *md, BytesView key, std::string_view text)
{
    Bytes out(static_cast<std::size_t>(EVP_MD_get_size(md)));
    unsigned int size = 0;
    HMAC(md, key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char *>(text.data()), text.size(),
         out.data(), &size);
    return Secret(std::move(out));
}

Secret hashOf(const EVP_MD *md, BytesView bytes)
{
    Bytes out(static_cast<std::size_t>(EVP_MD_get_size(md)));
    unsigned int size = 0;
    EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, md, nullptr);
    return Secret(std::move(out));
}

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

/// NFKC with non-ASCII spaces as spaces and soft hyphens dropped. ASCII, the usual case, is taken as it is, uncopied by Qt.
Secret prepared(std::string_view text)
{
    if (isAscii(text))
        return Secret(text);
    QString wide = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    for (QChar &c : wide)
        if (c.category() == QChar::Separator_Space)
            c = u' ';
    wide.remove(QChar(0xad));
    QString normal = wide.normalized(QString::NormalizationForm_KC);
    QByteArray bytes = normal.toUtf8();
    Secret out(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    bytes.fill('\0');
    normal.fill(u'\0');
    wide.fill(u'\0');
    return out;
}

std::string escapedName(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        if (c == ',')
            out += "=2C";
        else if (c == '=')
            out += "=3D";
        else
            out += c;
    }
    return out;
}

/// The value of "k=value" in a comma-separated SCRAM message; nothing when absent.
std::optional<std::string_view> field(std::string_view message, char key)
{
    while (!message.empty()) {
        const std::size_t comma = message.find(',');
        const std::string_view item = message.substr(0, comma);
        if (item.size() >= 2 && item[0] == key && item[1] == '=')
            return item.substr(2);
        if (comma == std::string_view::npos)
            break;
        message.remove_prefix(comma + 1);
    }
    return {};
}

tl::unexpected<Error> unproven(std::string detail)
{
    return fail(Code::Forbidden, "the chat server did not prove that it knows the account's password; check the address and "
                                 "the certificate authority, somebody may be in between",
                std::move(detail));
}

} // namespace

std::optional<Scram::Hash> Scram::choose(const std::vector<std::string> &offered)
{
    for (const Hash hash : {Hash::Sha512, Hash::Sha256, Hash::Sha1})
        if (std::find(offered.begin(), offered.end(), mechanism(hash)) != offered.end())
            return hash;
    return {};
}

std::string_view Scram::mechanism(Hash hash)
{
    switch (hash) {
    case Hash::Sha1: return "SCRAM-SHA-1";
    case Hash::Sha256: return "SCRAM-SHA-256";
    case Hash::Sha512: return "SCRAM-SHA-512";
    }
    return "SCRAM-SHA-256";
}

Scram::Scram(Hash hash, std::string_view user, const Secret &password, std::string nonce)
    : m_hash(hash)
    , m_user(prepared(user).revealText())
    , m_password(password)
    , m_nonce(std::move(nonce))
    , m_clientFirstBare("n=" + escapedName(m_user) + ",r=" + m_nonce)
{
}

std::string Scram::clientFirst() const
{
    return "n,," + m_clientFirstBare;
}

Result<std::string> Scram::clientFinal(std::string_view serverFirst)
{
    if (serverFirst.size() > 4096 || serverFirst.starts_with("m="))
        return unproven("server-first message not understood");
    const auto nonce = field(serverFirst, 'r');
    const auto salt64 = field(serverFirst, 's');
    const auto count = field(serverFirst, 'i');
    if (!nonce || !salt64 || !count)
        return unproven("server-first message lacks r, s or i");
    if (!nonce->starts_with(m_nonce) || nonce->size() <= m_nonce.size())
        return unproven("the server's nonce does not extend ours");
    int iterations = 0;
    const auto [end, error] = std::from_chars(count->data(), count->data() + count->size(), iterations);
    if (error != std::errc() || end != count->data() + count->size() || iterations < kMinIterations || iterations > kMaxIterations)
        return fail(Code::Forbidden,
                    "the chat server asks for an iteration count outside " + std::to_string(kMinIterations) + " to "
                        + std::to_string(kMaxIterations) + "; its password storage must be reconfigured");
    const auto salt = fromBase64(*salt64);
    if (!salt || salt->empty())
        return unproven("salt is not base64");

    const EVP_MD *md = digestOf(m_hash);
    const Secret password = prepared(m_password.revealText());
    Bytes key(static_cast<std::size_t>(EVP_MD_get_size(md)));
    const std::string_view text = password.revealText();
    if (PKCS5_PBKDF2_HMAC(text.data(), static_cast<int>(text.size()), salt->data(), static_cast<int>(salt->size()), iterations, md,
                          static_cast<int>(key.size()), key.data())
        != 1)
        return fail(Code::Internal, "the password could not be prepared for sign-in");
    const Secret salted{std::move(key)};

    const Secret clientKey = hmac(md, salted.reveal(), "Client Key");
    const Secret storedKey = hashOf(md, clientKey.reveal());
    const std::string withoutProof = "c=biws,r=" + std::string(*nonce);
    const std::string authMessage = m_clientFirstBare + ',' + std::string(serverFirst) + ',' + withoutProof;
    const Secret clientSignature = hmac(md, storedKey.reveal(), authMessage);
    Bytes proof(clientKey.reveal().begin(), clientKey.reveal().end());
    for (std::size_t i = 0; i < proof.size(); ++i)
        proof[i] ^= clientSignature.reveal()[i];
    m_serverSignature = hmac(md, hmac(md, salted.reveal(), "Server Key").reveal(), authMessage);
    return withoutProof + ",p=" + toBase64(proof);
}

Result<> Scram::verify(std::string_view serverFinal)
{
    const auto value = field(serverFinal, 'v');
    if (!value || m_serverSignature.isEmpty())
        return unproven("no server signature");
    const auto given = fromBase64(*value);
    const BytesView expected = m_serverSignature.reveal();
    if (!given || given->size() != expected.size() || CRYPTO_memcmp(given->data(), expected.data(), expected.size()) != 0)
        return unproven("the server signature is wrong");
    m_verified = true;
    return {};
}

} // namespace qd::chat
