// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/calendar.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"

#include <algorithm>
#include <libical/ical.h>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace qd::oncall {

namespace {

struct Free {
    void operator()(icalcomponent *c) const { icalcomponent_free(c); }
    void operator()(icalrecur_iterator *i) const { icalrecur_iterator_free(i); }
};

std::string clean(const char *text) { return text ? safeLine(text, 200) : std::string(); }

/// Every BEGIN has its END, by name: a feed that was cut off must not read as one with fewer shifts.
bool isWhole(std::string_view bytes)
{
    std::vector<std::string> open;
    bool any = false;
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        std::string line = asciiLower(bytes.substr(0, std::min<std::size_t>(end, 100)));
        line.erase(line.find_last_not_of(" \r") + 1);
        if (line.starts_with("begin:")) {
            open.push_back(line.substr(6));
            any = true;
        } else if (line.starts_with("end:")) {
            if (open.empty() || open.back() != line.substr(4))
                return false;
            open.pop_back();
        }
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    }
    return any && open.empty();
}

struct Reading {
    const Workspace &workspace;
    const Zone floating;
    const Instant from, until;
    Calendar out;
    std::vector<std::pair<CalendarStretch, std::string>> found; ///< a stretch and its one person
    std::size_t steps = 0;
    bool full = false;

    void problem(std::string text)
    {
        if (out.problems.size() < 100)
            out.problems.push_back(std::move(text));
    }

    /// Within the years read here, 1970 to 2199: whatever else a line names lies at one of their ends, where nothing is.
    static std::int64_t bounded(std::int64_t seconds)
    {
        constexpr std::int64_t kYear2200 = 7'258'118'400;
        return std::clamp<std::int64_t>(seconds, 0, kYear2200);
    }

    Instant instantOf(const icaltimetype &t) const
    {
        if (!t.zone && !icaltime_is_utc(t)) {
            const icaltimetype asUtc = [&] {
                icaltimetype u = t;
                u.zone = icaltimezone_get_utc_timezone();
                u.is_date = 0;
                if (t.is_date)
                    u.hour = u.minute = u.second = 0;
                return u;
            }();
            // RFC 5545 3.3.5: a time the clocks jump over is read with the offset before the jump.
            const LocalTime local{bounded(static_cast<std::int64_t>(icaltime_as_timet(asUtc)))};
            const Instant first = floating.instant(local);
            return floating.local(first) == local ? first : Instant{(local.seconds - floating.offset(first - seconds(1)).seconds()) * 1'000'000'000};
        }
        return {bounded(static_cast<std::int64_t>(icaltime_as_timet_with_zone(t, t.zone))) * 1'000'000'000};
    }

    const Person *byText(const std::string &text) const
    {
        const std::string wanted = asciiLower(text);
        if (wanted.empty())
            return nullptr;
        for (const Person &p : workspace.people)
            if (wanted == p.id || wanted == asciiLower(p.name) || std::find(p.xmpp.begin(), p.xmpp.end(), wanted) != p.xmpp.end())
                return &p;
        const auto at = wanted.find('@');
        return at == std::string::npos ? nullptr : workspace.person(wanted.substr(0, at));
    }

    const Person *personOf(icalcomponent *event) const
    {
        for (icalproperty *p = icalcomponent_get_first_property(event, ICAL_X_PROPERTY); p; p = icalcomponent_get_next_property(event, ICAL_X_PROPERTY))
            if (std::string_view(icalproperty_get_x_name(p) ? icalproperty_get_x_name(p) : "") == "X-QUARTERDECK-PERSON")
                if (const Person *person = byText(clean(icalproperty_get_x(p))))
                    return person;
        for (icalproperty *p = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY); p; p = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY)) {
            std::string address = asciiLower(clean(icalproperty_get_attendee(p)));
            if (address.starts_with("mailto:"))
                address.erase(0, 7);
            icalparameter *name = icalproperty_get_first_parameter(p, ICAL_CN_PARAMETER);
            const Person *person = byText(address);
            if (!person && name)
                person = byText(clean(icalparameter_get_cn(name)));
            if (person)
                return person;
        }
        const std::string summary = clean(icalcomponent_get_summary(event));
        if (const Person *person = byText(summary))
            return person;
        for (const char *end : {" (", " - ", ": ", ", "})
            if (const auto at = summary.find(end); at != std::string::npos)
                if (const Person *person = byText(summary.substr(0, at)))
                    return person;
        return nullptr;
    }

