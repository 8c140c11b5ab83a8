// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/numberbehind.h"
#include "core/base/safetext.h"
#include "core/command/command.h"
#include "core/command/shift.h"
#include "core/command/standdown.h"
#include "core/desk/followups.h"
#include "core/oncall/channels.h"

#include <algorithm>
#include <cstdlib>

/// Who commands, and how an incident ends: what was asked for, bounded and made safe, given to the rules of core/command.
namespace qd::desk {

using state::Incident;
using state::State;

namespace {

constexpr Span kReviewLimit = hours(24 * 90);

Result<Instant> reviewDue(const std::string &text, Instant now)
{
    if (text.empty())
        return Instant{};
    if (const auto span = parseSpan(text)) {
        if (span->ns <= 0 || *span > kReviewLimit)
            return fail(Code::Invalid, "A review is due within 90 days.");
        return now + *span;
    }
    const auto at = parseInstant(text);
    if (at && *at - now > kReviewLimit)
        return fail(Code::Invalid, "A review is due within 90 days.");
    return at;
}

/// "override/3", a change of a schedule, or 0.
std::uint32_t scheduleChange(const State &state, const std::string &id)
{
    constexpr std::string_view kOverride = "override/";
    const std::uint32_t number = numberBehind(kOverride, id);
    return state.rota.override(number) ? number : 0;
}

struct DecidingCommand {
    const State &state;
    const Incident &incident;
    const events::Actor &by;
    Instant now;

