// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/model/workspace.h"

#include <string>
#include <vector>

namespace qd::state {

/// What somebody was called and reached by in an earlier workspace and is not in this one: all of it, of whoever left. What is written of an incident they were in may name them still.
struct FormerPerson {
    std::string id;
    std::vector<std::string> names, mails, addresses, accounts; ///< addresses: of chats; accounts: of trackers, their names there
    QD_FIELDS(f(1, "id", e.id); f(2, "names", e.names); f(3, "mails", e.mails); f(4, "addresses", e.addresses); f(5, "accounts", e.accounts);)
};
inline constexpr std::size_t kFormerPeopleKept = 5000; ///< those of whom something went longest ago go first
inline constexpr std::size_t kFormerNamesKept = 50;    ///< of a person and a kind, the last

/// One workspace takes the place of another. What a person has again is not of the past.
void noteFormerPeople(std::vector<FormerPerson> &former, const Workspace &before, const Workspace &now);

} // namespace qd::state
