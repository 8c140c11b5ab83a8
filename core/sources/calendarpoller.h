// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/pollline.h"

namespace qd::sources {

/// Reads an iCalendar by HTTP, again and again. Each whole answer is handed to Intake::calendar, which says whether it could be used; one
/// that could not, or did not come, changes nothing and is told as the source's failure. Follows a few redirects, as calendar services make
/// them. Owns one thread.
class CalendarPoller final {
public:
    CalendarPoller(net::HttpClient &http, Intake intake, const Clock &clock, PollOptions options);
    ~CalendarPoller(); ///< after it nothing of the poller runs any more
    CalendarPoller(const CalendarPoller &) = delete;
    CalendarPoller &operator=(const CalendarPoller &) = delete;

    void start();
    void poll();

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace qd::sources
