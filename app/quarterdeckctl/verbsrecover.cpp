// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/recovery.h"
#include "app/quarterdeckctl/verbs.h"

#include <cstdio>

namespace qd::app {

namespace {

struct RecoverGiven {
    std::string into;
};

int runRecover(Verbs &verbs, const RecoverGiven &given)
{
    const auto unlock = unlockOf(verbs.options);
    if (!unlock)
        return refuse(unlock.error());
    const auto made = recoverHome(verbs.options, *unlock, given.into);
    if (!made)
        return refuse(made.error());
    print(*made);
    std::printf("`quarterdeckctl --home %s serve` commands on.\n", made->home.c_str());
    return kDone;
}

} // namespace

void addRecoverVerb(CLI::App &app, Verbs &verbs)
{
    verbs.add<RecoverGiven>(
        app, "recover", "make another home of what can be proved of a damaged one, up to the first damage, to command on; changes nothing in this one",
        [](CLI::App &verb, RecoverGiven &g) { verb.add_option("--into", g.into, "the new home's folder, not there yet")->type_name("DIR")->required(); }, runRecover);
}

} // namespace qd::app