    void occurrence(Instant begins, Span length, const std::string &person)
    {
        const Instant ends = begins + length;
        if (begins >= until || ends <= from)
            return;
        if (found.size() >= kOccurrencesLimit) {
            full = true;
            return;
        }
        found.push_back({{std::max(begins, from), std::min(ends, until), {}}, person});
    }

    void event(icalcomponent *e, const std::set<std::pair<std::string, Instant>> &moved)
    {
        const std::string uid = clean(icalcomponent_get_uid(e)), summary = clean(icalcomponent_get_summary(e));
        const std::string what = "\"" + (summary.empty() ? uid : summary) + "\"";
        const icaltimetype start = icalcomponent_get_dtstart(e);
        if (icaltime_is_null_time(start) || !icaltime_is_valid_time(start) || start.year < 1970 || start.year > 2199)
            return problem(what + " has no beginning that can be read; it is left out.");
        const Instant begins = instantOf(start);
        icaltimetype end = icalcomponent_get_dtend(e);
        Span length = icaltime_is_null_time(end) || !icaltime_is_valid_time(end) || end.year > 2199 ? start.is_date ? hours(24) : Span{} : instantOf(end) - begins;
        if (length.ns <= 0 || length > kLayoutLimit)
            return problem(what + " does not last between a moment and 366 days; it is left out.");
        if (icalcomponent_get_status(e) == ICAL_STATUS_CANCELLED)
            return;
        if (summary == "Nobody on call" && !personOf(e))
            return; // a gap of our own
        const Person *person = personOf(e);
        if (!person)
            return problem(what + " names nobody of the workspace; it is left out. Write a person's id or name as its summary.");
        std::set<Instant> without;
        for (icalproperty *p = icalcomponent_get_first_property(e, ICAL_EXDATE_PROPERTY); p; p = icalcomponent_get_next_property(e, ICAL_EXDATE_PROPERTY))
            without.insert(instantOf(icalproperty_get_datetime_with_component(p, e)));
        const bool isInstance = icalcomponent_get_first_property(e, ICAL_RECURRENCEID_PROPERTY) != nullptr;
        const auto take = [&](Instant t) {
            if (!without.contains(t) && (isInstance || !moved.contains({uid, t})))
                occurrence(t, length, person->id);
        };
        icalproperty *rule = isInstance ? nullptr : icalcomponent_get_first_property(e, ICAL_RRULE_PROPERTY);
        if (!rule)
            take(begins);
        for (; rule; rule = icalcomponent_get_next_property(e, ICAL_RRULE_PROPERTY))
            recur(icalproperty_get_rrule(rule), start, length, what, take);
        for (icalproperty *p = icalcomponent_get_first_property(e, ICAL_RDATE_PROPERTY); p; p = icalcomponent_get_next_property(e, ICAL_RDATE_PROPERTY)) {
            const icaldatetimeperiodtype r = icalproperty_get_rdate(p);
            if (!icaltime_is_null_time(r.time) && icaltime_is_valid_time(r.time) && r.time.year <= 2199)
                take(instantOf(icalproperty_get_datetime_with_component(p, e)));
        }
    }

    template <typename Take>
    void recur(const icalrecurrencetype &rule, const icaltimetype &start, Span length, const std::string &what, Take take)
    {
        if (rule.freq == ICAL_SECONDLY_RECURRENCE || rule.freq == ICAL_MINUTELY_RECURRENCE || rule.freq == ICAL_NO_RECURRENCE)
            return problem(what + " repeats by the minute or by no known rule; shifts begin at most hourly. It is left out.");
        const std::unique_ptr<icalrecur_iterator, Free> it(icalrecur_iterator_new(rule, start));
        if (!it)
            return problem(what + " repeats by a rule that cannot be read; it is left out.");
        for (icaltimetype t = icalrecur_iterator_next(it.get()); !icaltime_is_null_time(t); t = icalrecur_iterator_next(it.get())) {
            if (++steps > kStepsLimit) {
                full = true;
                return;
            }
            t.zone = start.zone;
            const Instant begins = instantOf(t);
            if (begins >= until)
                return;
            if (begins + length > from)
                take(begins);
        }
    }

