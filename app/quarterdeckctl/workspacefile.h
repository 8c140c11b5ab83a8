// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/workspace.h"

#include <filesystem>
#include <string>
#include <vector>

namespace qd::app {

/// What is in a file, up to one byte more than the limit: whoever reads it says what is too large. NotFound when it cannot be read.
[[nodiscard]] Result<std::string> contentOf(const std::filesystem::path &path, std::size_t limit);

/// What the workspace in `folder` would be with this file in it, whether it has one of that name or not: read from a copy, so that
/// nothing is changed by looking. Errors: Io, and what workspace::load gives.
[[nodiscard]] Result<Workspace> withFile(const std::filesystem::path &folder, const std::string &name, const std::string &text);

/// What an import found, as a file of the workspace.
struct Imported {
    std::string name, toml;                ///< of the file
    std::vector<std::string> known, untranslated; ///< what it found again, and what has no meaning here
};
/// Says on standard output what the file would change, and with `apply` puts it there. `before`: the workspace in `folder`. The exit code.
int offerFile(const std::filesystem::path &folder, const Workspace &before, const Imported &imported, bool apply);

/// Writes the file in one step: a core that watches the folder sees the old one or the new one. Errors: Io.
[[nodiscard]] Result<> putFile(const std::filesystem::path &folder, const std::string &name, const std::string &text);

} // namespace qd::app
