// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/home.h"
#include "core/journal/keyring.h"
#include "core/journal/note.h"

#include <system_error>

namespace qd::journal {

namespace {

Result<Created> fill(const std::filesystem::path &home, const Ports &ports, RecordStore &records, KeyStore &keys,
                     const Unlock &unlock, Clock &clock, Random &random)
{
    LogRow log;
    log.id = Uuid::make(clock, random);
    log.origin = "quarterdeck/" + log.id.text();
    log.created = clock.now();
    auto made = makeKeys(home, ports, log.origin, unlock, random);
    if (!made)
        return tl::unexpected(made.error());
    const PublicKey key = publicKeyOf(made->signer);
    log.publicKey.assign(key.begin(), key.end());
    if (const auto stored = keys.begin(made->contents); !stored)
        return tl::unexpected(stored.error());
    if (const auto stored = records.begin(log); !stored)
        return tl::unexpected(stored.error());
    return Created{std::move(made->recoveryKey), log.origin, toBase64(key)};
}

} // namespace

Result<Created> create(const std::filesystem::path &home, const Ports &ports, const Unlock &unlock, Clock &clock,
                       Random &random, const std::function<Result<>()> &rest)
{
    auto folder = NewHome::make(home);
    if (!folder)
        return tl::unexpected(folder.error());
    auto lock = HomeLock::take(home);
    if (!lock) {
        if (lock.error().code == Code::Conflict)
            folder->keep(); // another process is making it
        return tl::unexpected(lock.error());
    }
    std::error_code ignored;
    if (std::filesystem::exists(keyFilePath(home), ignored))
        return fail(Code::Conflict, "There is a key file in " + home.string() + " already; nothing was changed.");
    auto records = ports.records(home, Access::Create);
    if (!records)
        return tl::unexpected(records.error());
    auto keys = ports.keys(home, Access::Create);
    if (!keys)
        return tl::unexpected(keys.error());
    auto created = fill(home, ports, **records, **keys, unlock, clock, random);
    if (created && rest)
        if (const auto done = rest(); !done)
            created = tl::unexpected(done.error());
    if (created) {
        folder->keep();
        lock->keep();
        return created;
    }
    records->reset();
    keys->reset();
    ports.discard(home);
    std::filesystem::remove(keyFilePath(home), ignored);
    return created;
}

} // namespace qd::journal
