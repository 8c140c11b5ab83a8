// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/report.h"
#include "core/net/http.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qd::sources {

/// `"accepted":n,"quarantined":[{"index","reason"} …]`, what every 2xx of an inbound path carries.
[[nodiscard]] std::string takenMembers(std::size_t accepted, const std::vector<QuarantinedReport> &quarantined);

/// The answer when something could not be committed or a body does not parse: 400, 413 or 503 (with Retry-After).
[[nodiscard]] net::Response refusalFor(const Error &error);

/// PagerDuty's own answers: 202 success, and 400 for a body that is none.
[[nodiscard]] net::Response enqueued(std::string_view dedupKey, std::size_t accepted, const std::vector<QuarantinedReport> &quarantined);
[[nodiscard]] net::Response invalidEvent(const Error &error);

} // namespace qd::sources
