// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/slots.h"

#include "core/journal/emergency.h"
#include "core/journal/erasure.h"
#include "core/journal/home.h"
#include "core/journal/keywrap.h"
#include "core/journal/recoverycode.h"

#include <algorithm>
#include <optional>
#include <system_error>

namespace qd::journal {

namespace {

constexpr const char *kDrilled = "drilled";

struct Opened
{
    std::optional<HomeLock> lock;
    LogRow log;
    std::unique_ptr<KeyStore> keys;
};

Result<Opened> open(const std::filesystem::path &home, const Ports &ports, bool alone, Access access)
{
    Opened out;
    if (alone) {
        auto lock = HomeLock::take(home);
        if (!lock)
            return tl::unexpected(lock.error());
        out.lock = std::move(*lock);
    }
    auto records = ports.records(home, Access::Read);
    if (!records)
        return tl::unexpected(records.error());
    auto log = (*records)->log();
    if (!log)
        return tl::unexpected(log.error());
    out.log = std::move(*log);
    auto keys = ports.keys(home, access);
    if (!keys)
        return tl::unexpected(keys.error());
    out.keys = std::move(*keys);
    return out;
}

/// The same with what is in it, and its root key. The home is ours alone.
struct Unlocked : Opened
{
    KeyFileContents contents;
    OpenedRoot root;
};

Result<Unlocked> openWith(const std::filesystem::path &home, const Ports &ports, const Unlock &unlock, bool alone = true)
{
    auto opened = open(home, ports, alone, Access::Write);
    if (!opened)
        return tl::unexpected(opened.error());
    auto contents = opened->keys->load();
    if (!contents)
        return tl::unexpected(contents.error());
    auto root = openRoot(*contents, home, ports, opened->log.origin, unlock);
    if (!root)
        return tl::unexpected(root.error());
    return Unlocked{std::move(*opened), std::move(*contents), std::move(*root)};
}

std::uint32_t nextNumber(const KeyFileContents &contents)
{
    std::uint32_t last = 0;
    for (const SlotRow &slot : contents.slots)
        last = std::max(last, slot.number);
    return last + 1;
}

bool has(const KeyFileContents &contents, std::string_view kind)
{
    return std::any_of(contents.slots.begin(), contents.slots.end(), [&](const SlotRow &s) { return s.kind == kind; });
}

/// Draws what a slot of this kind is opened with, and keeps it where it belongs.
Result<Secret> place(const std::filesystem::path &home, const Ports &ports, const std::string &origin,
                     const Unlock &fresh, Random &random)
{
    Secret secret = fresh.secret.duplicate();
    switch (fresh.kind) {
    case Unlock::Passphrase:
        if (secret.isEmpty())
            return fail(Code::Invalid, "The new passphrase is empty.");
        return secret;
    case Unlock::Recovery:
        return drawSecret(random);
    case Unlock::KeyFile:
        if (!secret.isEmpty())
            return secret.reveal().size() == kKey ? Result<Secret>(std::move(secret))
                                                  : fail(Code::Invalid, "A key file holds exactly 32 bytes.");
        secret = drawSecret(random);
        if (const auto written = writeKeyFile(home, secret); !written)
            return tl::unexpected(written.error());
        return secret;
    case Unlock::Keychain:
        if (!ports.keychain)
            return fail(Code::Unavailable, "There is no keychain here.");
        secret = drawSecret(random);
        if (const auto written = ports.keychain->write(origin, secret); !written)
            return tl::unexpected(written.error());
        return secret;
    }
    return fail(Code::Internal, "unknown way to unlock");
}

} // namespace

std::string Slots::advice(Instant now) const
{
    if ((drilled ? drilled : made) + kDrillEvery > now)
        return {};
    return drilled ? "The recovery key was last tried on " + toRfc3339(drilled).substr(0, 10) +
                         "; prove that it is still at hand: quarterdeckctl keys drill --recovery-file FILE."
                   : "The recovery key was never tried; prove that it is at hand: quarterdeckctl keys drill "
                     "--recovery-file FILE.";
}

Result<Slots> listSlots(const std::filesystem::path &home, const Ports &ports)
{
    const auto opened = open(home, ports, false, Access::Read);
    if (!opened)
        return tl::unexpected(opened.error());
    const auto contents = opened->keys->load();
    if (!contents)
        return tl::unexpected(contents.error());
    Slots out;
    for (const SlotRow &slot : contents->slots)
        out.slots.push_back({slot.number, slot.kind});
    out.made = opened->log.created;
    if (const auto it = contents->facts.find(kDrilled); it != contents->facts.end())
        out.drilled = {it->second};
    return out;
}

Result<std::string> addSlot(const std::filesystem::path &home, const Ports &ports, const Unlock &unlock,
                            const Unlock &fresh, Random &random)
{
    const auto opened = openWith(home, ports, unlock);
    if (!opened)
        return tl::unexpected(opened.error());
    // A home has one key file, and a desktop one keychain.
    std::error_code ignored;
    if (fresh.kind == Unlock::KeyFile && !has(opened->contents, "keyfile") && fresh.secret.isEmpty())
        std::filesystem::remove(keyFilePath(home), ignored); // left by an adding that was cut short; it opens nothing
    for (const char *kind : {"keyfile", "keychain"})
        if (slotName(fresh.kind) == std::string_view(kind) && has(opened->contents, kind))
            return fail(Code::Conflict, std::string("There is a ") + kind + " already; remove it first.");
    const auto secret = place(home, ports, opened->log.origin, fresh, random);
    if (!secret)
        return tl::unexpected(secret.error());
    auto slot = makeSlot(slotName(fresh.kind), *secret, opened->root.root, random);
    if (!slot)
        return tl::unexpected(slot.error());
    const auto stored = opened->keys->change([&](KeyFileContents &c) -> Result<> {
        slot->number = nextNumber(c);
        c.slots.push_back(*slot);
        return {};
    });
    if (!stored)
        return tl::unexpected(stored.error());
    return fresh.kind == Unlock::Recovery ? recoveryCode(*secret) : std::string();
}

Result<> removeSlot(const std::filesystem::path &home, const Ports &ports, const Unlock &unlock, std::uint32_t number)
{
    const auto opened = openWith(home, ports, unlock);
    if (!opened)
        return tl::unexpected(opened.error());
    const auto it = std::find_if(opened->contents.slots.begin(), opened->contents.slots.end(),
                                 [&](const SlotRow &slot) { return slot.number == number; });
    if (it == opened->contents.slots.end())
        return fail(Code::NotFound,
                    "There is no slot " + std::to_string(number) + "; `quarterdeckctl keys list` shows them.");
    const std::string kind = it->kind;
    if (opened->contents.slots.size() == 1)
        return fail(Code::Conflict, "This is the last way into the home; add another before you remove it.");
    if (std::all_of(opened->contents.slots.begin(), opened->contents.slots.end(), [&](const SlotRow &slot) {
            return slot.number == number || slot.kind == "keychain";
        }))
        return fail(Code::Conflict, "Then only the keychain would open the home, and keychains get lost; add a "
                                    "passphrase or a recovery key before you remove this one.");
    if (opened->contents.slots[opened->root.slot].number == number)
        return fail(Code::Conflict, "Open the home another way to remove this one, so that it is sure that one is left.");
    const auto stored = opened->keys->change([&](KeyFileContents &c) -> Result<> {
        std::erase_if(c.slots, [&](const SlotRow &slot) { return slot.number == number; });
        return {};
    });
    if (!stored)
        return stored;
    std::error_code ignored;
    if (kind == "keyfile")
        std::filesystem::remove(keyFilePath(home), ignored);
    return {};
}

namespace {

/// What waits in an emergency file is wrapped under the epoch key of now: it must be in the log before that key goes.
Result<Unlocked> openToRotate(const std::filesystem::path &home, const Ports &ports, const Unlock &unlock)
{
    auto opened = openWith(home, ports, unlock);
    if (!opened)
        return opened;
    if (const auto waiting = waitingEmergencyFile(home, opened->log.id); !waiting.empty())
        return fail(Code::Conflict, "Records wait in " + waiting.string() +
                                        " to be taken into the journal; start the core once, so that it records them, then rotate. "
                                        "Nothing was changed.");
    return opened;
}

Result<> rotated(Unlocked &opened, const Secret &to, const std::function<Result<>(KeyFileContents &)> &slots,
                 Random &random)
{
    return opened.keys->change([&](KeyFileContents &c) -> Result<> {
        if (!c.intents.empty())
            return fail(Code::Conflict, "An erasure is waiting to be carried out; start the core once, then rotate.");
        const auto epoch = openEpoch(c, opened.root.root);
        if (!epoch)
            return tl::unexpected(epoch.error());
        const OpenedEpoch next{drawSecret(random), epoch->epoch + 1};
        if (const auto wrapped = rewrap(c, *epoch, to, next, {}, random); !wrapped)
            return wrapped;
        return slots(c);
    });
}

} // namespace

Result<> rotateEpoch(const std::filesystem::path &home, const Ports &ports, const Unlock &unlock, Random &random)
{
    auto opened = openToRotate(home, ports, unlock);
    if (!opened)
        return tl::unexpected(opened.error());
    return rotated(*opened, opened->root.root, [](KeyFileContents &) { return Result<>(); }, random);
}

Result<RootRotated> rotateRoot(const std::filesystem::path &home, const Ports &ports, const Unlock &unlock, Random &random)
{
    auto opened = openToRotate(home, ports, unlock);
    if (!opened)
        return tl::unexpected(opened.error());
    const KeyFileContents &contents = opened->contents;
    const Secret root = drawSecret(random);
    RootRotated out;
    std::vector<SlotRow> kept;
    const auto keep = [&](const SlotRow &was, const Secret &secret) -> Result<> {
        auto slot = makeSlot(was.kind, secret, root, random);
        if (!slot)
            return tl::unexpected(slot.error());
        slot->number = was.number;
        kept.push_back(std::move(*slot));
        return {};
    };
    for (std::size_t i = 0; i < contents.slots.size(); ++i) {
        const SlotRow &slot = contents.slots[i];
        Result<> done;
        if (slot.kind == "recovery") {
            continue; // replaced below
        } else if (i == opened->root.slot) {
            const auto secret = slotSecret(home, ports, opened->log.origin, unlock);
            done = secret ? keep(slot, *secret) : tl::unexpected(secret.error());
        } else if (slot.kind == "keyfile" || slot.kind == "keychain") {
            // Its secret stays; what it opens is another key now. One that cannot be read is dropped.
            const Unlock::Kind kind = slot.kind == "keyfile" ? Unlock::KeyFile : Unlock::Keychain;
            const auto secret = slotSecret(home, ports, opened->log.origin, {kind, {}});
            if (secret)
                done = keep(slot, *secret);
            else
                out.dropped.push_back({slot.number, slot.kind});
        } else {
            out.dropped.push_back({slot.number, slot.kind});
        }
        if (!done)
            return tl::unexpected(done.error());
    }
    const Secret recovery = drawSecret(random);
    if (const auto done = keep({"recovery", {}, {}, nextNumber(contents)}, recovery); !done)
        return tl::unexpected(done.error());
    const auto stored = rotated(*opened, root, [&](KeyFileContents &c) {
        c.slots = kept;
        return Result<>();
    }, random);
    if (!stored)
        return tl::unexpected(stored.error());
    out.recoveryKey = recoveryCode(recovery);
    return out;
}

Result<> drill(const std::filesystem::path &home, const Ports &ports, const Unlock &unlock, Clock &clock)
{
    const auto opened = openWith(home, ports, unlock, false);
    if (!opened)
        return tl::unexpected(opened.error());
    const KeyFileContents &contents = opened->contents;
    const auto epoch = openEpoch(contents, opened->root.root);
    if (!epoch)
        return tl::unexpected(epoch.error());
    if (const auto signer = unwrapSigner(epoch->key, contents.signer); !signer)
        return tl::unexpected(signer.error());
    for (const KeyRow &row : contents.keys)
        if (const auto key = unwrapKey(epoch->key, row); !key)
            return tl::unexpected(key.error());
    for (const PageRow &row : contents.pages)
        if (const auto page = unwrapPage(epoch->key, row); !page)
            return tl::unexpected(page.error());
    return opened->keys->change([&](KeyFileContents &c) -> Result<> {
        c.facts[kDrilled] = clock.now().ns;
        return {};
    });
}

} // namespace qd::journal
