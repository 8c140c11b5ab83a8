// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/samealert.h"

#include "core/rebuild/collector.h"

#include <algorithm>
#include <iterator>

namespace qd::rebuild {

namespace {

constexpr Span kApart = minutes(5);      ///< so long a chat, a pager and a query may be behind one another
constexpr Span kWithoutEnd = hours(3);   ///< how long what has no end is taken to be one

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string_view withoutMarks(std::string_view text)
{
    text = trimmed(text);
    while (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos)
            break;
        text = trimmed(text.substr(close + 1));
    }
    return text;
}

/// "HighLatency", "disk_full", "KubePodNotReady-2": a name somebody gave a rule, and no word of a sentence.
bool isNameOfARule(std::string_view name)
{
    for (std::size_t i = 1; i < name.size(); ++i)
        if ((name[i] >= 'A' && name[i] <= 'Z') || (name[i] >= '0' && name[i] <= '9') || name[i] == '_' || name[i] == '-' || name[i] == '.')
            return true;
    return false;
}

/// Up to where a line goes on with other things than what fires.
std::string titleOf(std::string_view text)
{
    text = withoutMarks(text);
    std::size_t end = text.size();
    for (const std::string_view stop : {"\n", " (", ": ", " fires", " — "})
        end = std::min(end, text.find(stop));
    return std::string(trimmed(text.substr(0, end)));
}

/// `(service="web", severity="page")` at the end of a line.
std::vector<std::pair<std::string, std::string>> labelsIn(std::string_view text)
{
    std::vector<std::pair<std::string, std::string>> out;
    if (!text.ends_with(')'))
        return out;
    std::size_t from = text.rfind(" (");
    for (; from != std::string_view::npos && from > 0; from = text.rfind(" (", from - 1)) {
        std::size_t name = from + 2;
        while (name < text.size() && (isLetter(text[name]) || text[name] == '_' || (text[name] >= '0' && text[name] <= '9')))
            ++name;
        if (name > from + 2 && text.substr(name).starts_with("=\""))
            break;
    }
    if (from == std::string_view::npos || from == 0)
        return out;
    std::string_view rest = text.substr(from + 2);
    while (true) {
        const std::size_t equals = rest.find("=\""), close = equals == std::string_view::npos ? equals : rest.find('"', equals + 2);
        if (close == std::string_view::npos)
            return out;
        out.emplace_back(std::string(trimmed(rest.substr(0, equals))), std::string(rest.substr(equals + 2, close - equals - 2)));
        rest.remove_prefix(close + 1);
        if (!rest.starts_with(", "))
            return out;
        rest.remove_prefix(2);
    }
}

/// No label both have says otherwise.
bool agree(const std::vector<std::pair<std::string, std::string>> &a, const std::vector<std::pair<std::string, std::string>> &b)
{
    return std::none_of(a.begin(), a.end(), [&](const auto &label) {
        return std::any_of(b.begin(), b.end(), [&](const auto &other) { return other.first == label.first && other.second != label.second; });
    });
}

} // namespace

std::string alertName(std::string_view text)
{
    text = withoutMarks(text);
    return std::string(text.substr(0, text.find_first_of(" \n(:")));
}

ToldAlerts::Told ToldAlerts::told(std::string_view origin, std::string_view text, Instant at, Instant knownAt, Instant until)
{
    const Instant known = std::max(at, knownAt);
    return {std::string(origin), titleOf(text), labelsIn(text), at - kApart, std::max(until, until ? known : known + kWithoutEnd) + kApart, known};
}

void ToldAlerts::add(std::string_view origin, std::string_view text, Instant at, Instant knownAt, Instant until)
{
    const std::string name = alertName(text);
    if (name.empty())
        return;
    if (auto &all = m_byName[name]; all.size() < kComparedMost)
        all.push_back(told(origin, text, at, knownAt, until));
    else
        ++m_left[name][std::string(origin)];
}

std::optional<ToldAlerts::Beyond> ToldAlerts::beyond(std::string_view origin, std::string_view text) const
{
    const auto it = m_left.find(alertName(text));
    if (it == m_left.end() || std::none_of(it->second.begin(), it->second.end(), [&](const auto &left) { return left.first != origin; }))
        return std::nullopt;
    Beyond out{it->first, kComparedMost};
    for (const auto &left : it->second)
        out.added += left.second;
    return out;
}

std::string ToldAlerts::Beyond::note() const
{
    return std::to_string(kComparedMost) + " of " + std::to_string(added) + " alerts called " + name + " are compared with those of other files: of what is beyond them one that two files tell of may stand twice.";
}

bool ToldAlerts::has(std::string_view origin, std::string_view text, Instant at, Instant knownAt, Instant until) const
{
    const std::string name = alertName(text);
    const auto it = m_byName.find(name);
    if (name.empty() || it == m_byName.end())
        return false;
    const Told one = told(origin, text, at, knownAt, until);
    const bool byName = isNameOfARule(name);
    return std::any_of(it->second.begin(), it->second.end(), [&](const Told &other) {
        const bool atOnce = (other.from <= one.known && one.known <= other.to) || (one.from <= other.known && other.known <= one.to);
        return other.origin != one.origin && atOnce && (byName || other.title == one.title) && agree(other.labels, one.labels);
    });
}

std::string_view seriesOf(std::string_view reference)
{
    constexpr std::size_t kDigest = 12;
    const std::size_t moment = reference.rfind('/');
    if (moment == std::string_view::npos || moment < kDigest + 1 || moment + 1 == reference.size() || reference.find_first_not_of("0123456789", moment + 1) != std::string_view::npos)
        return {};
    const std::string_view series = reference.substr(0, moment);
    const std::size_t digest = series.size() - kDigest;
    return series[digest - 1] == '/' && series.find_first_not_of("0123456789abcdef", digest) == std::string_view::npos ? series : std::string_view();
}

void ToldSeries::add(const std::string &origin, std::string_view reference, Instant knownAt, Instant until, std::size_t which)
{
    if (const std::string_view series = seriesOf(reference); !series.empty())
        m_all[{origin, std::string(series)}].insert_or_assign(knownAt, Told{until ? until : knownAt + kWithoutEnd, which});
}

std::optional<std::size_t> ToldSeries::find(const std::string &origin, std::string_view reference, Instant knownAt, Instant until) const
{
    const auto all = m_all.find({origin, std::string(seriesOf(reference))});
    if (all == m_all.end())
        return std::nullopt;
    const auto behind = all->second.lower_bound(until ? until : knownAt + kWithoutEnd); // those before it begin while this one fires, or earlier
    if (behind == all->second.begin() || std::prev(behind)->second.end <= knownAt)
        return std::nullopt;
    return std::prev(behind)->second.which;
}

} // namespace qd::rebuild