    Result<events::Events> operator()(const TakeCommand &c) const
    {
        if (const auto ok = bounded({{c.reason, "reason"}}); !ok)
            return tl::unexpected(ok.error());
        return command::take(state, incident, cleanText(c.reason), by, now);
    }
    Result<events::Events> operator()(const ObjectToTaking &c) const
    {
        if (const auto ok = bounded({{c.reason, "reason"}}); !ok)
            return tl::unexpected(ok.error());
        return command::object(incident, cleanText(c.reason), by);
    }
    Result<events::Events> operator()(const OfferCommand &c) const
    {
        if (const auto ok = bounded({{c.summary, "summary"}, {c.actions, "list of actions"}, {c.watch, "list of what to watch"}}); !ok)
            return tl::unexpected(ok.error());
        return command::offer(state, incident, safeLine(c.person, 100), {cleanText(c.summary), cleanText(c.actions), cleanText(c.watch)}, by, now);
    }
    Result<events::Events> operator()(const AcceptCommand &c) const
    {
        if (const auto ok = bounded({{c.readBack, "read-back"}}); !ok)
            return tl::unexpected(ok.error());
        return command::accept(incident, cleanText(c.readBack), by);
    }
    Result<events::Events> operator()(const DeclineCommand &c) const
    {
        if (const auto ok = bounded({{c.reason, "reason"}}); !ok)
            return tl::unexpected(ok.error());
        return command::endOffer(incident, cleanText(c.reason), by);
    }
    Result<events::Events> operator()(const StandDown &c) const
    {
        if (const auto ok = bounded({{c.summary, "summary"}, {c.stillFiring, "reason"}, {c.followUps, "list of follow-ups"}, {c.noUpdate, "reason"}}); !ok)
            return tl::unexpected(ok.error());
        const auto due = reviewDue(c.reviewDue, now);
        if (!due)
            return tl::unexpected(due.error());
        command::Signed with{safeLine(c.verifiedBy, 100), cleanText(c.summary), cleanText(c.stillFiring), safeLine(c.reviewOwner, 100), cleanText(c.followUps), *due, {}, cleanText(c.noUpdate), {}};
        for (const QuietLeft &each : c.quiet)
            with.quiet.push_back(each.id);
        for (const RoomLeft &each : c.rooms)
            with.rooms.push_back({safeLine(each.room, 512), each.what});
        auto signedOff = command::standDown(state, incident, with, by, now);
        if (!signedOff)
            return signedOff;
        auto quiet = decideQuietLeft(state, c.quiet, by, now);
        if (!quiet)
            return quiet;
        auto reasons = decideReasons(incident, c.reasons, by);
        if (!reasons)
            return reasons;
        append(*reasons, std::move(*quiet));
        append(*reasons, std::move(*signedOff));
        if (incident.review.isOpen()) // reopened since: what is left to be done now belongs to it as well
            append(*reasons, actionsOf(state, incident, with.followUps));
        return reasons;
    }
    template <typename Other>
    Result<events::Events> operator()(const Other &) const
    {
        return fail(Code::Internal, "This command is not about who commands.");
    }
};

/// Command of everything at once, one offer or acceptance an incident: each is its own in the record, and all are or none.
Result<Decision> decideAll(const State &state, const Command &command, const std::string &named, const std::vector<const Incident *> &all, const events::Actor &by, Instant now)
{
    const bool isOffer = holds<OfferCommand>(command);
    if (!named.empty())
        return fail(Code::Invalid, "All of them, or " + safeLine(named, 60) + "; not both.");
    if (all.empty())
        return fail(Code::NotFound, isOffer ? "You command no open incident." : "Command of no incident is offered to you.");
    Decision d{{}, all.front()->id, {}};
    std::string names;
    for (const Incident *i : all) {
        auto events = visit(DecidingCommand{state, *i, by, now}, command);
        if (!events)
            return tl::unexpected(events.error());
        append(d.events, std::move(*events));
        names += (names.empty() ? "" : ", ") + i->id;
    }
    d.notes.push_back((isOffer ? "Offered: " : "Accepted: ") + names + ".");
    return d;
}

} // namespace

Result<events::Events> decideQuietLeft(const State &state, const std::vector<QuietLeft> &left, const events::Actor &by, Instant now)
{
    constexpr std::size_t kQuietLimit = 1000; ///< as many as may stand at one time
    if (left.size() > kQuietLimit)
        return fail(Code::TooLarge, "A stand-down ends or keeps at most 1,000 silences, shelves, snoozes, holds and windows.");
    events::Events out;
    for (const QuietLeft &each : left) {
        if (each.what != "end" && each.what != "keep")
            return fail(Code::Invalid, "Say of " + safeLine(each.id, 100) + " whether to end or to keep it.");
        const bool isAsItIs = each.what == "keep" && each.until.empty() && each.owner.empty();
        const state::Source *keeper = nullptr;
        if (const events::Silence *silence = keptElsewhere(state, each.id, &keeper)) { // by an Alertmanager
            if (isAsItIs)
                continue;
            auto one = each.what == "end" ? expireAtSource(state, ExpireSilence{keeper->connection.name, silence->id}, by)
                                          : keepAtSource(state, KeepSuppression{each.id, each.until, each.owner, {}}, by, now);
            if (!one)
                return tl::unexpected(one.error());
            append(out, std::move(one->events));
            continue;
        }
        if (const std::uint32_t number = scheduleChange(state, each.id); number != 0) {
            if (each.what == "keep" && !isAsItIs)
                return fail(Code::Invalid, each.id + " is kept as it is, or taken back; a change of a schedule has the end it was made with.");
            if (isAsItIs)
                continue;
            auto back = decideSchedule(state, WithdrawOverride{number, "stood down"}, by, now);
            if (!back)
                return tl::unexpected(back.error());
            append(out, std::move(back->events));
            continue;
        }
        if (const auto *s = state.suppressors.find(each.id); s && (!s->stands() || isAsItIs))
            continue; // over while the sheet was filled in, or kept as it is
        auto one = each.what == "end" ? decideSuppression(state, EndSuppression{{each.id}, "stood down"}, by, now)
                                      : decideSuppression(state, KeepSuppression{each.id, each.until, each.owner, "stood down"}, by, now);
        if (!one)
            return tl::unexpected(one.error());
        append(out, std::move(one->events));
    }
    return out;
}

Result<Decision> decideShift(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    Result<events::Events> events;
    if (const auto *offer = getIf<OfferShift>(&command)) {
        if (const auto ok = bounded({{offer->summary, "summary"}, {offer->watch, "list of what to watch"}}); !ok)
            return tl::unexpected(ok.error());
        events = command::offerShift(state, safeLine(offer->person, 100), cleanText(offer->summary), cleanText(offer->watch), by, now);
    } else {
        const auto *accept = getIf<AcceptShift>(&command);
        const auto *decline = getIf<DeclineShift>(&command);
        const std::string &words = accept ? accept->readBack : decline->reason;
        if (const auto ok = bounded({{words, accept ? "read-back" : "reason"}}); !ok)
            return tl::unexpected(ok.error());
        events = command::answerShift(state, accept ? accept->shift : decline->shift, accept != nullptr, cleanText(words), by);
    }
    if (!events)
        return tl::unexpected(events.error());
    const auto *offered = getIf<events::ShiftOffered>(&events->front());
    Decision d;
    d.id = "shift/" + std::to_string(offered ? offered->shift : get<events::ShiftAnswered>(events->front()).shift);
    events::Because passed;
    const Person *to = offered ? state.workspace->person(offered->to) : nullptr;
    if (to && !oncall::chooseChannel(state, *to, {}, passed))
        d.notes.push_back("No connection reaches " + state.workspace->nameOf(to->id) + ": tell them yourself.");
    d.events = std::move(*events);
    return d;
}

std::vector<const Incident *> incidentsOfAll(const State &state, const Command &command, const events::Actor &by)
{
    const auto *offer = getIf<OfferCommand>(&command);
    const auto *accept = getIf<AcceptCommand>(&command);
    std::vector<const Incident *> out;
    if ((offer && offer->all) || (accept && accept->all))
        for (const auto &[number, i] : state.incidents)
            if (i.isOpen() && (offer ? i.holder(Role::Commander) : i.leading.offer.to) == by.person)
                out.push_back(&i);
    return out;
}

Result<Decision> decideLeading(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    if (const auto *offer = getIf<OfferCommand>(&command); offer && offer->all)
        return decideAll(state, command, offer->incident, incidentsOfAll(state, command, by), by, now);
    if (const auto *accept = getIf<AcceptCommand>(&command); accept && accept->all)
        return decideAll(state, command, accept->incident, incidentsOfAll(state, command, by), by, now);
    std::string id;
    visit(
        [&](const auto &c) {
            if constexpr (requires { c.incident; })
                id = c.incident;
        },
        command);
    const auto i = incidentMeant(state, id);
    if (!i)
        return tl::unexpected(i.error());
    if (!(*i)->isOpen())
        return tl::unexpected(notOpen(**i));
    auto events = visit(DecidingCommand{state, **i, by, now}, command);
    if (!events)
        return tl::unexpected(events.error());
    return Decision{std::move(*events), (*i)->id};
}

} // namespace qd::desk
