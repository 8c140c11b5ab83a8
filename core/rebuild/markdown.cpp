// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/collector.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"

#include <algorithm>
#include <array>
#include <utility>

/// A post-mortem in Markdown: the lines of its lists and tables that begin with a time are its timeline, the rest is its narrative.
namespace qd::rebuild {

namespace {

/// Takes characters off the front of a line, one shape after another.
class Scanner {
public:
    explicit Scanner(std::string_view text) : m_rest(text) {}
    [[nodiscard]] std::string_view rest() const { return m_rest; }
    void skip(std::string_view chars)
    {
        while (!m_rest.empty() && chars.find(m_rest.front()) != std::string_view::npos)
            m_rest.remove_prefix(1);
    }
    [[nodiscard]] bool takes(std::string_view text)
    {
        if (!m_rest.starts_with(text))
            return false;
        m_rest.remove_prefix(text.size());
        return true;
    }
    /// A number of between `least` and `most` digits.
    [[nodiscard]] std::optional<int> number(std::size_t least, std::size_t most)
    {
        std::size_t n = 0;
        int value = 0;
        for (; n < m_rest.size() && n < most && m_rest[n] >= '0' && m_rest[n] <= '9'; ++n)
            value = value * 10 + (m_rest[n] - '0');
        if (n < least || (n < m_rest.size() && m_rest[n] >= '0' && m_rest[n] <= '9'))
            return std::nullopt;
        m_rest.remove_prefix(n);
        return value;
    }
    void to(std::string_view rest) { m_rest = rest; }

private:
    std::string_view m_rest;
};

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

std::string dayText(int year, int month, int day)
{
    char out[16];
    if (year < 1970 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31)
        return {};
    std::snprintf(out, sizeof out, "%04d-%02d-%02d", year, month, day);
    return parseLocalTime(out) ? out : std::string();
}

/// "2026-11-23", or "23 November 2026", "November 23, 2026" anywhere in a line; "" for none.
std::string dayIn(std::string_view line)
{
    for (std::size_t i = 0; i + 10 <= line.size(); ++i) {
        if (i > 0 && line[i - 1] >= '0' && line[i - 1] <= '9')
            continue;
        Scanner s(line.substr(i, 11));
        const auto y = s.number(4, 4);
        if (!y || !(s.takes("-") || s.takes("/")))
            continue;
        const auto m = s.number(2, 2);
        if (!m || !(s.takes("-") || s.takes("/")))
            continue;
        if (const auto d = s.number(2, 2); d)
            if (const std::string day = dayText(*y, *m, *d); !day.empty())
                return day;
    }
    const std::string lower = asciiLower(line);
    for (std::size_t m = 0; m < kMonths.size(); ++m)
        for (std::size_t at = lower.find(kMonths[m]); at != std::string::npos; at = lower.find(kMonths[m], at + 1)) {
            if (at > 0 && lower[at - 1] >= 'a' && lower[at - 1] <= 'z')
                continue;
            std::size_t end = at;
            while (end < lower.size() && lower[end] >= 'a' && lower[end] <= 'z')
                ++end;
            Scanner after(std::string_view(lower).substr(end));
            after.skip(". ");
            std::size_t back = at;
            while (back > 0 && (lower[back - 1] == ' ' || lower[back - 1] == '.'))
                --back;
            std::size_t digits = back;
            while (digits > 0 && lower[digits - 1] >= '0' && lower[digits - 1] <= '9' && back - digits < 2)
                --digits;
            if (digits < back) { // 23 November 2026
                Scanner before(std::string_view(lower).substr(digits, back - digits));
                const auto d = before.number(1, 2);
                if (const auto y = after.number(4, 4); d && y)
                    return dayText(*y, static_cast<int>(m) + 1, *d);
            }
            const auto d = after.number(1, 2);
            for (const std::string_view ending : {"st", "nd", "rd", "th"})
                if (after.takes(ending))
                    break;
            after.skip(", ");
            if (const auto y = after.number(4, 4); d && y)
                return dayText(*y, static_cast<int>(m) + 1, *d);
        }
    return {};
}

/// The first day a text's first lines name.
std::string firstDayOf(std::string_view text)
{
    text = text.substr(0, 4096);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (const std::string day = dayIn(text.substr(at, end - at)); !day.empty())
            return day;
        at = end + 1;
    }
    return {};
}

/// The time of a line, as it is written.
struct Stamp {
    std::string day, zone;               ///< day: "" for none; zone: "Z", "+02:00", "" or a name ("CET")
    int seconds = 0;                     ///< of the day
};

/// `seconds`: the time before it; "10:00-10:30" is a while, "14:02-05:00" an offset.
std::string zoneOf(Scanner &s, int seconds, bool isWhole)
{
    const std::string_view before = s.rest();
    s.skip(" ");
    if (s.takes("UTC") || s.takes("GMT") || s.takes("Z"))
        return "Z";
    if (const std::string_view sign = s.rest().substr(0, 1); sign == "+" || sign == "-") {
        const std::string_view at = s.rest();
        s.to(at.substr(1));
        const auto hour = s.number(2, 4);
        std::optional<int> minute;
        if (hour && *hour < 100 && s.takes(":"))
            minute = s.number(2, 2);
        const int offset = hour ? (minute ? *hour * 60 + *minute : *hour / 100 * 60 + *hour % 100) : 0;
        const bool isWhile = minute && sign == "-" && !isWhole && offset * 60 > seconds;
        if (hour && (minute || *hour >= 100) && !isWhile && offset <= 14 * 60 && offset % 15 == 0) {
            char out[16];
            std::snprintf(out, sizeof out, "%c%02d:%02d", sign.front(), offset / 60, offset % 60);
            return out;
        }
        s.to(before);
        return {};
    }
    std::size_t n = 0;
    while (n < s.rest().size() && s.rest()[n] >= 'A' && s.rest()[n] <= 'Z')
        ++n;
    const bool isZone = n >= 2 && n <= 5 && (s.rest().substr(0, n).ends_with("T") || s.rest().substr(0, n) == "CET") && (n == s.rest().size() || std::string_view(" :-*|)],.`").find(s.rest()[n]) != std::string_view::npos || static_cast<unsigned char>(s.rest()[n]) >= 0x80);
    if (!isZone) {
        s.to(before);
        return {};
    }
    std::string name(s.rest().substr(0, n));
    s.to(s.rest().substr(n));
    return name;
}

/// HH:MM[:SS][ AM] with its zone, of a line's beginning. None: no time.
std::optional<Stamp> stampOf(Scanner &s)
{
    Stamp out;
    bool isWhole = false;                // a day and a time in one word, as RFC 3339 has it
    const std::string_view begin = s.rest();
    const auto year = s.number(4, 4);
    if (year && (s.takes("-") || s.takes("/"))) {
        const auto m = s.number(2, 2);
        const bool more = m && (s.takes("-") || s.takes("/"));
        const auto d = more ? s.number(2, 2) : std::nullopt;
        out.day = d ? dayText(*year, *m, *d) : std::string();
        if (out.day.empty())
            return std::nullopt;
        isWhole = s.takes("T");
        if (!isWhole)
            s.skip(" ,|*`");
    } else {
        s.to(begin);
    }
    const auto hour = s.number(1, 2);
    if (!hour || !s.takes(":"))
        return std::nullopt;
    const auto minute = s.number(2, 2);
    if (!minute || *minute > 59)
        return std::nullopt;
    int second = 0;
    if (const std::string_view here = s.rest(); s.takes(":")) {
        const auto sec = s.number(2, 2);
        if (sec && *sec < 60)
            second = *sec;
        else
            s.to(here);
        if (sec && s.takes("."))
            s.skip("0123456789");
    }
    int h = *hour;
    const std::string_view here = s.rest();
    s.skip(" ");
    const std::string half = asciiLower(s.rest().substr(0, 2));
    if ((half == "am" || half == "pm") && h >= 1 && h <= 12) {
        s.to(s.rest().substr(2));
        h = h % 12 + (half == "pm" ? 12 : 0);
    } else {
        s.to(here);
    }
    if (h > 23)
        return std::nullopt;
    out.seconds = h * 3600 + *minute * 60 + second;
    out.zone = zoneOf(s, out.seconds, isWhole);
    return out;
}

struct TimedLine {
    Stamp from;
    std::optional<Stamp> until;
    std::string text;
};

/// "- **14:02 UTC** — text", "| 14:02 | text |", "14:02–14:10: text". None: the line does not begin with a time.
std::optional<TimedLine> timedLine(std::string_view line)
{
    Scanner s(trimmed(line));
    const bool isRow = s.takes("|");
    s.skip(" \t-*+>#`[(_~|");
    TimedLine out;
    const auto from = stampOf(s);
    if (!from)
        return std::nullopt;
    out.from = *from;
    const std::string_view here = s.rest();
    s.skip(" ");
    if (s.takes("–") || s.takes("-") || s.takes("to ") || s.takes("—")) {
        s.skip(" ");
        if (auto until = stampOf(s))
            out.until = until;
        else
            s.to(here);
    }
    for (std::size_t before = 0; before != s.rest().size();) { // what stands between the time and its text
        before = s.rest().size();
        s.skip(" \t:*`])_~,-");
        if (isRow)
            s.skip("|");
        for (const std::string_view dash : {"–", "—", "→", "·", "•"})
            if (s.takes(dash))
                break;
    }
    std::string_view text = trimmed(s.rest());
    while (isRow && (text.ends_with('|') || text.ends_with(' ')))
        text.remove_suffix(1);
    if (isRow) {
        std::string cells(text);
        for (std::size_t at = cells.find('|'); at != std::string::npos; at = cells.find('|', at + 3))
            cells.replace(at, 1, "—");
        out.text = cells;
    } else {
        out.text = std::string(text);
    }
    if (out.text.empty())
        return std::nullopt;
    return out;
}

/// What is left when the timed lines are gone. A heading or the head of a table of which nothing but them stood goes with them.
class Remainder {
public:
    void line(std::string_view text, bool isCode)
    {
        m_lines.push_back({std::string(text), isCode ? 0 : levelOf(trimmed(text)), isCode, false});
    }
    void timed()
    {
        m_lines.push_back({{}, 0, false, true});
    }
    [[nodiscard]] std::string text()
    {
        emptyTables();
        emptyHeadings();
        std::string out;
        for (const One &l : m_lines)
            if (!l.isTimed)
                out.append(l.text).append("\n");
        return out;
    }

private:
    struct One {
        std::string text;
        std::size_t level = 0;           ///< of a heading, also of one that is gone
        bool isCode = false, isTimed = false; ///< isTimed: it is gone
    };
    [[nodiscard]] static std::size_t levelOf(std::string_view bare)
    {
        const std::size_t hashes = std::min(bare.find_first_not_of('#'), bare.size());
        return hashes <= 6 && (hashes == bare.size() || bare[hashes] == ' ') ? hashes : 0;
    }
    [[nodiscard]] static bool isRow(const One &l) { return !l.isCode && !l.isTimed && trimmed(l.text).starts_with('|'); }
    [[nodiscard]] static bool isRule(const One &l) { return isRow(l) && l.text.find('-') != std::string::npos && l.text.find_first_not_of("|-: \t\r") == std::string::npos; }
    /// "| Time | What |" and the rule under it, with no other row left.
    void emptyTables()
    {
        for (std::size_t n = 0; n + 2 < m_lines.size(); ++n) {
            if (!isRow(m_lines[n]) || !isRule(m_lines[n + 1]) || !m_lines[n + 2].isTimed)
                continue;
            std::size_t end = n + 2;
            while (end < m_lines.size() && m_lines[end].isTimed)
                ++end;
            if (end == m_lines.size() || !isRow(m_lines[end]))
                m_lines[n].isTimed = m_lines[n + 1].isTimed = true;
        }
    }
    /// From the end on, so that one of which only headings that went stood goes too.
    void emptyHeadings()
    {
        for (std::size_t n = m_lines.size(); n-- > 0;) {
            const std::size_t own = m_lines[n].level;
            if (own == 0)
                continue;
            bool hadTimed = false, isLeft = false;
            for (std::size_t at = n + 1; at < m_lines.size() && !isLeft; ++at) {
                if (const std::size_t next = m_lines[at].level; next != 0 && next <= own)
                    break;
                hadTimed = hadTimed || m_lines[at].isTimed;
                isLeft = !m_lines[at].isTimed && !trimmed(m_lines[at].text).empty();
            }
            m_lines[n].isTimed = hadTimed && !isLeft;
        }
    }

