// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/schedule.h"

#include <algorithm>
#include <charconv>

namespace qd {

namespace {

constexpr std::uint32_t kDay = 1440;

int weekdayOf(std::string_view word)
{
    for (int d = 0; d < 7; ++d)
        if (word == weekdayWord(d))
            return d;
    return -1;
}

/// "08:00" … "24:00" to minutes.
bool timeOf(std::string_view text, std::uint32_t &out)
{
    std::uint32_t hour = 0, minute = 0;
    if (text.size() != 5 || text[2] != ':')
        return false;
    const auto h = std::from_chars(text.data(), text.data() + 2, hour);
    const auto m = std::from_chars(text.data() + 3, text.data() + 5, minute);
    out = hour * 60 + minute;
    return h.ec == std::errc() && h.ptr == text.data() + 2 && m.ec == std::errc() && m.ptr == text.data() + 5 && minute < 60 && out <= kDay;
}

bool daysOf(std::string_view text, std::uint32_t &days)
{
    if (text.ends_with(','))
        return false;
    while (!text.empty()) {
        const auto comma = text.find(',');
        const std::string_view part = text.substr(0, comma);
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
        const auto dash = part.find('-');
        const int first = weekdayOf(part.substr(0, dash));
        const int last = dash == std::string_view::npos ? first : weekdayOf(part.substr(dash + 1));
        if (first < 0 || last < 0)
            return false;
        for (int d = first;; d = (d + 1) % 7) {
            days |= 1U << d;
            if (d == last)
                break;
        }
    }
    return days != 0;
}

std::string timeText(std::uint32_t minutes)
{
    const auto two = [](std::uint32_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minutes / 60) + ":" + two(minutes % 60);
}

} // namespace

bool DayWindow::holds(LocalTime t) const
{
    const auto minute = static_cast<std::uint32_t>(t.minuteOfDay());
    const auto on = [&](int weekday) { return (days >> ((weekday + 7) % 7) & 1U) != 0; };
    if (until > from)
        return on(t.weekday()) && minute >= from && minute < until;
    return (on(t.weekday()) && minute >= from) || (on(t.weekday() - 1) && minute < until);
}

Result<DayWindow> parseDayWindow(std::string_view text)
{
    DayWindow w;
    w.until = kDay;
    const auto space = text.find(' ');
    std::string_view days = text.substr(0, space), times = space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
    if (!days.empty() && days.front() >= '0' && days.front() <= '9' && times.empty())
        std::swap(days, times);
    bool good = !text.empty();
    if (days.empty())
        w.days = 0x7f;
    else
        good = good && daysOf(days, w.days);
    if (!times.empty()) {
        const auto dash = times.find('-');
        good = good && dash != std::string_view::npos && timeOf(times.substr(0, dash), w.from) && timeOf(times.substr(dash + 1), w.until) && w.from < kDay;
    }
    if (!good || (w.from == w.until))
        return fail(Code::Invalid, "\"" + std::string(text.substr(0, 40)) + "\" is no window of the week; write \"mon-fri 08:00-20:00\", \"sat,sun\" or \"22:00-06:00\"");
    return w;
}

std::string toText(const DayWindow &w)
{
    std::string days;
    if (w.days != 0x7f)
        for (int d = 0; d < 7; ++d) {
            if ((w.days >> d & 1U) == 0)
                continue;
            int last = d;
            while (last < 6 && (w.days >> (last + 1) & 1U) != 0)
                ++last;
            days += (days.empty() ? "" : ",") + std::string(weekdayWord(d)) + (last > d ? "-" + std::string(weekdayWord(last)) : "");
            d = last;
        }
    const std::string times = w.from == 0 && w.until == kDay ? std::string() : timeText(w.from) + "-" + timeText(w.until);
    if (days.empty() && times.empty())
        return "00:00-24:00";
    return days + (days.empty() || times.empty() ? "" : " ") + times;
}

std::string_view word(OverrideKind kind)
{
    switch (kind) {
    case OverrideKind::Add: return "add";
    case OverrideKind::Remove: return "remove";
    case OverrideKind::Replace: return "replace";
    case OverrideKind::Temporary: return "temporary";
    }
    return "add";
}

template <>
std::optional<OverrideKind> fromWord(std::string_view text)
{
    for (const OverrideKind kind : {OverrideKind::Add, OverrideKind::Remove, OverrideKind::Replace, OverrideKind::Temporary})
        if (text == word(kind))
            return kind;
    return std::nullopt;
}

} // namespace qd
