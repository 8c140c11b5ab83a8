// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/verbs.h"

#include "core/base/ports.h"
#include "core/journal/slots.h"

#include <boost/json.hpp>
#include <cstdio>

namespace qd::app {

namespace json = boost::json;

namespace {

struct ListGiven {
    bool json = false;
};

struct AddGiven {
    std::string kind, file;
    int fd = -1;
};

struct RemoveGiven {
    unsigned slot = 0;
};

struct RotateGiven {
    bool root = false;
};

const char *about(const std::string &kind)
{
    return kind == "passphrase" ? "a passphrase" : kind == "recovery" ? "a printed recovery key" : kind == "keyfile" ? "the key file in the home" : "the desktop's keychain";
}

int listSlots(Verbs &verbs, const ListGiven &given)
{
    const auto slots = journal::listSlots(verbs.options.home, portsOf(false));
    if (!slots)
        return refuse(slots.error());
    const std::string advice = slots->advice(SystemClock().now());
    if (given.json) {
        json::array out;
        for (const auto &slot : slots->slots)
            out.push_back(json::object{{"slot", slot.number}, {"kind", slot.kind}});
        std::printf("%s\n", json::serialize(json::object{{"schema", 1},
                                                         {"slots", std::move(out)},
                                                         {"drilledAt", slots->drilled ? json::value(toRfc3339(slots->drilled)) : json::value(nullptr)},
                                                         {"advice", advice}})
                                .c_str());
        return kDone;
    }
    for (const auto &slot : slots->slots)
        std::printf("%u  %s\n", slot.number, about(slot.kind));
    std::printf("recovery key last tried: %s\n", slots->drilled ? toRfc3339(slots->drilled).c_str() : "never");
    if (!advice.empty())
        std::fprintf(stderr, "quarterdeckctl: %s\n", advice.c_str());
    return kDone;
}

/// Told once, like at the home's making.
void print(const std::string &recoveryKey)
{
    std::printf("recovery key  %s\n\nWrite it down and keep it elsewhere: it is shown once.\n", recoveryKey.c_str());
}

int add(Verbs &verbs, const AddGiven &given)
{
    auto unlock = unlockOf(verbs.options);
    if (!unlock)
        return refuse(unlock.error());
    using Unlock = journal::Unlock;
    Unlock fresh{given.kind == "passphrase" ? Unlock::Passphrase
                     : given.kind == "recovery" ? Unlock::Recovery
                     : given.kind == "keyfile"  ? Unlock::KeyFile
                                                : Unlock::Keychain,
                 {}};
    if (fresh.kind == Unlock::Passphrase) {
        if (given.file.empty() == (given.fd < 0)) {
            std::fprintf(stderr, "quarterdeckctl: give the new passphrase with --new-passphrase-file or --new-passphrase-fd\n");
            return kUsage;
        }
        auto secret = given.fd >= 0 ? readSecret(given.fd) : readSecret(std::filesystem::path(given.file));
        if (!secret)
            return refuse(secret.error());
        fresh.secret = std::move(*secret);
    }
    SystemRandom random;
    const auto added = journal::addSlot(verbs.options.home, portsOf(verbs.options.keychain || fresh.kind == Unlock::Keychain), *unlock, fresh, random);
    if (!added)
        return refuse(added.error());
    if (!added->empty())
        print(*added);
    return kDone;
}

int remove(Verbs &verbs, const RemoveGiven &given)
{
    const auto unlock = unlockOf(verbs.options);
    if (!unlock)
        return refuse(unlock.error());
    const auto removed = journal::removeSlot(verbs.options.home, portsOf(verbs.options.keychain), *unlock, given.slot);
    return removed ? kDone : refuse(removed.error());
}

int rotate(Verbs &verbs, const RotateGiven &given)
{
    const auto unlock = unlockOf(verbs.options);
    if (!unlock)
        return refuse(unlock.error());
    SystemRandom random;
    const auto ports = portsOf(verbs.options.keychain);
    if (!given.root) {
        const auto rotated = journal::rotateEpoch(verbs.options.home, ports, *unlock, random);
        return rotated ? kDone : refuse(rotated.error());
    }
    const auto rotated = journal::rotateRoot(verbs.options.home, ports, *unlock, random);
    if (!rotated)
        return refuse(rotated.error());
    print(rotated->recoveryKey);
    for (const auto &slot : rotated->dropped)
        std::fprintf(stderr, "quarterdeckctl: slot %u (%s) could not be taken over and is gone; add it again\n", slot.number, about(slot.kind));
    return kDone;
}

int drill(Verbs &verbs, const None &)
{
    const auto unlock = unlockOf(verbs.options);
    if (!unlock)
        return refuse(unlock.error());
    if (unlock->kind != journal::Unlock::Recovery) {
        std::fprintf(stderr, "quarterdeckctl: the drill needs the recovery key: --recovery-file or --recovery-fd\n");
        return kUsage;
    }
    SystemClock clock;
    const auto drilled = journal::drill(verbs.options.home, portsOf(false), *unlock, clock);
    if (!drilled)
        return refuse(drilled.error());
    std::printf("The recovery key opens the home.\n");
    return kDone;
}

} // namespace

void addKeysVerbs(CLI::App &app, Verbs &verbs)
{
    CLI::App *keys = app.add_subcommand("keys", "the ways into the home; needs no running core (add, remove and rotate: none may run)");
    keys->fallthrough();
    keys->require_subcommand(1);
    verbs.add<ListGiven>(
        *keys, "list", "the slots, and when the recovery key was last tried", [](CLI::App &verb, ListGiven &g) { verb.add_flag("--json", g.json, "as JSON"); }, listSlots);
    verbs.add<AddGiven>(
        *keys, "add", "add a way in; the options before it open the home with one there is",
        [](CLI::App &verb, AddGiven &g) {
            verb.add_option("KIND", g.kind, "passphrase, keyfile, keychain or recovery")->required()->check(CLI::IsMember({"passphrase", "keyfile", "keychain", "recovery"}));
            verb.add_option("--new-passphrase-file", g.file, "the new passphrase is the first line of this file")->type_name("FILE");
            verb.add_option("--new-passphrase-fd", g.fd, "the new passphrase is read from this descriptor")->type_name("N")->check(CLI::NonNegativeNumber);
        },
        add);
    verbs.add<RemoveGiven>(
        *keys, "remove", "take a way in away; opened with another", [](CLI::App &verb, RemoveGiven &g) { verb.add_option("SLOT", g.slot, "its number, as list says")->required(); }, remove);
    verbs.add<RotateGiven>(
        *keys, "rotate", "put everything under a new epoch key and destroy the old one",
        [](CLI::App &verb, RotateGiven &g) { verb.add_flag("--root", g.root, "a new root key as well: prints a new recovery key, drops other passphrases"); }, rotate);
    verbs.add<None>(*keys, "drill", "prove that the recovery key opens the home; changes nothing, remembers when", [](CLI::App &, None &) {}, drill);
}

} // namespace qd::app
