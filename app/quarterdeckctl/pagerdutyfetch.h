// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <string>

namespace qd::app {

/// Where an account is asked.
struct PagerDutyAccount {
    std::string url, caFile;
    Secret token;
};

/// Who is on call there and how it is escalated, as one JSON object for workspace::readOnCall: users, teams with members, schedules with their
/// layers and the overrides of the next 90 days, escalation policies, services. Only GET, one request after another; waits when PagerDuty asks
/// to. Takes as long as that takes.
[[nodiscard]] Result<std::string> fetchPagerDuty(const PagerDutyAccount &account);

} // namespace qd::app
