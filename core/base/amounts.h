// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace qd {

/// "11 bytes", "120 KB", "4 MB": as people say it, rounded, in steps of 1,024.
[[nodiscard]] std::string bytesInWords(std::uint64_t bytes);

inline constexpr std::int64_t kMoneyMost = 100'000'000'000'000; ///< hundredths: a million millions

/// "1234.50", "85", "0.5", in hundredths: digits, and after a point one or two of them. Nothing where it is no such amount, or more than kMoneyMost.
[[nodiscard]] std::optional<std::int64_t> moneyOf(std::string_view text);
/// "1234.50" of hundredths.
[[nodiscard]] std::string moneyText(std::int64_t hundredths);

} // namespace qd
