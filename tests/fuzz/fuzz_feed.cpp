// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/oncall/feed.h"

using namespace qd;
using namespace qd::oncall;

namespace {

std::vector<Override> asStanding(const std::vector<CalendarStretch> &shifts)
{
    std::vector<Override> out;
    for (const CalendarStretch &s : shifts)
        out.push_back({static_cast<std::uint32_t>(out.size() + 1), OverrideKind::Temporary, s.people, {}, s.from, s.until});
    return out;
}

} // namespace

/// What a calendar elsewhere answers, against what it said before and what was made by hand: refused with a sentence, or shifts in order within the span,
/// none of them where a hand counts; and the same answer is no change once it was taken.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const Workspace workspace = [] {
        Workspace w;
        w.people = {{"ana", "Ana", "UTC", {"ana@chat.example"}}, {"ben", "Ben", "UTC", {}}};
        return w;
    }();
    static const Schedule schedule = [] {
        Schedule s;
        s.id = "primary";
        s.zone = "Europe/Berlin";
        s.calendar = "rota";
        return s;
    }();
    const std::vector<TakenByHand> taken{{fuzz::kNow + hours(30), fuzz::kNow + hours(50), "override 7"}};
    const std::vector<Override> before{{1, OverrideKind::Temporary, {"ana"}, {}, fuzz::kNow - hours(100), fuzz::kNow + hours(3)}};
    const std::string_view bytes = fuzz::text(data, size);
    for (const auto &standing : {std::vector<Override>(), before}) {
        const auto feed = readFeed(bytes, workspace, schedule, standing, fuzz::kNow, taken);
        if (!feed) {
            require(!feed.error().message.empty());
            continue;
        }
        require(feed->shifts.size() <= kFeedShifts);
        require(!feed->shifts.empty() || standing.empty());
        Instant last = standing.empty() ? feed->since : before.front().from;
        for (const CalendarStretch &s : feed->shifts) {
            require(s.from >= last && s.from < s.until && s.until <= feed->since + kFeedBehind + kFeedAhead && !s.people.empty());
            last = s.until;
        }
        std::vector<std::string> left;
        const auto counts = besides(feed->shifts, taken, left);
        for (const CalendarStretch &s : counts)
            require(s.from < s.until && (s.until <= taken.front().from || taken.front().until <= s.from));
        const auto again = readFeed(bytes, workspace, schedule, asStanding(counts), fuzz::kNow, taken);
        require(again);
        require(!again->changed);
    }
    return 0;
}
