// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/keyring.h"

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

Secret draw(Random &random, std::size_t size = kKey)
{
    Bytes bytes(size);
    random.fill(bytes);
    return Secret(std::move(bytes));
}

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

/// The key that wraps the root key in one slot. `secret`: passphrase text or 32 random bytes, by kind.
Result<Secret> slotKey(const std::string &kind, BytesView parameters, const Secret &secret)
{
    if (kind != "passphrase") {
        if (parameters.size() != kSalt)
            return fail(Code::Corrupt, "The key file keys.db is damaged.");
        Hkdf hkdf;
        const Secret root = hkdf.extract(parameters, secret.reveal());
        Bytes out(kKey);
        hkdf.expand(root.reveal(), asBytes("quarterdeck/1 slot " + kind), out);
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

/// What the slot's secret is, for this way of unlocking.
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

/// Key, length of the name, name, zeros to a multiple of 64: the length of a stream's name would tell its kind.
Bytes packKey(const Secret &key, std::string_view stream)
{
    Bytes out(key.reveal().begin(), key.reveal().end());
    out.push_back(static_cast<std::uint8_t>(stream.size()));
    putBytes(out, asBytes(stream));
    out.resize((out.size() + 63) / 64 * 64, 0);
    return out;
}

} // namespace

Result<std::unique_ptr<KeyRing>> KeyRing::open(std::unique_ptr<KeyStore> store, const std::filesystem::path &home,
                                               const Ports &ports, const std::string &origin, const Unlock &unlock,
                                               Random &random)
{
    auto contents = store->load();
    if (!contents)
        return tl::unexpected(contents.error());
    const std::string kind = slotName(unlock.kind);
    const auto slot =
        std::find_if(contents->slots.begin(), contents->slots.end(), [&](const SlotRow &s) { return s.kind == kind; });
    if (slot == contents->slots.end()) {
        std::string ways;
        for (const SlotRow &s : contents->slots)
            ways += (ways.empty() ? "" : ",") + s.kind;
        return fail(Code::Forbidden,
                    "This home is not opened by a " + kind + "; use the way it was made with, or its recovery key.",
                    kOpensWith + ways);
    }
    const auto secret = slotSecret(home, ports, origin, unlock);
    if (!secret)
        return tl::unexpected(secret.error());
    const auto wrapping = slotKey(kind, slot->parameters, *secret);
    if (!wrapping)
        return tl::unexpected(wrapping.error());
    const auto root = unwrap(*wrapping, slotAssociated(*slot), slot->wrapped);
    if (!root)
        return fail(Code::Forbidden, "The " +
                                         std::string(kind == "recovery"   ? "recovery key"
                                                     : kind == "keyfile"  ? "key file"
                                                     : kind == "keychain" ? "keychain's key"
                                                                          : "passphrase") +
                                         " does not open this home; nothing was changed.",
                    kOpensWith + kind);

    const auto damaged = [] {
        return fail(Code::Corrupt,
                    "The key file keys.db is damaged; nothing was changed. Restore it from a backup of this home.");
    };
    if (contents->epochs.empty())
        return damaged();
    const EpochRow &epoch = contents->epochs.back();
    auto epochKey = unwrap(*root, epochAssociated(epoch.epoch), epoch.wrapped);
    if (!epochKey)
        return damaged();
    auto signer = unwrap(*epochKey, associated("quarterdeck/1 signer\n"), contents->signer);
    if (!signer || signer->reveal().size() != 32)
        return damaged();
    std::unique_ptr<KeyRing> ring(new KeyRing(std::move(store), random));
    ring->m_epoch = epoch.epoch;
    ring->m_signer = std::move(*signer);
    for (const KeyRow &row : contents->keys) {
        if (row.epoch != epoch.epoch)
            return damaged();
        auto key = ring->opened(row, *epochKey);
        if (!key)
            return damaged();
        ring->insert(std::move(key));
    }
    ring->m_epochKey = std::move(*epochKey);
    return ring;
}

std::shared_ptr<const StreamKey> KeyRing::opened(const KeyRow &row, const Secret &epochKey)
{
    const auto packed = unwrap(epochKey, keyAssociated(row), row.wrapped);
    if (!packed)
        return nullptr;
    const auto bytes = packed->reveal();
    if (bytes.size() < kKey + 1 || kKey + 1 + bytes[kKey] > bytes.size())
        return nullptr;
    auto key = std::make_shared<StreamKey>();
    key->id = row.id;
    key->pseudonym = row.stream;
    key->stream = asText(bytes.subspan(kKey + 1, bytes[kKey]));
    key->pseudoRandom = StreamKey::derive(m_hkdf, Secret(Bytes(bytes.begin(), bytes.begin() + kKey)));
    return key;
}

Result<> KeyRing::adopt(KeyRow row)
{
    if (byId(row.id))
        return {};
    auto key = row.epoch == m_epoch ? opened(row, m_epochKey) : nullptr;
    if (!key)
        return fail(Code::Corrupt, "A key in the emergency file does not belong to this home.");
    insert(std::move(key));
    m_unstored.push_back(std::move(row));
    return {};
}

void KeyRing::insert(std::shared_ptr<const StreamKey> key)
{
    m_byStream.insert_or_assign(key->stream, key);
    const std::lock_guard lock(m_mutex);
    m_byId.emplace(key->id, std::move(key));
}

std::shared_ptr<const StreamKey> KeyRing::byId(const Id16 &id) const
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_byId.find(id);
    return it == m_byId.end() ? nullptr : it->second;
}

