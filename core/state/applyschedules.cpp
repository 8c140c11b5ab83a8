// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/state.h"
#include "core/state/timeline.h"

#include <algorithm>

namespace qd::state {

namespace {

constexpr Span kEndedKept = hours(24 * 60);

std::string listed(const std::vector<std::string> &people)
{
    std::string out;
    for (const std::string &p : people)
        out += (out.empty() ? "" : ", ") + p;
    return out.empty() ? "nobody" : out;
}

std::string inWords(const Override &o)
{
    const std::string span = " from " + toRfc3339(o.from) + " until " + toRfc3339(o.until);
    switch (o.kind) {
    case OverrideKind::Add: return listed(o.people) + " also" + span;
    case OverrideKind::Remove: return o.replaces + " not" + span;
    case OverrideKind::Replace: return listed(o.people) + " in place of " + o.replaces + span;
    case OverrideKind::Temporary: return "only " + listed(o.people) + span;
    }
    return span;
}

} // namespace

const StandingOverride *Rota::override(std::uint32_t number) const
{
    const auto it = std::find_if(overrides.begin(), overrides.end(), [&](const StandingOverride &o) { return o.what.number == number; });
    return it == overrides.end() ? nullptr : &*it;
}

const OnDuty *Rota::of(std::string_view schedule) const
{
    const auto it = std::find_if(onDuty.begin(), onDuty.end(), [&](const OnDuty &d) { return d.schedule == schedule; });
    return it == onDuty.end() ? nullptr : &*it;
}

std::vector<Override> Rota::overridesOf(std::string_view schedule) const
{
    std::vector<Override> out;
    for (const StandingOverride &o : overrides)
        if (o.schedule == schedule)
            out.push_back(o.what);
    return out;
}

std::uint32_t Rota::turn(std::string_view policy, std::uint32_t step) const
{
    const auto it = std::find_if(turns.begin(), turns.end(), [&](const Turn &t) { return t.step == step && t.policy == policy; });
    return it == turns.end() ? 0 : it->taken;
}

void apply(State &state, const events::OnCallChanged &e)
{
    auto &all = state.rota.onDuty;
    auto it = std::find_if(all.begin(), all.end(), [&](const OnDuty &d) { return d.schedule == e.schedule; });
    const bool isNew = it == all.end();
    if (isNew) {
        if (all.size() >= Rota::kOnDutyKept)
            return;
        it = all.insert(all.end(), OnDuty{e.schedule, {}, state.time, {}});
    }
    const bool changed = isNew || it->people != e.people;
    it->until = e.until;
    if (!changed)
        return;
    it->since = state.time;
    it->people = e.people;
    note(state, {}, EntryKind::Escalation, "core", "on call by schedule " + e.schedule + ": " + listed(e.people), "schedule/" + e.schedule);
}

void apply(State &state, const events::ScheduleOverridden &e)
{
    auto &all = state.rota.overrides;
    std::erase_if(all, [&](const StandingOverride &o) {
        return o.what.until + kEndedKept < state.time
            || (o.schedule == e.schedule && std::find(e.supersedes.begin(), e.supersedes.end(), o.what.number) != e.supersedes.end());
    });
    const std::uint32_t first = e.overrides.empty() ? 0 : e.overrides.front().number;
    for (const Override &o : e.overrides) {
        all.push_back({o, e.schedule, e.source, e.reason, e.by.person, state.time, first});
        state.rota.lastOverride = std::max(state.rota.lastOverride, o.number);
    }
    if (all.size() > Rota::kOverridesKept)
        all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(Rota::kOverridesKept));
    const std::string what = e.overrides.size() == 1 ? "override " + std::to_string(first) + ": " + inWords(e.overrides.front())
                                                     : std::to_string(e.overrides.size()) + " overrides" + (e.source.empty() ? "" : " (" + e.source + ")");
    note(state, {}, EntryKind::Escalation, e.by.person, "schedule " + e.schedule + ", " + what + (e.reason.empty() ? "" : "; " + e.reason),
         "schedule/" + e.schedule)
        .via = e.by.via;
}

void apply(State &state, const events::OverridesWithdrawn &e)
{
    std::erase_if(state.rota.overrides, [&](const StandingOverride &o) {
        return o.schedule == e.schedule && std::find(e.numbers.begin(), e.numbers.end(), o.what.number) != e.numbers.end();
    });
    std::string numbers;
    for (const std::uint32_t n : e.numbers)
        numbers += (numbers.empty() ? "" : ", ") + std::to_string(n);
    note(state, {}, EntryKind::Escalation, e.by.person,
         "schedule " + e.schedule + ", withdrawn: override " + numbers + (e.reason.empty() ? "" : "; " + e.reason), "schedule/" + e.schedule)
        .via = e.by.via;
}

} // namespace qd::state
