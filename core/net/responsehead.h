// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http.h"

namespace qd::net {

/// Status line and header fields of an answer, into `out` (whose memory is used again). Line breaks in names and values
/// are dropped, so that no value can add a field. Content-Length is always that of the body, also for HEAD.
void writeHead(std::string &out, const Response &response, bool keepAlive, Instant now);

} // namespace qd::net
