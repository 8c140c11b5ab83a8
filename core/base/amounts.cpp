// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/amounts.h"

#include <algorithm>
#include <charconv>

namespace qd {

namespace {

constexpr std::size_t kMoneyBytes = 20;

bool isDigits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::string bytesInWords(std::uint64_t bytes)
{
    constexpr std::uint64_t kKilo = 1024, kMega = 1024 * kKilo;
    if (bytes < kKilo)
        return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
    const bool isLarge = bytes >= kMega;
    const std::uint64_t unit = isLarge ? kMega : kKilo;
    return std::to_string(bytes / unit + (bytes % unit >= unit / 2 ? 1 : 0)) + (isLarge ? " MB" : " KB");
}

std::optional<std::int64_t> moneyOf(std::string_view text)
{
    if (text.size() > kMoneyBytes)
        return {};
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point), part = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    if (!isDigits(whole) || (point != std::string_view::npos && (!isDigits(part) || part.size() > 2)))
        return {};
    std::int64_t units = 0, hundredths = 0;
    if (std::from_chars(whole.data(), whole.data() + whole.size(), units).ec != std::errc() || units > kMoneyMost / 100)
        return {};
    (void)std::from_chars(part.data(), part.data() + part.size(), hundredths);
    const std::int64_t all = units * 100 + (part.size() == 1 ? hundredths * 10 : hundredths);
    return all > kMoneyMost ? std::nullopt : std::optional(all);
}

std::string moneyText(std::int64_t hundredths)
{
    const std::string sign = hundredths < 0 ? "-" : "";
    const std::int64_t all = hundredths < 0 ? -hundredths : hundredths, rest = all % 100;
    return sign + std::to_string(all / 100) + (rest < 10 ? ".0" : ".") + std::to_string(rest);
}

} // namespace qd
