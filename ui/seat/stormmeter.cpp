// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/stormmeter.h"

#include <algorithm>

namespace qd::seat {

namespace {

constexpr std::int64_t kSecondsKept = 60;
constexpr std::size_t kGroupsKept = 10'000; ///< of one second

std::int64_t secondOf(Instant at)
{
    return at.ns / 1'000'000'000;
}

bool isNew(std::uint8_t verdict)
{
    using events::Verdict;
    const auto v = static_cast<Verdict>(verdict);
    return v == Verdict::Opened || v == Verdict::Refired || v == Verdict::Reopened;
}

} // namespace

StormMeter::Second &StormMeter::second(std::int64_t number)
{
    Second &found = m_seconds[number];
    while (m_seconds.begin()->first + kSecondsKept < m_seconds.rbegin()->first && m_seconds.begin()->first != number)
        m_seconds.erase(m_seconds.begin());
    return found;
}

void StormMeter::take(Instant at, const events::Event &event)
{
    if (const auto *decided = getIf<events::AlertsDecided>(&event)) {
        Second &s = second(secondOf(at));
        s.raw += decided->verdict.size();
        for (std::size_t i = 0; i < decided->verdict.size(); ++i) {
            if (!isNew(decided->verdict[i]))
                continue;
            ++s.fresh;
            if (i < decided->group.size() && decided->group[i] < decided->names.size() && s.groups.size() < kGroupsKept)
                s.groups.insert(decided->names[decided->group[i]]);
        }
        return;
    }
    const auto *repeated = getIf<events::AlertsRepeated>(&event);
    if (repeated == nullptr)
        return;
    std::uint64_t times = 0;
    for (const std::uint32_t n : repeated->times)
        times += n;
    const std::int64_t last = secondOf(repeated->last), first = std::min(secondOf(repeated->first), last);
    const auto length = static_cast<std::uint64_t>(last - first + 1);
    for (std::int64_t n = std::max(first, last - kSecondsKept + 1); n <= last; ++n)
        second(n).raw += times / length + (static_cast<std::uint64_t>(last - n) < times % length ? 1 : 0);
}

view::Storm StormMeter::at(Instant now) const
{
    const std::int64_t last = secondOf(now) - 1, first = last - kSeconds + 1; // the second that runs is not over yet
    view::Storm storm;
    std::set<std::string_view> groups;
    for (auto it = m_seconds.lower_bound(first); it != m_seconds.end() && it->first <= last; ++it) {
        storm.raw += static_cast<double>(it->second.raw);
        storm.fresh += static_cast<double>(it->second.fresh);
        groups.insert(it->second.groups.begin(), it->second.groups.end());
    }
    storm.groups = static_cast<double>(groups.size());
    for (double *figure : {&storm.raw, &storm.fresh, &storm.groups})
        *figure /= static_cast<double>(kSeconds);
    return storm;
}

} // namespace qd::seat
