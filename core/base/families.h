// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace qd {

/// The family of a part that holds texts of people under a key of their own, beside the part of their stream. It stands in
/// the header in clear, written by who makes the parts (events) and read by who proves them to strangers (journal).
inline constexpr std::uint16_t kTextFamily = 5;

} // namespace qd
