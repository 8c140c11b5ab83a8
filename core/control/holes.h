// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/keeping.h"

#include <string>

namespace qd::control {

/// An answer about the past, as a JSON object's text, with the streams that were there then and were erased since under
/// "holes"; unchanged when there are none. `seq` and `at`: the instant it is about.
[[nodiscard]] std::string withHoles(std::string answer, const state::Keeping &known, std::uint64_t seq, Instant at);

} // namespace qd::control
