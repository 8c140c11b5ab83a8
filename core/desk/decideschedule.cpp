// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/nearest.h"
#include "core/base/safetext.h"
#include "core/oncall/feed.h"

#include <algorithm>

/// What people change about schedules at run time. Every change is an event, so it is seen, explained and can be withdrawn.
namespace qd::desk {

using state::StandingOverride;
using state::State;

namespace {

constexpr std::size_t kShiftsLimit = 1000;  ///< of one calendar
constexpr std::size_t kPeopleLimit = 20;    ///< of one override
constexpr Span kSpanLimit = hours(24 * 366); ///< of one override
constexpr Span kPastLimit = hours(24);      ///< how long ago it may begin: the past is not rewritten

struct DecidingSchedule {
    const State &state;
    const events::Actor &by;
    Instant now;

    Result<Decision> operator()(const OverrideSchedule &c) const
    {
        const auto schedule = changeable(c.schedule);
        const auto reason = why(c.reason);
        const auto o = schedule ? overrideOf(c, **schedule) : Result<Override>(tl::unexpected(schedule.error()));
        if (!o || !reason)
            return tl::unexpected(o ? reason.error() : o.error());
        if (o->kind == OverrideKind::Temporary)
            if (const auto clash = clashing(**schedule, *o, {}); !clash)
                return tl::unexpected(clash.error());
        return made(**schedule, "", {*o}, {}, *reason);
    }

    Result<Decision> operator()(const SwapShifts &c) const
    {
        const auto schedule = changeable(c.schedule);
        if (!schedule)
            return tl::unexpected(schedule.error());
        const auto reason = why(c.reason);
        if (!reason)
            return tl::unexpected(reason.error());
        OverrideSchedule there, back;
        there.people = {c.with}, there.replace = c.person, there.from = c.from, there.until = c.until;
        back.people = {c.person}, back.replace = c.with, back.from = c.withFrom, back.until = c.withUntil;
        const auto first = overrideOf(there, **schedule), second = first ? overrideOf(back, **schedule) : first;
        if (!first || !second)
            return tl::unexpected(first ? second.error() : first.error());
        return made(**schedule, "swap", {*first, *second}, {}, *reason);
    }

    Result<Decision> operator()(const WithdrawOverride &c) const
    {
        const StandingOverride *o = state.rota.override(c.number);
        if (!o)
            return fail(Code::NotFound, "There is no override " + std::to_string(c.number) + "; `get overrides` lists those that stand.");
        const auto schedule = changeable(o->schedule, true);
        if (!schedule)
            return tl::unexpected(schedule.error());
        const auto reason = why(c.reason);
        if (!reason)
            return tl::unexpected(reason.error());
        events::OverridesWithdrawn e{o->schedule, {}, *reason, by};
        for (const StandingOverride &other : state.rota.overrides)
            if (other.schedule == o->schedule && other.first == o->first)
                e.numbers.push_back(other.what.number);
        return Decision{{std::move(e)}, "override/" + std::to_string(c.number), {}};
    }

    Result<Decision> operator()(const ImportShifts &c) const
    {
        // What the workspace itself names is no change at run time, whoever may make those.
        const Schedule *own = by.via == Path::Poll ? state.workspace->schedule(c.schedule) : nullptr;
        const auto schedule = own && own->calendar == c.calendar && !c.calendar.empty() ? Result<const Schedule *>(own) : changeable(c.schedule);
        if (!schedule)
            return tl::unexpected(schedule.error());
        const auto since = c.since.empty() ? Result<Instant>(Instant{}) : parseInstant(c.since);
        if (!since)
            return tl::unexpected(since.error());
        const std::string name = safeLine(c.calendar, 100);
        if (name.empty())
            return fail(Code::Invalid, "A calendar needs a name, so that it can be brought in again.");
        if (c.shifts.size() > kShiftsLimit)
            return fail(Code::TooLarge, "The calendar has " + std::to_string(c.shifts.size()) + " shifts; at most 1,000 are brought in at once.");
        const std::string source = "calendar/" + name;
        std::vector<std::uint32_t> old;
        for (const StandingOverride &o : state.rota.overrides)
            if (o.schedule == (*schedule)->id && o.source == source && o.what.until > *since)
                old.push_back(o.what.number);
        std::vector<Override> all;
        std::vector<std::string> left;
        std::vector<CalendarShift> shifts = c.shifts;
        if (by.via == Path::Poll) { // nobody waits for an answer: what was made by hand counts over its span, and the rest is taken
            auto rest = besideHands(**schedule, source, c.shifts, left);
            if (!rest)
                return tl::unexpected(rest.error());
            shifts = std::move(*rest);
        }
        for (const CalendarShift &s : shifts) {
            OverrideSchedule one;
            one.kind = "temporary", one.people = s.people, one.from = s.from, one.until = s.until;
            auto o = overrideOf(one, **schedule, true);
            if (!o)
                return tl::unexpected(o.error());
            if (const auto clash = clashing(**schedule, *o, old); !clash)
                return tl::unexpected(clash.error());
            if (!all.empty() && o->from < all.back().until)
                return fail(Code::Invalid, "The calendar's shifts from " + toRfc3339(all.back().from) + " and " + toRfc3339(o->from) + " overlap or are not in order.");
            all.push_back(std::move(*o));
        }
        if (all.empty() && old.empty() && left.empty())
            return fail(Code::Invalid, "The calendar says nothing, and nothing of it was brought in before.");
        std::string reason = safeText(c.reason, kTextLimit);
        for (const std::string &span : left)
            if (reason.size() + span.size() < kTextLimit)
                reason += (reason.empty() ? "" : "; ") + span;
        auto decision = made(**schedule, source, std::move(all), std::move(old), std::move(reason));
        if (decision)
            decision->notes = std::move(left);
        return decision;
    }

