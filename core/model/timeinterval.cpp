// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/timeinterval.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace qd {

namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 12> kMonths{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"};

struct Date {
    int year = 1970, month = 1, day = 1;
};

/// The proleptic Gregorian date of a day since 1970-01-01 (H. Hinnant, chrono-compatible low-level date algorithms, civil_from_days).
Date dateOf(std::int64_t days)
{
    days += 719'468;
    const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
    const auto doe = static_cast<unsigned>(days - era * 146'097);
    const unsigned yoe = (doe - doe / 1460 + doe / 36'524 - doe / 146'096) / 365;
    const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const unsigned mp = (5 * doy + 2) / 153;
    const auto month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
    return {static_cast<int>(yoe + era * 400) + (month <= 2), month, static_cast<int>(doy - (153 * mp + 2) / 5 + 1)};
}

int daysIn(int year, int month)
{
    if (month == 2)
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::vector<std::string> split(std::string_view text, char by)
{
    std::vector<std::string> out;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find(by, from), text.size());
        out.emplace_back(text.substr(from, to - from));
        from = to + 1;
    }
    return out;
}

std::optional<int> number(std::string_view text)
{
    int n = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), n);
    return wrong == std::errc{} && end == text.data() + text.size() ? std::optional(n) : std::nullopt;
}

template <std::size_t N>
std::optional<int> wordAt(const std::array<std::string_view, N> &words, std::string_view text)
{
    const auto found = std::find(words.begin(), words.end(), asciiLower(text));
    return found == words.end() ? std::nullopt : std::optional(static_cast<int>(found - words.begin()));
}

std::optional<int> minuteOf(std::string_view text)
{
    if (text.size() != 5 || text[2] != ':')
        return std::nullopt;
    const auto hour = number(text.substr(0, 2)), minute = number(text.substr(3));
    if (!hour || !minute || *hour < 0 || *minute < 0 || *minute > 59 || *hour > 24 || (*hour == 24 && *minute != 0))
        return std::nullopt;
    return *hour * 60 + *minute;
}

/// One end of a range of this field.
std::optional<int> boundOf(const std::string &field, std::string_view text)
{
    if (field == "weekdays")
        return wordAt(kWeekdays, text);
    if (field == "times")
        return minuteOf(text);
    if (field == "months")
        if (const auto named = wordAt(kMonths, text))
            return *named + 1;
    const auto n = number(text);
    if (!n || (field == "months" && (*n < 1 || *n > 12)) || (field == "days_of_month" && (*n == 0 || *n < -31 || *n > 31)) || (field == "years" && *n < 0))
        return std::nullopt;
    return n;
}

template <typename Ranges>
bool isIn(const Ranges &ranges, int n)
{
    return ranges.empty() || std::any_of(ranges.begin(), ranges.end(), [n](const auto &r) { return r.from <= n && n <= r.until; });
}

} // namespace

Result<IntervalTimes::Ranges> IntervalTimes::ranges(const std::string &field, const std::string &text)
{
    Ranges out;
    for (const std::string &part : split(text, ',')) {
        const auto wrong = [&] { return fail(Code::Invalid, field + " has \"" + safeLine(part, 60) + "\", which is no range of " + field); };
        // A day of the month may be negative: "-3:-1".
        const std::size_t cut = part.find(field == "times" ? '-' : ':');
        const auto from = boundOf(field, std::string_view(part).substr(0, cut));
        const auto until = cut == std::string::npos ? from : boundOf(field, std::string_view(part).substr(cut + 1));
        if (!from || !until || (field == "times" && (cut == std::string::npos || *from >= *until)))
            return wrong();
        if (field == "days_of_month") {
            if ((*from < 0) == (*until < 0) ? *from > *until : *from < 0 && *until > 0)
                return wrong(); // from the end to the beginning: Alertmanager refuses it too
        } else if (*from > *until) {
            return wrong();
        }
        out.push_back({*from, *until});
        if (out.size() > kRangesLimit)
            return fail(Code::TooLarge, field + " has more than " + std::to_string(kRangesLimit) + " ranges");
    }
    return out;
}

