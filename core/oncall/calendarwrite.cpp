// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/calendar.h"

#include <algorithm>
#include <libical/ical.h>
#include <memory>

namespace qd::oncall {

namespace {

struct FreeComponent {
    void operator()(icalcomponent *c) const { icalcomponent_free(c); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

icaltimetype utc(Instant t)
{
    return icaltime_from_timet_with_zone(t.ns / 1'000'000'000, 0, icaltimezone_get_utc_timezone());
}

void add(icalcomponent *to, icalproperty *property) { icalcomponent_add_property(to, property); }

void addNamed(icalcomponent *to, const char *name, const std::string &value)
{
    icalproperty *p = icalproperty_new_x(value.c_str());
    icalproperty_set_x_name(p, name);
    add(to, p);
}

/// A stretch of one person, joined over segments in which only others change.
struct Shift {
    Instant from, until;
    std::string person, why;
};

std::vector<Shift> shiftsOf(const Layout &layout)
{
    std::vector<Shift> out;
    for (const Segment &s : layout.segments) {
        if (s.isGap())
            out.push_back({s.from, s.until, {}, {}});
        for (const OnCall &who : s.people) {
            const auto open = std::find_if(out.rbegin(), out.rend(), [&](const Shift &x) { return x.until == s.from && x.person == who.person; });
            if (open != out.rend())
                open->until = s.until;
            else
                out.push_back({s.from, s.until, who.person, reasonOf(who)});
        }
    }
    return out;
}

} // namespace

std::string toCalendar(const Workspace &workspace, const Schedule &schedule, const Layout &layout, Instant stamp)
{
    const Component calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
    add(calendar.get(), icalproperty_new_version("2.0"));
    add(calendar.get(), icalproperty_new_prodid("-//Quarterdeck//On call//EN"));
    addNamed(calendar.get(), "X-WR-CALNAME", schedule.name.empty() ? schedule.id : schedule.name);
    for (const Shift &s : shiftsOf(layout)) {
        icalcomponent *event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
        const std::string who = s.person.empty() ? "gap" : s.person;
        add(event, icalproperty_new_uid((schedule.id + "-" + who + "-" + std::to_string(s.from.ns / 1'000'000'000) + "@quarterdeck").c_str()));
        add(event, icalproperty_new_dtstamp(utc(stamp)));
        add(event, icalproperty_new_dtstart(utc(s.from)));
        add(event, icalproperty_new_dtend(utc(s.until)));
        add(event, icalproperty_new_summary((s.person.empty() ? std::string("Nobody on call") : workspace.nameOf(s.person)).c_str()));
        if (!s.why.empty())
            add(event, icalproperty_new_description(s.why.c_str()));
        add(event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
        addNamed(event, "X-QUARTERDECK-SCHEDULE", schedule.id);
        if (!s.person.empty())
            addNamed(event, "X-QUARTERDECK-PERSON", s.person);
        icalcomponent_add_component(calendar.get(), event);
    }
    const std::unique_ptr<char, void (*)(void *)> text(icalcomponent_as_ical_string_r(calendar.get()), icalmemory_free_buffer);
    return text ? text.get() : "";
}

} // namespace qd::oncall
