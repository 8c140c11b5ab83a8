// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/seal.h"

#include "core/journal/ports.h"

#include <cstring>
#include <sodium.h>

namespace qd::journal {

namespace {

/// Every part has a key of its own, derived from the record's random id, so one nonce serves all.
constexpr std::array<std::uint8_t, kNonce> kPartNonce{};

using Associated = std::array<std::uint8_t, 1 + 2 + 16 + 16 + 2 + 16 + 16>;

void putAt(std::uint8_t *&at, const std::array<std::uint8_t, 16> &bytes)
{
    std::memcpy(at, bytes.data(), bytes.size());
    at += bytes.size();
}
void putAt(std::uint8_t *&at, std::uint16_t number)
{
    *at++ = static_cast<std::uint8_t>(number);
    *at++ = static_cast<std::uint8_t>(number >> 8);
}

Associated associatedOf(const Header &h, std::size_t part, const Id16 &stream, const Id16 &key)
{
    Associated out;
    std::uint8_t *at = out.data();
    *at++ = kFormat;
    putAt(at, h.suite);
    putAt(at, h.log.bytes);
    putAt(at, h.id.bytes);
    putAt(at, static_cast<std::uint16_t>(part));
    putAt(at, stream);
    putAt(at, key);
    return out;
}

} // namespace

HmacKey StreamKey::derive(Hkdf &hkdf, const Secret &dataKey)
{
    return hkdf.keyed(hkdf.extract(asBytes("quarterdeck/1 part"), dataKey.reveal()).reveal());
}

Sealer::PartKey::~PartKey()
{
    sodium_memzero(bytes.data(), bytes.size());
}

void Sealer::derive(const Header &header, std::size_t part, const StreamKey &key, PartKey &out)
{
    std::array<std::uint8_t, 18> info;
    std::uint8_t *at = info.data();
    putAt(at, header.id.bytes);
    putAt(at, static_cast<std::uint16_t>(part));
    m_hkdf.expand(key.pseudoRandom, info, out.bytes);
}

void Sealer::seal(const Header &header, std::size_t part, const StreamKey &key, BytesView plain, PartEntry &entry,
                  std::span<std::uint8_t> out)
{
    PartKey partKey;
    derive(header, part, key, partKey);
    entry.stream = key.pseudonym;
    entry.key = key.id;
    entry.length = static_cast<std::uint32_t>(out.size());
    std::memcpy(entry.commitment.data(), partKey.commitment().data(), entry.commitment.size());
    m_gcm.seal(partKey.key(), kPartNonce, associatedOf(header, part, key.pseudonym, key.id), plain, out);
}

bool Sealer::open(const Header &header, std::size_t part, const StreamKey &key, BytesView sealed, Bytes &plain)
{
    const PartEntry &entry = header.parts[part];
    PartKey partKey;
    derive(header, part, key, partKey);
    if (sealed.size() < kTag ||
        sodium_memcmp(entry.commitment.data(), partKey.commitment().data(), entry.commitment.size()) != 0)
        return false;
    plain.resize(sealed.size() - kTag);
    return m_gcm.open(partKey.key(), kPartNonce, associatedOf(header, part, entry.stream, entry.key), sealed, plain);
}

Secret Sealer::partKey(const Header &header, std::size_t part, const StreamKey &key)
{
    PartKey partKey;
    derive(header, part, key, partKey);
    return Secret(Bytes(partKey.key().begin(), partKey.key().end()));
}

bool Sealer::openDisclosed(const Header &header, std::size_t part, BytesView partKey, BytesView sealed, Bytes &plain)
{
    if (sealed.size() < kTag || partKey.size() != kKey)
        return false;
    const PartEntry &entry = header.parts[part];
    plain.resize(sealed.size() - kTag);
    return m_gcm.open(partKey, kPartNonce, associatedOf(header, part, entry.stream, entry.key), sealed, plain);
}

Bytes wrap(Random &random, const Secret &wrapping, BytesView associated, BytesView secret)
{
    Bytes out(kNonce + secret.size() + kTag);
    random.fill(std::span(out).first(kNonce));
    Gcm().seal(wrapping.reveal(), BytesView(out).first(kNonce), associated, secret, std::span(out).subspan(kNonce));
    return out;
}

Result<Secret> unwrap(const Secret &wrapping, BytesView associated, BytesView wrapped)
{
    if (wrapped.size() < kNonce + kTag)
        return fail(Code::Corrupt, "a wrapped key is too short");
    Bytes out(wrapped.size() - kNonce - kTag);
    if (!Gcm().open(wrapping.reveal(), wrapped.first(kNonce), associated, wrapped.subspan(kNonce), out))
        return fail(Code::Forbidden, "the key does not fit");
    return Secret(std::move(out));
}

} // namespace qd::journal
