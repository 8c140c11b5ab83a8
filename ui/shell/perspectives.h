// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace qd::shell {

/// What the window shows.
enum class Perspective { Command, Wall, Review, Directory };

/// "command", "wall", "review", "directory": as on the command line.
[[nodiscard]] std::optional<Perspective> perspectiveNamed(const QString &name);

} // namespace qd::shell
