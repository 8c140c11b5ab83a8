// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/readschedule.h"

#include <algorithm>

namespace qd::workspace {

namespace {

constexpr std::size_t kPeopleLimit = 200, kLayersLimit = 20, kTemporariesLimit = 200, kWindowsLimit = 20, kScheduleMatchersLimit = 20;

std::vector<std::string> peopleOf(Fields &in, const std::string &what, Draft &draft)
{
    std::vector<std::string> out;
    for (Given &person : in.texts("people", kPeopleLimit)) {
        draft.references.push_back({Kind::Person, person.id, what, person.place});
        out.push_back(std::move(person.id));
    }
    if (out.empty())
        in.problem("people", what + " has nobody in it; write people = [\"a person id\"], or take it out");
    return out;
}

/// A wall-clock time under `key`; 0 after a mistake.
std::int64_t localOf(Fields &in, const char *key, const std::string &what)
{
    const std::string given = in.text(key);
    const auto t = parseLocalTime(given);
    if (!t)
        in.problem(key, given.empty() ? what + " has no " + key + "; write " + key + " = \"2026-01-05T09:00\"" : std::string(key) + " of " + what + ": " + t.error().message);
    return t ? t->seconds : 0;
}

Span lengthOf(Fields &in, const std::string &what)
{
    const std::string given = in.text("rotation");
    if (given == "daily")
        return hours(24);
    if (given == "weekly")
        return hours(24 * 7);
    if (given == "hourly")
        return hours(1);
    const auto span = parseSpan(given);
    if (span && *span >= hours(1) && *span <= hours(24 * 366) && span->ns % minutes(1).ns == 0)
        return *span;
    in.problem("rotation", given.empty() ? what + " has no rotation; write rotation = \"daily\", \"weekly\", \"hourly\" or a length such as \"12h\""
                                         : "\"" + given + "\" is no rotation of " + what + "; write \"daily\", \"weekly\", \"hourly\" or a length from 1h to 366d in whole minutes");
    return hours(24);
}

void moveToHandoff(Fields &in, Layer &layer)
{
    const std::string handoff = in.text("handoff"), weekday = in.text("weekday");
    LocalTime start{layer.start};
    if (!handoff.empty()) {
        const auto time = parseLocalTime("2000-01-03T" + handoff);
        if (!time || handoff.size() != 5)
            in.problem("handoff", "\"" + handoff + "\" is no time of day; write handoff = \"09:00\"");
        else if (start.minuteOfDay() != 0 && start.minuteOfDay() != time->minuteOfDay())
            in.problem("handoff", "layer " + layer.id + " begins at " + toText(start) + " and hands over at " + handoff + "; write the time in one of them");
        else
            start = LocalTime{start.day() * 86'400} + minutes(time->minuteOfDay());
    }
    if (!weekday.empty()) {
        int day = 0;
        while (day < 7 && weekday != weekdayWord(day))
            ++day;
        if (day == 7)
            in.problem("weekday", "\"" + weekday + "\" is no day of the week; write mon, tue, wed, thu, fri, sat or sun");
        else
            start = start + hours(24 * ((day - start.weekday() + 7) % 7)); // the first such day, not before the start
    }
    layer.start = start.seconds;
}

void readLayer(Fields in, Schedule &schedule, Draft &draft)
{
    Layer layer;
    layer.id = in.text("id");
    if (layer.id.empty())
        layer.id = std::to_string(schedule.layers.size() + 1);
    const std::string what = "layer " + layer.id + " of schedule " + schedule.id;
    if (std::any_of(schedule.layers.begin(), schedule.layers.end(), [&](const Layer &l) { return l.id == layer.id; }) || layer.id == "temporary")
        in.problem("id", what + (layer.id == "temporary" ? " has a reserved name" : " is there already") + "; give this one another id");
    layer.zone = in.text("zone");
    if (!layer.zone.empty() && !isZone(layer.zone))
        in.problem("zone", "\"" + layer.zone + "\" is no time zone; write an IANA name such as \"Europe/Berlin\"");
    layer.people = peopleOf(in, what, draft);
    layer.start = localOf(in, "start", what);
    layer.length = lengthOf(in, what);
    moveToHandoff(in, layer);
    layer.only = windowsOf(in, "only");
    in.finish();
    schedule.layers.push_back(std::move(layer));
}

void readTemporary(Fields in, Schedule &schedule, std::vector<Place> &places, Draft &draft)
{
    Temporary t;
    const std::string what = "a temporary schedule of " + schedule.id;
    t.from = localOf(in, "from", what);
    t.until = localOf(in, "until", what);
    t.reason = in.text("reason");
    t.people = peopleOf(in, what, draft);
    if (t.from != 0 && t.until != 0 && t.until <= t.from)
        in.problem("until", what + " ends at " + toText(LocalTime{t.until}) + ", before it begins; write a later time");
    for (std::size_t i = 0; i < schedule.temporaries.size(); ++i)
        if (const Temporary &other = schedule.temporaries[i]; t.from < other.until && other.from < t.until)
            in.problemAt(in.place(), what + " overlaps the one in line " + std::to_string(places[i].line) + " from " + toText(LocalTime{std::max(t.from, other.from)})
                                         + " until " + toText(LocalTime{std::min(t.until, other.until)}) + ", so two would say who is on call; shorten one");
    in.finish();
    places.push_back(in.place());
    schedule.temporaries.push_back(std::move(t));
}

} // namespace

void readSchedule(Fields in, Draft &draft)
{
    Schedule s;
    s.id = in.id();
    s.name = in.text("name");
    s.zone = in.text("zone", true);
    if (!s.zone.empty() && !isZone(s.zone))
        in.problem("zone", "\"" + s.zone + "\" is no time zone; write an IANA name such as \"Europe/Berlin\"");
    s.together = in.flag("together", false);
    s.locked = in.flag("locked", false);
    for (Given &editor : in.texts("editors", kPeopleLimit)) {
        draft.references.push_back({Kind::PersonOrTeam, editor.id, "schedule " + s.id, editor.place});
        s.editors.push_back(std::move(editor.id));
    }
    in.each("layer", kLayersLimit, "[[schedule.layer]]", [&](Element e) {
        if (!e.isTable())
            return false;
        readLayer(e.fields("a layer of schedule " + s.id), s, draft);
        return true;
    });
    std::vector<Place> places;
    in.each("temporary", kTemporariesLimit, "[[schedule.temporary]]", [&](Element e) {
        if (!e.isTable())
            return false;
        readTemporary(e.fields("a temporary schedule of " + s.id), s, places, draft);
        return true;
    });
    s.calendar = in.text("calendar");
    if (s.layers.empty() && s.calendar.empty())
        in.problemAt(in.place(), "schedule " + s.id + " has no layers, so nobody would be on call by it; add [[schedule.layer]] with people, start and rotation under it, or calendar = \"a connection of kind ical\"");
    if (draft.schedules.size() == kSchedulesLimit)
        in.problemAt(in.place(), "there are more than " + std::to_string(kSchedulesLimit) + " schedules; join some");
    draft.schedules.push_back({s.id, in.place()});
    draft.workspace.schedules.push_back(std::move(s));
}

void readOwner(Fields in, Draft &draft)
{
    OwnerRule o;
    o.id = in.id();
    for (const Given &match : in.texts("match", kScheduleMatchersLimit)) {
        auto matcher = parseMatcher(match.id);
        if (!matcher)
            in.problemAt(match.place, matcher.error().message);
        else
            o.match.push_back(std::move(*matcher));
    }
    for (const auto &[key, member, kind] : {std::tuple<const char *, std::string *, Kind>{"service", &o.service, Kind::Service},
                                            {"team", &o.team, Kind::Team},
                                            {"policy", &o.policy, Kind::Policy}}) {
        *member = in.text(key);
        if (!member->empty())
            draft.references.push_back({kind, *member, "owner " + o.id, in.placeOf(key)});
    }
    if (o.service.empty() && o.team.empty() && o.policy.empty())
        in.problemAt(in.place(), "owner " + o.id + " names no owner; write service = \"…\", team = \"…\" or policy = \"…\"");
    for (const Given &severity : in.texts("severities", 5))
        if (const auto s = fromWord<IncidentSeverity>(severity.id))
            o.severities.push_back(*s);
        else
            in.problemAt(severity.place, "\"" + severity.id + "\" is no severity of an incident; write SEV1 to SEV5");
    draft.owners.push_back({o.id, in.place()});
    draft.workspace.owners.push_back(std::move(o));
}

std::vector<DayWindow> windowsOf(Fields &in, const char *key)
{
    std::vector<DayWindow> out;
    for (const Given &text : in.texts(key, kWindowsLimit))
        if (const auto window = parseDayWindow(text.id))
            out.push_back(*window);
        else
            in.problemAt(text.place, window.error().message);
    return out;
}

bool isChannel(std::string_view target)
{
    return (target.starts_with("room:") && target.size() > 5) || (target.starts_with("webhook:") && target.size() > 8);
}

} // namespace qd::workspace