    Result<std::vector<CalendarShift>> besideHands(const Schedule &schedule, const std::string &source, const std::vector<CalendarShift> &shifts, std::vector<std::string> &left) const
    {
        std::vector<oncall::CalendarStretch> stretches;
        for (const CalendarShift &s : shifts) {
            const auto from = instantOf(s.from, schedule), until = instantOf(s.until, schedule);
            if (!from || !until)
                return tl::unexpected(from ? until.error() : from.error());
            stretches.push_back({*from, *until, s.people});
        }
        std::vector<CalendarShift> out;
        for (const oncall::CalendarStretch &s : oncall::besides(stretches, oncall::takenByHand(state, schedule, source), left))
            out.push_back({toRfc3339(s.from), toRfc3339(s.until), s.people});
        return out;
    }

    template <typename Other>
    Result<Decision> operator()(const Other &) const
    {
        return fail(Code::Internal, "This command is not about a schedule.");
    }

    /// The schedule, when this person may change it at run time.
    Result<const Schedule *> changeable(const std::string &id, bool mayBeGone = false) const
    {
        static const Schedule kGone;
        const Workspace &w = *state.workspace;
        const Schedule *s = w.schedule(id);
        if (!s && mayBeGone)
            return &kGone;
        if (!s) {
            std::vector<std::string_view> names;
            for (const Schedule &other : w.schedules)
                names.push_back(other.id);
            const std::string near = nearest(id, names);
            return fail(Code::NotFound, "There is no schedule \"" + safeLine(id, 60) + "\" in the workspace" + (near.empty() ? "." : "; did you mean " + near + "?"));
        }
        if (s->locked)
            return fail(Code::Forbidden, "Schedule " + s->id + " is locked: change it in the workspace, where it is reviewed, or take `locked` out.");
        const bool isEditor = s->editors.empty() ? w.person(by.person) != nullptr
                                                 : std::any_of(s->editors.begin(), s->editors.end(), [&](const std::string &e) {
                                                       const Team *team = w.team(e);
                                                       return e == by.person || (team && std::find(team->members.begin(), team->members.end(), by.person) != team->members.end());
                                                   });
        if (isEditor)
            return s;
        std::string who;
        for (const std::string &e : s->editors)
            who += (who.empty() ? "" : ", ") + e;
        return fail(Code::Forbidden, by.person + " may not change schedule " + s->id + "; " + (who.empty() ? "only people of the workspace may." : "its editors are " + who + "."));
    }

    Result<std::string> why(const std::string &reason) const
    {
        std::string text = safeText(reason, kTextLimit);
        if (text.find_first_not_of(" \t\n") == std::string::npos)
            return fail(Code::Invalid, "A change of who is on call needs a reason; it is shown to everybody who wonders.");
        return text;
    }

