// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/time.h"

#include <chrono>
#include <cstdio>

namespace qd {

namespace {

bool digits(std::string_view s, std::size_t at, std::size_t n, int &out)
{
    if (at + n > s.size())
        return false;
    out = 0;
    for (std::size_t i = at; i < at + n; ++i) {
        if (s[i] < '0' || s[i] > '9')
            return false;
        out = out * 10 + (s[i] - '0');
    }
    return true;
}

std::int64_t daysFromCivil(int y, int m, int d)
{
    using namespace std::chrono;
    return sys_days(year(y) / month(static_cast<unsigned>(m)) / day(static_cast<unsigned>(d))).time_since_epoch().count();
}

} // namespace

Result<Instant> parseInstant(std::string_view s)
{
    const auto bad = [&] { return fail(Code::Invalid, "\"" + std::string(s.substr(0, 40)) + "\" is not an RFC 3339 time"); };
    int y = 0, mo = 0, d = 0, h = 0, mi = 0, sec = 0;
    if (!digits(s, 0, 4, y) || s.size() < 20 || s[4] != '-' || !digits(s, 5, 2, mo) || s[7] != '-' || !digits(s, 8, 2, d)
        || (s[10] != 'T' && s[10] != 't' && s[10] != ' ') || !digits(s, 11, 2, h) || s[13] != ':' || !digits(s, 14, 2, mi)
        || s[16] != ':' || !digits(s, 17, 2, sec))
        return bad();
    const std::chrono::year_month_day date{std::chrono::year(y), std::chrono::month(static_cast<unsigned>(mo)),
                                           std::chrono::day(static_cast<unsigned>(d))};
    if (!date.ok() || h > 23 || mi > 59 || sec > 60)
        return bad();
    std::size_t at = 19;
    std::int64_t frac = 0;
    if (at < s.size() && (s[at] == '.' || s[at] == ',')) {
        ++at;
        const std::size_t first = at;
        std::int64_t scale = 100'000'000;
        while (at < s.size() && s[at] >= '0' && s[at] <= '9') {
            frac += (s[at] - '0') * scale;
            scale /= 10;
            ++at;
        }
        if (at == first)
            return bad();
    }
    std::int64_t offset = 0;
    if (at < s.size() && (s[at] == 'Z' || s[at] == 'z')) {
        ++at;
    } else if (at < s.size() && (s[at] == '+' || s[at] == '-')) {
        int oh = 0, om = 0;
        if (!digits(s, at + 1, 2, oh) || at + 3 >= s.size() || s[at + 3] != ':' || !digits(s, at + 4, 2, om) || oh > 23 || om > 59)
            return bad();
        offset = (oh * 60 + om) * 60;
        if (s[at] == '-')
            offset = -offset;
        at += 6;
    } else {
        return bad();
    }
    if (at != s.size())
        return bad();
    const std::int64_t secs = daysFromCivil(y, mo, d) * 86400 + h * 3600 + mi * 60 + sec - offset;
    if (secs < 0)
        return Instant{};
    constexpr std::int64_t kLast = 9'223'372'036;
    if (secs >= kLast)
        return Instant{kLast * 1'000'000'000};
    return Instant{secs * 1'000'000'000 + frac};
}

std::string toRfc3339(Instant t)
{
    if (!t)
        return {};
    using namespace std::chrono;
    std::int64_t secs = t.ns / 1'000'000'000;
    std::int64_t frac = t.ns % 1'000'000'000;
    if (frac < 0) {
        frac += 1'000'000'000;
        --secs;
    }
    const auto day = floor<days>(sys_seconds(std::chrono::seconds(secs)));
    const year_month_day ymd(day);
    const auto rest = secs - day.time_since_epoch().count() * 86400;
    char buf[48];
    int n = std::snprintf(buf, sizeof buf, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(ymd.year()),
                          static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()), static_cast<int>(rest / 3600),
                          static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
    std::string out(buf, static_cast<std::size_t>(n));
    if (frac != 0) {
        n = std::snprintf(buf, sizeof buf, ".%09lld", static_cast<long long>(frac));
        std::string f(buf, static_cast<std::size_t>(n));
        while (f.size() > 4 && f.ends_with("000"))
            f.resize(f.size() - 3);
        out += f;
    }
    return out + "Z";
}

std::string clockText(Instant t)
{
    return t ? toRfc3339(t).substr(11, 5) + " UTC" : std::string();
}

Result<Span> parseSpan(std::string_view text)
{
    const auto bad = [&] {
        return fail(Code::Invalid, "\"" + std::string(text.substr(0, 40)) + "\" is not a duration; write 90s, 10m, 1h30m or 2d");
    };
    if (text.empty())
        return bad();
    std::int64_t total = 0, number = 0;
    bool have = false;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            number = number * 10 + (c - '0');
            have = true;
            if (number > 100'000'000)
                return bad();
            continue;
        }
        const std::int64_t unit = c == 's' ? 1 : c == 'm' ? 60 : c == 'h' ? 3600 : c == 'd' ? 86400 : 0;
        if (!have || unit == 0)
            return bad();
        total += number * unit;
        number = 0;
        have = false;
    }
    if (have || total > 100'000LL * 86400)
        return bad();
    return seconds(total);
}

std::string toText(Span span)
{
    std::int64_t s = span.seconds();
    if (s <= 0)
        return "0s";
    std::string out;
    for (const auto &[unit, letter] : {std::pair{86400LL, 'd'}, std::pair{3600LL, 'h'}, std::pair{60LL, 'm'}, std::pair{1LL, 's'}}) {
        if (s / unit > 0)
            out += std::to_string(s / unit) + letter;
        s %= unit;
    }
    return out;
}

} // namespace qd
