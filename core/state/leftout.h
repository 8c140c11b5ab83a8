// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace qd::state {

/// Firing alerts of one name that were not taken, because so many of it fire already. Nothing of them is kept but these numbers.
struct LeftOut {
    std::string connection, alertname;
    Instant first, last;
    std::uint64_t deliveries = 0;        ///< that held some
    std::uint32_t alerts = 0, most = 0;  ///< in one of the last of them; ever
    std::uint32_t limit = 0;             ///< that was reached
    bool raised = false;                 ///< it is an alarm
    Instant overAt;                      ///< none was left out for a while
    QD_FIELDS(f(1, "connection", e.connection); f(2, "alertname", e.alertname); f(3, "first", e.first); f(4, "last", e.last);
              f(5, "deliveries", e.deliveries); f(6, "alerts", e.alerts); f(7, "most", e.most); f(8, "limit", e.limit); f(9, "raised", e.raised);
              f(10, "overAt", e.overAt);)
};
inline constexpr std::size_t kLeftOutKept = 200; ///< names; what was over first goes first, and never what is an alarm

/// "312 more alerts called HighLatency are left out: 20000 of them fire, which is the limit (alerts_per_name)".
[[nodiscard]] std::string inWords(const LeftOut &what);

} // namespace qd::state
