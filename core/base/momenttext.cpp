// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/momenttext.h"

#include "core/base/ascii.h"
#include "core/base/zone.h"

#include <array>
#include <vector>

namespace qd {

namespace {

constexpr std::array<std::string_view, 7> kDayNames{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
constexpr std::size_t kShortDay = 3; ///< letters

std::vector<std::string> wordsOfMoment(std::string_view text)
{
    std::vector<std::string> out;
    bool isInside = false;
    for (const char c : text) {
        const bool isBlank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!isBlank && !isInside)
            out.emplace_back();
        if (!isBlank)
            out.back() += c;
        isInside = !isBlank;
    }
    return out;
}

/// "3:10", "03:10" and, where they may be, seconds: of a day.
std::optional<Span> clockOfMoment(std::string_view text, bool withSeconds)
{
    std::array<int, 3> parts{};
    std::size_t part = 0, digits = 0;
    for (const char c : text) {
        if (c == ':' && digits > 0 && part < (withSeconds ? 2U : 1U)) {
            ++part;
            digits = 0;
        } else if (c >= '0' && c <= '9' && digits < 2) {
            parts[part] = parts[part] * 10 + (c - '0');
            ++digits;
        } else {
            return std::nullopt;
        }
    }
    // Minutes and seconds are written with both their digits.
    if (part == 0 || digits != 2 || parts[0] > 23 || parts[1] > 59 || parts[2] > 59)
        return std::nullopt;
    return hours(parts[0]) + minutes(parts[1]) + seconds(parts[2]);
}

std::optional<int> englishDay(std::string_view lower)
{
    for (std::size_t day = 0; day < kDayNames.size(); ++day)
        if (lower == kDayNames[day] || lower == kDayNames[day].substr(0, kShortDay))
            return static_cast<int>(day);
    return std::nullopt;
}

} // namespace

std::optional<Instant> readMoment(std::string_view text, Instant now, const WeekdayByName &alsoDays)
{
    std::vector<std::string> words = wordsOfMoment(text);
    if (words.size() > 1 && asciiLower(words.back()) == "utc")
        words.pop_back();
    if (words.empty())
        return now;
    if (words.size() > 2)
        return std::nullopt;
    if (const Result<Instant> at = parseInstant(words.size() == 1 ? words.front() : words.front() + " " + words.back()))
        return *at;
    if (words.size() == 1)
        if (const Result<Span> span = parseSpan(words.front()))
            return now + *span;
    // A date and a time of day, with a blank or a T between.
    std::string date = words.front(), clock = words.size() == 2 ? words.back() : std::string();
    if (const std::size_t t = date.find('T'); words.size() == 1 && t != std::string::npos) {
        clock = date.substr(t + 1);
        date.resize(t);
    }
    if (!clock.empty())
        if (const Result<LocalTime> day = parseLocalTime(date); day && date.find(' ') == std::string::npos && date.size() == std::string_view("2026-11-29").size()) {
            const std::optional<Span> at = clockOfMoment(clock, true);
            return at ? std::optional(Zone().instant(*day + *at)) : std::nullopt;
        }
    const std::optional<Span> at = clockOfMoment(words.back(), false);
    std::optional<int> day;
    if (words.size() == 2) {
        day = englishDay(asciiLower(words.front()));
        if (!day && alsoDays)
            day = alsoDays(words.front());
    }
    if (!at || (words.size() == 2 && !day))
        return std::nullopt;
    const LocalTime today{Zone().local(now).day() * 86400};
    for (int ahead = 0; ahead <= 7; ++ahead) { // a week from now at the latest
        const LocalTime next = today + hours(24 * ahead) + *at;
        if (const Instant found = Zone().instant(next); found >= now && (!day || next.weekday() == *day))
            return found;
    }
    return std::nullopt;
}

} // namespace qd
