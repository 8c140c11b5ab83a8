// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"
#include "core/sources/edgeworker.h"
#include "core/sources/intake.h"

#include <memory>

namespace qd::link {
class Replica;
}

namespace qd::app {

/// What a calendar says becomes what counts of the schedules that name it, when it is other than before. Calendars are read on a thread of
/// its own, which waits for nobody.
class CalendarIntake final : public std::enable_shared_from_this<CalendarIntake> {
public:
    CalendarIntake(desk::Desk &desk, link::Replica &replica, const Clock &clock);
    /// Any thread; returns at once.
    void take(const std::string &connection, std::string bytes, sources::Done done);
    /// Nothing is handed to the desk any more. Not from a `done`.
    void stop() { m_worker.stop(); }

private:
    desk::Desk &m_desk;
    link::Replica &m_replica;
    const Clock &m_clock;
    sources::EdgeWorker m_worker;
};

} // namespace qd::app
