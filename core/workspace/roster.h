// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/workspace.h"

#include <string>
#include <string_view>
#include <vector>

/// A list of people from elsewhere (HR, an identity provider) held against the workspace: who came, moved, left, and what would be
/// orphaned. Bytes to values; nothing here writes a file.
namespace qd::workspace {

inline constexpr std::size_t kRosterLimit = 4u << 20;   ///< bytes of a roster
inline constexpr std::size_t kRosterPeople = 10'000;    ///< of one roster
inline constexpr const char *kRosterFile = "roster.toml"; ///< the file of the workspace that a roster writes; nothing else is touched

struct RosterPerson {
    std::string id, name, zone, team, xmpp, email; ///< what is not said is empty
    bool active = true;
};

struct Roster {
    std::vector<RosterPerson> people;   ///< by id, each once
    std::vector<std::string> problems;  ///< what did not translate, one sentence each, with its line or id
};

/// CSV (RFC 4180) with a header of id or userName, and any of name, zone, team, xmpp, email, active; or SCIM 2.0 JSON (RFC 7643): a
/// ListResponse or an array of users. An id is made of the user name: lower case, what is before an @. Errors: TooLarge, Invalid.
[[nodiscard]] Result<Roster> readRoster(std::string_view bytes);

struct RosterChange {
    std::vector<std::string> difference; ///< "+ dana …", "~ ana …", "- ben …" and, indented below a leaver, what is orphaned
    std::vector<std::string> problems;   ///< of the roster
    std::string toml;                    ///< what kRosterFile should hold
};

/// `now`: the workspace as it is; `own`: ids of the people kRosterFile holds now. People written by hand stay as they are:
/// what the roster says otherwise of them is shown, with what to change. A leaver of the roster's own file goes from it.
/// `ownTeams`: ids of the teams it holds; their members are written anew as the roster says, those of other teams are never touched.
[[nodiscard]] RosterChange compareRoster(const Workspace &now, const std::vector<std::string> &own, const Roster &roster, const std::vector<std::string> &ownTeams = {});

/// The ids of the people a file of the workspace holds, as far as it can be read.
[[nodiscard]] std::vector<std::string> peopleIn(const std::string &toml);
/// The same of its teams.
[[nodiscard]] std::vector<std::string> teamsIn(const std::string &toml);

} // namespace qd::workspace
