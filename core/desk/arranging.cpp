// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/arranging.h"

#include "core/base/safetext.h"
#include "core/desk/decide.h"
#include "core/review/ended.h"
#include "core/review/frame.h"
#include "core/review/gates.h"
#include "core/review/ownership.h"
#include "core/review/participants.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

/// Who leads a review, until when, and whose words it asks for.
namespace qd::desk {

using state::Incident;
using state::Review;
using state::State;

namespace {

constexpr Span kArrangeLimit = hours(24 * 90); ///< how far ahead a review is due, and meets
constexpr std::size_t kPeopleAsked = 100;
constexpr std::string_view kNobodys = "-";

Result<Instant> arrangedFor(const std::string &text, const char *what, Instant now)
{
    const auto span = parseSpan(text);
    const auto at = span ? Result<Instant>(wholeMinute(now + *span)) : parseInstant(text);
    if (!at)
        return fail(Code::Invalid, "\"" + safeLine(text, 60) + "\" is no time; write 5d, or 2026-12-01T12:00:00Z.");
    if (*at <= now || *at - now > kArrangeLimit)
        return fail(Code::Invalid, std::string("The ") + what + " of a review lies within the next 90 days.");
    return *at;
}

bool isAmong(const std::vector<std::string> &all, std::string_view one)
{
    return std::find(all.begin(), all.end(), one) != all.end();
}

events::ReviewArranged asArranged(const Incident &incident, const events::Actor &by)
{
    const Review &r = incident.review;
    events::ReviewArranged out{incident.id, r.owner, r.facilitator, r.due, r.meeting, r.people, by};
    out.dueFor = r.dueFor;
    return out;
}

struct Arranging {
    const State &state;
    const Incident &incident;
    const OpenReview &command;
    const events::Actor &by;
    Instant now;
    std::vector<review::Participant> took = review::participants(state, incident);

