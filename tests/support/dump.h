// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>

namespace qd::tests {

/// Everything a State holds, as text: equal States give equal text and no others do, whatever order their hash maps and
/// symbol tables happen to have. One line a member, so that a failing comparison shows where they differ.
[[nodiscard]] std::string dump(const state::State &state);

/// The first line in which two dumps differ, for a test's message; "" when they do not.
[[nodiscard]] std::string firstDifference(const std::string &a, const std::string &b);

} // namespace qd::tests
