// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/home.h"
#include "core/journal/keyring.h"
#include "core/journal/keywrap.h"
#include "core/journal/recoverycode.h"

namespace qd::journal {

Result<NewKeys> makeKeys(const std::filesystem::path &home, const Ports &ports, const std::string &origin,
                         const Unlock &unlock, Random &random)
{
    NewKeys made;
    const Secret root = drawSecret(random);
    const Secret recovery = drawSecret(random);
    const Secret epochKey = drawSecret(random);
    made.signer = drawSecret(random, 32);
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
            secret = drawSecret(random);
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
        secret = drawSecret(random);
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
    made.contents.epochs = {wrapEpoch(random, root, 1, epochKey)};
    made.contents.signer = wrapSigner(random, epochKey, made.signer);
    made.recoveryKey = recoveryCode(recovery);
    return made;
}

} // namespace qd::journal