    [[nodiscard]] std::string named(const std::string &person) const { return state.workspace->nameOf(person); }
    [[nodiscard]] bool isNew() const { return !incident.review.isOpen(); }
    [[nodiscard]] events::ReviewArranged usual() const
    {
        const std::string commander = incident.holder(Role::Commander);
        const auto isOurs = [&](const std::string &person) { return !person.empty() && !review::hasLeft(state, person); }; // who left by then owns nothing
        const std::string owner = isOurs(incident.closing.reviewOwner) ? incident.closing.reviewOwner : isOurs(commander) ? commander : by.person;
        const bool isSaid = static_cast<bool>(incident.closing.reviewDue);
        // By the worst it was, as its gates: who lowers a severity before the end gains no time by that.
        const Instant due = isSaid ? incident.closing.reviewDue : wholeMinute(review::reviewDue(state.workspace->review, incident.worst, review::endedAt(incident), now));
        events::ReviewArranged out{incident.id, owner, {}, due, {}, review::requiredPeople(took), by};
        out.dueFor = isSaid ? 0 : static_cast<std::uint32_t>(incident.worst);
        out.language = review::languageOf(*state.workspace);
        return out;
    }
    [[nodiscard]] events::ReviewArranged asItIs() const
    {
        return asArranged(incident, by);
    }
    /// Who owns a review does without what it asks for: that is not taken in silence.
    [[nodiscard]] Result<std::string> takenOver(const std::string &owner) const
    {
        const std::string &from = incident.review.owner;
        if (isNew() || owner == from || from.empty() || by.person == from)
            return std::string();
        const auto reason = given();
        if (!reason)
            return reason;
        if (reason->empty())
            return fail(Code::Invalid, named(from) + " owns the review of " + incident.id + "; say why it is " + named(owner) + "'s from now on: --reason.");
        return (owner == by.person ? "took the review over from " + named(from) : "gave the review, which was " + named(from) + "'s, to " + named(owner)) + ": " + *reason;
    }
    [[nodiscard]] Result<std::string> given() const
    {
        if (const auto ok = bounded({{command.reason, "reason"}}); !ok)
            return tl::unexpected(ok.error());
        return cleanText(command.reason);
    }
    /// What the command says of it, over what holds.
    [[nodiscard]] Result<> arrange(events::ReviewArranged &e) const
    {
        if (!command.owner.empty()) {
            if (const auto ok = aPerson(state, command.owner); !ok)
                return ok;
            e.owner = command.owner;
        }
        if (command.facilitator == kNobodys)
            e.facilitator.clear();
        else if (!command.facilitator.empty()) {
            if (const auto ok = aPerson(state, command.facilitator); !ok)
                return ok;
            if (review::hadPart(took, command.facilitator))
                return fail(Code::Invalid, named(command.facilitator) + " had a part in " + e.incident + "; a review is led by somebody who had none.");
            e.facilitator = command.facilitator;
        }
        for (const auto &[text, to, what] : {std::tuple{&command.due, &e.due, "draft"}, std::tuple{&command.meeting, &e.meeting, "meeting"}}) {
            if (text->empty())
                continue;
            const auto at = arrangedFor(*text, what, now);
            if (!at)
                return tl::unexpected(at.error());
            *to = *at;
        }
        if (!command.due.empty())
            e.dueFor = 0;
        return people(e);
    }
    [[nodiscard]] Result<> people(events::ReviewArranged &e) const
    {
        const auto &asked = command.people;
        if (asked.empty())
            return {};
        if (asked.size() > kPeopleAsked)
            return fail(Code::TooLarge, "A review asks at most " + std::to_string(kPeopleAsked) + " people for a contribution.");
        e.people.clear();
        e.chosen = true;
        if (asked.size() != 1 || asked.front() != kNobodys)
            for (const std::string &person : asked) {
                if (!state.workspace->person(person) && !review::hadPart(took, person))
                    return aPerson(state, person);
                if (!isAmong(e.people, person))
                    e.people.push_back(person);
            }
        return takeOff(e);
    }
    /// Who was asked and is not any more, by its owner and with a reason. With one, who had a part and was never asked is done without as well; without one
    /// they are missed.
    [[nodiscard]] Result<> takeOff(events::ReviewArranged &e) const
    {
        const std::string &owner = isNew() ? e.owner : incident.review.owner;
        for (const std::string &person : incident.review.people)
            if (!isAmong(e.people, person))
                e.without.push_back(person);
        const bool isOwners = by.person == owner;
        if (!e.without.empty() && !isOwners)
            return fail(Code::Forbidden, namesOf(e.without) + (e.without.size() == 1 ? " is" : " are") + " asked for a contribution to the review of " + incident.id + "; only " + (owner.empty() ? "its owner, once it has one," : named(owner) + ", who owns it,")
                                             + " takes somebody off, with a reason. Name them as well (--ask).");
        auto reason = isOwners ? given() : Result<std::string>(std::string());
        if (!reason)
            return tl::unexpected(reason.error());
        if (!e.without.empty() && reason->empty())
            return fail(Code::Invalid, "Say why " + namesOf(e.without) + (e.without.size() == 1 ? " is" : " are") + " not asked any more: --reason.");
        if (!reason->empty())
            for (const review::Participant &p : took)
                if (review::isMissed(incident, p) && !isAmong(e.people, p.person) && !isAmong(e.without, p.person))
                    e.without.push_back(p.person);
        if (incident.review.takenOff.size() + e.without.size() > state::kTakenOffKept)
            return fail(Code::TooLarge, "The review of " + incident.id + " does without " + std::to_string(incident.review.takenOff.size()) + " people already; it keeps " + std::to_string(state::kTakenOffKept) + ".");
        if (!e.without.empty())
            e.reason = *std::move(reason);
        return {};
    }
    [[nodiscard]] std::string namesOf(const std::vector<std::string> &people) const
    {
        std::string out;
        for (std::size_t n = 0; n < people.size(); ++n)
            out += (n == 0 ? "" : n + 1 == people.size() ? " and " : ", ") + named(people[n]);
        return out;
    }
};

} // namespace

Result<ArrangedReview> arrangedBy(const State &state, const Incident &incident, const OpenReview &command, const events::Actor &by, Instant now)
{
    const Arranging one{state, incident, command, by, now};
    ArrangedReview out{one.isNew() ? one.usual() : one.asItIs(), {}};
    if (const auto ok = one.arrange(out.event); !ok)
        return tl::unexpected(ok.error());
    auto why = one.takenOver(out.event.owner);
    if (!why)
        return tl::unexpected(why.error());
    out.line = *std::move(why);
    return out;
}

std::optional<events::ReviewArranged> dueSooner(const State &state, const Incident &incident, IncidentSeverity severity, const events::Actor &by, Instant now)
{
    const Review &r = incident.review;
    if (!r.isOpen() || r.phase >= ReviewPhase::Reviewed || r.dueFor == 0 || static_cast<std::uint32_t>(severity) >= r.dueFor)
        return std::nullopt;
    events::ReviewArranged out = asArranged(incident, by);
    out.due = std::min(r.due, wholeMinute(review::reviewDue(state.workspace->review, severity, review::endedAt(incident), now)));
    out.dueFor = static_cast<std::uint32_t>(severity);
    return out;
}

Result<> aPerson(const State &state, const std::string &id)
{
    if (!state.workspace->person(id))
        return fail(Code::NotFound, "There is no person \"" + safeLine(id, 60) + "\" in the workspace.");
    return {};
}

} // namespace qd::desk