Result<IntervalTimes::Line> IntervalTimes::read(const std::string &text)
{
    Line line;
    if (text == "always")
        return line;
    for (const std::string &part : split(text, ' ')) {
        const std::size_t equals = part.find('=');
        const std::string name = part.substr(0, equals), value = equals == std::string::npos ? "" : part.substr(equals + 1);
        if (name == "location") {
            const auto zone = Zone::find(value);
            if (!zone)
                return fail(Code::Invalid, "there is no time zone \"" + safeLine(value, 60) + "\" on this machine");
            line.zone = *zone;
            continue;
        }
        Ranges *const into = name == "times"           ? &line.times
                             : name == "weekdays"      ? &line.weekdays
                             : name == "days_of_month" ? &line.days
                             : name == "months"        ? &line.months
                             : name == "years"         ? &line.years
                                                       : nullptr;
        if (!into || value.empty())
            return fail(Code::Invalid, "\"" + safeLine(part, 60) + "\" is none of times=, weekdays=, days_of_month=, months=, years=, location=");
        auto read = ranges(name, value);
        if (!read)
            return tl::unexpected(read.error());
        *into = std::move(*read);
    }
    return line;
}

Result<IntervalTimes> IntervalTimes::make(const std::vector<std::string> &when)
{
    if (when.size() > kLinesLimit)
        return fail(Code::TooLarge, "a time interval has at most " + std::to_string(kLinesLimit) + " lines");
    IntervalTimes out;
    for (const std::string &text : when) {
        auto line = read(text);
        if (!line)
            return tl::unexpected(line.error());
        out.m_lines.push_back(std::move(*line));
    }
    return out;
}

bool IntervalTimes::holds(const Line &line, Instant t)
{
    const LocalTime local = line.zone.local(t);
    const int minute = local.minuteOfDay();
    if (!line.times.empty() && std::none_of(line.times.begin(), line.times.end(), [&](const Range &r) { return r.from <= minute && minute < r.until; }))
        return false;
    if (!isIn(line.weekdays, (local.weekday() + 1) % 7))
        return false;
    const Date date = dateOf(local.day());
    if (!isIn(line.months, date.month) || !isIn(line.years, date.year))
        return false;
    const int last = daysIn(date.year, date.month);
    return line.days.empty() || std::any_of(line.days.begin(), line.days.end(), [&](const Range &r) {
        const int from = r.from < 0 ? last + r.from + 1 : r.from, until = r.until < 0 ? last + r.until + 1 : r.until;
        return from <= last && std::clamp(from, -last, last) <= date.day && date.day <= std::clamp(until, -last, last);
    });
}

bool IntervalTimes::holds(Instant t) const
{
    return std::any_of(m_lines.begin(), m_lines.end(), [&](const Line &line) { return holds(line, t); });
}

Instant IntervalTimes::nextBound(Instant t) const
{
    Instant next;
    for (const Line &line : m_lines) {
        const LocalTime local = line.zone.local(t);
        // Until clocks are next changed, which is a bound itself, wall and world run at one pace.
        const Instant second{t.ns / 1'000'000'000 * 1'000'000'000};
        const auto note = [&](std::int64_t day, int minute) {
            const Instant at = second + (LocalTime{day * 86'400 + minute * 60} - local);
            if (at > t && (!next || at < next))
                next = at;
        };
        for (const std::int64_t day : {local.day(), local.day() + 1}) {
            note(day, 0);
            for (const Range &r : line.times) {
                note(day, r.from);
                note(day, r.until);
            }
        }
        if (const Instant change = line.zone.nextChange(t); change && (!next || change < next))
            next = change;
    }
    return next;
}

} // namespace qd
