// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

namespace qd::rebuild {

/// What each of these files is called, as Options::name: its own name, and where several have that one as many folders before it as tell them apart. "a/export.csv" and "b/export.csv" of
/// "/srv/a/export.csv" and "./b/export.csv": it is made of the paths as they are given, and of nothing else of the machine. The same path twice is called alike. Pure.
[[nodiscard]] std::vector<std::string> namesOf(std::span<const std::string> paths);

} // namespace qd::rebuild
