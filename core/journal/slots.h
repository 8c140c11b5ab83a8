// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/unlock.h"

namespace qd::journal {

/// The ways into a home, while no core runs for it (listing and drilling may be done beside one). Every change is one
/// transaction of keys.db: cut short anywhere, the home opens as before or as after.
struct Slot
{
    std::uint32_t number = 0;
    std::string kind; ///< passphrase, recovery, keyfile, keychain
};

/// How long a recovery key may go untried.
inline constexpr Span kDrillEvery = hours(24 * 30);

struct Slots
{
    std::vector<Slot> slots;
    Instant made;    ///< when the home was made
    Instant drilled; ///< when a recovery key last proved that it opens the home; none = never
    /// One sentence when the recovery key was not tried for kDrillEvery, else empty.
    [[nodiscard]] std::string advice(Instant now) const;
};

/// Needs no key.
[[nodiscard]] Result<Slots> listSlots(const std::filesystem::path &home, const Ports &ports);

/// Adds a way in. `fresh`: a passphrase with its text; a key file, written to the home when its secret is empty; a
/// keychain; a recovery key, drawn here. Gives the new recovery key, else "". Errors: Forbidden (`unlock` does not open),
/// Conflict (a core runs; there is such a key file or keychain slot already), Invalid (empty passphrase), Io.
[[nodiscard]] Result<std::string> addSlot(const std::filesystem::path &home, const Ports &ports, const Unlock &unlock,
                                          const Unlock &fresh, Random &random);

/// Takes a way in away (a key file with it). `unlock` must open another slot, so that nobody is locked out: never the
/// last, and never so that
/// only keychains are left. Errors: as above, NotFound, Conflict with the reason.
[[nodiscard]] Result<> removeSlot(const std::filesystem::path &home, const Ports &ports, const Unlock &unlock,
                                  std::uint32_t number);

/// Everything under a new epoch key; the old one is destroyed.
[[nodiscard]] Result<> rotateEpoch(const std::filesystem::path &home, const Ports &ports, const Unlock &unlock,
                                   Random &random);

struct RootRotated
{
    std::string recoveryKey;     ///< the new one; the old one opens nothing any more
    std::vector<Slot> dropped;   ///< ways in whose secret was not at hand: add them again
};
/// A new root key and epoch key. The slot `unlock` opens is kept, key file and keychain keep their secrets, the recovery key is
/// replaced, other passphrases are dropped.
[[nodiscard]] Result<RootRotated> rotateRoot(const std::filesystem::path &home, const Ports &ports,
                                             const Unlock &unlock, Random &random);

/// Proves that `unlock` (the recovery key) opens the home and everything in its key file, and remembers when. Changes
/// nothing else.
[[nodiscard]] Result<> drill(const std::filesystem::path &home, const Ports &ports, const Unlock &unlock, Clock &clock);

} // namespace qd::journal