    /// Stretches of one person each to stretches without overlap.
    void join()
    {
        std::set<Instant> edges;
        for (const auto &[s, person] : found) {
            edges.insert(s.from);
            edges.insert(s.until);
        }
        std::sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return std::tie(a.first.from, a.second) < std::tie(b.first.from, b.second); });
        std::vector<const std::pair<CalendarStretch, std::string> *> open;
        std::size_t next = 0;
        for (auto edge = edges.begin(); edge != edges.end() && std::next(edge) != edges.end(); ++edge) {
            std::erase_if(open, [&](const auto *o) { return o->first.until <= *edge; });
            while (next < found.size() && found[next].first.from <= *edge)
                open.push_back(&found[next++]);
            std::set<std::string> people;
            for (const auto *o : open)
                people.insert(o->second);
            if (people.empty())
                continue;
            CalendarStretch s{*edge, *std::next(edge), {people.begin(), people.end()}};
            if (!out.stretches.empty() && out.stretches.back().until == s.from && out.stretches.back().people == s.people)
                out.stretches.back().until = s.until;
            else
                out.stretches.push_back(std::move(s));
        }
    }
};

} // namespace

Result<Calendar> readCalendar(std::string_view bytes, const Workspace &workspace, std::string_view zone, Instant from, Instant until)
{
    if (bytes.size() > kCalendarLimit)
        return fail(Code::TooLarge, "A calendar is at most 2 MiB; this has " + std::to_string(bytes.size()) + " bytes.");
    if (bytes.find('\0') != std::string_view::npos)
        return fail(Code::Invalid, "This is not a calendar: it holds zero bytes.");
    if (!isWhole(bytes))
        return fail(Code::Invalid, "This is not a whole calendar: not every BEGIN has its END; get it again (RFC 5545).");
    icalerror_set_errors_are_fatal(0);
    const std::unique_ptr<icalcomponent, Free> root(icalparser_parse_string(std::string(bytes).c_str()));
    if (!root)
        return fail(Code::Invalid, "This is not a calendar; it begins with BEGIN:VCALENDAR (RFC 5545).");
    Reading reading{workspace, Zone::orUtc(zone), from, std::min(until, from + kLayoutLimit), {}, {}, 0, false};
    std::vector<icalcomponent *> calendars;
    if (icalcomponent_isa(root.get()) == ICAL_VCALENDAR_COMPONENT)
        calendars.push_back(root.get());
    else
        for (icalcomponent *c = icalcomponent_get_first_component(root.get(), ICAL_VCALENDAR_COMPONENT); c; c = icalcomponent_get_next_component(root.get(), ICAL_VCALENDAR_COMPONENT))
            calendars.push_back(c);
    if (calendars.empty())
        return fail(Code::Invalid, "This is not a calendar; it begins with BEGIN:VCALENDAR (RFC 5545).");
    std::vector<icalcomponent *> events;
    for (icalcomponent *calendar : calendars)
        for (icalcomponent *e = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); e; e = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
            events.push_back(e);
    if (events.size() > kEventsLimit)
        return fail(Code::TooLarge, "The calendar has " + std::to_string(events.size()) + " events; at most 5,000 are read.");
    std::set<std::pair<std::string, Instant>> moved;
    for (icalcomponent *e : events)
        if (icalproperty *p = icalcomponent_get_first_property(e, ICAL_RECURRENCEID_PROPERTY))
            moved.insert({clean(icalcomponent_get_uid(e)), reading.instantOf(icalproperty_get_datetime_with_component(p, e))});
    for (icalcomponent *e : events)
        if (!reading.full)
            reading.event(e, moved);
    if (reading.full)
        return fail(Code::TooLarge, "The calendar's recurrences do not come to an end within 5,000 shifts and 200,000 steps; shorten the span or the rules.");
    reading.join();
    return std::move(reading.out);
}

} // namespace qd::oncall
