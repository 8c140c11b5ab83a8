// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace qd {

/// A length of time in nanoseconds.
struct Span {
    std::int64_t ns = 0;
    auto operator<=>(const Span &) const = default;
    [[nodiscard]] constexpr std::int64_t seconds() const { return ns / 1'000'000'000; }
    [[nodiscard]] constexpr std::int64_t millis() const { return ns / 1'000'000; }
};

constexpr Span nanos(std::int64_t n) { return {n}; }
constexpr Span millis(std::int64_t n) { return {n * 1'000'000}; }
constexpr Span seconds(std::int64_t n) { return {n * 1'000'000'000}; }
constexpr Span minutes(std::int64_t n) { return seconds(n * 60); }
constexpr Span hours(std::int64_t n) { return minutes(n * 60); }
constexpr Span operator+(Span a, Span b) { return {a.ns + b.ns}; }
constexpr Span operator-(Span a, Span b) { return {a.ns - b.ns}; }
constexpr Span operator*(Span a, std::int64_t n) { return {a.ns * n}; }

/// A point in time: nanoseconds since 1970-01-01T00:00:00Z, UTC. Zero means "none" wherever a time is optional.
struct Instant {
    std::int64_t ns = 0;
    auto operator<=>(const Instant &) const = default;
    [[nodiscard]] constexpr explicit operator bool() const { return ns != 0; }
};

constexpr Instant operator+(Instant a, Span b) { return {a.ns + b.ns}; }
constexpr Instant operator-(Instant a, Span b) { return {a.ns - b.ns}; }
constexpr Span operator-(Instant a, Instant b) { return {a.ns - b.ns}; }

/// RFC 3339 text to an instant. Accepts any offset and 0–9 fraction digits (more are cut off).
/// Times before 1970 (Go's zero time 0001-01-01 above all) give the zero Instant, "none"; years after 2262 are clamped.
[[nodiscard]] Result<Instant> parseInstant(std::string_view rfc3339);

/// RFC 3339 in UTC with as many fraction digits as needed (0, 3, 6 or 9): "2026-11-23T14:25:07.120Z". "" for none.
[[nodiscard]] std::string toRfc3339(Instant t);

/// The time of day in UTC, to the minute: "14:03 UTC". "" for none.
[[nodiscard]] std::string clockText(Instant t);

/// "90s", "10m", "1h30m", "2d" to a span; a bare number is refused. Units s, m, h, d.
[[nodiscard]] Result<Span> parseSpan(std::string_view text);

/// The shortest exact form parseSpan reads back: "1h30m", "45s", "0s" (sub-second parts are dropped).
[[nodiscard]] std::string toText(Span span);

} // namespace qd
