// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace qd::governance {

/// How a refusal of the outbound gate (refusalOf) ends: what the command line says of the way out. The window offers a button in its place.
inline constexpr std::string_view kWayOut = " Write it otherwise, or have it taken out and the rest sent: --remove-marked.";

} // namespace qd::governance
