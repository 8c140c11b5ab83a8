// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"

namespace qd::workspace {

Result<Workspace> load(const std::filesystem::path &) { return Workspace{}; }
Result<std::string> digest(const std::filesystem::path &) { return std::string(); }
std::vector<std::string> difference(const Workspace &, const Workspace &) { return {}; }
Result<> writeExample(const std::filesystem::path &, const std::string &) { return {}; }

} // namespace qd::workspace
