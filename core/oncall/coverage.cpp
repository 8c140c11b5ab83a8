// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/coverage.h"

#include "core/oncall/schedule.h"

#include <algorithm>
#include <map>

namespace qd::oncall {

namespace {

std::string stretchText(Instant from, Instant until)
{
    return toRfc3339(from).substr(0, 16) + " to " + toRfc3339(until).substr(0, 16) + " UTC";
}

bool isGapAt(const Layout &layout, Instant at)
{
    return std::any_of(layout.segments.begin(), layout.segments.end(), [&](const Segment &s) { return s.isGap() && s.from <= at && at < s.until; });
}

/// Whether somebody, or some place, is always behind it.
bool isAlwaysThere(const Workspace &w, const std::string &target)
{
    if (const Team *team = w.team(target))
        return !team->members.empty(); // in a gap of its schedule its first member is called
    const Schedule *schedule = w.schedule(target);
    return !schedule || !schedule->calendar.empty(); // a person, a channel; what a calendar says is not known here
}

} // namespace

std::vector<Uncovered> uncovered(const Workspace &w, Instant from, Instant until)
{
    std::vector<Uncovered> out;
    std::map<std::string_view, Layout> layouts;
    for (const Schedule &s : w.schedules) {
        const Layout &layout = layouts.emplace(s.id, layOut(s, {}, from, until)).first->second;
        std::size_t gaps = 0;
        const Segment *first = nullptr;
        for (const Segment &each : layout.segments)
            if (each.isGap()) {
                first = first ? first : &each;
                ++gaps;
            }
        if (gaps != 0 && s.calendar.empty())
            out.push_back({false, s.id, "schedule " + s.id + " has nobody on call from " + stretchText(first->from, first->until) + (gaps > 1 ? ", and in " + std::to_string(gaps - 1) + " more gaps" : "") + "; add a layer or a restriction that covers it"});
    }
    for (const Policy &p : w.policies)
        for (std::size_t n = 0; n < p.steps.size(); ++n) {
            const auto &targets = p.steps[n].targets;
            if (std::any_of(targets.begin(), targets.end(), [&](const std::string &t) { return isAlwaysThere(w, t); }))
                continue;
            std::vector<const Layout *> behind;
            for (const std::string &t : targets)
                if (const Schedule *s = w.team(t) ? nullptr : w.schedule(t))
                    behind.push_back(&layouts.at(s->id));
            // Nobody is behind it from where a gap begins at which all the others have one as well.
            Instant at = behind.empty() ? from : Instant{};
            for (const Layout *layout : behind)
                for (const Segment &s : layout->segments)
                    if (s.isGap() && (!at || s.from < at) && std::all_of(behind.begin(), behind.end(), [&](const Layout *other) { return isGapAt(*other, s.from); }))
                        at = s.from;
            if (at)
                out.push_back({true, p.id, "step " + std::to_string(n + 1) + " of policy " + p.id + " has nobody behind it from " + toRfc3339(at).substr(0, 16) + " UTC; name a person or team as well"});
        }
    return out;
}

} // namespace qd::oncall
