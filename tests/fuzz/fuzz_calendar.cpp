// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/oncall/calendar.h"

using namespace qd;

/// A calendar: refused, or stretches in order that do not overlap, within the span, of people there are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const Workspace workspace = [] {
        Workspace w;
        w.people = {{"ana", "Ana", "UTC", {"ana@chat.example"}}, {"ben", "Ben", "UTC", {}}};
        return w;
    }();
    const Instant until = fuzz::kNow + hours(24 * 366);
    const auto calendar = oncall::readCalendar(fuzz::text(data, size), workspace, "Europe/Berlin", fuzz::kNow, until);
    if (!calendar)
        return 0;
    Instant last = fuzz::kNow;
    for (const auto &s : calendar->stretches) {
        require(s.from >= last && s.from < s.until && s.until <= until && !s.people.empty());
        for (const std::string &p : s.people)
            require(workspace.person(p) != nullptr);
        last = s.until;
    }
    return 0;
}