std::shared_ptr<const StreamKey> KeyRing::forStream(const std::string &stream)
{
    if (const auto it = m_byStream.find(stream); it != m_byStream.end())
        return it->second;
    auto key = std::make_shared<StreamKey>();
    m_random.fill(key->id);
    m_random.fill(key->pseudonym);
    key->stream = stream;
    const Secret dataKey = draw(m_random);
    key->pseudoRandom = StreamKey::derive(m_hkdf, dataKey);
    KeyRow row{key->id, key->pseudonym, m_epoch, {}};
    const Secret packed(packKey(dataKey, stream));
    row.wrapped = wrap(m_random, m_epochKey, keyAssociated(row), packed.reveal());
    m_unstored.push_back(std::move(row));
    insert(key);
    return key;
}

Result<> KeyRing::flush()
{
    if (m_unstored.empty())
        return {};
    if (const auto stored = m_store->add(m_unstored); !stored)
        return stored;
    m_unstored.clear();
    return {};
}

Result<NewKeys> makeKeys(const std::filesystem::path &home, const Ports &ports, const std::string &origin,
                         const Unlock &unlock, Random &random)
{
    NewKeys made;
    const Secret root = draw(random);
    const Secret recovery = draw(random);
    const Secret epochKey = draw(random);
    made.signer = draw(random, 32);
    Secret secret = unlock.secret.duplicate();
    switch (unlock.kind) {
    case Unlock::Passphrase:
        if (secret.isEmpty())
            return fail(Code::Invalid, "The passphrase is empty; give one, or none at all for a key file.");
        break;
    case Unlock::Recovery:
        return fail(Code::Invalid,
                    "A home is made with a passphrase, a keychain or a key file; its recovery key is then printed.");
    case Unlock::KeyFile:
        if (secret.isEmpty()) {
            secret = draw(random);
            if (const auto written = writeKeyFile(home, secret); !written)
                return tl::unexpected(written.error());
        } else if (secret.reveal().size() != kKey) {
            return fail(Code::Invalid, "A key file holds exactly 32 bytes.");
        }
        break;
    case Unlock::Keychain:
        if (!ports.keychain)
            return fail(Code::Unavailable,
                        "There is no keychain here; give a passphrase, or none at all for a key file.");
        secret = draw(random);
        if (const auto written = ports.keychain->write(origin, secret); !written)
            return tl::unexpected(written.error());
        break;
    }
    auto slot = makeSlot(slotName(unlock.kind), secret, root, random);
    if (!slot)
        return tl::unexpected(slot.error());
    auto recoverySlot = makeSlot(slotName(Unlock::Recovery), recovery, root, random);
    if (!recoverySlot)
        return tl::unexpected(recoverySlot.error());
    made.contents.slots = {std::move(*slot), std::move(*recoverySlot)};
    made.contents.epochs = {{1, wrap(random, root, epochAssociated(1), epochKey.reveal())}};
    made.contents.signer = wrap(random, epochKey, associated("quarterdeck/1 signer\n"), made.signer.reveal());
    made.recoveryKey = recoveryCode(recovery);
    return made;
}

} // namespace qd::journal
