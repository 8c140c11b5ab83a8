// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/workspace.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace qd::workspace {

inline constexpr std::size_t kFileLimit = 1024 * 1024; ///< bytes of one file
inline constexpr std::size_t kFilesLimit = 200;        ///< *.toml files of one workspace
inline constexpr std::size_t kEntriesLimit = 10'000;   ///< services, people, teams, policies …, each

/// The team's settings from every *.toml file directly in `dir`; any file may hold any table. Valid as a whole or refused:
/// the message is then "people.toml:12: what is wrong; what to write instead" for the first mistake in name and line order.
/// Dependency cycles between services are allowed, duplicates and dangling references are not.
/// Reads files, so never call it on a thread that must not wait. Errors: NotFound (no such folder), TooLarge, Invalid, Io.
[[nodiscard]] Result<Workspace> load(const std::filesystem::path &dir);

/// Where schedules and policies are written, by "schedule/ID" and "policy/ID": "people.toml:12". For what is sound and still worth a word.
/// Errors: as load().
[[nodiscard]] Result<std::map<std::string, std::string>> places(const std::filesystem::path &dir);

/// SHA-256 over the names and bytes of the *.toml files in name order, hex: equal when nothing was edited.
[[nodiscard]] Result<std::string> digest(const std::filesystem::path &dir);

/// What changed, one line a change, for people: "service checkout: now needs redis (hard)". Empty when nothing did.
[[nodiscard]] std::vector<std::string> difference(const Workspace &before, const Workspace &after);

/// Writes commented files that load as they are: one person (`user`, or the operating system's user name), one team, one
/// policy, two templates, and services to uncomment. A file that exists is left alone. The folder is made when missing.
/// After an error none of it stays.
[[nodiscard]] Result<> writeExample(const std::filesystem::path &dir, const std::string &user = {});

} // namespace qd::workspace
