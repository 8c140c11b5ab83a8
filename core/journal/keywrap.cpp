// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/keywrap.h"

#include "core/journal/home.h"
#include "core/journal/recoverycode.h"

#include <algorithm>
#include <sodium.h>

namespace qd::journal {

namespace {

// trust.md's floor for a passphrase slot: 64 MiB, three passes. Stored with the slot, so they can rise later.
constexpr std::uint32_t kPasses = 3;
constexpr std::uint64_t kMemory = 64ull << 20;
constexpr std::size_t kSalt = crypto_pwhash_SALTBYTES;
static_assert(kSalt == 16);

Bytes associated(std::string_view what, BytesView more = {})
{
    Bytes out(asBytes(what).begin(), asBytes(what).end());
    putBytes(out, more);
    return out;
}

Bytes slotAssociated(const SlotRow &slot)
{
    Bytes out = associated("quarterdeck/1 slot " + slot.kind + "\n");
    putBytes(out, slot.parameters);
    return out;
}

Bytes keyAssociated(const KeyRow &row)
{
    Bytes out = associated("quarterdeck/1 stream\n");
    putNumber(out, row.epoch);
    putBytes(out, row.id);
    putBytes(out, row.stream);
    return out;
}

Bytes epochAssociated(std::uint32_t epoch)
{
    Bytes out = associated("quarterdeck/1 epoch\n");
    putNumber(out, epoch);
    return out;
}

Bytes pageAssociated(const PageRow &row)
{
    Bytes out = associated("quarterdeck/1 texts\n");
    putNumber(out, row.epoch);
    putBytes(out, row.id);
    putBytes(out, row.stream);
    putNumber(out, row.struck);
    return out;
}

Bytes holdAssociated(std::uint32_t epoch, std::uint32_t number)
{
    Bytes out = associated("quarterdeck/1 hold\n");
    putNumber(out, epoch);
    putNumber(out, number);
    return out;
}

/// The key that wraps the root key in one slot. `secret`: passphrase text or 32 random bytes, by kind.
Result<Secret> slotKey(const std::string &kind, BytesView parameters, const Secret &secret)
{
    if (kind != "passphrase") {
        if (parameters.size() != kSalt)
            return fail(Code::Corrupt, "The key file keys.db is damaged.");
        Hkdf hkdf;
        const Secret root = hkdf.extract(parameters, secret.reveal());
        Bytes out(kKey);
        hkdf.expand(hkdf.keyed(root.reveal()), asBytes("quarterdeck/1 slot " + kind), out);
        return Secret(std::move(out));
    }
    if (parameters.size() != 4 + 8 + kSalt)
        return fail(Code::Corrupt, "The key file keys.db is damaged.");
    const auto passes = getNumber<std::uint32_t>(parameters.data());
    const auto memory = getNumber<std::uint64_t>(parameters.data() + 4);
    // A changed file must not make us take all memory or a weak hash.
    if (passes < 1 || passes > 64 || memory < kMemory || memory > (4ull << 30))
        return fail(Code::Corrupt, "The key file keys.db is damaged.");
    Bytes out(kKey);
    const auto text = secret.revealText();
    if (crypto_pwhash(out.data(), out.size(), text.data(), text.size(), parameters.data() + 12, passes,
                      static_cast<std::size_t>(memory), crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(Code::Unavailable, "There is not enough memory to open the passphrase (64 MiB are needed).");
    return Secret(std::move(out));
}

/// Keys, length of the name, name, zeros to a multiple of 64: the length of a stream's name would tell its kind.
Secret pack(const PackedKey &packed)
{
    Bytes out(packed.key.reveal().begin(), packed.key.reveal().end());
    out.push_back(static_cast<std::uint8_t>(packed.stream.size()));
    putBytes(out, asBytes(packed.stream));
    out.resize((out.size() + 63) / 64 * 64, 0);
    return Secret(std::move(out));
}

Result<PackedKey> unpack(const Result<Secret> &packed, std::size_t keys)
{
    if (!packed)
        return keysDamaged();
    const auto bytes = packed->reveal();
    if (bytes.size() < keys + 1 || keys + 1 + bytes[keys] > bytes.size())
        return keysDamaged();
    return PackedKey{Secret(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(keys))),
                     std::string(asText(bytes.subspan(keys + 1, bytes[keys])))};
}

} // namespace

tl::unexpected<Error> keysDamaged()
{
    return fail(Code::Corrupt,
                "The key file keys.db is damaged; nothing was changed. Put it back from a backup of this home (an older one opens what "
                "was recorded until then); to command on meanwhile, make another home with `quarterdeckctl init` and this one's folder "
                "workspace.");
}

const char *slotName(Unlock::Kind kind)
{
    switch (kind) {
    case Unlock::Passphrase:
        return "passphrase";
    case Unlock::Recovery:
        return "recovery";
    case Unlock::KeyFile:
        return "keyfile";
    case Unlock::Keychain:
        return "keychain";
    }
    return "";
}

Secret drawSecret(Random &random, std::size_t size)
{
    Bytes bytes(size);
    random.fill(bytes);
    return Secret(std::move(bytes));
}

Result<SlotRow> makeSlot(const std::string &kind, const Secret &secret, const Secret &root, Random &random)
{
    SlotRow slot{kind, {}, {}};
    if (kind == "passphrase") {
        putNumber(slot.parameters, kPasses);
        putNumber(slot.parameters, kMemory);
    }
    Bytes salt(kSalt);
    random.fill(salt);
    putBytes(slot.parameters, salt);
    const auto key = slotKey(kind, slot.parameters, secret);
    if (!key)
        return tl::unexpected(key.error());
    slot.wrapped = wrap(random, *key, slotAssociated(slot), root.reveal());
    return slot;
}

Result<Secret> slotSecret(const std::filesystem::path &home, const Ports &ports, const std::string &origin,
                          const Unlock &unlock)
{
    switch (unlock.kind) {
    case Unlock::Passphrase:
        return unlock.secret.duplicate();
    case Unlock::Recovery:
        return parseRecoveryCode(unlock.secret.revealText());
    case Unlock::KeyFile:
        return unlock.secret.isEmpty() ? readKeyFile(home) : unlock.secret.duplicate();
    case Unlock::Keychain:
        if (!ports.keychain)
            return fail(Code::Unavailable, "There is no keychain here; give the passphrase or the recovery key.");
        return ports.keychain->read(origin);
    }
    return fail(Code::Internal, "unknown way to unlock");
}

Result<OpenedRoot> openRoot(const KeyFileContents &contents, const std::filesystem::path &home, const Ports &ports,
                            const std::string &origin, const Unlock &unlock)
{
    const std::string kind = slotName(unlock.kind);
    const auto isKind = [&](const SlotRow &s) { return s.kind == kind; };
    if (std::none_of(contents.slots.begin(), contents.slots.end(), isKind)) {
        std::string ways;
        for (const SlotRow &s : contents.slots)
            ways += (ways.empty() ? "" : ",") + s.kind;
        return fail(Code::Forbidden,
                    "This home is not opened by a " + kind + "; use the way it was made with, or its recovery key.",
                    kOpensWith + ways);
    }
    const auto secret = slotSecret(home, ports, origin, unlock);
    if (!secret)
        return tl::unexpected(secret.error());
    for (std::size_t i = 0; i < contents.slots.size(); ++i) {
        const SlotRow &slot = contents.slots[i];
        if (!isKind(slot))
            continue;
        const auto wrapping = slotKey(kind, slot.parameters, *secret);
        if (!wrapping)
            return tl::unexpected(wrapping.error());
        if (auto root = unwrap(*wrapping, slotAssociated(slot), slot.wrapped))
            return OpenedRoot{std::move(*root), i};
    }
    return fail(Code::Forbidden, "The " +
                                     std::string(kind == "recovery"   ? "recovery key"
                                                 : kind == "keyfile"  ? "key file"
                                                 : kind == "keychain" ? "keychain's key"
                                                                      : "passphrase") +
                                     " does not open this home; nothing was changed.",
                kOpensWith + kind);
}

Result<OpenedEpoch> openEpoch(const KeyFileContents &contents, const Secret &root)
{
    if (contents.epochs.empty())
        return keysDamaged();
    const EpochRow &row = contents.epochs.back();
    auto key = unwrap(root, epochAssociated(row.epoch), row.wrapped);
    if (!key)
        return keysDamaged();
    return OpenedEpoch{std::move(*key), row.epoch};
}

EpochRow wrapEpoch(Random &random, const Secret &root, std::uint32_t epoch, const Secret &epochKey)
{
    return {epoch, wrap(random, root, epochAssociated(epoch), epochKey.reveal())};
}

KeyRow wrapKey(Random &random, const Secret &epochKey, std::uint32_t epoch, const Id16 &id, const Id16 &pseudonym,
               const PackedKey &packed)
{
    KeyRow row{id, pseudonym, epoch, {}};
    row.wrapped = wrap(random, epochKey, keyAssociated(row), pack(packed).reveal());
    return row;
}

Result<PackedKey> unwrapKey(const Secret &epochKey, const KeyRow &row)
{
    return unpack(unwrap(epochKey, keyAssociated(row), row.wrapped), kKey);
}

PageRow wrapPage(Random &random, const Secret &epochKey, std::uint32_t epoch, PageRow row, const PackedKey &packed)
{
    row.epoch = epoch;
    row.wrapped = wrap(random, epochKey, pageAssociated(row), pack(packed).reveal());
    return row;
}

Result<PackedKey> unwrapPage(const Secret &epochKey, const PageRow &row)
{
    return unpack(unwrap(epochKey, pageAssociated(row), row.wrapped), kKey * kPageKeys);
}

HoldRow wrapHold(Random &random, const Secret &epochKey, std::uint32_t epoch, std::uint32_t number, BytesView body)
{
    return {number, epoch, wrap(random, epochKey, holdAssociated(epoch, number), body)};
}

Result<Secret> unwrapHold(const Secret &epochKey, const HoldRow &row)
{
    auto body = unwrap(epochKey, holdAssociated(row.epoch, row.number), row.wrapped);
    return body ? std::move(body) : Result<Secret>(keysDamaged());
}

Bytes wrapSigner(Random &random, const Secret &epochKey, const Secret &signer)
{
    return wrap(random, epochKey, associated("quarterdeck/1 signer\n"), signer.reveal());
}

Result<Secret> unwrapSigner(const Secret &epochKey, BytesView wrapped)
{
    auto signer = unwrap(epochKey, associated("quarterdeck/1 signer\n"), wrapped);
    if (!signer || signer->reveal().size() != 32)
        return keysDamaged();
    return signer;
}

Id16 pageKeyId(const std::array<std::uint8_t, 12> &page, std::uint32_t place)
{
    Id16 id{};
    std::copy(page.begin(), page.end(), id.begin());
    for (std::size_t i = 0; i < 4; ++i)
        id[12 + i] = static_cast<std::uint8_t>(place >> (8 * i));
    return id;
}

Result<> rewrap(KeyFileContents &contents, const OpenedEpoch &from, const Secret &root, const OpenedEpoch &to,
                const std::set<Id16> &dead, Random &random)
{
    std::vector<KeyRow> keys;
    keys.reserve(contents.keys.size());
    for (const KeyRow &row : contents.keys) {
        if (dead.contains(row.id))
            continue;
        const auto packed = unwrapKey(from.key, row);
        if (!packed)
            return tl::unexpected(packed.error());
        keys.push_back(wrapKey(random, to.key, to.epoch, row.id, row.stream, *packed));
    }
    std::vector<PageRow> pages;
    pages.reserve(contents.pages.size());
    for (const PageRow &row : contents.pages) {
        if (dead.contains(pageKeyId(row.id, kWholePage)))
            continue;
        const auto packed = unwrapPage(from.key, row);
        if (!packed)
            return tl::unexpected(packed.error());
        PageRow kept = row;
        Bytes left(packed->key.reveal().begin(), packed->key.reveal().end());
        for (std::uint32_t place = 0; place < kPageKeys; ++place)
            if (dead.contains(pageKeyId(row.id, place))) {
                std::fill_n(left.begin() + static_cast<std::ptrdiff_t>(place * kKey), kKey, std::uint8_t{0});
                kept.struck |= std::uint64_t{1} << place;
            }
        pages.push_back(wrapPage(random, to.key, to.epoch, std::move(kept), {Secret(std::move(left)), packed->stream}));
    }
    for (HoldRow &row : contents.holds) {
        const auto body = unwrapHold(from.key, row);
        if (!body)
            return tl::unexpected(body.error());
        row = wrapHold(random, to.key, to.epoch, row.number, body->reveal());
    }
    const auto signer = unwrapSigner(from.key, contents.signer);
    if (!signer)
        return tl::unexpected(signer.error());
    contents.signer = wrapSigner(random, to.key, *signer);
    contents.keys = std::move(keys);
    contents.pages = std::move(pages);
    contents.epochs = {wrapEpoch(random, root, to.epoch, to.key)};
    return {};
}

} // namespace qd::journal
