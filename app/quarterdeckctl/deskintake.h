// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"
#include "core/sources/intake.h"

namespace qd::link {
class Replica;
}

namespace qd::app {

/// The sources' intake, wired to the desk. `moved` takes the outbox's news. Both must outlive every edge.
[[nodiscard]] sources::Intake intakeOf(desk::Desk &desk, link::Replica &replica,
                                       std::function<void(std::uint64_t, Delivery, std::string, std::string)> moved);

} // namespace qd::app
