// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <vector>

/// Whom what is written of an incident may name.
namespace qd::review {

/// Somebody, by everything they are or were called and reached by. `id` is empty of who is known by a name alone.
struct Named {
    std::string id;
    std::vector<std::string> names;      ///< "Ana Lopez": whole, letters big or small
    std::vector<std::string> mails;
    std::vector<std::string> addresses;  ///< of chats
    std::vector<std::string> accounts;   ///< of trackers: their name there
    bool isStranger = false;             ///< the workspace never knew them: a room or a file names them
    bool wrote = false;                  ///< … a message: so it is a person's name, and each part of it may stand alone
};

/// Whom the workspace has, and had; whoever the incident has a part for by an id that is in no workspace that is known; and those its rooms and its imported lines name alone. Each once, in that order.
[[nodiscard]] std::vector<Named> peopleAround(const state::State &state, const state::Incident &incident);

} // namespace qd::review
