// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/shift.h"

#include "core/command/brief.h"

#include <algorithm>

namespace qd::command {

using state::ShiftHandover;
using state::State;

namespace {

std::string named(const ShiftHandover &h) { return "shift/" + std::to_string(h.number); }

} // namespace

Result<events::Events> offerShift(const State &state, const std::string &to, const std::string &summary, const std::string &watch, const events::Actor &by, Instant now)
{
    if (!state.workspace->person(to))
        return fail(Code::NotFound, "There is no person \"" + to + "\" in the workspace.");
    if (to == by.person)
        return fail(Code::Conflict, "A shift is handed over to somebody else.");
    for (const ShiftHandover &h : state.shifts.all)
        if (h.isOpen() && h.from == by.person)
            return fail(Code::Conflict, named(h) + " is offered to " + state.workspace->nameOf(h.to) + " already; take it back first: quarterdeckctl decline --shift.");
    return events::Events{events::ShiftOffered{state.shifts.last + 1, to, shiftBrief(state, now).severity, summary, watch, by}};
}

Result<events::Events> answerShift(const State &state, std::uint32_t number, bool accept, const std::string &words, const events::Actor &by)
{
    const auto &all = state.shifts.all;
    const ShiftHandover *meant = state.shifts.find(number);
    if (number == 0) {
        const auto it = std::find_if(all.rbegin(), all.rend(), [&](const ShiftHandover &h) { return h.isOpen() && (h.to == by.person || (!accept && h.from == by.person)); });
        meant = it == all.rend() ? nullptr : &*it;
    }
    if (!meant)
        return fail(Code::NotFound, number == 0 ? "No shift is offered to you." : "There is no shift/" + std::to_string(number) + "; `get shifts` lists them.");
    if (!meant->isOpen())
        return fail(Code::Conflict, named(*meant) + " was answered by " + state.workspace->nameOf(meant->answeredBy) + " already.");
    if (meant->to != by.person && (accept || meant->from != by.person))
        return fail(Code::Forbidden, named(*meant) + " is offered to " + state.workspace->nameOf(meant->to) + ".");
    if (accept && words.empty())
        return fail(Code::Invalid, "Say in your own words what you take over: --read-back.");
    return events::Events{events::ShiftAnswered{meant->number, accept, words, by}};
}

} // namespace qd::command
