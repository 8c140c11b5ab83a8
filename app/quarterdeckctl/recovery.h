// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/home.h"
#include "core/journal/recover.h"

namespace qd::app {

struct RecoveredHome {
    std::filesystem::path home;
    journal::Recovered what;
};

/// Makes another home in `into` of what can be proved of a damaged one, workspace and secrets with it; the damaged one is not changed.
/// Errors: those of journal::recover, and Invalid for a folder inside the damaged home or an `unlock` that could not open the new one.
[[nodiscard]] Result<RecoveredHome> recoverHome(const HomeOptions &damaged, const journal::Unlock &unlock, const std::filesystem::path &into);

/// Tells a person, on standard output: where it is, what is in it, and its recovery key, which is shown this once.
void print(const RecoveredHome &recovered);

} // namespace qd::app
