// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/sources/intake.h"

#include <string_view>

namespace qd::sources {

// Ping URLs as healthchecks.io documents them (docs/http_api): <name>, <name>/start, /fail, /log, /<exit status>; with ?rid=, which
// names the run a start and its end belong to.

inline constexpr std::size_t kPingTextLimit = 2000; ///< bytes of a body that are kept

/// What a ping says. `what` is the part behind the name, "" for none. Invalid for one that is not known.
[[nodiscard]] Result<Ping> parsePing(std::string_view name, std::string_view what, std::string_view rid, std::string_view body, const Arrival &arrival);

} // namespace qd::sources
