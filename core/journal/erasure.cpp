// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/erasure.h"

#include "core/journal/keywrap.h"
#include "core/journal/seal.h"

#include <algorithm>
#include <functional>

namespace qd::journal {

namespace {

constexpr std::string_view kErasureMagic = "QDE\x01";
constexpr std::string_view kTexts = "text/";
constexpr std::string_view kSearch = "derived/search/";
constexpr std::string_view kSnapshots = "derived/snapshots";

bool isBelow(std::string_view stream, std::string_view root)
{
    return stream == root || (stream.size() > root.size() && stream.starts_with(root) && stream[root.size()] == '/');
}

void putText(Bytes &out, const std::string &text)
{
    putNumber(out, static_cast<std::uint32_t>(text.size()));
    putBytes(out, asBytes(text));
}

bool takeText(BytesView &from, std::string &text)
{
    if (from.size() < 4)
        return false;
    const auto size = getNumber<std::uint32_t>(from.data());
    if (size > from.size() - 4)
        return false;
    text = asText(from.subspan(4, size));
    from = from.subspan(4 + size);
    return true;
}

} // namespace

std::shared_ptr<const StreamKey> publicKey()
{
    auto key = std::make_shared<StreamKey>();
    key->id = key->pseudonym = kPublicKeyId;
    key->stream = kPublicStream;
    Hkdf hkdf;
    key->pseudoRandom = StreamKey::derive(hkdf, Secret(std::string_view("quarterdeck/1 public, no secret.")));
    return key;
}

Bytes encodeErasure(const std::vector<Id16> &keys)
{
    Bytes out(asBytes(kErasureMagic).begin(), asBytes(kErasureMagic).end());
    putNumber(out, static_cast<std::uint32_t>(keys.size()));
    for (const Id16 &key : keys)
        putBytes(out, key);
    return out;
}

Result<std::vector<Id16>> decodeErasure(BytesView body)
{
    std::vector<Id16> keys;
    if (body.size() < 8 || asText(body.first(4)) != kErasureMagic ||
        body.size() != 8 + std::size_t{getNumber<std::uint32_t>(body.data() + 4)} * sizeof(Id16))
        return fail(Code::Corrupt, "this is not the public part of an erasure");
    keys.resize((body.size() - 8) / sizeof(Id16));
    for (std::size_t i = 0; i < keys.size(); ++i)
        std::copy_n(body.begin() + static_cast<std::ptrdiff_t>(8 + i * sizeof(Id16)), sizeof(Id16), keys[i].begin());
    if (std::adjacent_find(keys.begin(), keys.end(), std::greater_equal<>()) != keys.end())
        return fail(Code::Corrupt, "this is not the public part of an erasure"); // each has one encoding
    return keys;
}

std::string_view subjectOf(std::string_view stream)
{
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view prefix : {kSearch, kTexts})
            if (stream.starts_with(prefix)) {
                stream.remove_prefix(prefix.size());
                again = true;
            }
    }
    return stream;
}

std::uint64_t erasedAt(const ErasedKeys &erased, const Id16 &key)
{
    std::array<std::uint8_t, 12> page{};
    std::copy_n(key.begin(), page.size(), page.begin());
    for (const Id16 &id : {key, pageKeyId(page, kWholePage)})
        if (const auto at = erased.find(id); at != erased.end())
            return at->second;
    return 0;
}

bool diesWith(std::string_view stream, std::string_view erased)
{
    return isBelow(stream, kSnapshots) || isBelow(subjectOf(stream), erased);
}

bool covers(const Hold &hold, std::string_view stream)
{
    const std::string_view what = subjectOf(stream);
    return hold.scope == "*" || isBelow(what, hold.scope) || isBelow(hold.scope, what);
}

Bytes encodeHold(const Hold &hold)
{
    Bytes out;
    putNumber(out, hold.since.ns);
    for (const std::string *text : {&hold.scope, &hold.matter, &hold.custodian, &hold.reason})
        putText(out, *text);
    out.resize((out.size() + 63) / 64 * 64, 0); // the length would tell the matter's
    return out;
}

Result<Hold> decodeHold(std::uint32_t number, BytesView body)
{
    Hold hold;
    hold.number = number;
    bool sound = body.size() >= 8;
    if (sound) {
        hold.since.ns = getNumber<std::int64_t>(body.data());
        body = body.subspan(8);
    }
    for (std::string *text : {&hold.scope, &hold.matter, &hold.custodian, &hold.reason})
        sound = sound && takeText(body, *text);
    if (!sound)
        return fail(Code::Corrupt, "A hold in keys.db cannot be read; restore the file from a backup of this home.");
    return hold;
}

} // namespace qd::journal
