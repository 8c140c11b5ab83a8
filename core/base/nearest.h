// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qd {

/// The name within two edits (a letter put in, left out or changed) of `wanted`, for a hint: the closest, of equally close ones the first
/// by byte order; "" when there is none. Gives up on more than 64 bytes or 2,000 names.
[[nodiscard]] std::string nearest(std::string_view wanted, const std::vector<std::string_view> &names);

} // namespace qd
