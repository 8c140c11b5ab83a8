// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace qd {

/// What a clock on a wall shows: seconds since 1970-01-01 00:00 of the wall, without zone or offset.
struct LocalTime {
    std::int64_t seconds = 0;
    auto operator<=>(const LocalTime &) const = default;
    [[nodiscard]] std::int64_t day() const;      ///< days since 1970-01-01
    [[nodiscard]] int minuteOfDay() const;       ///< 0 … 1439
    [[nodiscard]] int weekday() const;           ///< 0 Monday … 6 Sunday
};
constexpr LocalTime operator+(LocalTime t, Span s) { return {t.seconds + s.ns / 1'000'000'000}; }
constexpr Span operator-(LocalTime a, LocalTime b) { return seconds(a.seconds - b.seconds); }

/// "2026-01-05", "2026-01-05T09:00" or with seconds; years 1970 to 2199. No offset: an offset makes an instant.
[[nodiscard]] Result<LocalTime> parseLocalTime(std::string_view text);
/// "2026-01-05T09:00" (seconds only where there are some): what parseLocalTime reads back.
[[nodiscard]] std::string toText(LocalTime t);
/// For people: "Sun 2026-11-29 04:10".
[[nodiscard]] std::string clockText(LocalTime t);
/// "mon" … "sun" for 0 … 6.
[[nodiscard]] std::string_view weekdayWord(int weekday);

/// An IANA time zone of this machine's zone files (/usr/share/zoneinfo), known to the end of 2037. A value; any thread.
class Zone {
public:
    Zone() = default; ///< UTC, also where a machine has no zone files
    /// Nothing for a name the machine does not know.
    [[nodiscard]] static std::optional<Zone> find(std::string_view name);
    /// The zone, or UTC where there is none of that name.
    [[nodiscard]] static Zone orUtc(std::string_view name);

    [[nodiscard]] LocalTime local(Instant t) const;
    /// The instant a wall clock shows `t`. When it never does, because clocks were put forward over it: the instant they were.
    /// When it does twice, because they were put back: the first. So a later wall-clock time is never an earlier instant.
    [[nodiscard]] Instant instant(LocalTime t) const;
    [[nodiscard]] Span offset(Instant t) const;             ///< what local time is ahead of UTC
    [[nodiscard]] std::string abbreviation(Instant t) const; ///< "CET"
    /// When clocks are next changed after `t`; zero when they are not before 2038.
    [[nodiscard]] Instant nextChange(Instant t) const;

private:
    const void *m_zone = nullptr; ///< date::time_zone, of the program's own table; null: UTC
};

} // namespace qd
