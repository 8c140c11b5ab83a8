// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/amounts.h"

namespace qd {

std::string bytesInWords(std::uint64_t bytes)
{
    constexpr std::uint64_t kKilo = 1024, kMega = 1024 * kKilo;
    if (bytes < kKilo)
        return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
    const bool isLarge = bytes >= kMega;
    const std::uint64_t unit = isLarge ? kMega : kKilo;
    return std::to_string(bytes / unit + (bytes % unit >= unit / 2 ? 1 : 0)) + (isLarge ? " MB" : " KB");
}

} // namespace qd