    std::vector<One> m_lines;
};

/// Turns stamps into instants: the day is the line's, else that of the last heading or line, and goes on past midnight.
class Calendar {
public:
    Calendar(std::string day, const Options &options) : m_day(std::move(day)), m_zone(options.zone) {}

    void heading(const std::string &day)
    {
        if (!day.empty()) {
            m_day = day;
            m_last = -1;
            m_firstDay.clear();
        }
    }
    /// What follows is another list.
    void list() { m_isNewList = true; }
    [[nodiscard]] bool knowsDay() const { return !m_day.empty(); }
    /// When a line begins: what follows is reckoned from it.
    [[nodiscard]] Instant at(const Stamp &stamp, Collector &out)
    {
        if (!stamp.day.empty())
            heading(stamp.day);
        if (m_day.empty())
            return {};
        if (std::exchange(m_isNewList, false) && tellsAgain(stamp.seconds)) {
            m_day = m_firstDay;
            m_last = -1;
            m_at = {};
            out.count("1 list of times begins before the end of the one above it; it is read as of the same day.", "%1 lists of times begin before the end of the one above; they are read as of the same day.");
        }
        if (isNextDay(stamp.seconds))
            goOn();
        m_last = stamp.seconds;
        m_end = 0;
        if (m_firstDay.empty()) {
            m_firstDay = m_day;
            m_from = m_to = localOf(m_day) + m_last;
        }
        m_from = std::min(m_from, localOf(m_day) + m_last);
        m_to = std::max(m_to, localOf(m_day) + m_last);
        return m_at = instant(stamp, out);
    }
    /// Until when the line lasted that began last. The next one begins after that beginning, not after this end.
    [[nodiscard]] Instant until(const Stamp &stamp, Collector &out)
    {
        Calendar end(*this);
        if (stamp.day.empty() && !m_day.empty() && stamp.seconds < m_last - kDay / 4) // 13:00–01:30
            end.goOn();
        const Instant at = end.at(stamp, out);
        if (!m_day.empty() && end.m_last >= 0) {
            m_end = (localOf(end.m_day) - localOf(m_day)) + end.m_last;
            m_to = std::max(m_to, localOf(m_day) + m_end);
        }
        return at;
    }

private:
    void goOn()
    {
        if (const std::string next = toText(*parseLocalTime(m_day) + hours(24)).substr(0, 10); parseLocalTime(next))
            m_day = next;
        m_last = -1;
    }
    [[nodiscard]] static std::int64_t localOf(const std::string &day) { return parseLocalTime(day)->seconds; }
    /// 23:40 to 00:30, then another list from 23:50 on: it tells of the same hours, and not of those a day later. What is nearer to the hours before goes.
    [[nodiscard]] bool tellsAgain(int seconds) const
    {
        if (m_firstDay.empty() || m_last < 0)
            return false;
        const std::int64_t same = localOf(m_firstDay) + seconds, on = localOf(m_day) + seconds + (isNextDay(seconds) ? kDay : 0);
        const auto away = [&](std::int64_t at) { return std::max({std::int64_t{0}, m_from - at, at - m_to}); };
        return same != on && (away(same) == 0 || away(same) < away(on));
    }
    /// 23:58, then 00:05. Also 13:00–01:30, then 01:35: sooner just after that end than long before that beginning.
    [[nodiscard]] bool isNextDay(int seconds) const
    {
        if (m_last < 0 || seconds >= m_last)
            return false;
        return seconds < m_last - kDay / 2 || (m_end >= kDay && std::abs(seconds + kDay - m_end) < m_last - seconds);
    }
    /// Clocks that are put back show the same twice: it is the one whose zone the line names, else the later one where time would run backwards.
    [[nodiscard]] Instant instantOf(LocalTime local, const std::string &zone) const
    {
        const Instant first = m_zone.instant(local), change = m_zone.nextChange(first);
        if (!change)
            return first;
        const Instant second = first + (m_zone.offset(first) - m_zone.offset(change));
        if (second <= first || m_zone.local(second).seconds != local.seconds || zone == m_zone.abbreviation(first))
            return first;
        return zone == m_zone.abbreviation(second) || (first < m_at && second >= m_at) ? second : first;
    }
    [[nodiscard]] Instant instant(const Stamp &stamp, Collector &out) const
    {
        const LocalTime local = *parseLocalTime(m_day) + seconds(stamp.seconds);
        if (stamp.zone == "Z")
            return Instant{local.seconds * 1'000'000'000};
        if (!stamp.zone.empty() && (stamp.zone.front() == '+' || stamp.zone.front() == '-')) {
            const int offset = (std::stoi(stamp.zone.substr(1, 2)) * 60 + std::stoi(stamp.zone.substr(4, 2))) * 60;
            return Instant{(local.seconds - (stamp.zone.front() == '+' ? offset : -offset)) * 1'000'000'000};
        }
        const Instant at = instantOf(local, stamp.zone);
        if (stamp.zone.empty())
            out.readInZone();
        if (!stamp.zone.empty() && stamp.zone != m_zone.abbreviation(at))
            out.count("1 time names the zone “" + stamp.zone + "”, which is read as that of the import (--zone).", "%1 times name the zone “" + stamp.zone + "”, which is read as that of the import (--zone).");
        return at;
    }

    static constexpr int kDay = 24 * 3600;
    std::string m_day;
    Zone m_zone;
    int m_last = -1;                     ///< when the last line began, in seconds of its day; -1: none of this day did
    std::int64_t m_end = 0;              ///< until when it lasted, in seconds since its day began; 0: not said
    Instant m_at;                        ///< when it began
    std::string m_firstDay;              ///< of the first line since a day was named; "": none was
    std::int64_t m_from = 0, m_to = 0;   ///< of the lines since then, in local seconds
    bool m_isNewList = false;
};

/// Whether a line without a time is between two lists: a heading or a paragraph, and no more of the item or the table above it.
bool endsList(std::string_view line)
{
    const std::string_view bare = trimmed(line);
    return !bare.empty() && line.front() != ' ' && line.front() != '\t' && std::string_view("|-*+>`~").find(bare.front()) == std::string_view::npos;
}

} // namespace

Result<Facts> readMarkdown(std::string_view bytes, const Options &options)
{
    if (!options.day.empty() && (options.day.size() != 10 || !parseLocalTime(options.day)))
        return fail(Code::Invalid, "The day of a post-mortem is written as 2026-11-23; “" + safeLine(options.day, 40) + "” is none.");
    Collector out(Format::Markdown, "Post-mortem" + (options.name.empty() ? std::string() : ", " + options.name), options);
    const std::string firstDay = options.day.empty() ? firstDayOf(bytes) : options.day; // of its head, where the lines name none
    Calendar calendar(firstDay, options);
    Remainder narrative;
    bool isCode = false, wasRow = false;
    std::size_t timed = 0;
    Instant before;
    for (std::string_view rest = bytes; !rest.empty();) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        const std::string_view bare = trimmed(line);
        if (bare.starts_with("```") || bare.starts_with("~~~"))
            isCode = !isCode;
        const auto found = isCode ? std::nullopt : timedLine(line);
        if (!found) {
            if (!isCode && endsList(line))
                calendar.list();
            if (!isCode && (bare.starts_with('#') || (bare.starts_with("**") && bare.size() < 80)))
                calendar.heading(dayIn(bare));
            narrative.line(line, isCode);
            continue;
        }
        if (std::exchange(wasRow, bare.starts_with('|')) != bare.starts_with('|'))
            calendar.list();
        Fact f;
        f.at = calendar.at(found->from, out);
        f.until = found->until ? calendar.until(*found->until, out) : Instant{};
        f.kind = "log";
        f.text = found->text;
        ++timed; // no name of the line: where another is put before it, it would be that one's
        narrative.timed();
        if (f.at && before && f.at < before)
            out.count("1 time stands before the one above it.", "%1 times stand before the one above them.");
        before = f.at;
        out.add(std::move(f));
    }
    if (timed > 0 && !calendar.knowsDay())
        return fail(Code::Invalid, "The post-mortem names times but no day; say which: --day 2026-11-23.");
    if (options.day.empty() && timed > 0 && !firstDay.empty())
        out.note("Its day is " + firstDay + ", as its text says, where a line names none.");
    if (timed == 0)
        out.note("No line begins with a time: all of it is narrative.");
    out.narrative(narrative.text());
    return out.take("The file says nothing.");
}

} // namespace qd::rebuild
