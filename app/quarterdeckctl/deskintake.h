// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"
#include "core/sources/intake.h"

namespace qd::link {
class Replica;
}

namespace qd::app {

class CalendarIntake;

/// The sources' intake, wired to the desk. `moved` takes the outbox's news, `pollSoon` has a connection read at once; `origin` is the log's.
/// Desk and replica must outlive every edge.
[[nodiscard]] sources::Intake intakeOf(desk::Desk &desk, link::Replica &replica, std::string origin, std::shared_ptr<CalendarIntake> calendars,
                                       std::function<void(std::uint64_t, Delivery, std::string, std::string)> moved,
                                       std::function<void(const std::string &)> pollSoon);

/// Its part for what pagers of record hold.
void addPagers(sources::Intake &intake, desk::Desk &desk, link::Replica &replica, std::string origin, std::function<void(const std::string &)> pollSoon);

} // namespace qd::app
