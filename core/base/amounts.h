// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace qd {

/// "11 bytes", "120 KB", "4 MB": as people say it, rounded, in steps of 1,024.
[[nodiscard]] std::string bytesInWords(std::uint64_t bytes);

} // namespace qd