    Result<Override> overrideOf(const OverrideSchedule &c, const Schedule &schedule, bool fromCalendar = false) const
    {
        Override o;
        o.people = c.people;
        o.replaces = c.replace;
        const auto kind = fromWord<OverrideKind>(c.kind);
        if (!kind && !c.kind.empty())
            return fail(Code::Invalid, "\"" + safeLine(c.kind, 40) + "\" is no kind of override; it is add, remove, replace or temporary.");
        o.kind = kind.value_or(c.replace.empty() ? OverrideKind::Add : c.people.empty() ? OverrideKind::Remove : OverrideKind::Replace);
        const bool needsPeople = o.kind != OverrideKind::Remove, needsReplaced = o.kind == OverrideKind::Remove || o.kind == OverrideKind::Replace;
        if (needsPeople == o.people.empty() || needsReplaced == o.replaces.empty())
            return fail(Code::Invalid, std::string("An override of kind ") + std::string(word(o.kind)) + (needsPeople ? " names who comes" : " names nobody who comes")
                                           + (needsReplaced ? " and who goes." : " and nobody who goes."));
        if (o.people.size() > (o.kind == OverrideKind::Temporary ? kPeopleLimit : 1))
            return fail(Code::Invalid, o.kind == OverrideKind::Temporary ? "At most 20 people are on call at once." : "One person comes by an override; make one for each.");
        for (const std::string &p : o.people)
            if (!state.workspace->person(p))
                return unknown(p);
        if (!o.replaces.empty() && !state.workspace->person(o.replaces))
            return unknown(o.replaces);
        const auto from = instantOf(c.from, schedule), until = instantOf(c.until, schedule);
        if (!from || !until)
            return tl::unexpected(from ? until.error() : from.error());
        o.from = *from;
        o.until = *until;
        if (o.until <= o.from || o.until - o.from > kSpanLimit)
            return fail(Code::Invalid, "An override ends after it begins and lasts at most 366 days; this is from " + toRfc3339(o.from) + " until " + toRfc3339(o.until) + ".");
        if (o.until <= now && !fromCalendar)
            return fail(Code::Conflict, "This override would have ended at " + toRfc3339(o.until) + "; what is past is not rewritten.");
        if (o.from < now - kPastLimit && !fromCalendar)
            return fail(Code::Conflict, "This override would begin at " + toRfc3339(o.from) + ", more than a day ago; what is past is not rewritten.");
        return o;
    }

    Result<Override> unknown(const std::string &person) const
    {
        std::vector<std::string_view> names;
        for (const Person &p : state.workspace->people)
            names.push_back(p.id);
        const std::string near = nearest(person, names);
        return fail(Code::NotFound, "There is no person \"" + safeLine(person, 60) + "\" in the workspace" + (near.empty() ? "." : "; did you mean " + near + "?"));
    }

    static Result<Instant> instantOf(const std::string &text, const Schedule &schedule)
    {
        if (const auto local = parseLocalTime(text))
            return Zone::orUtc(schedule.zone).instant(*local);
        const auto t = parseInstant(text);
        if (!t || !*t)
            return fail(Code::Invalid, "\"" + safeLine(text, 40) + "\" is no time; write 2026-12-24T08:00 (in the schedule's zone, " + (schedule.zone.empty() ? "UTC" : schedule.zone)
                                           + ") or 2026-12-24T07:00:00Z.");
        return *t;
    }

    /// Two temporary schedules of one span would disagree: the second is refused, and the first named.
    Result<> clashing(const Schedule &schedule, const Override &o, const std::vector<std::uint32_t> &superseded) const
    {
        const auto overlap = [&](Instant from, Instant until) { return from < o.until && o.from < until; };
        const auto refuse = [&](const std::string &what, Instant from, Instant until) {
            return fail(Code::Conflict, "From " + toRfc3339(std::max(from, o.from)) + " until " + toRfc3339(std::min(until, o.until)) + " " + what
                                            + " already says who is on call; withdraw it, or choose another span.");
        };
        const Zone zone = Zone::orUtc(schedule.zone);
        for (const Temporary &t : schedule.temporaries)
            if (const Instant from = zone.instant({t.from}), until = zone.instant({t.until}); overlap(from, until))
                return refuse("the temporary schedule from " + toText(LocalTime{t.from}) + " in the workspace", from, until);
        for (const StandingOverride &other : state.rota.overrides)
            if (other.schedule == schedule.id && other.what.kind == OverrideKind::Temporary && overlap(other.what.from, other.what.until)
                && std::find(superseded.begin(), superseded.end(), other.what.number) == superseded.end())
                return refuse("override " + std::to_string(other.what.number) + (other.source.empty() ? "" : " (" + other.source + ")"), other.what.from, other.what.until);
        return {};
    }

    Result<Decision> made(const Schedule &schedule, std::string source, std::vector<Override> all, std::vector<std::uint32_t> supersedes, std::string reason) const
    {
        if (state.rota.overrides.size() - supersedes.size() + all.size() > state::Rota::kOverridesKept)
            return fail(Code::TooLarge, "More than " + std::to_string(state::Rota::kOverridesKept) + " overrides would stand; withdraw some, or write them into the workspace.");
        std::uint32_t number = state.rota.lastOverride;
        for (Override &o : all)
            o.number = ++number;
        const std::string id = "override/" + std::to_string(all.empty() ? 0 : all.front().number);
        return Decision{{events::ScheduleOverridden{schedule.id, std::move(source), std::move(all), std::move(supersedes), std::move(reason), by}}, id, {}};
    }
};

} // namespace

Result<Decision> decideSchedule(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    return visit(DecidingSchedule{state, by, now}, command);
}

} // namespace qd::desk
