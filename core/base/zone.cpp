// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/zone.h"

#include <charconv>
#include <cstdio>
#include <date/tz.h>
#include <exception>

namespace qd {

namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kNanos = 1'000'000'000;
constexpr int kLeastYear = 1970, kMostYear = 2199;

constexpr std::int64_t floorDiv(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

const date::time_zone *zoneOf(const void *p) { return static_cast<const date::time_zone *>(p); }

date::sys_seconds systemTime(Instant t) { return date::sys_seconds(std::chrono::seconds(floorDiv(t.ns, kNanos))); }

/// Reads exactly `digits` digits.
bool number(std::string_view &text, std::size_t digits, int &out)
{
    if (text.size() < digits)
        return false;
    const auto r = std::from_chars(text.data(), text.data() + digits, out);
    if (r.ec != std::errc() || r.ptr != text.data() + digits || text.front() == '-')
        return false;
    text.remove_prefix(digits);
    return true;
}

bool skip(std::string_view &text, char c)
{
    if (text.empty() || text.front() != c)
        return false;
    text.remove_prefix(1);
    return true;
}

} // namespace

std::int64_t LocalTime::day() const { return floorDiv(seconds, kDay); }
int LocalTime::minuteOfDay() const { return static_cast<int>((seconds - day() * kDay) / 60); }
int LocalTime::weekday() const { return static_cast<int>(((day() + 3) % 7 + 7) % 7); } // 1970-01-01 was a Thursday

Result<LocalTime> parseLocalTime(std::string_view text)
{
    std::string_view rest = text;
    int y = 0, m = 0, d = 0, hour = 0, minute = 0, second = 0;
    bool good = number(rest, 4, y) && skip(rest, '-') && number(rest, 2, m) && skip(rest, '-') && number(rest, 2, d);
    if (good && !rest.empty()) {
        good = (skip(rest, 'T') || skip(rest, ' ')) && number(rest, 2, hour) && skip(rest, ':') && number(rest, 2, minute);
        if (good && !rest.empty())
            good = skip(rest, ':') && number(rest, 2, second) && rest.empty();
    }
    const date::year_month_day day{date::year(y), date::month(static_cast<unsigned>(m)), date::day(static_cast<unsigned>(d))};
    if (!good || !day.ok() || y < kLeastYear || y > kMostYear || hour > 23 || minute > 59 || second > 59)
        return fail(Code::Invalid, "\"" + std::string(text.substr(0, 40)) + "\" is no local time; write 2026-01-05T09:00 (years 1970 to 2199, no offset)");
    return LocalTime{date::local_days(day).time_since_epoch().count() * kDay + hour * 3600 + minute * 60 + second};
}

std::string toText(LocalTime t)
{
    const date::year_month_day day{date::local_days(date::days(t.day()))};
    const std::int64_t s = t.seconds - t.day() * kDay;
    char out[48];
    int n = std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                          static_cast<unsigned>(day.day()), static_cast<int>(s / 3600), static_cast<int>(s / 60 % 60));
    if (s % 60 != 0)
        n += std::snprintf(out + n, sizeof out - static_cast<std::size_t>(n), ":%02d", static_cast<int>(s % 60));
    return {out, static_cast<std::size_t>(n)};
}

std::string clockText(LocalTime t)
{
    static constexpr std::string_view kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    std::string text = toText(t).substr(0, 16);
    text[10] = ' ';
    return std::string(kDays[t.weekday()]) + " " + text;
}

std::string_view weekdayWord(int weekday)
{
    static constexpr std::string_view kDays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    return kDays[((weekday % 7) + 7) % 7];
}

std::optional<Zone> Zone::find(std::string_view name)
{
    if (name.empty() || name.size() > 64)
        return std::nullopt;
    try {
        Zone zone;
        zone.m_zone = date::locate_zone(name);
        (void)zoneOf(zone.m_zone)->get_info(date::sys_seconds{}); // its file is read at its first use
        return zone;
    } catch (const std::exception &) {
        return std::nullopt;
    }
}

Zone Zone::orUtc(std::string_view name)
{
    return find(name).value_or(Zone());
}

LocalTime Zone::local(Instant t) const
{
    const std::int64_t s = floorDiv(t.ns, kNanos);
    return {s + offset(t).seconds()};
}

Instant Zone::instant(LocalTime t) const
{
    if (!m_zone)
        return {t.seconds * kNanos};
    const auto info = zoneOf(m_zone)->get_info(date::local_seconds(std::chrono::seconds(t.seconds)));
    if (info.result == date::local_info::nonexistent)
        return {info.first.end.time_since_epoch().count() * kNanos};
    return {(t.seconds - info.first.offset.count()) * kNanos};
}

Span Zone::offset(Instant t) const
{
    return m_zone ? seconds(zoneOf(m_zone)->get_info(systemTime(t)).offset.count()) : Span{};
}

std::string Zone::abbreviation(Instant t) const
{
    return m_zone ? zoneOf(m_zone)->get_info(systemTime(t)).abbrev : "UTC";
}

Instant Zone::nextChange(Instant t) const
{
    constexpr std::int64_t kKnownUntil = 2'145'916'800; // 2038-01-01
    for (std::int64_t at = floorDiv(t.ns, kNanos); m_zone && at < kKnownUntil;) {
        const auto before = zoneOf(m_zone)->get_info(date::sys_seconds(std::chrono::seconds(at)));
        at = before.end.time_since_epoch().count();
        if (at >= kKnownUntil)
            break;
        // Some entries of the tables change a name or a rule, not the clocks.
        if (zoneOf(m_zone)->get_info(date::sys_seconds(std::chrono::seconds(at))).offset != before.offset)
            return {at * kNanos};
    }
    return {};
}

} // namespace qd
