// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/commands.h"

namespace qd::desk {

constinit const std::array<Handling, AnyCommand::kTypes> Command::kHandling = AnyCommand::handlings();

} // namespace qd::desk
