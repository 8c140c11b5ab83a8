// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/seal.h"
#include "core/journal/unlock.h"

#include <set>

namespace qd::journal {

/// How what is in keys.db is wrapped: README.md, "Keys". Shared by the open ring (keyring.h) and what changes the file
/// while no core runs (slots.h).

[[nodiscard]] Secret drawSecret(Random &random, std::size_t size = kKey);
[[nodiscard]] const char *slotName(Unlock::Kind kind);

/// The root key out of one of the slots of the way `unlock` names. Forbidden when none opens.
struct OpenedRoot
{
    Secret root;
    std::size_t slot = 0; ///< index into contents.slots
};
[[nodiscard]] Result<OpenedRoot> openRoot(const KeyFileContents &contents, const std::filesystem::path &home,
                                          const Ports &ports, const std::string &origin, const Unlock &unlock);
/// `secret`: passphrase text or 32 random bytes, by kind. Slow for a passphrase (Argon2id).
[[nodiscard]] Result<SlotRow> makeSlot(const std::string &kind, const Secret &secret, const Secret &root,
                                       Random &random);
/// What the slot's secret is, for this way of unlocking: reads the key file or the keychain.
[[nodiscard]] Result<Secret> slotSecret(const std::filesystem::path &home, const Ports &ports,
                                        const std::string &origin, const Unlock &unlock);

/// The newest epoch's key. Corrupt when there is none or it does not open.
struct OpenedEpoch
{
    Secret key;
    std::uint32_t epoch = 0;
};
[[nodiscard]] Result<OpenedEpoch> openEpoch(const KeyFileContents &contents, const Secret &root);
[[nodiscard]] EpochRow wrapEpoch(Random &random, const Secret &root, std::uint32_t epoch, const Secret &epochKey);

/// A data key, or a page of them, and the stream it is for.
struct PackedKey
{
    Secret key; ///< kKey bytes, or kPageKeys times as many
    std::string stream;
};
[[nodiscard]] KeyRow wrapKey(Random &random, const Secret &epochKey, std::uint32_t epoch, const Id16 &id,
                             const Id16 &pseudonym, const PackedKey &packed);
[[nodiscard]] Result<PackedKey> unwrapKey(const Secret &epochKey, const KeyRow &row);
[[nodiscard]] PageRow wrapPage(Random &random, const Secret &epochKey, std::uint32_t epoch, PageRow row,
                               const PackedKey &packed);
[[nodiscard]] Result<PackedKey> unwrapPage(const Secret &epochKey, const PageRow &row);
[[nodiscard]] HoldRow wrapHold(Random &random, const Secret &epochKey, std::uint32_t epoch, std::uint32_t number,
                               BytesView body);
[[nodiscard]] Result<Secret> unwrapHold(const Secret &epochKey, const HoldRow &row);
[[nodiscard]] Bytes wrapSigner(Random &random, const Secret &epochKey, const Secret &signer);
[[nodiscard]] Result<Secret> unwrapSigner(const Secret &epochKey, BytesView wrapped);

/// Everything under a new epoch key, but what `dead` names (ids of keys, of keys in pages, or of whole pages, whose
/// place is kWholePage); the old epoch is gone from `contents`. Corrupt, and `contents` of no use, when something does
/// not open.
inline constexpr std::uint32_t kWholePage = 0xffffffff;
[[nodiscard]] Id16 pageKeyId(const std::array<std::uint8_t, 12> &page, std::uint32_t place);
[[nodiscard]] Result<> rewrap(KeyFileContents &contents, const OpenedEpoch &from, const Secret &root,
                              const OpenedEpoch &to, const std::set<Id16> &dead, Random &random);

[[nodiscard]] tl::unexpected<Error> keysDamaged();

} // namespace qd::journal
